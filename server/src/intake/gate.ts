/**
 * Stands in front of Strapi's own middlewares on the addresses where submissions come in, and on every other address of a
 * wrapped type. It leaves Strapi's parser nothing to read: no temporary file, no value in a parser's error. JSON and
 * urlencoded bodies are read here; files only behind Strapi's permissions, so that a stranger without them uploads nothing.
 */
import { trimEnd } from 'lodash';
import { guardRequests } from '../protection';
import { configOf, type Context, type Next, type Strapi } from '../strapi';
import { answerWhileReading } from './read-on';
import { MAX_BODY_BYTES, readBody, type Problem, type ReadBody } from './read-body';

const READ = 'formGuardBody';

export const bodyOf = (ctx: Context): ReadBody | undefined => ctx.state[READ] as ReadBody | undefined;

/** Koa's router ignores case and a last slash; so does the gate. */
export const plainPath = (path: string): string => trimEnd(path.toLowerCase(), '/');

export const answerProblem = (ctx: Context, { status, message }: Problem): void => {
  ctx.status = status;
  ctx.body = { data: null, error: { status, name: 'ValidationError', message, details: { code: 'BODY_REFUSED', errors: [] } } };
};

/** Where the gate stands; all in plain form. */
export interface Addresses {
  /** Of the plugin's own forms. */
  forms: RegExp;
  /** Of the create routes of wrapped types. */
  creates: ReadonlySet<string>;
  /** Of all routes of wrapped types: but for their create they are closed, so no body of theirs is ever read. */
  wrapped: readonly RegExp[];
  /** `POST /api/articles/search`: routes of other types that a pattern of a wrapped one could match as well. */
  others: ReadonlySet<string>;
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

/** In `register`: later it would stand behind Strapi's parser. */
export const placeGate = (strapi: Strapi, { forms, creates, wrapped, others }: Addresses): void => {
  const takeIn = async (ctx: Context, next: Next): Promise<unknown> => {
    // Not destroyed when we stop reading: the connection would go without an answer.
    const stream = ctx.req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    const read = await readBody(ctx.req.headers, stream).catch((): ReadBody => ({
      isHtmlForm: false,
      problem: { status: 400, message: 'The body did not arrive whole. Nothing was kept.' },
    }));
    ctx.state[READ] = read;
    ctx.request.body = 'body' in read ? read.body : {};
    delete ctx.req.headers['content-type'];
    const isReadToItsEnd = 'body' in read || ('boundary' in read && !isTooLong(strapi, ctx.req));
    return isReadToItsEnd ? next() : answerAndEnd(ctx, next);
  };
  const gate = (ctx: Context, next: Next): Promise<unknown> => {
    const path = plainPath(ctx.path);
    if (ctx.method === 'POST' && (creates.has(path) || forms.test(path))) return takeIn(ctx, next);
    if (!wrapped.some((pattern) => pattern.test(path)) || others.has(`${ctx.method} ${path}`)) return next();
    delete ctx.req.headers['content-type'];
    return isTooLong(strapi, ctx.req) ? answerAndEnd(ctx, next) : next();
  };
  guardRequests(strapi, 'intake', gate);
};
