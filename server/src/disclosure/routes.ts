/** The admin routes of this room. Every answer is private to its caller: not cached, not indexed. */
import { asks, isAtScreen, type AdminAction } from '../permissions';
import type { WhoCanRead } from '../contract';
import { refuse } from '../errors';
import { say } from '../sentences';
import { PLUGIN_ID, type Context, type Next, type Strapi } from '../strapi';
import { deleteSubmission, eraseNow, listBin, takeBack } from './bin';
import { confirmReader } from './confirm';
import { downloadFile } from './download';
import { countExport, exportSubmissions } from './export';
import { addNote, changeHandling, submissionHistory } from './handling';
import { listInbox, searchInbox } from './inbox';
import { openSubmission } from './open';
import { searchPeople } from './people';
import { addReaders, endReader, readersPage } from './readers';
import { whoCanRead } from './who-can-read';
import { recordIdIn, type Source, type Sources } from './sources';

export const notKept = async (ctx: Context, next: Next): Promise<void> => {
  ctx.set('Cache-Control', 'no-store');
  ctx.set('X-Robots-Tag', 'noindex');
  await next();
};

/** A named reader is a person at a screen: an admin token acts for somebody who need not know of it. */
const IS_PERSON = 'is-person';
const isPerson = (ctx: Context): boolean => {
  if (isAtScreen(ctx)) return true;
  throw refuse('NOT_A_PERSON', say('reader.notAPerson'));
};

export const disclosurePolicies = { [IS_PERSON]: isPerson };

export const disclosureRoutes = (strapi: () => Strapi, sources: Sources) => {
  type Handler = (ctx: Context, source: Source) => Promise<unknown>;
  const route = (method: string, path: string, action: AdminAction, handler: Handler) => ({
    method,
    path,
    handler: async (ctx: Context) => {
      ctx.body = await handler(ctx, await sources.get(strapi(), ctx.params.formOrType ?? ''));
    },
    config: { policies: [...asks(action).policies, `plugin::${PLUGIN_ID}.${IS_PERSON}`], middlewares: [notKept] },
  });
  const readers = (ctx: Context, source: Source) => readersPage(strapi(), ctx, sources, source);
  return [
    route('GET', '/inbox/:formOrType', 'pages.read', (ctx, source) => listInbox(strapi(), ctx, source)),
    route('POST', '/inbox/:formOrType/search', 'pages.read', (ctx, source) => searchInbox(strapi(), ctx, source)),
    route('POST', '/inbox/:formOrType/:recordId/open', 'pages.read', async (ctx, source) => ({
      data: await openSubmission(strapi(), ctx, source, recordIdIn(source, ctx.params.recordId ?? '')),
    })),
    route('POST', '/inbox/:formOrType/:recordId/files/:file', 'pages.read', (ctx, source) => {
      const recordId = recordIdIn(source, ctx.params.recordId ?? '');
      return downloadFile(strapi(), ctx, source, { recordId, fileId: ctx.params.file ?? '' });
    }),
    route('PUT', '/inbox/:formOrType/:recordId', 'pages.read', async (ctx, source) => ({
      data: await changeHandling(strapi(), ctx, source),
    })),
    route('GET', '/inbox/:formOrType/:recordId/history', 'pages.read', async (ctx, source) => ({
      data: await submissionHistory(strapi(), ctx, source),
    })),
    route('POST', '/inbox/:formOrType/:recordId/notes', 'pages.read', async (ctx, source) => ({
      data: await addNote(strapi(), ctx, source),
    })),
    route('DELETE', '/inbox/:formOrType/:recordId', 'submissions.delete', async (ctx, source) => {
      await deleteSubmission(strapi(), ctx, source);
      return { data: null };
    }),
    route('GET', '/bin/:formOrType', 'submissions.delete', (ctx, source) => listBin(strapi(), ctx, source)),
    route('POST', '/bin/:formOrType/:recordId/take-back', 'submissions.delete', async (ctx, source) => {
      await takeBack(strapi(), ctx, source);
      return { data: null };
    }),
    route('POST', '/bin/:formOrType/:recordId/erase', 'submissions.delete', async (ctx, source) => {
      await eraseNow(strapi(), ctx, source);
      return { data: null };
    }),
    route('POST', '/inbox/:formOrType/export', 'submissions.export', (ctx, source) => exportSubmissions(strapi(), ctx, source)),
    route('POST', '/inbox/:formOrType/export/count', 'submissions.export', async (ctx, source) => ({
      data: await countExport(strapi(), ctx, source),
    })),
    route('GET', '/readers/:formOrType', 'pages.read', readers),
    route('POST', '/readers/:formOrType', 'readers.manage', async (ctx, source) => {
      await addReaders(strapi(), ctx, source);
      return readers(ctx, source);
    }),
    route('DELETE', '/readers/:formOrType/:grantId', 'readers.manage', async (ctx, source) => {
      await endReader(strapi(), ctx, source);
      return readers(ctx, source);
    }),
    route('POST', '/readers/:formOrType/:grantId/confirm', 'readers.manage', async (ctx, source) => {
      await confirmReader(strapi(), ctx, source);
      return readers(ctx, source);
    }),
    route('GET', '/who-can-read/:formOrType', 'readers.manage', async (_ctx, source) => ({
      data: await whoCanRead(strapi(), source),
    })),
    {
      method: 'GET',
      path: '/who-can-read',
      handler: async () => {
        const data: WhoCanRead[] = [];
        for (const source of await sources.list(strapi())) data.push(await whoCanRead(strapi(), source));
        return { data };
      },
      config: { ...asks('readers.manage'), middlewares: [notKept] },
    },
    {
      method: 'GET',
      path: '/people',
      handler: async ({ query }: Context) => ({ data: await searchPeople(strapi(), typeof query.q === 'string' ? query.q : '') }),
      config: { ...asks('readers.manage'), middlewares: [notKept] },
    },
  ];
};
