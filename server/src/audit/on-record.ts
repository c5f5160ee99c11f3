/**
 * A transaction in which something goes on record. What code in the database does at the commit (a deferred trigger of PostgreSQL) comes
 * after everything that was read back inside; so outside of it, and before anybody is answered, the entries are looked for again.
 */
import { Fault } from '../fault';
import { table, transaction, type Strapi } from '../strapi';
import { AUDIT, type AuditRow } from './model';
import { lastSeen, sawWritten } from './seen';

type Written = Pick<AuditRow, 'seq' | 'mark'>;
const writtenIn = new WeakMap<object, Written[]>();

/** Inside such a transaction. */
export const noteWritten = (trx: unknown, entry: Written): void => {
  writtenIn.set(trx as object, [...(writtenIn.get(trx as object) ?? []), entry]);
};

/** @throws Fault AUDIT_NOT_WRITTEN */
const assertKept = async (strapi: Strapi, entries: readonly Written[]): Promise<void> => {
  const newest = entries.at(-1);
  if (!newest) return;
  const before = lastSeen(strapi);
  const seqs = [...entries.map(({ seq }) => seq), ...(before ? [before.seq] : [])];
  const found = await table<Written>(strapi, AUDIT).findMany({ where: { seq: { $in: seqs } }, select: ['seq', 'mark'] });
  const marks = new Map(found.map(({ seq, mark }) => [Number(seq), mark]));
  const isThere = ({ seq, mark }: Written): boolean => marks.get(seq) === mark;
  // Also one that is gone already was seen: the door finds out then, and is shut.
  if (!before || before.seq === 0 || isThere(before)) sawWritten(strapi, newest);
  if (!entries.every(isThere))
    throw new Fault(
      'AUDIT_NOT_WRITTEN',
      'the database took an entry of the record back when it was committed; look for triggers and rules on the tables of Form Guard',
    );
};

/** Inside another transaction it is a part of that. @throws Fault AUDIT_NOT_WRITTEN, and what the deed throws */
export const onRecord = async <Result>(strapi: Strapi, deed: (trx: unknown) => Promise<Result>): Promise<Result> => {
  if (strapi.db.inTransaction()) return transaction(strapi, deed);
  let committed: unknown;
  const result = await transaction(strapi, (trx) => {
    committed = trx;
    return deed(trx);
  });
  await assertKept(strapi, writtenIn.get(committed as object) ?? []);
  return result;
};
