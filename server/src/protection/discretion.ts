/**
 * Until something goes wrong a request is to the site's own code what it is on plain Strapi. When something throws or is
 * refused, nothing that other code can reach holds what was sent: not the body, the files, the query, the address, the error.
 * Stands around every middleware, so that none of them is told by the one behind it.
 */
import { rmSync } from 'node:fs';
import type { Context, Next, Strapi } from '../strapi';
import { cleanError } from './clean-error';
import { aroundMiddlewares } from './hold';
import { leavesOf, repeats } from './sent-words';

interface Discretion {
  /** It carries values, so what fails is emptied. */
  carriesValues: boolean;
  /** Names of fields, which are no secret. */
  names: readonly string[];
  /** What the log and others read in place of the address, once it was answered. */
  address: ((ctx: Context) => string) | null;
  /** Of what was sent, once it is emptied. */
  leaves: string[] | null;
  /** A sentence of ours was answered, which repeats nothing. */
  isOurAnswer: boolean;
}
const known = new WeakMap<object, Discretion>();

export const beDiscreet = (ctx: Context, what: Partial<Pick<Discretion, 'carriesValues' | 'address' | 'names'>>): void => {
  const before = known.get(ctx) ?? { carriesValues: false, names: [], address: null, leaves: null, isOurAnswer: false };
  known.set(ctx, Object.assign(before, what));
};

export const isDiscreet = (ctx: Context): boolean => known.has(ctx);

export const isOurAnswer = (ctx: Context): void => {
  const about = known.get(ctx);
  if (about) about.isOurAnswer = true;
};

interface Inside {
  url: string;
  originalUrl: string;
  captures?: unknown;
  request: {
    originalUrl: string;
    body?: unknown;
    rawBody?: unknown;
    files?: unknown;
    memoizedURL?: unknown;
    _querycache?: Record<string, unknown>;
  };
  req: { _parsedUrl?: unknown; originalUrl?: string; body?: unknown; rawBody?: unknown; headers: Record<string, unknown> };
}
const insideOf = (ctx: Context): Inside => ctx as unknown as Inside;

/** @param query what `ctx.query` goes on to give, which is then in no address */
export const hideAddress = (ctx: Context, address: string, query?: Record<string, unknown>): void => {
  const { request, req } = insideOf(ctx);
  if (ctx.url !== address || insideOf(ctx).originalUrl !== address) {
    insideOf(ctx).url = address;
    insideOf(ctx).originalUrl = address;
    request.originalUrl = address;
    if (req.originalUrl !== undefined) req.originalUrl = address;
    delete req._parsedUrl;
    delete request.memoizedURL;
  }
  if (query) request._querycache = { '': query };
  else delete request._querycache;
};

/** In place: whoever took hold of it before holds nothing either. */
const wipe = (value: unknown, depth = 0): void => {
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value) || depth > 20) return;
  for (const key of Reflect.ownKeys(value)) {
    wipe((value as Record<PropertyKey, unknown>)[key], depth + 1);
    if (!(Array.isArray(value) && key === 'length')) Reflect.deleteProperty(value, key);
  }
  if (Array.isArray(value)) value.length = 0;
};

/** Strapi's parser leaves them where something throws. */
const removeFiles = (files: unknown): void => {
  for (const file of Object.values((files ?? {}) as object).flat() as { filepath?: unknown }[]) {
    if (typeof file?.filepath === 'string') rmSync(file.filepath, { force: true });
  }
};

const withoutQuery = (address: unknown): string | undefined =>
  typeof address === 'string' ? address.replace(/[?#].*$/s, '') : undefined;

const STATE = /^formGuard/;

const empty = (ctx: Context, about: Discretion): void => {
  const { request, req } = insideOf(ctx);
  about.leaves ??= leavesOf([request.body, ctx.query, ctx.params], about.names);
  removeFiles(request.files);
  wipe(request.body);
  if (request.body !== undefined) request.body = {};
  for (const holder of [request, req]) delete holder.rawBody;
  delete req.body;
  delete request.files;
  const referer = withoutQuery(req.headers.referer);
  if (referer !== undefined) req.headers.referer = referer;
  for (const key of Object.keys(ctx.state)) if (STATE.test(key)) delete ctx.state[key];
  ctx.params = {};
  insideOf(ctx).captures = [];
};

const LEFT_OUT = 'The site refused this. Its reason is left out, because it would repeat something of what was sent.';

/** An answer of the site's own code, given without throwing. */
const checkAnswer = (ctx: Context, { leaves, isOurAnswer: ours }: Discretion): void => {
  const { body, status } = ctx;
  const isText =
    typeof body === 'string' || (body !== null && typeof body === 'object' && Object.getPrototypeOf(body) === Object.prototype);
  if (ours || !isText || !repeats(JSON.stringify(body), leaves ?? [])) return;
  ctx.body = { data: null, error: { status, name: 'ApplicationError', message: LEFT_OUT, details: {} } };
};

const discreetly = async (ctx: Context, about: Discretion, run: Next, isAnswered = true): Promise<unknown> => {
  try {
    const result = await run();
    if (about.carriesValues && ctx.status >= 400) {
      empty(ctx, about);
      checkAnswer(ctx, about);
    }
    return result;
  } catch (error) {
    if (!about.carriesValues) throw error;
    empty(ctx, about);
    const clean = cleanError(error, (text) => repeats(text, about.leaves ?? []));
    if (clean === error) about.isOurAnswer = true;
    throw clean;
  } finally {
    if (about.address && isAnswered) hideAddress(ctx, about.address(ctx));
  }
};

/** For the routes of wrapped types: what a controller throws meets the site's own middlewares of that route first. */
export const discreetMiddleware = (ctx: Context, next: Next): Promise<unknown> => {
  const about = known.get(ctx);
  return about ? discreetly(ctx, about, next, false) : next();
};

/** Requests that a router is answering. A server of static files in it waits for what stands behind, and reads the address then. */
const routed = new WeakSet<object>();

/** In `register`. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const closeReports = (strapi: Strapi): void =>
  aroundMiddlewares(strapi, 'close-reports', isDiscreet, (ctx, run, middleware) => {
    const about = known.get(ctx);
    if (!about) return run();
    if (!about.carriesValues && routed.has(ctx)) return discreetly(ctx, about, run, false);
    if (!('router' in middleware)) return discreetly(ctx, about, run);
    routed.add(ctx);
    return discreetly(ctx, about, () => run().finally(() => routed.delete(ctx)));
  });
