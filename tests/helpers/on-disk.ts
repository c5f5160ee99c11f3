/** What the files of a database hold of some tables, free pages included. */
import fs from 'node:fs';
import path from 'node:path';
import { client } from './database';
import { filesOf } from './canary';
import type { Running } from './strapi';

const raw = async (running: Running, sql: string, bindings: string[] = []): Promise<Record<string, string>[]> => {
  const answer = (await running.strapi.db.connection.raw(sql, bindings)) as unknown;
  const rows = Array.isArray(answer) ? (answer[0] as unknown) : (answer as { rows: unknown }).rows;
  return rows as Record<string, string>[];
};
const read = (file: string): string => fs.readFileSync(file, 'latin1');

/** @throws where this user may not read the files of the server */
export const onDisk = async (running: Running, tables: string[]): Promise<string> => {
  if (client === 'sqlite') return filesOf(running.file as string);
  if (client === 'postgres') {
    await raw(running, 'checkpoint');
    const [folder] = await raw(running, `select setting from pg_settings where name = 'data_directory'`);
    const files = [];
    for (const table of tables) {
      const found = await raw(
        running,
        `select pg_relation_filepath(oid) as file from pg_class where oid = ?::regclass or oid = (select reltoastrelid from pg_class where oid = ?::regclass)`,
        [table, table],
      );
      files.push(...found.map(({ file = '' }) => read(path.join(folder?.setting ?? '', file))));
    }
    return files.join('');
  }
  const [folder] = await raw(running, 'select @@datadir as folder, database() as name');
  // Until its pages are written out, a table that was made anew is in memory.
  await raw(running, `flush tables ${tables.join(', ')} for export`);
  await raw(running, 'unlock tables');
  return tables.map((table) => read(path.join(folder?.folder ?? '', folder?.name ?? '', `${table}.ibd`))).join('');
};
