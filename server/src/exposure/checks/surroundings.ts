/**
 * What lies around the vault and takes its worth away: a key beside what it opens, an address without https, a program that sends
 * what it sees to somebody else, a log for looking for mistakes. Nothing here reads a key or a value; it looks whether they are there.
 */
import { existsSync, readFileSync } from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import type { ExposureFinding } from '../../contract';
import { isSqlite, type Strapi } from '../../strapi';
import { developmentKeyOf } from '../../vault';
import { isLocal, publicAddresses, weighed } from './found';

const environment = (): string => process.env.NODE_ENV ?? 'development';

/** A key that the plugin made for itself, and the name that the process runs under. */
export const developmentKey = (strapi: Strapi): ExposureFinding[] =>
  developmentKeyOf(strapi) === null ? [] : [weighed(strapi, 'DEVELOPMENT_KEY', { values: { environment: environment() } })];

const isInside = (folder: string, file: string): boolean => {
  const way = path.relative(folder, file);
  return way !== '' && !way.startsWith('..') && !path.isAbsolute(way);
};

/** An embedded database and the file that names its key, in one folder: who copies it has both. */
export const keyBesideDatabase = (strapi: Strapi): ExposureFinding[] => {
  if (!isSqlite(strapi)) return [];
  const { root } = strapi.dirs.app;
  const { connection } = strapi.config.get<{ connection?: { filename?: unknown } }>('database.connection', {});
  const database = typeof connection?.filename === 'string' ? path.resolve(root, connection.filename) : null;
  if (database === null || !isInside(root, database)) return [];
  const file = path.resolve(root, process.env.ENV_PATH ?? '.env');
  const names = existsSync(file) && /^\s*(export\s+)?FORM_GUARD_KEYS\s*=\s*\S/m.test(readFileSync(file, 'utf8'));
  return names ? [weighed(strapi, 'KEY_BESIDE_DATABASE', { values: { file: path.basename(file) } })] : [];
};

export const addressWithoutHttps = (strapi: Strapi): ExposureFinding[] => {
  if (isLocal(strapi)) return [];
  const open = publicAddresses(strapi).filter((address) => /^http:\/\//i.test(address));
  return open.slice(0, 1).map(() => weighed(strapi, 'ADDRESS_WITHOUT_HTTPS', {}));
};

/** Packages that send errors, or requests, to a server of their maker. */
const REPORTERS = [
  '@sentry/node',
  '@bugsnag/node',
  '@honeybadger-io/js',
  '@rollbar/rollbar',
  'applicationinsights',
  'dd-trace',
  'elastic-apm-node',
  'newrelic',
  'raygun',
  'rollbar',
];
const packageIn = (file: string): string | undefined => {
  const inside = file.split(`${path.sep}node_modules${path.sep}`).at(-1)?.split(path.sep) ?? [];
  return inside[0]?.startsWith('@') ? inside.slice(0, 2).join('/') : inside[0];
};

/** What is loaded now, by whomever. */
export const errorReporters = (strapi: Strapi): ExposureFinding[] => {
  const { _cache: modules } = Module as unknown as { _cache: Record<string, unknown> };
  const loaded = new Set(Object.keys(modules).map(packageIn));
  const names = REPORTERS.filter((name) => loaded.has(name));
  if (strapi.plugin('sentry') && !names.includes('@sentry/node')) names.unshift('sentry');
  return names.length === 0 ? [] : [weighed(strapi, 'ERROR_REPORTER', { values: { names: names.join(', ') } })];
};

const TALKATIVE = ['debug', 'verbose', 'silly'];

export const debugLog = (strapi: Strapi): ExposureFinding[] => {
  const level = (strapi.log as unknown as { level?: string }).level ?? '';
  const { debug } = strapi.config.get<{ debug?: boolean }>('database.connection', {});
  const isSql = debug === true || /(^|[\s,])knex(:|$|\*)/.test(process.env.DEBUG ?? '');
  const found = [...(TALKATIVE.includes(level) ? [level] : []), ...(isSql ? ['SQL'] : [])];
  return found.length === 0 ? [] : [weighed(strapi, 'DEBUG_LOG', { values: { level: found.join(', ') } })];
};
