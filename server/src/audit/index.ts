/** What happened, in order, unalterable unnoticed; nothing here deletes. */
export { record, recordedIds, startAudit, SYSTEM } from './record';
export type { Actor, Happened } from './record';
export type { EventName } from './events';
export { auditModels } from './model';
export { auditRoutes, checkChain, historyOf } from './list';
