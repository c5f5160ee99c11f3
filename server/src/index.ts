/**
 * Table of contents: for each key that Strapi knows, what each room gives, in the order in which data meets the rooms.
 * Strapi 5.54 takes exactly these keys.
 */
import { auditModels, auditRoutes, startAudit } from './audit';
import config from './config';
import { createSources, disclosureModels, disclosurePolicies, disclosureRoutes, guardAccounts } from './disclosure';
import { overviewRoute } from './exposure';
import { allowPagesOnce } from './first-start';
import { documentIdOf, findForm, formContentType, formRoutes, guardForms, listForms } from './forms';
import { intakeRoutes, openIntake } from './intake';
import { registerActions } from './permissions';
import { countWith, locksRoute, protect, protectedTypes, protectionPolicies } from './protection';
import type { Strapi } from './strapi';
import { checkRootKeys, hideModels, keepTables, makeVault, sealWrites, vaultModels, vaultOf } from './vault';

const models = [...auditModels, ...vaultModels, ...disclosureModels];
const AUDIT_HOUSE = 'form-guard:audit';
const GRANTS_HOUSE = 'form-guard:grants';

let current: Strapi | undefined;
const running = (): Strapi => {
  if (!current) throw new Error('Form Guard was asked before it was registered');
  return current;
};

const sources = createSources({
  list: listForms,
  find: async (strapi, formOrType) => {
    const documentId = documentIdOf(formOrType);
    return documentId === null ? null : findForm(strapi, documentId);
  },
});

const register = ({ strapi }: { strapi: Strapi }): void => {
  current = strapi;
  // A copy each: the database layer writes column names into the attributes it is given (5.54).
  for (const model of models) strapi.get('models').add(JSON.parse(JSON.stringify(model)) as never);
  makeVault(strapi);
  protect(strapi);
  sealWrites(strapi);
  guardAccounts(strapi);
  guardForms(strapi, behindForms.count);
  openIntake(strapi);
};

const bootstrap = async ({ strapi }: { strapi: Strapi }): Promise<void> => {
  hideModels(
    strapi,
    models.map(({ uid }) => uid),
  );
  await keepTables(strapi, [...models.map(({ tableName }) => tableName), formContentType.schema.collectionName]);
  await checkRootKeys(strapi);
  for (const house of [AUDIT_HOUSE, GRANTS_HOUSE]) await vaultOf(strapi).readyMarks(house);
  for (const uid of protectedTypes(strapi).keys()) await vaultOf(strapi).readyKeys(uid);
  await startAudit(strapi, (text) => vaultOf(strapi).mark(AUDIT_HOUSE, text));
  countWith(strapi, (formOrType) => vaultOf(strapi).tally(formOrType));
  await registerActions(strapi);
  await allowPagesOnce(strapi);
};

const behindForms = {
  count: (formOrType: string) => vaultOf(running()).count({ formOrType }),
  readyKeys: (formOrType: string) => vaultOf(running()).readyKeys(formOrType),
};

export default {
  register,
  bootstrap,
  config,
  policies: { ...protectionPolicies, ...disclosurePolicies },
  contentTypes: { form: formContentType },
  routes: {
    'content-api': { type: 'content-api', routes: intakeRoutes(running) },
    admin: {
      type: 'admin',
      routes: [
        overviewRoute(running, async (strapi, adminUserId) => {
          const all = await sources.list(strapi);
          return Promise.all(all.map((source) => sources.summarise(strapi, source, adminUserId)));
        }),
        ...formRoutes(running, behindForms),
        ...disclosureRoutes(running, sources),
        ...auditRoutes(running, async (formOrType) => (await sources.find(running(), formOrType))?.label ?? null),
        locksRoute(running),
      ],
    },
  },
};
