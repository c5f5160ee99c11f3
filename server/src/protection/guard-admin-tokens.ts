/**
 * Door: admin tokens, which reach the content manager without anybody signing in. A token that would get a right on a
 * wrapped type there is refused before anything is written; one that has it already may be renamed and regenerated.
 */
import { say, type Phrase } from '../sentences';
import type { Strapi } from '../strapi';
import { currentActor } from './actor';
import { guardService } from './hold';
import { newExplorerRights, type AdminRight } from './private-actions';
import { protectedTypes } from './protected-types';
import { refuseExposure } from './refuse-exposure';

interface Token {
  name?: string;
  adminPermissions?: AdminRight[] | null;
}
interface TokenService {
  create(token: Token, ...rest: unknown[]): Promise<unknown>;
  update(id: unknown, token: Token, ...rest: unknown[]): Promise<unknown>;
  assignAdminPermissionsToToken(id: unknown, permissions: AdminRight[], ...rest: unknown[]): Promise<unknown>;
  getById(id: unknown): Promise<Token | null>;
}

/** @throws Fault STRAPI_NOT_AS_EXPECTED */
export const guardAdminTokens = (strapi: Strapi): void => {
  const uids = [...protectedTypes(strapi).keys()];
  if (uids.length === 0) return;

  const refuseNew = (token: Token, before: Token | null): Promise<void> => {
    const rights = newExplorerRights(token.adminPermissions ?? [], before?.adminPermissions ?? [], uids);
    const name = token.name ?? before?.name ?? say('newToken');
    const audience: Phrase = { key: 'audience.adminToken', values: { name } };
    return refuseExposure(strapi, {
      openings: rights.map((right) => ({ ...right, audience })),
      actor: currentActor(strapi),
    });
  };

  guardService<TokenService>(
    strapi,
    'guard-admin-tokens',
    'admin::api-token-admin',
    ['create', 'update', 'assignAdminPermissionsToToken', 'getById'],
    (service) => ({
      async create(token, ...rest) {
        await refuseNew(token, null);
        return service.create(token, ...rest);
      },
      async update(id, token, ...rest) {
        await refuseNew(token, await service.getById(id));
        return service.update(id, token, ...rest);
      },
      async assignAdminPermissionsToToken(id, permissions, ...rest) {
        await refuseNew({ adminPermissions: permissions }, await service.getById(id));
        return service.assignAdminPermissionsToToken(id, permissions, ...rest);
      },
    }),
  );
};
