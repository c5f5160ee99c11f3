/** What a reporter of errors does on a site: it stands somewhere between the middlewares and sends whatever it can reach. */
import { inspect } from 'node:util';
import type { Core } from '@strapi/strapi';

interface Ctx {
  status: number;
  url: string;
  originalUrl: string;
  query: unknown;
  params: unknown;
  state: object;
  headers: object;
  req: object;
  request: { body?: unknown; files?: unknown; rawBody?: unknown; url: string; href: string; query: unknown; headers: object };
}
export type Middleware = (ctx: Ctx, next: () => Promise<unknown>) => Promise<unknown>;

const everything = (what: unknown): string => inspect(what, { depth: 8, showHidden: true, maxStringLength: null });

export const placeReporters = (strapi: Core.Strapi) => {
  const app = strapi.server.app as unknown as {
    middleware: Middleware[];
    on(event: 'error', tell: (error: unknown) => void): void;
  };
  let sent = '';
  const caught: unknown[] = [];
  const send = (where: string, ctx: Ctx, error?: unknown): void => {
    const { url, originalUrl, query, params, state, headers, request } = ctx;
    const { body, files, rawBody, href } = request;
    const parsed = (ctx.req as { _parsedUrl?: unknown })._parsedUrl;
    sent += `${where}: ${everything({ error, url, originalUrl, query, params, headers, body, files, rawBody, href, parsed, of: request.query })}`;
    sent += everything({ ...state, route: undefined, auth: undefined, user: undefined, userAbility: undefined });
    sent += everything((request as { _querycache?: unknown })._querycache);
    if (error instanceof Error) sent += `${error.stack} ${everything(error.cause)} ${JSON.stringify(error)}`;
  };
  const report =
    (where: string): Middleware =>
    async (ctx, next) => {
      const crumbs = { body: ctx.request.body, files: ctx.request.files };
      try {
        const result = await next();
        if (ctx.status >= 400) send(where, ctx);
        return result;
      } catch (error) {
        caught.push(error);
        send(where, ctx, error);
        throw error;
      } finally {
        if (ctx.status >= 400) sent += everything({ body: crumbs.body, files: crumbs.files });
      }
    };
  const { middleware } = app;
  // Outermost, around and behind Strapi's own, in front of the router.
  const routes = middleware.findIndex((one) => 'router' in one);
  middleware.splice(routes, 0, report('in front of the router'));
  middleware.splice(Math.floor(routes / 2), 0, report('between'));
  middleware.splice(1, 0, report('outermost'));
  app.on('error', (error) => {
    sent += `app: ${everything(error)}`;
  });
  return {
    /** The site's own code, in front of the router and behind a reporter. */
    add: (own: Middleware) =>
      middleware.splice(
        middleware.findIndex((one) => 'router' in one),
        0,
        own,
      ),
    sent: () => sent,
    caught: () => caught,
    forget: () => {
      sent = '';
      caught.length = 0;
    },
  };
};
