/**
 * Stands in front of every other middleware on the addresses where submissions come in, on all else under the plugin's
 * prefix and on every address of a wrapped type, in any spelling. It leaves Strapi's parser nothing to read: no temporary
 * file, no value in a parser's error. JSON and urlencoded bodies are read here; files only behind Strapi's permissions, so
 * that a stranger without them uploads nothing.
 */
import { beDiscreet, guardRequests, hideAddress, isOurAnswer, leadsUnder, plainPath, readingsOf } from '../protection';
import { configOf, PLUGIN_ID, type Context, type Next, type Strapi } from '../strapi';
import { problemPage } from './pages';
import { answerWhileReading } from './read-on';
import { MAX_BODY_BYTES, readBody, type Problem, type ReadBody } from './read-body';
import { answerSentInAddress, isSentInAddress, noteNames } from './sent-in-address';

/** Not in `ctx.state`, where the site's own code can reach it. */
const bodies = new WeakMap<object, ReadBody>();
export const bodyOf = (ctx: Context): ReadBody | undefined => bodies.get(ctx);

export const answerProblem = (ctx: Context, { status, message }: Problem): void => {
  isOurAnswer(ctx);
  ctx.status = status;
  ctx.body = { data: null, error: { status, name: 'ValidationError', message, details: { code: 'BODY_REFUSED', errors: [] } } };
};

/** Where the gate stands; all in plain form. */
export interface Addresses {
  /** Under which the plugin's own forms are, or null where it is that of the admin's routes too. */
  ours: string | null;
  /** Of the plugin's own forms. */
  forms: RegExp;
  /** Of the create routes of wrapped types, with the names of their attributes. */
  creates: ReadonlyMap<string, readonly string[]>;
  /** Of all routes of wrapped types: but for their create they are closed, so no body of theirs is ever read. */
  wrapped: readonly RegExp[];
  /** `POST /api/articles/search`: routes of other types that a pattern of a wrapped one could match as well. */
  others: ReadonlySet<string>;
  /** All routes of other types, with their parameters: below the address of a wrapped type they stay what they are. */
  otherRoutes: readonly { method: string; pattern: RegExp }[];
}

/** A longer body than any form takes is not read to its end. */
const isTooLong = (strapi: Strapi, { headers }: Context['req']): boolean => {
  const { maxBytes, maxFiles } = configOf(strapi).attachments;
  const length = Number(headers['content-length'] ?? (headers['transfer-encoding'] ? Infinity : 0));
  return !(length <= maxBytes * maxFiles + MAX_BODY_BYTES);
};

/** The connection goes with the answer. */
const answerAndEnd = async (ctx: Context, next: Next): Promise<void> => {
  ctx.set('Connection', 'close');
  await next();
  answerWhileReading(ctx);
};

/** Under the plugin's prefix, but no address that takes a body. */
const addressed = new WeakSet<object>();
/** Answers were in the address of these. */
const inAddress = new WeakSet<object>();

interface Inside {
  querystring: string;
  _matchedRoute?: unknown;
}

/** What the log shows: the path, or where nothing is at it, which may be a value too, the place where we looked. */
const shownAs =
  (start: string | null | undefined) =>
  (ctx: Context): string => {
    const { _matchedRoute: route } = ctx as unknown as Inside;
    return ctx.status < 400 ? ctx.path : typeof route === 'string' ? route : (start ?? '/');
  };

const takeQuery = (
  ctx: Context,
  start: string | null | undefined,
  { isKept, names = [] }: { isKept: boolean; names?: readonly string[] | undefined },
): void => {
  const { querystring } = ctx as unknown as Inside;
  noteNames(ctx, querystring);
  hideAddress(ctx, ctx.path, isKept && querystring !== '' ? ctx.query : undefined);
  beDiscreet(ctx, { carriesValues: true, address: shownAs(start), names });
};

const answerUnknown = async (ctx: Context, next: Next): Promise<void> => {
  await next();
  if (ctx.status !== 404 || (ctx.body !== null && ctx.body !== undefined) || ctx.accepts('json', 'html') !== 'html') return;
  isOurAnswer(ctx);
  ctx.status = 404;
  ctx.type = 'html';
  ctx.body = problemPage(['There is no form at this address. Nothing was kept.']);
};

