/** Strapi's types under house names, so that rooms do not each reach into them. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core, Struct } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { FormGuardConfig } from './config';

export type Strapi = Core.Strapi;
export type ContentType = Struct.ContentTypeSchema;

export const PLUGIN_ID = 'form-guard';

/** The parts of a Koa context that our handlers use. */
export interface Context {
  method: string;
  path: string;
  host: string;
  url: string;
  ip: string;
  status: number;
  body: unknown;
  type: string;
  length: number;
  query: Record<string, unknown>;
  params: Record<string, string>;
  state: Record<string, unknown>;
  request: { body?: unknown; ip: string; headers: Record<string, string | string[] | undefined> };
  req: IncomingMessage;
  res: ServerResponse;
  /** For koa-compress: false leaves the answer as it is. */
  compress?: boolean;
  get(header: string): string;
  set(header: string, value: string): void;
  redirect(url: string): void;
  accepts(...types: string[]): string | false;
}

export type Next = () => Promise<unknown>;

export const configOf = (strapi: Strapi): FormGuardConfig =>
  strapi.config.get(`plugin::${PLUGIN_ID}`) as unknown as FormGuardConfig;

/** An attribute as the loader leaves it; only the keys that this plugin looks at. */
export interface Attribute {
  type: string;
  required?: boolean;
  unique?: boolean;
  default?: unknown;
  component?: string;
  components?: string[];
  repeatable?: boolean;
  pluginOptions?: { i18n?: { localized?: boolean } };
  [option: string]: unknown;
}

/** What Strapi itself adds to a row of every type. */
export const HOSTS_OWN = [
  'id',
  'documentId',
  'createdAt',
  'updatedAt',
  'publishedAt',
  'firstPublishedAt',
  'createdBy',
  'updatedBy',
  'locale',
  'localizations',
];

export const attributesOf = (schema: { attributes: unknown }): Record<string, Attribute> =>
  schema.attributes as Record<string, Attribute>;

/** Types of plugins that come with Strapi, which look entries up by their values: they work with none that is sealed. */
export const isStrapisOwn = (uid: string): boolean =>
  /^plugin::(users-permissions|upload|i18n|content-releases|review-workflows)\./.test(uid);

/** What the addresses of the content API begin with. */
export const apiPrefix = (strapi: Strapi): string => strapi.config.get<string>('api.rest.prefix', '/api');

/** What SQLite, PostgreSQL, and MySQL or MariaDB call it when the number of a row is taken. */
export const NUMBER_TAKEN = ['SQLITE_CONSTRAINT_PRIMARYKEY', 'SQLITE_CONSTRAINT_UNIQUE', '23505', 'ER_DUP_ENTRY'];

/** One transaction; inside another one it is part of that. */
export const transaction = async <Result>(strapi: Strapi, write: (trx: unknown) => Promise<Result>): Promise<Result> =>
  (await strapi.db.transaction(({ trx }) => write(trx))) as Result;

/**
 * Does what cannot be rolled back once the transaction around it has committed; at once when there is none. Inside one,
 * Strapi 5.54 does not wait for it, so it must bear to fail: `ifNot` is told to the operator then.
 */
export const afterCommit = async (strapi: Strapi, deed: () => Promise<void>, ifNot: string): Promise<void> => {
  if (!strapi.db.inTransaction()) return deed();
  const later = (): void => void deed().catch((error: Error) => strapi.log.error(`${ifNot} (${error.message})`));
  await strapi.db.transaction(({ onCommit }) => Promise.resolve(onCommit(later)));
};

/** A knex query on one of our own tables, by its columns, inside a transaction: for locks and sets that Strapi cannot say. */
export const within = (strapi: Strapi, trx: unknown, tableName: string): Knex.QueryBuilder =>
  (strapi.db.getConnection(tableName) as unknown as Knex.QueryBuilder).transacting(trx as never);

/** The same for what is only read: inside the transaction around it, if there is one, and without one of its own otherwise. */
export const reading = <Row>(
  strapi: Strapi,
  tableName: string,
  ask: (table: Knex.QueryBuilder) => PromiseLike<unknown>,
): Promise<Row[]> =>
  strapi.db.inTransaction()
    ? transaction(strapi, async (trx) => (await ask(within(strapi, trx, tableName))) as Row[])
    : Promise.resolve(ask(strapi.db.getConnection(tableName) as unknown as Knex.QueryBuilder) as PromiseLike<Row[]>);

export const isSqlite = (strapi: Strapi): boolean => strapi.db.dialect.client === 'sqlite';

/** A query that holds the rows it reads until the transaction ends. SQLite has one writer, and no such words. */
export const holding = (strapi: Strapi, query: Knex.QueryBuilder, how: 'forShare' | 'forUpdate'): Knex.QueryBuilder =>
  isSqlite(strapi) ? query : query[how]();

/** A table's name as it stands in SQL, with the schema if there is one. */
export const sqlName = (strapi: Strapi, tableName: string): string =>
  (strapi.db.getConnection(tableName) as unknown as Knex.QueryBuilder).toSQL().sql.replace(/^select \* from /, '');

/** What a statement in SQL answers with, which each kind of database hands out in its own way; outside of any transaction. */
export const rowsOfSql = async <Row>(strapi: Strapi, sql: string, bindings: readonly string[]): Promise<Row[]> => {
  const answer = (await strapi.db.connection.raw(sql, bindings)) as unknown;
  if (strapi.db.dialect.client === 'postgres') return (answer as { rows: Row[] }).rows;
  return strapi.db.dialect.client === 'mysql' ? (answer as [Row[]])[0] : (answer as Row[]);
};

interface Statement {
  where(where: Record<string, unknown>): Statement;
  insert(data: unknown): Statement;
  update(data: Record<string, unknown>): Statement;
  delete(): Statement;
  execute<Result = unknown>(options?: { mapResults: boolean }): Promise<Result>;
}

/** One SQL statement on a model of ours, inside the transaction around it if there is one; no lifecycles. */
export const statement = (strapi: Strapi, model: string): Statement => strapi.db.queryBuilder(model) as unknown as Statement;

/** Strapi's repository of one of our own models, typed by its row. */
export interface Table<Row> {
  findOne(params: Query): Promise<Row | null>;
  findMany(params?: Query): Promise<Row[]>;
  count(params?: Query): Promise<number>;
}
interface Query {
  where?: Record<string, unknown>;
  select?: string[];
  orderBy?: Record<string, 'asc' | 'desc'>;
  limit?: number;
  offset?: number;
}

/** Looked up at each use: models are known only after `register` (5.54). */
export const table = <Row>(strapi: Strapi, model: string): Table<Row> => {
  const repository = () => strapi.db.query(model) as unknown as Table<Row>;
  return {
    findOne: (params) => repository().findOne(params),
    findMany: (params) => repository().findMany(params),
    count: (params) => repository().count(params),
  };
};
