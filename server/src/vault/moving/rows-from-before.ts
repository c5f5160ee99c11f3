/** Which rows of a wrapped type still hold something in plain: how many, and which are next. */
import type { Knex } from 'knex';
import type { Strapi } from '../../strapi';
import type { Anatomy } from './anatomy';
import { rowsOf, type RawRow } from './raw-rows';

const columnsIn = (columns: Anatomy['columns']): string[] => [...columns.values()].flat();

const holding = (strapi: Strapi, { table, columns, links }: Anatomy): Knex.QueryBuilder => {
  const knex = strapi.db.connection as unknown as Knex;
  const names = columnsIn(columns);
  return rowsOf(strapi, knex, table).where((any) => {
    for (const column of names) void any.orWhereNotNull(`${table}.${column}`);
    for (const link of links) {
      const rows = rowsOf(strapi, knex, link.table)
        .select(knex.raw('1'))
        .whereRaw('?? = ??', [`${link.table}.${link.own}`, `${table}.id`]);
      void any.orWhereExists(link.parts ? rows.whereIn('field', link.parts.fields) : rows);
    }
    // Nothing is sealed in columns or tables: then nothing is held either.
    if (names.length + links.length === 0) void any.whereRaw('1 = 0');
  });
};

/** The same of a row that was read. */
export const holdsAnything = ({ columns }: Anatomy, { row, attached }: RawRow): boolean =>
  attached.length > 0 || columnsIn(columns).some((column) => row[column] !== null);

const numberIn = (rows: { n: number | string }[]): number => Number(rows[0]?.n ?? 0);

export interface Remaining {
  rows: number;
  documents: number;
  /** Rows that belong to no document, so nothing can be sealed for them. */
  withoutDocument: number;
}

export const countRemaining = async (strapi: Strapi, anatomy: Anatomy): Promise<Remaining> => {
  const { table } = anatomy;
  const count = async (query: Knex.QueryBuilder): Promise<number> => numberIn((await query) as { n: number | string }[]);
  const ofDocuments = () => holding(strapi, anatomy).whereNotNull(`${table}.document_id`);
  return {
    rows: await count(ofDocuments().count({ n: '*' })),
    documents: await count(ofDocuments().countDistinct({ n: `${table}.document_id` })),
    withoutDocument: await count(holding(strapi, anatomy).whereNull(`${table}.document_id`).count({ n: '*' })),
  };
};

/** Documents with such rows, from a row on. */
export const nextDocuments = async (
  strapi: Strapi,
  anatomy: Anatomy,
  { after, limit }: { after: number; limit: number },
): Promise<{ documentIds: string[]; last: number } | null> => {
  const { table } = anatomy;
  const rows = (await holding(strapi, anatomy)
    .select({ id: `${table}.id`, documentId: `${table}.document_id` })
    .where(`${table}.id`, '>', after)
    .whereNotNull(`${table}.document_id`)
    .orderBy(`${table}.id`)
    .limit(limit)) as { id: number; documentId: string }[];
  if (rows.length === 0) return null;
  return { documentIds: [...new Set(rows.map(({ documentId }) => documentId))], last: Number(rows.at(-1)?.id) };
};
