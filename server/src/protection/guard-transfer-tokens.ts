/**
 * Door: transfer tokens. One that may pull copies the whole site, so a token that would get that right is refused before
 * anything is written. Pushing only brings data in; it passes.
 */
import { say, type Phrase } from '../sentences';
import type { Strapi } from '../strapi';
import { currentActor } from './actor';
import { holdFunctions } from './hold';
import { protectedTypes } from './protected-types';
import { refuseExposure } from './refuse-exposure';

const GUARD = 'guard-transfer-tokens';
const TRANSFER = 'admin::transfer';
const PULL = 'pull';

interface Token {
  name?: string;
  permissions?: unknown;
}
interface TokenService {
  create(token: Token, ...rest: unknown[]): Promise<unknown>;
  update(id: unknown, token: Token, ...rest: unknown[]): Promise<unknown>;
  getById(id: unknown): Promise<Token | null>;
}
interface Transfer {
  token: TokenService;
}

const mayPull = (token: Token | null): boolean =>
  Array.isArray(token?.permissions) && (token.permissions as unknown[]).includes(PULL);

/** @throws Fault STRAPI_NOT_AS_EXPECTED */
export const guardTransferTokens = (strapi: Strapi): void => {
  const uids = [...protectedTypes(strapi).keys()];
  if (uids.length === 0) return;
  const services = strapi.get('services');
  const transfer = services.get(TRANSFER) as Partial<Transfer> | undefined;
  const service = holdFunctions(strapi, GUARD, `the part "token" of the service ${TRANSFER}`, transfer?.token, [
    'create',
    'update',
    'getById',
  ]);

  const refuseNew = async (token: Token, before: Token | null): Promise<void> => {
    if (!mayPull(token) || mayPull(before)) return;
    const name = token.name ?? before?.name ?? say('newToken');
    const audience: Phrase = { key: 'audience.transferToken', values: { name } };
    const openings = uids.map((uid) => ({ uid, action: PULL, effect: 'copied' as const, audience }));
    await refuseExposure(strapi, { openings, actor: currentActor(strapi) });
  };

  const token: TokenService = {
    ...service,
    async create(wanted, ...rest) {
      await refuseNew(wanted, null);
      return service.create(wanted, ...rest);
    },
    async update(id, wanted, ...rest) {
      await refuseNew(wanted, await service.getById(id));
      return service.update(id, wanted, ...rest);
    },
  };
  services.extend(TRANSFER, (whole: Transfer): Transfer => ({ ...whole, token }));
};
