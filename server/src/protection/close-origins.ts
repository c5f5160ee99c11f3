/**
 * No page of another origin reads or drives the admin, whatever Strapi's CORS grants: such a page would act with the session
 * of whoever looks at it. It stands around all routes of the admin, those of other plugins too, on every site that has the
 * plugin; what sites offer to the public stays as open to front ends elsewhere as it is.
 */
import { say } from '../sentences';
import { configOf, type Context, type Next, type Strapi } from '../strapi';
import { guardRequests, holdFunctions, notAsExpected } from './hold';

const GUARD = 'close-origins';
const READS = ['GET', 'HEAD'];
/** Strapi 5.54 adds it to no list; it is driven with tokens of admin accounts. */
const MCP = 'mcp';
/** Where a provider of single sign-on sends people back to, by a form at times. */
const SIGN_ON = /^\/admin\/connect(\/|$)/i;

interface Layer {
  path: string;
  methods: string[];
  match(path: string): boolean;
}
interface Api {
  listRoutes(): Layer[];
}
type Server = { api(type: 'admin' | 'content-api'): Api };

const routesOf = (strapi: Strapi, type: 'admin' | 'content-api'): Layer[] => {
  const server = strapi.server as unknown as Server;
  const api = holdFunctions(strapi, GUARD, 'the server', server, ['api']).api(type);
  return holdFunctions(strapi, GUARD, `the ${type} of the server`, api, ['listRoutes'])
    .listRoutes()
    .filter(({ methods }) => methods.length > 0);
};

/** `/Admin/login` → `admin`; the router ignores case. */
const firstOf = (path: string): string => {
  const end = path.indexOf('/', 1);
  return path.slice(1, end === -1 ? undefined : end).toLowerCase();
};
const isPattern = (segment: string): boolean => /[:(*]/.test(segment);

interface Area {
  isAdmins(ctx: Context): boolean;
  /** The pages of the admin themselves: files, the same for everybody. */
  isPage(ctx: Context): boolean;
}

/** Once every route is there. */
const areaOf = (strapi: Strapi): Area => {
  const [admins, sites] = [routesOf(strapi, 'admin'), routesOf(strapi, 'content-api')];
  const starts = new Set([MCP, ...admins.map(({ path }) => firstOf(path))]);
  const pages = strapi.config.get<string>('admin.path', '/admin').toLowerCase();
  if (pages !== '/') starts.add(firstOf(pages));
  const startsAnyhow = admins.filter(({ path }) => isPattern(firstOf(path)));
  const matches = ({ path, method }: Context, layers: Layer[]): boolean =>
    layers.some((layer) => layer.methods.includes(method) && layer.match(path));
  // A question before a request is about the method that it names.
  const meant = (ctx: Context): Context =>
    ctx.method === 'OPTIONS'
      ? ({ path: ctx.path, method: ctx.get('Access-Control-Request-Method').toUpperCase() } as Context)
      : ctx;
  return {
    isAdmins: (ctx) =>
      (starts.has(firstOf(ctx.path)) || startsAnyhow.some((layer) => layer.match(ctx.path))) && !matches(meant(ctx), sites),
    isPage: (ctx) => {
      const path = ctx.path.toLowerCase();
      const isUnder = path === pages || path.startsWith(pages === '/' ? pages : `${pages}/`);
      return isUnder && READS.includes(ctx.method) && !matches(ctx, admins);
    },
  };
};

/** What the config names. Without an absolute address there, Strapi makes one up from where it listens: that names nobody. */
const namedOrigins = (strapi: Strapi): Set<string> => {
  const addresses = ['admin.url', 'server.url'].map((name) => strapi.config.get<unknown>(name));
  const absolute = addresses.filter((url): url is string => typeof url === 'string' && url.startsWith('http'));
  return new Set([...absolute, ...configOf(strapi).adminOrigins].map((url) => new URL(url).origin));
};

/** The same machine and port as the request was sent to. A proxy in front may have taken the `s` of https. */
const isOwnHost = ({ host }: Context, origin: string): boolean => {
  if (!URL.canParse(origin) || !URL.canParse(`http://${host}`)) return false;
  const asked = new URL(origin);
  return new URL(`${asked.protocol}//${host}`).host === asked.host;
};

/**
 * The browser's own word first: it knows the address that the person sees, which a proxy may have changed for us, and no
 * page can write these headers. Browsers leave them out where the site has no https; servers and command lines have none.
 */
const isForeign = (ctx: Context): boolean => {
  const [site, origin] = [ctx.get('Sec-Fetch-Site'), ctx.get('Origin')];
  if (site === 'same-origin') return false;
  if (site !== '' && site !== 'none') return true;
  return origin !== '' && !isOwnHost(ctx, origin);
};

/** A link that somebody followed: the page that had it sees nothing of the answer. */
const isFollowedLink = (ctx: Context): boolean =>
  READS.includes(ctx.method) && ctx.get('Sec-Fetch-Mode') === 'navigate' && ctx.get('Sec-Fetch-Dest') === 'document';

/** Strapi's CORS, and any other, writes what it grants on the way in. */
const grantNothing = ({ res }: Context): void => {
  const setHeader = res.setHeader.bind(res);
  res.setHeader = (name, value) => (/^access-control-/i.test(name) ? res : setHeader(name, value));
};

const MOST_TOLD = 20;
/** The operator is told once of each origin: it may be a part of the site that nobody named. */
const tellOnce = (strapi: Strapi): ((origin: string) => void) => {
  const told = new Set<string>();
  return (origin) => {
    const name = /^https?:\/\/[\w.:[\]-]{1,100}$/.test(origin) ? origin : 'another origin';
    if (told.has(name) || told.size >= MOST_TOLD) return;
    told.add(name);
    strapi.log.warn(
      `[form-guard] A page of ${name} asked for something of the admin and was refused. If it is a part of your admin, name it in adminOrigins in the config of Form Guard.`,
    );
  };
};

const refuse = (ctx: Context): void => {
  const error = { status: 403, name: 'PolicyError', message: say('origin.foreign'), details: { code: 'FOREIGN_ORIGIN' } };
  ctx.status = error.status;
  ctx.body = { data: null, error };
};

/** In `register`, in front of Strapi's CORS, which answers questions before requests by itself. */
export const closeOrigins = (strapi: Strapi): void => {
  const named = namedOrigins(strapi);
  const tell = tellOnce(strapi);
  let area: Area | undefined;
  guardRequests(strapi, GUARD, (ctx, next: Next) => {
    area ??= areaOf(strapi);
    if (!area.isAdmins(ctx)) return next();
    const origin = ctx.get('Origin');
    if (named.has(origin)) return next();
    if (isForeign(ctx) && !isFollowedLink(ctx) && !SIGN_ON.test(ctx.path) && !area.isPage(ctx)) {
      tell(origin);
      refuse(ctx);
      return Promise.resolve();
    }
    grantNothing(ctx);
    return next();
  });
};

/** In `bootstrap`. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const tryOrigins = (strapi: Strapi): void => {
  const isThere = routesOf(strapi, 'admin').some((layer) => layer.methods.includes('POST') && layer.match('/admin/login'));
  if (!isThere) throw notAsExpected(strapi, GUARD, 'the way in to the admin is not among its routes');
};
