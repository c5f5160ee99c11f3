/** A hand in the database of a site, past Strapi and every guard: what somebody does who has psql and a tutorial. */
import { randomBytes } from 'node:crypto';
import createKnex, { type Knex } from 'knex';
import { client, connectionTo } from '../../helpers/database';

export type Sql = Knex;

export const openSql = (database: { env: Record<string, string>; file: string | null }): Sql =>
  database.file === null
    ? createKnex({
        client: client === 'postgres' ? 'pg' : 'mysql2',
        connection: connectionTo(database.env.TEST_DB_NAME ?? ''),
        pool: { min: 0, max: 4 },
      })
    : createKnex({
        client: 'better-sqlite3',
        connection: { filename: database.file },
        useNullAsDefault: true,
        pool: { min: 1, max: 1 },
      });

const newDocumentId = (): string => randomBytes(12).toString('hex');

/** @returns the id of the row */
export const insertRow = async (sql: Sql, table: string, row: Record<string, unknown>): Promise<number> => {
  const now = client === 'sqlite' ? Date.now() : new Date();
  const whole = { document_id: newDocumentId(), created_at: now, updated_at: now, published_at: now, ...row };
  await sql(table).insert(whole);
  const found = (await sql(table).where({ document_id: whole.document_id }).first('id')) as { id: number };
  return found.id;
};

export const insertOnce = async (sql: Sql, table: string, row: Record<string, unknown>, others: object = {}): Promise<number> => {
  const found = (await sql(table).where(row).first('id')) as { id: number } | undefined;
  return found?.id ?? insertRow(sql, table, { ...row, ...others });
};

export const tableNames = async (sql: Sql): Promise<string[]> => {
  const found = (await (client === 'sqlite'
    ? sql('sqlite_master').where({ type: 'table' }).select('name')
    : sql('information_schema.tables')
        .select({ name: 'table_name' })
        .where({ table_schema: client === 'postgres' ? 'public' : sql.client.database() }))) as { name: string }[];
  return found.map(({ name }) => name);
};

/** Every row of every table, as text. */
export const dump = async (sql: Sql): Promise<string> => {
  const rows: unknown[] = [];
  for (const table of await tableNames(sql)) rows.push(await sql(table).select('*'));
  return JSON.stringify(rows, (_key, value: unknown) => {
    const bytes = value as { type?: string; data?: number[] } | null;
    return bytes?.type === 'Buffer' && bytes.data ? Buffer.from(bytes.data).toString() : value;
  });
};
