/**
 * Door: API tokens. A token that could read a wrapped type (custom with such an action, read-only, full-access) is
 * refused before anything is written. The tokens that Strapi itself makes at its first boot are left alone: they read
 * nothing, because routes and values are closed underneath.
 */
import { say, type Phrase } from '../sentences';
import type { Strapi } from '../strapi';
import { currentActor } from './actor';
import { guardService } from './hold';
import { effectOf, opensType } from './private-actions';
import { protectedTypes } from './protected-types';
import { refuseExposure, type Opening } from './refuse-exposure';

const GUARD = 'guard-api-tokens';
const TOKEN_SERVICES = ['admin::api-token', 'admin::api-token-content-api'];
const READS = ['find', 'findOne'];
const EVERYTHING = [...READS, 'update', 'delete'];

interface Token {
  name?: string;
  type?: string;
  kind?: string;
  permissions?: unknown;
}
interface TokenService {
  create(token: Token, ...rest: unknown[]): Promise<Token>;
  update(id: unknown, token: Token, ...rest: unknown[]): Promise<Token>;
  getById(id: unknown): Promise<Token | null>;
}

/** The actions on wrapped types that somebody with this token has. */
const actionsOf = (token: Token, uids: string[]): string[] => {
  if (token.type === 'custom') {
    const actions = Array.isArray(token.permissions) ? (token.permissions as unknown[]) : [];
    return actions.filter((action): action is string => typeof action === 'string' && opensType(action, uids) !== null);
  }
  // Left out, Strapi makes it read-only.
  const names = token.type === 'full-access' ? EVERYTHING : READS;
  return uids.flatMap((uid) => names.map((name) => `${uid}.${name}`));
};

/** @throws Fault STRAPI_NOT_AS_EXPECTED */
export const guardApiTokens = (strapi: Strapi): void => {
  const uids = [...protectedTypes(strapi).keys()];
  if (uids.length === 0) return;

  const refuseToken = (token: Token, before: Token | null): Promise<void> => {
    const held = new Set(before ? actionsOf(before, uids) : []);
    const audience: Phrase = { key: 'audience.apiToken', values: { name: token.name ?? say('newToken') } };
    const openings = actionsOf(token, uids).flatMap((action): Opening[] => {
      const uid = held.has(action) ? null : opensType(action, uids);
      return uid ? [{ uid, action, effect: effectOf(action), audience }] : [];
    });
    return refuseExposure(strapi, { openings, actor: currentActor(strapi) });
  };

  for (const name of TOKEN_SERVICES) {
    guardService<TokenService>(strapi, GUARD, name, ['create', 'update', 'getById'], (service) => ({
      async create(token, ...rest) {
        // Strapi's bootstrap makes its default tokens while it is not loaded yet; a refusal there would stop the server.
        if (strapi.isLoaded) await refuseToken(token, null);
        return service.create(token, ...rest);
      },
      async update(id, token, ...rest) {
        const before = await service.getById(id);
        await refuseToken({ ...before, ...token }, before);
        return service.update(id, token, ...rest);
      },
    }));
  }
};
