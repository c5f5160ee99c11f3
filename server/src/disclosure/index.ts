/** The one door: who may read, opening, and nothing else that gives out a value. */
export { currentGrants } from './grants';
export { assertMayDelete } from './may-delete';
export { adoptAccounts } from './adopt-accounts';
export { confirmByOperator, listSuspended } from './confirm-by-operator';
export { findSuspended } from './find-suspended';
export { guardAccounts, watchAccounts } from './guard-accounts';
export { listReadersAnew } from './list-anew';
export { guardUploads } from './guard-uploads';
export { ACCOUNTS_HOUSE, disclosureModels, HANDED_OUT_HOUSE } from './model';
export { disclosurePolicies, disclosureRoutes } from './routes';
export { scheduleReminders } from './remind-readers';
export { createSources, labelsOf } from './sources';
export type { Sources } from './sources';
export { createTellReaders } from './tell-readers';
