/** A database of its own for each test file, on the engine that TEST_DB_CLIENT names (sqlite by default). */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { randomBytes } from 'node:crypto';

export type Client = 'sqlite' | 'postgres' | 'mysql';
export const client = (process.env.TEST_DB_CLIENT ?? 'sqlite') as Client;

const server = (port: number, user: string) => ({
  host: process.env.TEST_DB_HOST ?? '127.0.0.1',
  port: Number(process.env.TEST_DB_PORT ?? port),
  user: process.env.TEST_DB_USER ?? user,
  password: process.env.TEST_DB_PASSWORD ?? '',
});

const administer = async (sql: string): Promise<void> => {
  if (client === 'postgres') {
    const { Client: Postgres } = await import('pg');
    const connection = new Postgres({ ...server(5432, 'postgres'), database: 'postgres' });
    await connection.connect();
    await connection.query(sql);
    await connection.end();
  } else {
    const { createConnection } = await import('mysql2/promise');
    const connection = await createConnection(server(3306, 'root'));
    await connection.query(sql);
    await connection.end();
  }
};

/** How a test reaches a database past Strapi. */
export const connectionTo = (database: string) => ({
  ...(client === 'postgres' ? server(5432, 'postgres') : server(3306, 'root')),
  database,
});

/** Sets the variables that tests/app/config/database.js reads. */
export const makeDatabase = async (): Promise<{ env: Record<string, string>; file: string | null; remove(): Promise<void> }> => {
  if (client === 'sqlite') {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-'));
    const file = path.join(dir, 'data.db');
    return { env: { TEST_DB_FILE: file }, file, remove: async () => fs.rmSync(dir, { recursive: true, force: true }) };
  }
  const name = `form_guard_${process.pid}_${randomBytes(4).toString('hex')}`;
  await administer(`CREATE DATABASE ${name}`);
  return {
    env: { TEST_DB_NAME: name },
    file: null,
    remove: () => administer(`DROP DATABASE ${name}${client === 'postgres' ? ' WITH (FORCE)' : ''}`),
  };
};
