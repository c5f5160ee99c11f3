/**
 * A transaction in which something goes on record. What code in the database does at the commit (a deferred trigger of PostgreSQL) comes
 * after everything that was read back inside; so outside of it, and before anybody is answered, the entries are looked for again. Where the
 * database gives it up because two stood in each other's way, nothing of it happened, and it is tried again.
 */
import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
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

const once = async <Result>(strapi: Strapi, deed: (trx: unknown) => Promise<Result>): Promise<Result> => {
  let committed: unknown;
  const result = await transaction(strapi, (trx) => {
    committed = trx;
    return deed(trx);
  });
  await assertKept(strapi, writtenIn.get(committed as object) ?? []);
  return result;
};

const TRIES = 3;
/** How MariaDB and MySQL, PostgreSQL and SQLite say that they rolled it back because of somebody else. */
const GIVEN_UP: readonly unknown[] = ['ER_LOCK_DEADLOCK', '40P01', '40001', 'SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT'];
const wasGivenUp = (error: unknown): boolean => GIVEN_UP.includes((error as { code?: unknown } | null)?.code);

/**
 * Inside another transaction it is a part of that, which alone can begin anew.
 * @param deed is done again from the beginning: all that it does is in the database, or waits for the commit
 * @throws Fault AUDIT_NOT_WRITTEN, and what the deed throws
 */
export const onRecord = async <Result>(
  strapi: Strapi,
  deed: (trx: unknown) => Promise<Result>,
  tries = TRIES,
): Promise<Result> => {
  if (strapi.db.inTransaction()) return transaction(strapi, deed);
  try {
    return await once(strapi, deed);
  } catch (error) {
    if (tries <= 1 || !wasGivenUp(error)) throw error;
    await pause(randomInt(10, 60));
    return onRecord(strapi, deed, tries - 1);
  }
};
