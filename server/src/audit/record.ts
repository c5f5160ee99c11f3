/**
 * Writes one entry at the end of the chain. It never swallows a failure: what must be on record does not happen when the
 * record cannot be written. There is no function that changes or deletes an entry.
 */
import { Fault } from '../fault';
import { statement, table, transaction, type Strapi } from '../strapi';
import { BEGINNING, markedText, type Mark, type Unmarked } from './chain';
import type { EventDetails, EventName } from './events';
import { AUDIT, AUDIT_HEAD } from './model';

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
  details: EventDetails[Name];
}

const marks = new WeakMap<Strapi, Mark>();

/** In `bootstrap`: the vault hands in its keyed mark, and the chain gets its one head row. */
export const startAudit = async (strapi: Strapi, mark: Mark): Promise<void> => {
  marks.set(strapi, mark);
  const heads = table<{ id: number }>(strapi, AUDIT_HEAD);
  if (await heads.findOne({ where: { chain: 1 } })) return;
  try {
    await statement(strapi, AUDIT_HEAD).insert({ chain: 1, seq: 0, mark: BEGINNING }).execute();
  } catch (error) {
    // Another instance that boots at the same moment was first; anything else is an error.
    if (!(await heads.findOne({ where: { chain: 1 } }))) throw error;
  }
};

export const markOf = (strapi: Strapi): Mark => {
  const mark = marks.get(strapi);
  if (!mark) throw new Fault('AUDIT_NOT_WRITTEN', 'the audit was used before the plugin had started');
  return mark;
};

/** Record ids under which an event stands in the audit of a form or type. */
export const recordedIds = async (strapi: Strapi, event: EventName, formOrType: string): Promise<Set<string>> => {
  const rows = await table<{ recordId: string }>(strapi, AUDIT).findMany({ where: { event, formOrType }, select: ['recordId'] });
  return new Set(rows.map(({ recordId }) => recordId));
};

/** @returns the number and time of the entry. @throws whatever kept it from being written. */
export const record = <Name extends EventName>(
  strapi: Strapi,
  { event, actor, formOrType, recordId, details }: Happened<Name>,
): Promise<{ seq: number; at: string }> =>
  transaction(strapi, async () => {
    const mark = markOf(strapi);
    // The update comes first: it takes the row's lock (SQLite: the write lock), so instances write one after the other.
    const raw = strapi.db.queryBuilder(AUDIT_HEAD) as unknown as {
      where(where: object): { increment(column: string): { execute(): Promise<unknown> } };
    };
    await raw.where({ chain: 1 }).increment('seq').execute();
    const head = await table<{ seq: number; mark: string }>(strapi, AUDIT_HEAD).findOne({ where: { chain: 1 } });
    if (!head) throw new Fault('AUDIT_NOT_WRITTEN', 'the head of the audit is missing');
    const entry: Unmarked = {
      seq: head.seq,
      at: new Date().toISOString(),
      event,
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name?.slice(0, 250) ?? null,
      formOrType: formOrType ?? null,
      recordId: recordId ?? null,
      details: JSON.stringify(details),
      previous: head.mark,
    };
    const written = { ...entry, mark: await mark(markedText(entry)) };
    await statement(strapi, AUDIT).insert(written).execute();
    await statement(strapi, AUDIT_HEAD).where({ chain: 1 }).update({ mark: written.mark }).execute();
    return { seq: entry.seq, at: entry.at };
  });
