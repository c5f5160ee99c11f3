/**
 * Door: API tokens. A token that could read a wrapped type (custom with such an action, read-only, full-access) is
 * refused before anything is written. The tokens that Strapi itself makes at its first boot are left alone: they read
 * nothing, because routes and values are closed underneath.
 */
import type { Strapi } from '../strapi';
import { currentActor } from './actor';
import { opensType } from './private-actions';
import { protectedTypes } from './protected-types';
import { refuseExposure, type Opening } from './refuse-exposure';

const TOKEN_SERVICES = ['admin::api-token', 'admin::api-token-content-api'];

interface Token {
  name?: string;
  type?: string;
  kind?: string;
  permissions?: unknown;
}
interface TokenService {
  create(token: Token, ...rest: unknown[]): Promise<Token>;
  update(id: unknown, token: Token): Promise<Token>;
  getById(id: unknown): Promise<Token | null>;
}

const openingsOf = (token: Token, uids: string[]): Opening[] => {
  // Left out, Strapi makes it read-only.
  if (token.type !== 'custom') {
    return uids.map((uid) => ({ uid, action: `${uid}.find` }));
  }
  const actions = Array.isArray(token.permissions) ? (token.permissions as unknown[]) : [];
  return actions.flatMap((action): Opening[] => {
    const uid = typeof action === 'string' ? opensType(action, uids) : null;
    return uid ? [{ uid, action: action as string }] : [];
  });
};

export const guardApiTokens = (strapi: Strapi): void => {
  const uids = [...protectedTypes(strapi).keys()];
  if (uids.length === 0) return;

  const refuseToken = (token: Token): Promise<void> =>
    refuseExposure(strapi, {
      openings: openingsOf(token, uids),
      audience: `whoever holds the token “${token.name ?? 'new token'}”`,
      actor: currentActor(strapi),
    });

  for (const name of TOKEN_SERVICES) {
    strapi.get('services').extend(name, (service: TokenService): TokenService => ({
      ...service,
      async create(token, ...rest) {
        // Strapi's bootstrap makes its default tokens while it is not loaded yet; a refusal there would stop the server.
        if (strapi.isLoaded) await refuseToken(token);
        return service.create(token, ...rest);
      },
      async update(id, token) {
        await refuseToken({ ...(await service.getById(id)), ...token });
        return service.update(id, token);
      },
    }));
  }
};
