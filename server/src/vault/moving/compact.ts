/** After values were taken out of tables, they still lie in pages that the database calls free: these are written anew. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Knex } from 'knex';
import { isSqlite, sqlName, type Strapi } from '../../strapi';
import { anatomyOfComponent, type Anatomy } from './anatomy';
import { hasHistory, HISTORY } from './history';
import { LIBRARY, LIBRARY_FOLDERS, LIBRARY_LINKS } from './library';

/** The database's own background work reads for some seconds; what reads for longer is somebody's to end. */
const PATIENCE = [0.5, 1, 2, 4, 8];

/** What a type is made of, besides its own columns. */
interface Made {
  components: string[];
  hasFiles: boolean;
}

/** Every table that may have held something, components of components too. */
const tablesOf = (strapi: Strapi, { table, links }: Anatomy, { components, hasFiles }: Made): string[] => [
  ...new Set([
    table,
    ...links.map((link) => link.table),
    ...components.flatMap((uid) => {
      const inner = anatomyOfComponent(strapi, uid);
      return [inner.table, ...inner.links.map((link) => link.table)];
    }),
    ...(hasHistory(strapi) ? [HISTORY] : []),
    ...(hasFiles && strapi.plugin('upload') ? [LIBRARY, LIBRARY_LINKS, LIBRARY_FOLDERS] : []),
  ]),
];

const inUse = (): Error => Object.assign(new Error('somebody else reads what was there before'), { code: 'IN_USE' });

/** What libpq calls a connection: it tells what the server has to say besides the answer. */
interface Connection {
  on(event: 'notice', listen: (notice: { detail?: string }) => void): void;
  off(event: 'notice', listen: (notice: { detail?: string }) => void): void;
}
type Client = { acquireConnection(): Promise<Connection>; releaseConnection(connection: Connection): Promise<void> };

/**
 * PostgreSQL takes old versions of rows along into the new file while any transaction, be it the server's own, could still
 * read them, and says only in passing how many: in the first number of the detail, whatever its language.
 */
const writeAnew = async (knex: Knex, name: string): Promise<{ takenAlong: number }> => {
  const client = knex.client as Client;
  const connection = await client.acquireConnection();
  let takenAlong = 0;
  const listen = ({ detail = '' }: { detail?: string }): void => {
    takenAlong += Number(/\d+/.exec(detail)?.[0] ?? 0);
  };
  connection.on('notice', listen);
  try {
    await knex.raw(`VACUUM (FULL, VERBOSE) ${name}`).connection(connection);
  } finally {
    connection.off('notice', listen);
    await client.releaseConnection(connection);
  }
  return { takenAlong };
};

const writeAnewInPostgres = async (knex: Knex, name: string): Promise<void> => {
  for (const seconds of PATIENCE) {
    if ((await writeAnew(knex, name)).takenAlong === 0) return;
    await pause(seconds * 1000);
  }
  throw inUse();
};

/**
 * SQLite: the whole file, write-ahead log included. The others: these tables, which nobody else can use meanwhile.
 * @throws what the database says, or IN_USE when somebody else holds on to what was there before
 */
export const compact = async (strapi: Strapi, anatomy: Anatomy, made: Made): Promise<void> => {
  const knex = strapi.db.connection as unknown as Knex;
  if (isSqlite(strapi)) {
    await knex.raw('VACUUM');
    const [{ busy } = { busy: 0 }] = (await knex.raw('PRAGMA wal_checkpoint(TRUNCATE)')) as { busy: number }[];
    if (busy !== 0) throw inUse();
    return;
  }
  for (const table of tablesOf(strapi, anatomy, made)) {
    const name = sqlName(strapi, table);
    if (strapi.db.dialect.client === 'postgres') await writeAnewInPostgres(knex, name);
    else await knex.raw(`ALTER TABLE ${name} ENGINE=InnoDB`);
  }
};
