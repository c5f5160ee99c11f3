/**
 * Door: API tokens. A token that could read a wrapped type (custom with such an action, read-only, full-access), or what strangers send
 * to a type that nobody listed, is refused before anything is written. The tokens that Strapi itself makes at its first boot are left alone: they read
 * nothing, because routes and values are closed underneath.
 */
import { say, type Phrase } from '../sentences';
import type { Strapi } from '../strapi';
import { currentActor } from './actor';
import { guardService } from './hold';
import { effectOf, opensType } from './private-actions';
import { protectedTypes } from './protected-types';
import { refuseExposure, type Opening } from './refuse-exposure';
import { publicationsBy, type Access } from './unlisted';

const GUARD = 'guard-api-tokens';
const TOKEN_SERVICES = ['admin::api-token', 'admin::api-token-content-api'];
const READS = ['find', 'findOne'];
const EVERYTHING = [...READS, 'update', 'delete'];

interface Token {
  id?: number;
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

const withToken = (access: Access, token: Token | null, before: Token | null): Access => {
  const tokens = access.tokens.filter(({ id }) => id !== before?.id);
  if (token === null || token.kind === 'admin') return { ...access, tokens };
  const { name = say('newToken'), type = 'read-only', permissions } = token;
  const actions = Array.isArray(permissions) ? permissions.map(String) : [];
  const saved = { id: before?.id ?? null, name: name || say('newToken'), type: type || 'read-only', actions };
  return { ...access, tokens: [...tokens, saved], wide: saved.type === 'custom' ? [] : [saved] };
};

/** @throws Fault STRAPI_NOT_AS_EXPECTED */
export const guardApiTokens = (strapi: Strapi): void => {
  const uids = [...protectedTypes(strapi).keys()];

  const refuseToken = async (token: Token, before: Token | null): Promise<void> => {
    const held = new Set(before ? actionsOf(before, uids) : []);
    const audience: Phrase = { key: 'audience.apiToken', values: { name: token.name ?? say('newToken') } };
    const openings = actionsOf(token, uids).flatMap((action): Opening[] => {
      const uid = held.has(action) ? null : opensType(action, uids);
      return uid ? [{ uid, action, effect: effectOf(action), audience }] : [];
    });
    const published = await publicationsBy(
      strapi,
      (access) => withToken(access, token, before),
      (access) => withToken(access, before, before),
    );
    return refuseExposure(strapi, { openings: [...openings, ...published], actor: currentActor(strapi) });
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
