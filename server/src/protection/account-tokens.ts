/**
 * A link that was mailed (a new password, a first sign-in, an address to confirm) is not in the database: there lies a keyed
 * digest of its token alone, so who reads the database cannot use it. Strapi 5.54, and code of the site, write and look up the
 * token as ever; the digest is made and compared underneath, in the query builder, which no import or transfer switches off.
 */
import { createHmac } from 'node:crypto';
import type { Strapi } from '../strapi';
import { isWhole } from './comparisons';
import { metadataOf, partsOf, type EntityManager as Queries, type QueryBuilder } from './close-queries';
import { holdFunctions } from './hold';

const GUARD = 'account-tokens';
const TOKENS: Record<string, readonly string[]> = {
  'admin::user': ['resetPasswordToken', 'registrationToken'],
  'plugin::users-permissions.user': ['resetPasswordToken', 'confirmationToken'],
};
export const BEGINNING = 'fg-token:';
const DIGEST = /^fg-token:[0-9a-f]{64}$/;

type Data = Record<string, unknown>;
type Write = (uid: string, params: { data?: unknown }, ...rest: unknown[]) => Promise<unknown>;
interface EntityManager extends Queries {
  create: Write;
  update: Write;
}
const isData = (value: unknown): value is Data => value !== null && typeof value === 'object' && !Array.isArray(value);

const keys = new WeakMap<Strapi, string>();

const digestOf = (strapi: Strapi, place: string, token: string): string => {
  const key = keys.get(strapi);
  // Before there is a key nothing is answered yet; what is written until then ends with the links from before.
  return key === undefined ? token : BEGINNING + createHmac('sha256', key).update(`${place}\0${token}`).digest('hex');
};

/** Names and columns of the tokens of a type, with the attribute that each of them means. */
const columnsOf = (strapi: Strapi, uid: string): Map<string, string> => {
  const { attributes } = metadataOf(strapi, uid);
  const known = (TOKENS[uid] ?? []).filter((name) => attributes[name] !== undefined);
  return new Map(known.flatMap((name) => [name, attributes[name]?.columnName ?? name].map((one) => [one.toLowerCase(), name])));
};

type Digest = (column: string, token: string) => string;

/** A row to be written. What is a digest already comes from an import or a copy of a row. */
const writtenRow = (row: unknown, columns: ReadonlyMap<string, string>, digest: Digest): unknown => {
  if (!isData(row) || !Object.keys(row).some((key) => columns.has(key.toLowerCase()))) return row;
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => {
      const isToken = columns.has(key.toLowerCase()) && typeof value === 'string' && value !== '' && !DIGEST.test(value);
      return [key, isToken ? digest(key, value) : value];
    }),
  );
};

/** What was asked for: a digest out of the database is digested too, and is not found. */
const wantedOf = (wanted: unknown, digest: (token: string) => string): unknown => {
  if (typeof wanted === 'string') return digest(wanted);
  if (Array.isArray(wanted)) return wanted.map((one) => wantedOf(one, digest));
  if (!isData(wanted) || !isWhole(wanted)) return wanted;
  return Object.fromEntries(
    Object.entries(wanted).map(([operator, one]) => [
      operator,
      ['$eq', '$ne', '$in', '$notIn'].includes(operator) ? wantedOf(one, digest) : one,
    ]),
  );
};

const digestedWhere = (where: unknown, isToken: (column: string) => boolean, digest: Digest): unknown => {
  if (Array.isArray(where)) return where.map((one) => digestedWhere(one, isToken, digest));
  if (!isData(where) || Object.getPrototypeOf(where) !== Object.prototype) return where;
  return Object.fromEntries(
    Object.entries(where).map(([key, value]) => {
      if (key.startsWith('$')) return [key, digestedWhere(value, isToken, digest)];
      return [key, isToken(key) ? wantedOf(value, (token) => digest(partsOf(key)[1], token)) : value];
    }),
  );
};

/** Whoever wrote a token gets it back as it was written: Strapi shows the link of an invitation from what `create` gives. */
const withWritten = (uid: string, result: unknown, data: unknown): void => {
  if (!isData(result) || !isData(data)) return;
  for (const name of TOKENS[uid] ?? []) {
    if (typeof data[name] === 'string' && DIGEST.test(String(result[name]))) result[name] = data[name];
  }
};

/** In `register`. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const digestTokens = (strapi: Strapi): void => {
  const manager = strapi.db.entityManager as unknown as EntityManager;
  holdFunctions(strapi, GUARD, 'the entity manager', manager, ['createQueryBuilder', 'create', 'update']);
  for (const name of ['create', 'update'] as const) {
    const write = manager[name].bind(manager);
    const writeTokens: Write = async (uid, params, ...rest) => {
      const result = await write(uid, params, ...rest);
      withWritten(uid, result, params.data);
      return result;
    };
    manager[name] = (uid, params, ...rest) => (uid in TOKENS ? writeTokens(uid, params, ...rest) : write(uid, params, ...rest));
  }
  const after = ({ model, params, result }: { model: { uid: string }; params: { data?: unknown }; result?: unknown }): void =>
    withWritten(model.uid, result, params.data);
  strapi.db.lifecycles.subscribe({ models: Object.keys(TOKENS), afterCreate: after, afterUpdate: after } as never);

  const createQueryBuilder = manager.createQueryBuilder.bind(manager);
  const known = new Map<string, Map<string, string>>();
  const guarded = (builder: QueryBuilder, uid: string): QueryBuilder => {
    const { processState, clone } = holdFunctions(strapi, GUARD, 'the query builder', builder, ['processState', 'clone']);
    builder.processState = function withDigests(...rest) {
      const { state } = this;
      if (state.processed) return processState.apply(this, rest);
      if (!known.has(uid)) known.set(uid, columnsOf(strapi, uid));
      const columns = known.get(uid) ?? new Map<string, string>();
      const digest: Digest = (column, token) => digestOf(strapi, `${uid}\0${columns.get(column.toLowerCase())}`, token);
      if (Array.isArray(state.data)) state.data = state.data.map((row) => writtenRow(row, columns, digest));
      else state.data = writtenRow(state.data, columns, digest);
      processState.apply(this, rest);
      const isToken = (column: string): boolean => {
        const [table, name] = partsOf(column);
        return (table === '' || table === this.alias.toLowerCase()) && columns.has(name);
      };
      state.where = digestedWhere(state.where, isToken, digest);
    };
    builder.clone = function guardedClone(...rest) {
      return guarded(clone.apply(this, rest), uid);
    };
    return builder;
  };
  manager.createQueryBuilder = (uid, ...rest) => {
    const builder = createQueryBuilder(uid, ...rest);
    return uid in TOKENS ? guarded(builder, uid) : builder;
  };
};

/** Names of the types and attributes that hold a token, of those that the site has. */
export const tokenPlaces = (strapi: Strapi): [uid: string, name: string][] =>
  Object.keys(TOKENS).flatMap((uid) =>
    uid in strapi.contentTypes ? [...new Set(columnsOf(strapi, uid).values())].map((name): [string, string] => [uid, name]) : [],
  );

/** In `bootstrap`, with a key that only the vault has. */
export const digestWith = (strapi: Strapi, key: string): void => void keys.set(strapi, key);
