/**
 * Reaches the routes of the site and its plugins before they are composed (5.54 composes them after `register`). Routes
 * are module objects that outlive a boot, so each module gets changed copies and the originals stay as they were.
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
type Named = Router | Route[] | ((...args: unknown[]) => Router);
type Change = (route: Route) => Route;

const isRouter = (router: unknown): router is Router => router !== null && typeof router === 'object' && 'routes' in router;

const changed = (router: Router, change: Change): Router => {
  const routes = typeof router.routes === 'function' ? router.routes() : router.routes;
  return { ...router, routes: routes.map(change) };
};

const changedNamed = (router: Named, change: Change): Named => {
  if (Array.isArray(router)) return router.map(change);
  if (typeof router === 'function') return (...args) => changed(router(...args), change);
  return isRouter(router) ? changed(router, change) : router;
};

/** A module gives a list of routes, one router, or a record of both. */
const changedRoutes = (routers: unknown, change: Change): unknown => {
  if (Array.isArray(routers)) return (routers as Route[]).map(change);
  if (routers === null || typeof routers !== 'object') return routers;
  if (isRouter(routers) && Array.isArray(routers.routes)) return changed(routers, change);
  return Object.fromEntries(Object.entries(routers).map(([name, router]) => [name, changedNamed(router as Named, change)]));
};

/** @param change gives back the route itself, or a changed copy of it. */
export const changeRoutes = (strapi: Strapi, change: Change): void => {
  for (const owner of [...Object.values(strapi.apis), ...Object.values(strapi.plugins)] as { routes: unknown }[]) {
    owner.routes = changedRoutes(owner.routes, change);
  }
};

export const withPolicy = (route: Route, policy: unknown): Route => ({
  ...route,
  config: { ...route.config, policies: [policy, ...(route.config?.policies ?? [])] },
});
export const withMiddleware = (route: Route, middleware: unknown): Route => ({
  ...route,
  config: { ...route.config, middlewares: [middleware, ...(route.config?.middlewares ?? [])] },
});
