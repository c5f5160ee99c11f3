/**
 * Closes every route of a wrapped type but its create, whatever the permission rows, tokens or `auth: false` say. The
 * routes stay listed, so that a tick in the permission screens meets an explanation instead of silence.
 */
import { refuse } from '../errors';
import { say } from '../sentences';
import { PLUGIN_ID, type Strapi } from '../strapi';
import { opensType } from './private-actions';
import { protectedTypes } from './protected-types';
import { changeRoutes, withPolicy } from './routes';

export const TYPE_CLOSED = 'type-closed';

/** The policy itself; Strapi 5.54 finds policies by name only. */
export const typeClosed = (): never => {
  throw refuse('TYPE_PROTECTED', say('type.notReached'));
};

export const closeRoutes = (strapi: Strapi): void => {
  const uids = [...protectedTypes(strapi).keys()];
  if (uids.length === 0) return;
  changeRoutes(strapi, (route) => {
    const isOpen = typeof route.handler === 'string' && opensType(route.handler.trim(), uids);
    return isOpen ? withPolicy(route, `plugin::${PLUGIN_ID}.${TYPE_CLOSED}`) : route;
  });
};
