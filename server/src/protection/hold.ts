/**
 * Every guard takes hold of something inside Strapi through this file. What is not there, or no longer behaves as the
 * guard expects, stops the boot with the name of the guard and the version of Strapi: a guard that silently guards
 * nothing is worse than a site that does not start.
 */
import { Fault } from '../fault';
import type { Context, Next, Strapi } from '../strapi';

/** The Strapi that these guards were tried with. */
const TRIED_WITH = '5.54.0';

/** @param what a whole clause: `users-permissions' role service has no "updateRole"` */
export const notAsExpected = (strapi: Strapi, guard: string, what: string): Fault =>
  new Fault(
    'STRAPI_NOT_AS_EXPECTED',
    `the guard "${guard}" does not fit this Strapi (${strapi.config.get('info.strapi', 'version unknown')}): ${what}. Nothing is served without it. Use Strapi ${TRIED_WITH}, or a Form Guard made for yours`,
  );

/**
 * @param owner what has the functions, as `where` calls it: `the role service of users-permissions`
 * @throws Fault STRAPI_NOT_AS_EXPECTED when one of them is not there
 */
export const holdFunctions = <Owner extends object>(
  strapi: Strapi,
  guard: string,
  where: string,
  owner: Owner | null | undefined,
  names: readonly (keyof Owner & string)[],
): Owner => {
  if (owner === null || owner === undefined) throw notAsExpected(strapi, guard, `${where} is not there`);
  const missing = names.find((name) => typeof owner[name] !== 'function');
  if (missing) throw notAsExpected(strapi, guard, `${where} has no function "${missing}"`);
  return owner;
};

interface ServiceRegistry {
  get(uid: string): unknown;
  extend(uid: string, extended: (service: object) => object): unknown;
}

/** Replaces functions of a service, for every caller, HTTP and code alike. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const guardService = <Service extends object>(
  strapi: Strapi,
  guard: string,
  uid: string,
  names: readonly (keyof Service & string)[],
  guarded: (service: Service) => Partial<Service>,
): void => {
  const registry = strapi.get('services') as unknown as ServiceRegistry;
  const services = holdFunctions(strapi, guard, 'the registry of services', registry, ['extend']);
  holdFunctions(strapi, guard, `the service ${uid}`, services.get(uid) as Service | undefined, names);
  services.extend(uid, (service) => ({ ...service, ...guarded(service as Service) }));
};

type Middleware = (ctx: Context, next: Next) => Promise<unknown>;
interface App {
  middleware: Middleware[];
  callback(): unknown;
}
const inFront = new WeakMap<Strapi, number>();

/**
 * Puts a middleware around every request. One that has nothing to do with a request gives back what `next` gives: each
 * promise in between costs every request of the site.
 * @param first around the middlewares of plugins that were registered before, too, and of the site's config in any case
 * @throws Fault STRAPI_NOT_AS_EXPECTED
 */
export const guardRequests = (
  strapi: Strapi,
  guard: string,
  around: (ctx: Context, next: Next) => Promise<unknown>,
  { first = false } = {},
): void => {
  const server = holdFunctions(strapi, guard, 'the server', strapi.server, ['use']);
  server.use(around as never);
  if (!first) return;
  const { middleware } = server.app as unknown as Partial<App>;
  if (!Array.isArray(middleware) || middleware.at(-1) !== around) {
    throw notAsExpected(strapi, guard, 'the server keeps no list of middlewares');
  }
  // Only Strapi's own context of the request stands in front of it.
  const place = inFront.get(strapi) ?? 1;
  middleware.splice(place, 0, ...middleware.splice(-1));
  inFront.set(strapi, place + 1);
};

const surrounded = new WeakSet<Middleware>();

/**
 * Stands around each single middleware, whoever put it there and in whichever order: koa composes them at the first request.
 * @param isMeant asked first, so that another request pays for nothing but the question
 * @param around is called with what the middleware would do
 * @throws Fault STRAPI_NOT_AS_EXPECTED
 */
export const aroundMiddlewares = (
  strapi: Strapi,
  guard: string,
  isMeant: (ctx: Context) => boolean,
  around: (ctx: Context, run: Next, middleware: object) => Promise<unknown>,
): void => {
  const app = strapi.server.app as unknown as App;
  if (typeof app?.callback !== 'function' || !Array.isArray(app.middleware)) {
    throw notAsExpected(strapi, guard, 'the server keeps no list of middlewares');
  }
  const surround = (middleware: Middleware): Middleware => {
    if (surrounded.has(middleware)) return middleware;
    const outer: Middleware = (ctx, next) =>
      isMeant(ctx) ? around(ctx, () => middleware(ctx, next), middleware) : middleware(ctx, next);
    surrounded.add(outer);
    return outer;
  };
  const callback = app.callback.bind(app);
  app.callback = () => {
    app.middleware = app.middleware.map(surround);
    return callback();
  };
};
