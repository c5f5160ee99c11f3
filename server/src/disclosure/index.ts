/** The one door: who may read, opening, and nothing else that gives out a value. */
export { currentGrants } from './grants';
export { guardAccounts } from './guard-accounts';
export { listGrantsAnew } from './grant-lists';
export { disclosureModels } from './model';
export { disclosurePolicies, disclosureRoutes } from './routes';
export { scheduleReminders } from './remind-readers';
export { createSources } from './sources';
export type { Sources } from './sources';
export { createTellReaders } from './tell-readers';
