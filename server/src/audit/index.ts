/** What happened, in order, unalterable unnoticed; nothing here deletes. */
export { record, recordChange, SYSTEM } from './record';
export type { Actor, Happened, ListChange } from './record';
export { asOneAct } from './act';
export { acceptBreaks } from './accept';
export { adoptLists } from './adopt';
export type { Relist } from './adopt';
export type { Range } from './chain';
export { assertRecordHolds, stateOfRecord } from './door';
export { believed } from './entries';
export { hasAuditStarted, makeHead, markWith } from './head';
export { listsAbout } from './lists';
export type { EventName } from './events';
export { auditModels } from './model';
export type { AuditRow } from './model';
export { examineRecord } from './examine';
export { createVerifier } from './verify';
export { auditRoutes, checkChain, historyOf } from './list';
export type { Seen } from './list';
