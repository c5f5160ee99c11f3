/** What is open that should be shut, and the overview that says so. */
import type { Overview, SourceSummary } from '../contract';
import { asks, mayDo } from '../permissions';
import type { AdminUser } from '../protection';
import type { Context, Strapi } from '../strapi';
import { scan } from './scan';

/** The list of forms and types belongs to a room behind this one; index.ts hands it in. */
export type ListSources = (strapi: Strapi, adminUserId: number) => Promise<SourceSummary[]>;

export const overviewRoute = (strapi: () => Strapi, listSources: ListSources) => ({
  method: 'GET',
  path: '/overview',
  handler: async (ctx: Context): Promise<{ data: Overview }> => ({
    data: {
      sources: await listSources(strapi(), (ctx.state.user as AdminUser).id),
      findings: await scan(strapi()),
      checkedAt: new Date().toISOString(),
      youMay: {
        manageForms: mayDo(ctx, 'forms.manage'),
        nameReaders: mayDo(ctx, 'readers.manage'),
        readAudit: mayDo(ctx, 'audit.read'),
      },
    },
  }),
  config: asks('pages.read'),
});
