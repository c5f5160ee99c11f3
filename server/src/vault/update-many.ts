/** Writes other values into many rows with one statement: what three kinds of databases call by different names. */
import type { Knex } from 'knex';
import { sqlName, type Strapi } from '../strapi';
import { inPieces } from './in-pieces';

/** SQLite joins at most 500 SELECTs, PostgreSQL and MariaDB take 65,535 bindings. */
const AT_ONCE = 200;

export interface Changed {
  id: number;
  /** What `column` becomes. */
  value: string;
}

/**
 * @param keyId goes into the column `key_id` of all of them
 * PostgreSQL and SQLite (3.33, 2020) have UPDATE … FROM, MySQL and MariaDB UPDATE … JOIN.
 */
export const updateMany = async (
  strapi: Strapi,
  trx: unknown,
  { table, column, keyId }: { table: string; column: string; keyId: string },
  rows: readonly Changed[],
): Promise<void> => {
  const knex = trx as Knex.Transaction;
  const { client } = strapi.db.dialect;
  const name = sqlName(strapi, table);
  const first = client === 'postgres' ? 'select ?::int as id, ?::text as value' : 'select ? as id, ? as value';
  for (const some of inPieces(rows, AT_ONCE, ({ value: text }) => text.length)) {
    const list = some.map((_, index) => (index === 0 ? first : 'select ?, ?')).join(' union all ');
    const values = some.flatMap(({ id, value }) => [id, value]);
    if (client === 'mysql') {
      const sql = `update ${name} as v join (${list}) as n on v.id = n.id set v.${column} = n.value, v.key_id = ?`;
      await knex.raw(sql, [...values, keyId]);
    } else {
      const sql = `update ${name} as v set ${column} = n.value, key_id = ? from (${list}) as n where v.id = n.id`;
      await knex.raw(sql, [keyId, ...values]);
    }
  }
};
