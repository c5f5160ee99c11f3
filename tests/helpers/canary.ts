/** Improbable strings that stand for somebody's answers, and the places where they must not be found. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { inspect } from 'node:util';
import type { Core } from '@strapi/strapi';

/** Letters only, so that it survives JSON, URLs, SQL and HTML unescaped. */
export const canary = (name: string): string =>
  `canary${name}${[...randomBytes(9)].map((b) => String.fromCharCode(97 + (b % 26))).join('')}`;

/** Every row of every table of the database, as text. */
export const wholeDatabase = async (strapi: Core.Strapi): Promise<string> => {
  const tables = await strapi.db.dialect.schemaInspector.getTables();
  const rows = [];
  for (const table of tables) rows.push(await strapi.db.connection(table).select('*'));
  return JSON.stringify(rows, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && (value as { type?: string }).type === 'Buffer'
      ? Buffer.from((value as { data: number[] }).data).toString()
      : value,
  );
};

/** The database's files as they lie on the disk, write-ahead log and free pages included (SQLite only). */
export const filesOf = (file: string): string =>
  [file, `${file}-wal`, `${file}-journal`]
    .filter((name) => fs.existsSync(name))
    .map((name) => fs.readFileSync(name, 'latin1'))
    .join('');

interface Logger {
  level: string;
  on(event: 'data', listener: (info: object) => void): void;
  off(event: 'data', listener: (info: object) => void): void;
}

/** Every line, of every level, that goes to Strapi's log while `run` runs, with all that hangs on it. */
export const whileListening = async <Result>(
  strapi: Core.Strapi,
  run: () => Promise<Result>,
): Promise<{ result: Result; said: string }> => {
  const log = strapi.log as unknown as Logger;
  const { level } = log;
  let said = '';
  const listen = (info: object): void => {
    said += `${inspect(info, { depth: 8, showHidden: true })}\n`;
  };
  log.level = 'silly';
  log.on('data', listen);
  try {
    const result = await run();
    return { result, said };
  } finally {
    log.off('data', listen);
    log.level = level;
  }
};
