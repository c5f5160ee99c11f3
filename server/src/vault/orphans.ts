/**
 * Submissions of a wrapped type whose husk went past the plugin (SQL, a transfer), and husks whose submission did: whoever
 * deleted the one believes that the other is gone too. Counted, never mended: which of them is right nobody here can know.
 */
import type { Knex } from 'knex';
import type { Strapi } from '../strapi';
import { DATA_KEYS_TABLE, VAULT_TABLE } from './models';

export interface Lone {
  total: number;
  /** Document ids of some of them. */
  ids: string[];
}
export interface Orphans {
  withoutHusk: Lone;
  withoutRecord: Lone;
}

/** As many as a person can look through. */
const SHOWN = 50;

const tableOf = (strapi: Strapi, uid: string): string =>
  (strapi.db.metadata.get(uid) as unknown as { tableName: string }).tableName;
const from = (strapi: Strapi, table: string): Knex.QueryBuilder => strapi.db.getConnection(table) as unknown as Knex.QueryBuilder;

const lone = async (query: () => Knex.QueryBuilder, column: string): Promise<Lone> => {
  const [counted] = (await query().countDistinct({ n: column })) as { n: number | string }[];
  const total = Number(counted?.n ?? 0);
  const rows = total === 0 ? [] : ((await query().distinct({ id: column }).orderBy(column).limit(SHOWN)) as { id: string }[]);
  return { total, ids: rows.map(({ id }) => id) };
};

const recordsWithoutHusk = (strapi: Strapi, uid: string): Promise<Lone> => {
  const husks = tableOf(strapi, uid);
  const raw = strapi.db.connection.raw.bind(strapi.db.connection);
  const its = () =>
    from(strapi, husks)
      .select(raw('1'))
      .whereRaw('?? = ??', [`${husks}.document_id`, `${VAULT_TABLE}.record_id`]);
  return lone(
    () => from(strapi, VAULT_TABLE).where({ form_or_type: uid }).whereNull(`${VAULT_TABLE}.binned_at`).whereNotExists(its()),
    `${VAULT_TABLE}.record_id`,
  );
};

/** Those from before the type was wrapped had no submission yet; the command `protect` makes it. */
const husksWithoutRecord = async (strapi: Strapi, uid: string): Promise<Lone> => {
  const husks = tableOf(strapi, uid);
  const [key] = (await from(strapi, DATA_KEYS_TABLE).where({ form_or_type: uid }).min({ since: 'created_at' })) as {
    since: unknown;
  }[];
  if (!key?.since) return { total: 0, ids: [] };
  const raw = strapi.db.connection.raw.bind(strapi.db.connection);
  const its = () =>
    from(strapi, VAULT_TABLE)
      .select(raw('1'))
      .where({ form_or_type: uid })
      .whereNull(`${VAULT_TABLE}.binned_at`)
      .whereRaw('?? = ??', [`${VAULT_TABLE}.record_id`, `${husks}.document_id`]);
  const query = () =>
    from(strapi, husks)
      .whereNotNull(`${husks}.document_id`)
      .where((later) => void later.whereNull(`${husks}.created_at`).orWhere(`${husks}.created_at`, '>=', key.since as Date))
      .whereNotExists(its());
  return lone(query, `${husks}.document_id`);
};

export const orphansOf = async (strapi: Strapi, uid: string): Promise<Orphans> => ({
  withoutHusk: await recordsWithoutHusk(strapi, uid),
  withoutRecord: await husksWithoutRecord(strapi, uid),
});
