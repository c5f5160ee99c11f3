/**
 * Table of contents: for each key that Strapi knows, what each room gives, in the order in which data meets the rooms.
 * Strapi 5.54 takes exactly these keys.
 */
import { adoptLists, auditModels, auditRoutes, createVerifier, makeHead, markWith, type Known } from './audit';
import config from './config';
import {
  ACCOUNTS_HOUSE,
  adoptAccounts,
  assertMayDelete,
  createSources,
  createTellReaders,
  currentGrants,
  disclosureModels,
  disclosurePolicies,
  disclosureRoutes,
  findSuspended,
  guardAccounts,
  guardUploads,
  HANDED_OUT_HOUSE,
  labelsOf,
  listReadersAnew,
  scheduleReminders,
  watchAccounts,
} from './disclosure';
import { closeDefaultTokens, overviewRoute, publicationRoutes, tellCodeOnTables, tellLeftTypes } from './exposure';
import { allowPagesOnce } from './first-start';
import { documentIdOf, findForm, formContentType, formRoutes, guardForms, listForms } from './forms';
import { answerStrayRequests, intakeRoutes, openIntake } from './intake';
import { permissionPolicies, registerActions } from './permissions';
import {
  compareConfig,
  allowNamingRoute,
  countWith,
  locksRoute,
  protect,
  protectedTypes,
  protectFurther,
  protectionPolicies,
  startDigests,
} from './protection';
import { speakAs } from './sentences';
import type { Context, Strapi } from './strapi';
import { useUtilsOf } from './strapi-utils';
import {
  checkRootKeys,
  deleteAs,
  findFiles,
  hideModels,
  keepTables,
  keyRoutes,
  makeVault,
  sealWrites,
  scheduleBinSweep,
  searchAs,
  startFiles,
  stopWork,
  tryKeptTables,
  vaultModels,
  vaultOf,
} from './vault';

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

const tellReaders = createTellReaders(sources);

const register = ({ strapi }: { strapi: Strapi }): void => {
  current = strapi;
  useUtilsOf(strapi);
  speakAs(() => {
    const ctx = strapi.requestContext.get() as Context | undefined;
    return (ctx?.state.user as { preferedLanguage?: unknown } | undefined)?.preferedLanguage;
  });
  // A copy each: the database layer writes column names into the attributes it is given (5.54).
  for (const model of models) strapi.get('models').add(JSON.parse(JSON.stringify(model)) as never);
  makeVault(strapi);
  protect(strapi);
  sealWrites(strapi);
  guardAccounts(strapi);
  guardUploads(strapi);
  guardForms(strapi, behindForms.count);
  openIntake(strapi, tellReaders);
};

const verifiers = new WeakMap<Strapi, ReturnType<typeof createVerifier>>();
const examining = new WeakSet<Strapi>();
/** For the command line, before it loads a site that it never lets listen: nothing is started that needs keys which fit. */
export const examineOnly = (strapi: Strapi): void => void examining.add(strapi);
export { findCommand, usage } from './commands';

const bootstrap = async ({ strapi }: { strapi: Strapi }): Promise<void> => {
  hideModels(
    strapi,
    models.map(({ uid }) => uid),
  );
  markWith(strapi, (text) => vaultOf(strapi).mark(AUDIT_HOUSE, text));
  if (examining.has(strapi)) {
    // Strapi (5.54) takes every right away that belongs to an action which nobody registered.
    await registerActions(strapi);
    return findFiles(strapi);
  }
  const tables = [...models.map(({ tableName }) => tableName), formContentType.schema.collectionName];
  await keepTables(strapi, tables);
  await tryKeptTables(strapi, tables);
  await checkRootKeys(strapi);
  await protectFurther(strapi);
  for (const house of [AUDIT_HOUSE, GRANTS_HOUSE, ACCOUNTS_HOUSE, HANDED_OUT_HOUSE]) await vaultOf(strapi).readyMarks(house);
  answerStrayRequests(strapi);
  for (const uid of protectedTypes(strapi).keys()) await vaultOf(strapi).readyKeys(uid);
  await makeHead(strapi);
  await adoptLists(strapi, (broken) => listReadersAnew(strapi, broken));
  await compareConfig(strapi);
  await adoptAccounts(strapi);
  watchAccounts(strapi);
  await startDigests(strapi, await vaultOf(strapi).mark(GRANTS_HOUSE, 'key of the links of accounts'));
  await startFiles(strapi);
  deleteAs(strapi, assertMayDelete);
  countWith(strapi, (formOrType) => vaultOf(strapi).tally(formOrType));
  searchAs(
    strapi,
    async (formOrType) => (await sources.find(strapi, formOrType))?.fields.flatMap(({ search }) => search) ?? null,
  );
  await registerActions(strapi);
  await allowPagesOnce(strapi);
  await closeDefaultTokens(strapi);
  await tellLeftTypes(strapi);
  await tellCodeOnTables(strapi);
  vaultOf(strapi).worker.schedule();
  scheduleReminders(strapi, sources);
  scheduleBinSweep(strapi);
  const verifier = createVerifier(strapi);
  verifiers.set(strapi, verifier);
  verifier.schedule();
};

/** Whoever stops the site waits for what is being written. */
const destroy = async ({ strapi }: { strapi: Strapi }): Promise<void> => {
  await verifiers.get(strapi)?.stop();
  await stopWork(strapi);
};

/** Types that are not protected stand in the record as well. */
const calledBy = async (formOrType: string): Promise<Known | null> => {
  const source = await sources.find(running(), formOrType);
  if (source) return { label: source.label, answers: labelsOf(source) };
  const type = running().contentTypes[formOrType as never] as { info: { displayName: string } } | undefined;
  return type ? { label: type.info.displayName, answers: {} } : null;
};

const behindForms = {
  count: (formOrType: string) => vaultOf(running()).tally(formOrType),
  readyKeys: (formOrType: string) => vaultOf(running()).readyKeys(formOrType),
};

export default {
  register,
  bootstrap,
  destroy,
  config,
  policies: { ...permissionPolicies, ...protectionPolicies, ...disclosurePolicies },
  contentTypes: { form: formContentType },
  routes: {
    'content-api': { type: 'content-api', routes: intakeRoutes(running, tellReaders) },
    admin: {
      type: 'admin',
      routes: [
        overviewRoute(running, {
          async listSources(strapi, adminUserId) {
            const all = await sources.list(strapi);
            return Promise.all(all.map((source) => sources.summarise(strapi, source, adminUserId)));
          },
          namingsOf: (strapi, formOrType) => currentGrants(strapi, { formOrType }),
          findFurther: findSuspended,
        }),
        ...publicationRoutes(running),
        ...formRoutes(running, behindForms),
        ...disclosureRoutes(running, sources),
        ...keyRoutes(running),
        ...auditRoutes(running, calledBy),
        locksRoute(running),
        allowNamingRoute(running),
      ],
    },
  },
};
