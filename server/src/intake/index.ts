/** How a submission comes in. */
import { escapeRegExp } from 'lodash';
import { describeForm } from '../forms';
import { changeRoutes, plainPath, protectedType, type Route } from '../protection';
import { apiPrefix, attributesOf, PLUGIN_ID, type Strapi } from '../strapi';
import type { Arrived } from './arrived';
import { ADMIN_ROUTES, placeGate, type Addresses } from './gate';
import { acceptSubmission } from './receipt';
import { cleanCreate, wrapCreate } from './wrapped-create';

const CREATE = 'create';

/** `['api::contact.contact', 'create']` */
const handlerOf = ({ handler }: Route): [uid: string, action: string] => {
  const name = typeof handler === 'string' ? handler.trim() : '';
  const dot = name.lastIndexOf('.');
  return [name.slice(0, Math.max(0, dot)), name.slice(dot + 1)];
};

/** Where a route of a wrapped type is, whatever its parameters are. */
const patternOf = (path: string): RegExp => {
  const segments = plainPath(path)
    .split('/')
    .map((segment) => (/[:*()]/.test(segment) ? (/[*(]/.test(segment) ? '.*' : '[^/]+') : escapeRegExp(segment)));
  return new RegExp(`^${segments.join('/')}$`);
};

/** `clean` stands around the handler, and around each of the site's own middlewares of the route. */
const surrounded = (route: Route, first: unknown, clean: unknown): Route => {
  const own = route.config?.middlewares ?? [];
  return { ...route, config: { ...route.config, middlewares: [first, clean, ...own.flatMap((one) => [one, clean])] } };
};

/** In `register`, before routes are composed. */
export const openIntake = (strapi: Strapi, arrived: Arrived): void => {
  const prefix = apiPrefix(strapi);
  const creates = new Map<string, readonly string[]>();
  const wrapped: RegExp[] = [];
  const others = new Set<string>();
  const otherRoutes: Addresses['otherRoutes'][number][] = [];
  const wrap = (route: Route): Route => {
    const [uid, action] = handlerOf(route);
    const type = protectedType(strapi, uid);
    const routePrefix = typeof route.config?.prefix === 'string' ? route.config.prefix : '';
    const path = `${prefix}${routePrefix}${route.path}`;
    if (!type) {
      others.add(`${route.method} ${plainPath(path)}`);
      otherRoutes.push({ method: route.method, pattern: patternOf(path) });
      return route;
    }
    wrapped.push(patternOf(path));
    if (action !== CREATE) return route;
    creates.set(plainPath(path), Object.keys(attributesOf(type.original)));
    return surrounded(route, wrapCreate(strapi, type, arrived), cleanCreate(strapi, type));
  };
  changeRoutes(strapi, wrap);
  const own = plainPath(`${prefix}/${PLUGIN_ID}`);
  const forms = new RegExp(`^${escapeRegExp(own)}/forms/[^/]+(/submissions)?$`);
  const ours = own === ADMIN_ROUTES ? null : own;
  placeGate(strapi, { ours, forms, creates, wrapped, others, otherRoutes });
};

/** Functions as handlers: a form is for everyone, so these must not appear among the boxes of the permission screens. */
export const intakeRoutes = (strapi: () => Strapi, arrived: Arrived) => [
  { method: 'GET', path: '/forms/:slug', handler: describeForm(strapi), config: { auth: false } },
  // The address that describes a form is the one to send to as well; the longer one is that of the first version.
  { method: 'POST', path: '/forms/:slug', handler: acceptSubmission(strapi, arrived), config: { auth: false } },
  { method: 'POST', path: '/forms/:slug/submissions', handler: acceptSubmission(strapi, arrived), config: { auth: false } },
];

export { answerStrayRequests } from './gate';
