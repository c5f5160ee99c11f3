/** What is open that should be shut, and the overview that says so. */
import type { ExposureFinding, Overview, SourceSummary } from '../contract';
import { asks, mayDo } from '../permissions';
import { isSuperAdmin, type AdminUser } from '../protection';
import { isKeyProviderAway } from '../fault';
import type { Context, Strapi } from '../strapi';
import type { NamingsOf } from './checks/namings';
import { mayTakeBack } from './publications';
import { scan } from './scan';
import { listUnlisted } from './unlisted';

/** The list of forms and types, and who may read them, belong to a room behind this one; index.ts hands them in. */
export interface Behind {
  listSources(strapi: Strapi, adminUserId: number): Promise<SourceSummary[]>;
  namingsOf(strapi: Strapi, formOrType: string): ReturnType<NamingsOf>;
  findFurther(strapi: Strapi): Promise<ExposureFinding[]>;
}

export const overviewRoute = (strapi: () => Strapi, { listSources, namingsOf, findFurther }: Behind) => ({
  method: 'GET',
  path: '/overview',
  handler: async (ctx: Context): Promise<{ data: Overview }> => {
    const sources = await listSources(strapi(), (ctx.state.user as AdminUser).id);
    const findings = await scan(strapi(), sources, (formOrType) => namingsOf(strapi(), formOrType), findFurther);
    const youMay = {
      manageForms: mayDo(ctx, 'forms.manage'),
      nameReaders: mayDo(ctx, 'readers.manage'),
      readAudit: mayDo(ctx, 'audit.read'),
      manageKeys: mayDo(ctx, 'keys.manage'),
      decidePublic: isSuperAdmin(ctx),
      takeBackPublic: mayTakeBack(ctx),
    };
    // Names of tokens and roles are for those who can act on them; that something is open is for everybody.
    const shown = youMay.nameReaders ? findings : findings.filter(({ severity }) => severity === 'high');
    const unlisted = await listUnlisted(strapi(), youMay.nameReaders).catch((error: unknown) => {
      // The finding says that it cannot be told.
      if (isKeyProviderAway(error)) return [];
      throw error;
    });
    return { data: { sources, findings: shown, unlisted, checkedAt: new Date().toISOString(), youMay } };
  },
  config: asks('pages.read'),
});

export { publicationRoutes } from './publications';
export { closeDefaultTokens } from './close-default-tokens';
export { tellLeftTypes } from './checks/left-types';
export { waitingOpenings } from './waiting-openings';
export { codeInDatabase, tellCodeOnTables } from './checks/database-code';
