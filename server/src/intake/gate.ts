/**
 * Stands in front of Strapi's own middlewares on the addresses where submissions come in, reads the body itself, and
 * leaves Strapi's parser nothing to read: no temporary file, no value in a parser's error.
 */
import type { Context, Next, Strapi } from '../strapi';
import { readBody, type Problem, type ReadBody } from './read-body';

const READ = 'formGuardBody';

export const bodyOf = (ctx: Context): ReadBody | undefined => ctx.state[READ] as ReadBody | undefined;

/** Koa's router ignores case and a last slash; so does the gate. */
export const plainPath = (path: string): string => path.toLowerCase().replace(/\/+$/, '');

export const answerProblem = (ctx: Context, { status, message }: Problem): void => {
  ctx.status = status;
  ctx.body = { data: null, error: { status, name: 'ValidationError', message, details: { code: 'BODY_REFUSED', errors: [] } } };
};

/** @param wrappedPaths addresses of the create routes of wrapped types. In `register`: later it would stand behind. */
export const placeGate = (
  strapi: Strapi,
  { formPath, wrappedPaths }: { formPath: RegExp; wrappedPaths: ReadonlySet<string> },
): void => {
  const isIntake = (path: string) => wrappedPaths.has(plainPath(path)) || formPath.test(plainPath(path));
  const gate = async (ctx: Context, next: Next): Promise<unknown> => {
    if (ctx.method !== 'POST' || !isIntake(ctx.path)) return next();
    const read = await readBody(ctx.req.headers, ctx.req as unknown as AsyncIterable<Buffer>).catch((): ReadBody => ({
      isHtmlForm: false,
      problem: { status: 400, message: 'The body did not arrive whole. Nothing was kept.' },
    }));
    ctx.state[READ] = read;
    ctx.request.body = 'body' in read ? read.body : {};
    if ('problem' in read) ctx.set('Connection', 'close');
    delete ctx.req.headers['content-type'];
    return next();
  };
  strapi.server.use(gate as never);
};
