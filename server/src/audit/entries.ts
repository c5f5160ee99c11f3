/** Reading entries: each is believed only when its mark fits. */
import { reading, table, type Strapi } from '../strapi';
import { AT_THE_BEGINNING, isAsWritten, readOn, type Range, type Reached } from './chain';
import { markOf } from './head';
import { withAddresses } from './addresses';
import { AUDIT, AUDIT_ADDRESSES_TABLE, AUDIT_TABLE, type AuditRow, type Entry } from './model';

const SEQ = `${AUDIT_TABLE}.seq`;
const COLUMNS = {
  seq: SEQ,
  at: 'at',
  event: 'event',
  actorKind: 'actor_kind',
  actorId: 'actor_id',
  actorName: 'actor_name',
  formOrType: 'form_or_type',
  recordId: 'record_id',
  details: 'details',
  previous: 'previous',
  mark: 'mark',
  lists: 'lists',
  salt: 'salt',
  address: 'address',
};
const BATCH = 1000;
/** The largest number that the column takes on every database. */
export const LARGEST = 2_147_483_647;

/** Read without Strapi's query layer, which takes longer for so many rows than checking them. */
export const entriesAfter = (strapi: Strapi, after: number, upTo: number, limit = BATCH): Promise<Entry[]> =>
  reading<Entry>(strapi, AUDIT_TABLE, (entries) =>
    entries
      .leftJoin(AUDIT_ADDRESSES_TABLE, `${AUDIT_ADDRESSES_TABLE}.seq`, SEQ)
      .select(COLUMNS)
      .where(SEQ, '>', after)
      .where(SEQ, '<=', upTo)
      .orderBy(SEQ)
      .limit(limit),
  );

/** @param see is shown every entry, in order. @returns what is missing or does not fit, up to the newest one there must be */
export const readAll = async (
  strapi: Strapi,
  upTo: number,
  see: (rows: Entry[]) => void = () => undefined,
): Promise<{ reached: Reached; broken: Range[] }> => {
  let reached = AT_THE_BEGINNING;
  const broken: Range[] = [];
  for (;;) {
    const rows = await entriesAfter(strapi, reached.seq, upTo);
    const next = await readOn(reached, rows, markOf(strapi));
    reached = next.reached;
    broken.push(...next.broken);
    see(rows);
    if (rows.length < BATCH) break;
  }
  if (reached.seq < upTo) broken.push({ from: reached.seq + 1, to: upTo });
  return { reached, broken };
};

/** Those of these entries that are there as they were written. */
export const believed = async (strapi: Strapi, where: Record<string, unknown>): Promise<AuditRow[]> => {
  const rows = await table<AuditRow>(strapi, AUDIT).findMany({ where, orderBy: { seq: 'asc' } });
  const fit: AuditRow[] = [];
  for (const row of await withAddresses(strapi, rows)) if (await isAsWritten(row, markOf(strapi))) fit.push(row);
  return fit;
};

/** Rows that have no number, so are no entries of ours. */
export const countBeside = (strapi: Strapi): Promise<number> =>
  table(strapi, AUDIT).count({ where: { $or: [{ seq: { $null: true } }, { seq: { $lt: 1 } }] } });
