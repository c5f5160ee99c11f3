/**
 * No list takes keys that its own contract does not name. Strapi 5.54 hands what an address says beside filters, sort, fields
 * and populate to the database as it is; so raw keys are refused at the routes of Strapi's own plugins and of its admin, and
 * wherever else they get into a query. Relation pickers say themselves what they show: nobody else shapes their query.
 */
import { refuse, refuseBody } from '../errors';
import { say } from '../sentences';
import { attributesOf, type Context, type Next, type Strapi } from '../strapi';
import { secretsOf } from './account-secrets';
import { holdFunctions } from './hold';
import { changeRoutesOf, guardRoutes, withMiddleware } from './routes';

export const RAW_GUARD = 'close-raw-queries';
const RAW = ['where', 'select', 'orderBy', 'groupBy', 'having'] as const;
const RAW_AT_ROUTES: readonly string[] = [...RAW, 'offset'].map((key) => key.toLowerCase());
const SHAPING: readonly string[] = [...RAW_AT_ROUTES, 'filters', 'sort', 'fields', 'populate', 'start', 'limit'];
/** Not content-releases: its list is grouped by a word of its own contract. */
const OWNERS = [
  'admin',
  'upload',
  'content-manager',
  'users-permissions',
  'i18n',
  'review-workflows',
  'content-type-builder',
  'email',
];
const ENTRIES = ['collection-types.find', 'collection-types.findOne'];
const PICKERS = ['relations.findAvailable', 'relations.findExisting'];

/** `where[a][b]` is a key too, where nobody has taken it apart. */
const names = (query: object, keys: readonly string[]): boolean =>
  Object.keys(query).some((key) => keys.includes(key.toLowerCase().replace(/\[.*$/s, '').trim()));

const refuseKeys = (): Error => refuseBody(say('list.rawKey'), [], 'RAW_QUERY_REFUSED');

/** One function for every boot: the routes of the admin outlive one, and have it once. */
const refuseRaw = async (ctx: Context, next: Next): Promise<void> => {
  if (names(ctx.query, RAW_AT_ROUTES)) throw refuseKeys();
  await next();
};

interface QueryParams {
  transform(uid: string, params: Record<string, unknown>, ...rest: unknown[]): unknown;
}

/** Whatever route it is: a raw key that the address has is not handed to the database. */
const closeTransformer = (strapi: Strapi): void => {
  const service = strapi.get('query-params') as unknown as QueryParams;
  const { transform } = holdFunctions(strapi, RAW_GUARD, 'the transformer of queries', service, ['transform']);
  service.transform = (uid, params, ...rest) => {
    for (const key of RAW) {
      if (params?.[key] === undefined) continue;
      const ctx = strapi.requestContext.get() as Context | undefined;
      if (ctx?.query[key] !== undefined) throw refuseKeys();
    }
    return transform(uid, params, ...rest);
  };
};

const guardPickers = (strapi: Strapi): void => {
  const guarded = async (ctx: Context, next: Next): Promise<void> => {
    if (names(ctx.query, SHAPING)) throw refuse('RAW_QUERY_REFUSED', say('picker.shaped'));
    await next();
    const { model = '', targetField = '' } = ctx.params;
    const source = strapi.getModel(model as never) as { attributes: unknown } | undefined;
    const target = source && attributesOf(source)[targetField]?.target;
    // What a picker shows of each is set on a screen; a secret is never it.
    const secret = typeof target === 'string' ? secretsOf(strapi, target) : [];
    const { results } = (ctx.body ?? {}) as { results?: Record<string, unknown>[] };
    for (const name of secret) for (const row of results ?? []) delete row[name];
  };
  guardRoutes(strapi, RAW_GUARD, PICKERS, guarded);
};

/** Strapi 5.54's content manager shows a super admin the rows of any type, of tokens and sessions too. */
const guardEntries = (strapi: Strapi): void => {
  const guarded = async (ctx: Context, next: Next): Promise<void> => {
    await next();
    const secret = secretsOf(strapi, ctx.params.model ?? '');
    const { results = [], data } = (ctx.body ?? {}) as { results?: Record<string, unknown>[]; data?: Record<string, unknown> };
    for (const name of secret) for (const row of data ? [...results, data] : results) delete row[name];
  };
  guardRoutes(strapi, RAW_GUARD, ENTRIES, guarded);
};

/** In `register`, before routes are composed. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const closeRawQueries = (strapi: Strapi): void => {
  closeTransformer(strapi);
  changeRoutesOf(strapi, OWNERS, (route) =>
    route.config?.middlewares?.includes(refuseRaw) ? route : withMiddleware(route, refuseRaw),
  );
  guardPickers(strapi);
  guardEntries(strapi);
};
