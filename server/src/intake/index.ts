/** How a submission comes in. */
import { escapeRegExp } from 'lodash';
import { describeForm } from '../forms';
import { changeRoutes, protectedType, withMiddleware, type Route } from '../protection';
import { PLUGIN_ID, type Strapi } from '../strapi';
import { placeGate, plainPath } from './gate';
import { acceptSubmission } from './receipt';
import { wrapCreate } from './wrapped-create';

const CREATE = '.create';

/** In `register`, before routes are composed. */
export const openIntake = (strapi: Strapi): void => {
  const prefix = strapi.config.get<string>('api.rest.prefix', '/api');
  const wrappedPaths = new Set<string>();
  const wrap = (route: Route): Route => {
    const handler = typeof route.handler === 'string' ? route.handler.trim() : '';
    const type = handler.endsWith(CREATE) ? protectedType(strapi, handler.slice(0, -CREATE.length)) : undefined;
    if (!type) return route;
    const routePrefix = typeof route.config?.prefix === 'string' ? route.config.prefix : '';
    wrappedPaths.add(plainPath(`${prefix}${routePrefix}${route.path}`));
    return withMiddleware(route, wrapCreate(strapi, type));
  };
  changeRoutes(strapi, wrap);
  const escaped = escapeRegExp(plainPath(`${prefix}/${PLUGIN_ID}/forms/`));
  placeGate(strapi, { formPath: new RegExp(`^${escaped}/[^/]+/submissions$`), wrappedPaths });
};

/** Functions as handlers: a form is for everyone, so these must not appear among the boxes of the permission screens. */
export const intakeRoutes = (strapi: () => Strapi) => [
  { method: 'GET', path: '/forms/:slug', handler: describeForm(strapi), config: { auth: false } },
  { method: 'POST', path: '/forms/:slug/submissions', handler: acceptSubmission(strapi), config: { auth: false } },
];
