/** Rows as the database holds them, with what hangs on them: read, emptied, written again. */
import type { Knex } from 'knex';
import { chunk, groupBy, partition } from 'lodash';
import { holding, isSqlite, type Strapi } from '../../strapi';
import { addTo } from '../add-to';
import { anatomyOfComponent, type Anatomy, type Link } from './anatomy';
import type { Attached, Raw } from './before';

/** MariaDB and PostgreSQL take 65,535 bindings, SQLite 32,766. */
const AT_ONCE = 1000;

const WHOLE = "case when typeof(??) = 'integer' then cast(?? as text) else ?? end as ??";

export type Trx = Knex | Knex.Transaction;
/** Strapi's name of a table, with the schema if there is one. */
export const rowsOf = (strapi: Strapi, trx: Trx, table: string): Knex.QueryBuilder => {
  const query = strapi.db.getConnection(table) as unknown as Knex.QueryBuilder;
  return trx.isTransaction ? query.transacting(trx as Knex.Transaction) : query;
};

const readAll = async (
  strapi: Strapi,
  trx: Trx,
  { table, big }: Pick<Anatomy, 'table' | 'big'>,
  column: string,
  ids: (number | string)[],
  narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder = (query) => query,
): Promise<Raw[]> => {
  const rows: Raw[] = [];
  for (const some of chunk(ids, AT_ONCE)) {
    const query = narrow(rowsOf(strapi, trx, table).select('*').whereIn(column, some)).orderBy('id');
    if (isSqlite(strapi)) for (const name of big) void query.select(trx.raw(WHOLE, [name, name, name, name]));
    rows.push(...((await query) as Raw[]));
  }
  return rows;
};

interface Found extends Attached {
  /** The row of the type that it hangs on. */
  of: number;
  isLink: boolean;
}

const attachedTo = async (strapi: Strapi, trx: Trx, links: Link[], owners: Map<number, number>): Promise<Found[]> => {
  const found: Found[] = [];
  if (owners.size === 0) return found;
  for (const { table, own, parts } of links) {
    const rows = await readAll(strapi, trx, { table, big: [] }, own, [...owners.keys()], (query) =>
      parts ? query.whereIn('field', parts.fields) : query,
    );
    const ownerOf = (row: Raw): number => owners.get(Number(row[own])) as number;
    for (const row of rows) found.push({ of: ownerOf(row), isLink: true, table, row });
    if (!parts) continue;
    for (const [uid, linked] of Object.entries(groupBy(rows, 'component_type'))) {
      const anatomy = anatomyOfComponent(strapi, uid);
      const inner = new Map(linked.map((row) => [Number(row[parts.id]), ownerOf(row)]));
      for (const row of await readAll(strapi, trx, anatomy, 'id', [...inner.keys()])) {
        found.push({ of: inner.get(Number(row.id)) as number, isLink: false, table: anatomy.table, row });
      }
      found.push(...(await attachedTo(strapi, trx, anatomy.links, inner)));
    }
  }
  return found;
};

export interface RawRow {
  row: Raw;
  attached: Attached[];
}

/** Every row of these documents with what hangs on it, by document. */
export const readDocuments = async (
  strapi: Strapi,
  trx: Trx,
  anatomy: Anatomy,
  documentIds: string[],
  { isLocked = false } = {},
): Promise<Map<string, RawRow[]>> => {
  const rows = await readAll(strapi, trx, anatomy, 'document_id', documentIds, (query) =>
    isLocked ? holding(strapi, query, 'forUpdate') : query,
  );
  const ids = new Map(rows.map((row) => [Number(row.id), Number(row.id)]));
  const attached = groupBy(await attachedTo(strapi, trx, anatomy.links, ids), 'of');
  const byDocument = new Map<string, RawRow[]>();
  for (const row of rows) {
    // Links name rows that must be there before them.
    const own = partition(attached[String(row.id)] ?? [], ({ isLink }) => !isLink).flat();
    const documentId = String(row.document_id);
    const one = { row, attached: own.map(({ table, row: inner }) => ({ table, row: inner })) };
    addTo(byDocument, documentId, one);
  }
  return byDocument;
};

/** Takes every value of these rows out of the site's own tables. */
export const emptyRows = async (strapi: Strapi, trx: Trx, { table, columns }: Anatomy, rows: RawRow[]): Promise<void> => {
  // The other way round than they can be written.
  const attached = rows.flatMap((one) => [...one.attached].reverse());
  for (const [name, some] of Object.entries(groupBy(attached, 'table'))) {
    for (const ids of chunk(
      some.map(({ row }) => row.id as number),
      AT_ONCE,
    ))
      await rowsOf(strapi, trx, name).whereIn('id', ids).delete();
  }
  const empty = Object.fromEntries([...columns.values()].flat().map((column) => [column, null]));
  if (Object.keys(empty).length === 0) return;
  for (const ids of chunk(
    rows.map(({ row }) => row.id as number),
    AT_ONCE,
  ))
    await rowsOf(strapi, trx, table).whereIn('id', ids).update(empty);
};

/** PostgreSQL hands out JSON as what it says, and takes it as text. */
const asWritten = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !(value instanceof Date) && !Buffer.isBuffer(value)
    ? JSON.stringify(value)
    : value;
export const toWrite = (row: Raw): Raw =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asWritten(value)]));

/** JSON of a column, which some databases hand out as text. */
export const jsonIn = (value: unknown): unknown => (typeof value === 'string' ? (JSON.parse(value) as unknown) : value);

/** What SQLite, PostgreSQL, and MySQL or MariaDB call it when a row names one that is not there. */
export const NAMES_NOTHING = ['SQLITE_CONSTRAINT_FOREIGNKEY', '23503', 'ER_NO_REFERENCED_ROW', 'ER_NO_REFERENCED_ROW_2'];

/**
 * @param fitsNot what the database may say of a row that does not fit: by itself, that a row which it names is gone
 * @returns whether it was written. @throws everything else, a full disk for instance
 */
export const insertIfItFits = async (
  strapi: Strapi,
  trx: Knex.Transaction,
  { table, row }: Attached,
  fitsNot: readonly string[] = NAMES_NOTHING,
): Promise<boolean> => {
  // A savepoint: PostgreSQL goes on after an error only behind one.
  const savepoint = await trx.transaction();
  try {
    await rowsOf(strapi, savepoint, table).insert(toWrite(row));
    await savepoint.commit();
    return true;
  } catch (error) {
    await savepoint.rollback();
    if (!fitsNot.includes((error as { code?: string }).code ?? '')) throw error;
    return false;
  }
};
