/**
 * Reaches the routes of the site and its plugins before they are composed (5.54 composes them after `register`). Routes
 * are module objects that outlive a boot, so each module gets changed copies and the originals stay as they were.
 */
import { PLUGIN_ID, type Context, type Strapi } from '../strapi';
import { holdFunctions, notAsExpected } from './hold';

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

/** The same for some plugins, of those that are there. `admin` is Strapi's own admin. */
export const changeRoutesOf = (strapi: Strapi, names: readonly string[], change: Change): void => {
  const plugins = strapi.plugins as unknown as Record<string, { routes: unknown }>;
  for (const name of names) {
    const owner = name === 'admin' ? (strapi.admin as unknown as { routes: unknown }) : plugins[name];
    if (owner) owner.routes = changedRoutes(owner.routes, change);
  }
};

export const listRoutes = (strapi: Strapi): Route[] => {
  const routes: Route[] = [];
  changeRoutes(strapi, (route) => (routes.push(route), route));
  return routes;
};

export const withPolicy = (route: Route, policy: unknown): Route => ({
  ...route,
  config: { ...route.config, policies: [policy, ...(route.config?.policies ?? [])] },
});
export const withMiddleware = (route: Route, middleware: unknown): Route => ({
  ...route,
  config: { ...route.config, middlewares: [middleware, ...(route.config?.middlewares ?? [])] },
});

const checks = new WeakMap<Strapi, (() => void)[]>();

/** Puts a middleware in front of the named handlers of Strapi's own plugins. Whether they are there is known in `bootstrap`. */
export const guardRoutes = (strapi: Strapi, guard: string, handlers: readonly string[], middleware: unknown): void => {
  const found = new Set<unknown>();
  changeRoutes(strapi, (route) => {
    if (typeof route.handler !== 'string' || !handlers.includes(route.handler)) return route;
    found.add(route.handler);
    return withMiddleware(route, middleware);
  });
  const check = (): void => {
    const missing = handlers.find((handler) => !found.has(handler));
    if (missing) throw notAsExpected(strapi, guard, `no route leads to "${missing}"`);
  };
  checks.set(strapi, [...(checks.get(strapi) ?? []), check]);
};

const GUARD = 'routes';
export const CANARY_POLICY = 'canary';
const CANARY_PATH = '/form-guard/canary';
interface Passed {
  passed: string[];
}
const pass = (ctx: { state: unknown }, what: string): void => void (ctx.state as Partial<Passed>).passed?.push(what);

/** Lets everybody through to where nothing is; says that it was asked. */
export const canaryPolicy = (ctx: { state: unknown }): boolean => {
  pass(ctx, 'policy');
  return true;
};

type Handler = (ctx: object, next: () => Promise<void>) => Promise<void>;
interface Layer {
  path: unknown;
  stack: Handler[];
}

/** A route of our own, answered by nobody, shows whether Strapi still asks the policies and middlewares of a route. */
const tryRouteOptions = async (strapi: Strapi): Promise<void> => {
  const server = holdFunctions(strapi, GUARD, 'the server', strapi.server, ['routes', 'listRoutes']);
  const middleware = async (ctx: Context): Promise<void> => pass(ctx, 'middleware');
  const config = { auth: false, policies: [`plugin::${PLUGIN_ID}.${CANARY_POLICY}`], middlewares: [middleware] };
  server.routes([{ method: 'GET', path: CANARY_PATH, handler: () => undefined, config }] as never);
  const layer = (server.listRoutes() as unknown as Layer[]).find(({ path }) => path === CANARY_PATH);
  const state: Passed = { passed: [] };
  await layer?.stack.at(-1)?.({ state, method: 'GET', path: CANARY_PATH }, async () => undefined);
  const missing = ['policy', 'middleware'].find((what) => !state.passed.includes(what));
  if (missing) throw notAsExpected(strapi, GUARD, `a ${missing} of a route is not asked`);
};

/** In `bootstrap`. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const tryRoutes = async (strapi: Strapi): Promise<void> => {
  checks.get(strapi)?.forEach((check) => check());
  await tryRouteOptions(strapi);
};
