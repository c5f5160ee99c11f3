/** What is private, and keeping it so. */
import type { Strapi } from '../strapi';
import { closeRoutes, TYPE_CLOSED, typeClosed } from './close-routes';
import { closeScopes } from './close-scopes';
import { emptyHusks } from './empty-husk';
import { guardApiTokens } from './guard-api-tokens';
import { guardRoles } from './guard-roles';
import { readProtectedTypes } from './protected-types';

export const protectionPolicies = { [TYPE_CLOSED]: typeClosed };

/** In `register`, before routes are composed and tables are made. @throws Fault CONFIG_INVALID */
export const protect = (strapi: Strapi): void => {
  readProtectedTypes(strapi);
  emptyHusks(strapi);
  closeRoutes(strapi);
  closeScopes(strapi);
  guardRoles(strapi);
  guardApiTokens(strapi);
};

export { protectedType, protectedTypes } from './protected-types';
export type { ProtectedType } from './protected-types';
export { opensType } from './private-actions';
export { countWith } from './refuse-exposure';
export { actorOf, currentActor, nameOf } from './actor';
export type { AdminUser } from './actor';
export { changeRoutes, withMiddleware } from './routes';
export type { Route } from './routes';
export { locksRoute } from './locks';