const ADMIN_PAGES = `/plugins/${PLUGIN_ID}`;
export const ADMIN_ROUTES = `/${PLUGIN_ID}`;
const isJson = ({ headers }: Context['req']): boolean => /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '');
const isAdminRoute = (readings: readonly string[]): boolean =>
  readings.some((reading) => `${reading}/`.startsWith(`${ADMIN_ROUTES}/`));

/** Whether nobody may read the body of a request to this address. */
export const createIsClosed =
  ({ ours, creates, wrapped, others, otherRoutes }: Addresses) =>
  ({ method, path }: Pick<Context, 'method' | 'path'>, readings: readonly string[]): boolean => {
    if (ours !== null && leadsUnder(readings, ours)) return true;
    if (wrapped.length === 0) return false;
    const plain = plainPath(path);
    if (others.has(`${method} ${plain}`)) return false;
    if (readings.some((reading) => wrapped.some((pattern) => pattern.test(reading)))) return true;
    if (![...creates.keys()].some((create) => leadsUnder(readings, create))) return false;
    return !otherRoutes.some((route) => route.method === method && route.pattern.test(plain));
  };

/** In `register`, in front of whatever is there by then: later it would stand behind Strapi's parser. */
export const placeGate = (strapi: Strapi, addresses: Addresses): void => {
  const { ours, forms, creates } = addresses;
  const isClosed = createIsClosed(addresses);
  const takeIn = async (ctx: Context, next: Next): Promise<unknown> => {
    // Not destroyed when we stop reading: the connection would go without an answer.
    const stream = ctx.req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    const read = await readBody(ctx.req.headers, stream, { mayBeFields: !creates.has(plainPath(ctx.path)) }).catch(
      (): ReadBody => ({
        isHtmlForm: false,
        problem: { status: 400, message: 'The body did not arrive whole. Nothing was kept.' },
      }),
    );
    bodies.set(ctx, read);
    ctx.request.body = 'body' in read ? read.body : {};
    delete ctx.req.headers['content-type'];
    const isReadToItsEnd = 'body' in read || ('boundary' in read && !isTooLong(strapi, ctx.req));
    return isReadToItsEnd ? next() : answerAndEnd(ctx, next);
  };
  const gate = (ctx: Context, next: Next): Promise<unknown> => {
    const path = plainPath(ctx.path);
    const attributes = creates.get(path);
    if (ctx.method === 'POST' && (attributes || forms.test(path))) {
      // Middlewares of the site may ask the query, of a captcha for example; no log and no report finds it in the address.
      takeQuery(ctx, attributes ? path : ours, { isKept: true, names: attributes });
      return takeIn(ctx, next);
    }
    const readings = readingsOf(ctx.path);
    // Where both have one address, nobody reads what somebody sends who is not signed in.
    const isVisitors = ours === null && isAdminRoute(readings) && ctx.get('authorization') === '';
    if (isVisitors || isClosed(ctx, readings)) {
      const isOurs = isVisitors || (ours !== null && leadsUnder(readings, ours));
      if (isOurs) addressed.add(ctx);
      takeQuery(ctx, isOurs ? (ours ?? ADMIN_ROUTES) : attributes && path, { isKept: false, names: attributes });
      if (isSentInAddress(ctx, isOurs ? undefined : (attributes ?? []))) inAddress.add(ctx);
      delete ctx.req.headers['content-type'];
      return isTooLong(strapi, ctx.req) ? answerAndEnd(ctx, next) : next();
    }
    if (isAdminRoute(readings)) {
      takeQuery(ctx, ADMIN_ROUTES, { isKept: true });
      // The admin sends us JSON and nothing else; a form that was pointed there by mistake leaves no file behind.
      if (!isJson(ctx.req)) delete ctx.req.headers['content-type'];
    } else if (path.includes(ADMIN_PAGES)) {
      beDiscreet(ctx, { address: ({ path: shown }) => shown });
    }
    return next();
  };
  guardRequests(strapi, 'intake', gate, { first: true });
};

/** In `bootstrap`: behind what Strapi does for every answer (CORS, errors), in front of the routes. */
export const answerStrayRequests = (strapi: Strapi): void =>
  guardRequests(strapi, 'intake-addresses', (ctx, next) => {
    if (inAddress.has(ctx)) return answerSentInAddress(strapi, ctx);
    return addressed.has(ctx) ? answerUnknown(ctx, next) : next();
  });
