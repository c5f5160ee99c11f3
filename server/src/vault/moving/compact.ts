/** After values were taken out of tables, they still lie in pages that the database calls free: these are written anew. */
import type { Knex } from 'knex';
import { isSqlite, sqlName, type Strapi } from '../../strapi';
import { anatomyOfComponent, type Anatomy } from './anatomy';
import { hasHistory, HISTORY } from './history';

/** Every table that may have held something, components of components too. */
const tablesOf = (strapi: Strapi, { table, links }: Anatomy, components: string[]): string[] => [
  ...new Set([
    table,
    ...links.map((link) => link.table),
    ...components.flatMap((uid) => {
      const inner = anatomyOfComponent(strapi, uid);
      return [inner.table, ...inner.links.map((link) => link.table)];
    }),
    ...(hasHistory(strapi) ? [HISTORY] : []),
  ]),
];

/** SQLite: the whole file, write-ahead log included. The others: these tables, which nobody else can use meanwhile. */
export const compact = async (strapi: Strapi, anatomy: Anatomy, components: string[]): Promise<void> => {
  const knex = strapi.db.connection as unknown as Knex;
  if (isSqlite(strapi)) {
    await knex.raw('VACUUM');
    await knex.raw('PRAGMA wal_checkpoint(TRUNCATE)');
    return;
  }
  for (const table of tablesOf(strapi, anatomy, components)) {
    const name = sqlName(strapi, table);
    await knex.raw(strapi.db.dialect.client === 'postgres' ? `VACUUM FULL ${name}` : `ALTER TABLE ${name} ENGINE=InnoDB`);
  }
};
