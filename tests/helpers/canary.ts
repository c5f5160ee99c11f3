/** Improbable strings that stand for somebody's answers, and the places where they must not be found. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import type { Core } from '@strapi/strapi';

/** Letters only, so that it survives JSON, URLs, SQL and HTML unescaped. */
export const canary = (name: string): string => `canary${name}${[...randomBytes(9)].map((b) => String.fromCharCode(97 + (b % 26))).join('')}`;

/** Every row of every table of the database, as text. */
export const wholeDatabase = async (strapi: Core.Strapi): Promise<string> => {
  const tables = await strapi.db.dialect.schemaInspector.getTables();
  const rows = [];
  for (const table of tables) rows.push(await strapi.db.connection(table).select('*'));
  return JSON.stringify(rows, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && (value as { type?: string }).type === 'Buffer' ? Buffer.from((value as { data: number[] }).data).toString() : value,
  );
};

/** The database's files as they lie on the disk, write-ahead log and free pages included (SQLite only). */
export const filesOf = (file: string): string =>
  [file, `${file}-wal`, `${file}-journal`].filter((name) => fs.existsSync(name)).map((name) => fs.readFileSync(name, 'latin1')).join('');

/** Everything that is written to the standard outputs and to Strapi's log while `run` runs. */
export const whileListening = async <Result>(run: () => Promise<Result>): Promise<{ result: Result; said: string }> => {
  let said = '';
  const outs = [process.stdout, process.stderr].map((out) => {
    const write = out.write.bind(out);
    out.write = ((chunk: string | Uint8Array, ...rest: never[]) => {
      said += Buffer.from(chunk as Uint8Array).toString();
      return write(chunk, ...rest);
    }) as typeof out.write;
    return () => (out.write = write);
  });
  const consoles = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) => {
    const write = console[level];
    console[level] = (...args: unknown[]) => (said += `${args.map(String).join(' ')}\n`);
    return () => (console[level] = write);
  });
  try {
    return { result: await run(), said };
  } finally {
    for (const restore of [...outs, ...consoles]) restore();
  }
};
