/** Strapi's types under house names, so that rooms do not each reach into them. */
import type { Core, Struct } from '@strapi/strapi';
import type { FormGuardConfig } from './config';

export type Strapi = Core.Strapi;
export type ContentType = Struct.ContentTypeSchema;

export const PLUGIN_ID = 'form-guard';

/** The parts of a Koa context that our handlers use. */
export interface Context {
  method: string;
  path: string;
  ip: string;
  status: number;
  body: unknown;
  type: string;
  query: Record<string, unknown>;
  params: Record<string, string>;
  state: Record<string, unknown>;
  request: { body?: unknown; ip: string; headers: Record<string, string | string[] | undefined> };
  req: NodeJS.ReadableStream & { headers: Record<string, string | string[] | undefined> };
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

/** One transaction; inside another one it is part of that. */
export const transaction = async <Result>(strapi: Strapi, write: (trx: unknown) => Promise<Result>): Promise<Result> =>
  (await strapi.db.transaction(({ trx }) => write(trx))) as Result;

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
