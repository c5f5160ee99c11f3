/**
 * Writes one entry at the end of the chain. It never swallows a failure: what must be on record does not happen when the
 * record cannot be written. There is no function that changes or deletes an entry.
 */
import { Fault, refuse } from '../errors';
import { inOneLine } from '../plain-words';
import { say } from '../sentences';
import { NUMBER_TAKEN, statement, type Strapi } from '../strapi';
import { keepAddress } from './addresses';
import { isAsWritten, markedText } from './chain';
import type { EventDetails, EventName } from './events';
import { entriesAfter } from './entries';
import { headOf, isSealed, markOf, sealOf } from './head';
import { inTurn } from './in-turn';
import { markOfLists, readLists, writeList } from './lists';
import { noteWritten, onRecord } from './on-record';
import { AUDIT, AUDIT_HEAD, type AuditRow, type Entry, type HeadRow } from './model';

export interface Actor {
  kind: 'admin' | 'sender' | 'system';
  id: string | null;
  name: string | null;
}

export const SYSTEM: Actor = { kind: 'system', id: null, name: null };

export interface Happened<Name extends EventName = EventName> {
  event: Name;
  actor: Actor;
  formOrType?: string;
  recordId?: string;
  /** From which address, where that is written down. */
  from?: string;
  details: EventDetails[Name];
}

/** What the lists about these say from this entry on. */
export interface ListChange {
  about: readonly string[];
  /** @param lists as they are, in the order of `about`. @param seq the number of the entry. @returns them as they are to be */
  change(lists: unknown[], seq: number): Promise<unknown[]> | unknown[];
}

export interface Recorded {
  seq: number;
  at: string;
}

/** Another instance waits here until this one has written: the update takes the row's lock (SQLite: the write lock). */
const nextHead = async (strapi: Strapi): Promise<HeadRow> => {
  const raw = strapi.db.queryBuilder(AUDIT_HEAD) as unknown as {
    where(where: object): { increment(column: string): { execute(): Promise<unknown> } };
  };
  await raw.where({ chain: 1 }).increment('seq').execute();
  const head = await headOf(strapi);
  if (!head) throw new Fault('AUDIT_NOT_WRITTEN', 'the head of the audit is missing');
  return { ...head, seq: Number(head.seq) };
};

/** What the newest entry says, for when the head does not hold; null where that one is not ours either. */
const newestEntry = async (strapi: Strapi, seq: number): Promise<Entry | null> => {
  const [row] = await entriesAfter(strapi, seq - 1, seq, 1);
  return row && (await isAsWritten(row, markOf(strapi))) ? row : null;
};

/** @throws PolicyError RECORD_BROKEN */
const changeLists = async (strapi: Strapi, head: HeadRow, isWhole: boolean, { about, change }: ListChange): Promise<string> => {
  const lists = isWhole ? await readLists(strapi, about, head.lists) : null;
  if (!lists || lists.includes(null)) throw refuse('RECORD_BROKEN', say('record.broken'));
  const changed = await change(lists, head.seq);
  for (const [index, one] of about.entries()) await writeList(strapi, one, head.seq, changed[index]);
  return markOfLists(strapi);
};

/** Somebody may have put a row where this entry goes. @throws PolicyError RECORD_BROKEN */
const insertEntry = async (strapi: Strapi, entry: Omit<AuditRow, 'id'>): Promise<void> => {
  try {
    await statement(strapi, AUDIT).insert(entry).execute();
  } catch (error) {
    if (NUMBER_TAKEN.includes((error as { code?: string }).code ?? '')) throw refuse('RECORD_BROKEN', say('record.broken'));
    throw error;
  }
};

/** A trigger in the database may have taken it back without a word. @throws Fault AUDIT_NOT_WRITTEN */
const assertWritten = async (strapi: Strapi, { seq, mark }: Pick<HeadRow, 'seq' | 'mark'>): Promise<void> => {
  const [row] = await entriesAfter(strapi, seq - 1, seq, 1);
  const head = await headOf(strapi);
  if (row?.mark !== mark || Number(head?.seq) !== seq || head?.mark !== mark)
    throw new Fault(
      'AUDIT_NOT_WRITTEN',
      'the database did not keep an entry of the record; look for triggers on the tables of Form Guard',
    );
};

const write = async (strapi: Strapi, trx: unknown, happened: Happened, changing?: ListChange): Promise<Recorded> => {
  const { event, actor, formOrType, recordId, from, details } = happened;
  const head = await nextHead(strapi);
  const isWhole = await isSealed(strapi, { ...head, seq: head.seq - 1 });
  // A head that was changed gets no seal again from here, but entries go on: nothing is lost, and the door stays shut.
  const before = isWhole ? head : ((await newestEntry(strapi, head.seq - 1)) ?? { mark: head.mark, lists: null });
  const lists = changing ? await changeLists(strapi, head, isWhole, changing) : before.lists;
  const cameFrom = from === undefined ? {} : { from: await keepAddress(strapi, head.seq, from) };
  const entry = {
    seq: head.seq,
    at: new Date().toISOString(),
    event,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name === null ? null : inOneLine(actor.name, 250),
    formOrType: formOrType ?? null,
    recordId: recordId ?? null,
    details: JSON.stringify({ ...details, ...cameFrom }),
    previous: before.mark,
    lists,
  };
  const mark = await markOf(strapi)(markedText(entry));
  await insertEntry(strapi, { ...entry, mark });
  const moved = { seq: head.seq, mark, lists: isWhole ? lists : head.lists };
  const seal = isWhole ? await sealOf(strapi, moved) : head.seal;
  await statement(strapi, AUDIT_HEAD)
    .where({ chain: 1 })
    .update({ ...moved, seal })
    .execute();
  await assertWritten(strapi, moved);
  noteWritten(trx, moved);
  return { seq: entry.seq, at: entry.at };
};

/** @returns the number and time of the entry. @throws PolicyError RECORD_BROKEN, and whatever else kept it from being written. */
export const record = <Name extends EventName>(strapi: Strapi, happened: Happened<Name>): Promise<Recorded> =>
  onRecord(strapi, (trx) => inTurn(trx, () => write(strapi, trx, happened as Happened)));

/** The same for what changes lists. @throws PolicyError RECORD_BROKEN when nobody vouches for what they say now */
export const recordChange = <Name extends EventName>(
  strapi: Strapi,
  happened: Happened<Name>,
  change: ListChange,
): Promise<Recorded> => onRecord(strapi, (trx) => inTurn(trx, () => write(strapi, trx, happened as Happened, change)));
