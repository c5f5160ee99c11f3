/**
 * Reaches the routes of Strapi and of other plugins before they are composed (5.54 composes them after `register`).
 * Routers are objects or factories; both are changed in place.
 */
import type { Strapi } from '../strapi';

export interface Route {
  method: string;
  path: string;
  handler: unknown;
  config?: { policies?: unknown[]; middlewares?: unknown[]; [key: string]: unknown };
}
interface Router {
  routes: Route[] | (() => Route[]);
}
type Routers = Record<string, Router | Route[] | ((...args: unknown[]) => Router) | undefined>;

const changeRouter = (router: Router, change: (route: Route) => void): Router => {
  // Core routers compute `routes` in a getter, anew at each read: fix them once, changed.
  const routes = typeof router.routes === 'function' ? router.routes() : router.routes;
  const list = Array.isArray(routes) ? routes : Object.values(routes ?? {});
  (list as Route[]).forEach(change);
  Object.defineProperty(router, 'routes', { value: list, configurable: true, enumerable: true, writable: true });
  return router;
};

/** A module gives a list of routes, one router, or a record of both. */
export const changeRoutes = (routers: unknown, change: (route: Route) => void): void => {
  if (Array.isArray(routers)) return (routers as Route[]).forEach(change);
  if (routers === null || typeof routers !== 'object') return;
  if ('routes' in routers && Array.isArray(routers.routes)) return void changeRouter(routers as Router, change);
  const named = routers as Routers;
  for (const [name, router] of Object.entries(named)) {
    if (typeof router === 'function') named[name] = (...args: unknown[]) => changeRouter(router(...args), change);
    else if (Array.isArray(router)) (router as Route[]).forEach(change);
    else if (router) changeRouter(router, change);
  }
};

/** Every place where routes of the site and its plugins stand. */
export const allRouters = (strapi: Strapi): unknown[] => [
  ...Object.values(strapi.apis).map((api) => (api as { routes: unknown }).routes),
  ...Object.values(strapi.plugins).map((plugin) => (plugin as { routes: unknown }).routes),
];

export const addPolicy = (route: Route, policy: unknown): void => {
  route.config = { ...route.config, policies: [policy, ...(route.config?.policies ?? [])] };
};
export const addMiddleware = (route: Route, middleware: unknown): void => {
  route.config = { ...route.config, middlewares: [middleware, ...(route.config?.middlewares ?? [])] };
};
