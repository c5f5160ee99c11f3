/**
 * Puts the secret columns of accounts out of reach, always, whatever is under `protect`: everything that Strapi 5.54 looks up,
 * populates, orders or streams ends in the query builder. Reached from another model (a join, a population) they are never
 * asked and never selected. On the account itself the server's own code reads them as ever; while a request is answered they
 * are compared whole or not at all, so that nothing can be guessed letter by letter, and never by a name from its address.
 */
import { refuse } from '../errors';
import { say } from '../sentences';
import type { Context, Strapi } from '../strapi';
import { ACCOUNT_TYPES, hideFromSearch, secretsOf } from './account-secrets';
import { columnsIn, metadataOf, openColumns, partsOf, type EntityManager, type QueryBuilder } from './close-queries';
import { comparisonsIn, isWhole } from './comparisons';
import { holdFunctions } from './hold';
import { isNamedIn } from './named-in-query';
import { markReached, reachedOf } from './reached-queries';

export const GUARD = 'close-account-secrets';

interface Secrets {
  /** Names and columns, in small letters. */
  names: ReadonlySet<string>;
  /** Those of them that hold a text to be guessed; a date is no secret to whoever may ask the account itself. */
  texts: ReadonlySet<string>;
  /** What a `select *` may still mean. */
  open: string[];
}
interface AllSecrets {
  byUid: ReadonlyMap<string, Secrets>;
  byTable: ReadonlyMap<string, Secrets>;
}

/** Known once the database has read the models, which is after `register`. */
const readSecrets = (strapi: Strapi): AllSecrets => {
  const byUid = new Map<string, Secrets>();
  const byTable = new Map<string, Secrets>();
  for (const uid of ACCOUNT_TYPES) {
    const secret = secretsOf(strapi, uid);
    if (secret.length === 0) continue;
    const { tableName, attributes } = metadataOf(strapi, uid);
    const columns = (names: string[]): Set<string> =>
      new Set(names.flatMap((name) => [name, attributes[name]?.columnName ?? name]).map((name) => name.toLowerCase()));
    const names = columns(secret);
    const texts = columns(secret.filter((name) => attributes[name]?.type !== 'datetime'));
    const secrets = { names, texts, open: openColumns(attributes, names) };
    byUid.set(uid, secrets);
    byTable.set(tableName, secrets);
  }
  return { byUid, byTable };
};

const refuseQuestion = (): Error => refuse('ACCOUNT_SECRET_READ', say('account.secret'));

/** What is asked of the account itself while a request is answered. */
const checkOwn = (ctx: Context, { texts }: Secrets, { state, alias }: QueryBuilder): void => {
  const secretOf = (column: unknown): string | null => {
    if (typeof column !== 'string') return null;
    const [table, name] = partsOf(column);
    return (table === '' || table === alias.toLowerCase()) && texts.has(name) ? name : null;
  };
  const isNamed = (): boolean => isNamedIn(ctx.query, texts);
  for (const [column, wanted] of comparisonsIn(state.where)) {
    if (secretOf(column) !== null && (!isWhole(wanted) || isNamed())) throw refuseQuestion();
  }
  const sorted = state.orderBy.map(({ column }) => column);
  if ([...sorted, ...[state.groupBy].flat(), state.count, state.max, state.min].some((column) => secretOf(column) !== null)) {
    throw refuseQuestion();
  }
  if (state.select.some((column) => secretOf(column) !== null) && isNamed()) {
    state.select = state.select.filter((column) => secretOf(column) === null);
  }
};

/** Every query of the site comes through here, and most of them need nothing of it. */
const check = (strapi: Strapi, { byUid, byTable }: AllSecrets, builder: QueryBuilder, uid: string): void => {
  const { state } = builder;
  const own = byUid.get(uid);
  if (state.populate) markReached(state, metadataOf(strapi, uid).attributes, (target) => byUid.has(target));
  if (!own && state.joins.length === 0) return;
  const isReached = own !== undefined && reachedOf(state);
  if (own && !isReached) {
    const ctx = strapi.requestContext.get() as Context | undefined;
    if (ctx) checkOwn(ctx, own, builder);
  }
  if (!isReached && !state.joins.some(({ referencedTable }) => byTable.has(referencedTable))) return;

  const joined = new Map(state.joins.map(({ alias, referencedTable }) => [alias.toLowerCase(), referencedTable]));
  const isOwnTable = (table: string): boolean => table === '' || table === builder.alias.toLowerCase();
  const secretsIn = (table: string): Secrets | undefined =>
    isOwnTable(table) ? (isReached ? own : undefined) : byTable.get(joined.get(table) ?? table);
  const isSecret = (column: unknown): boolean => {
    if (typeof column !== 'string') return false;
    const [table, name] = partsOf(column);
    const secrets = secretsIn(table);
    return secrets !== undefined && (secrets.names.has(name) || (name === '*' && !isOwnTable(table)));
  };
  if (isReached && state.type === 'select') {
    const isAll = (column: unknown): boolean => {
      const [table, name] = typeof column === 'string' ? partsOf(column) : ['', ''];
      return name === '*' && isOwnTable(table);
    };
    const kept = state.select
      .flatMap((column) => (isAll(column) ? own.open : [column]))
      .filter((column) => typeof column !== 'string' || !isOwnTable(partsOf(column)[0]) || !isSecret(column));
    state.select = kept.length > 0 ? kept : ['id'];
  }
  const sorted = state.orderBy.map(({ column }) => column);
  const asked = [
    ...columnsIn(state.where),
    ...sorted,
    ...[state.groupBy].flat(),
    state.count,
    state.max,
    state.min,
    ...state.select,
  ];
  if (asked.some(isSecret)) throw refuseQuestion();
};

/** In `register`. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const closeAccountSecrets = (strapi: Strapi): void => {
  hideFromSearch(strapi);
  const manager = strapi.db.entityManager as unknown as EntityManager;
  holdFunctions(strapi, GUARD, 'the entity manager', manager, ['createQueryBuilder']);
  const createQueryBuilder = manager.createQueryBuilder.bind(manager);
  let secrets: AllSecrets | undefined;

  let isHeld = false;
  const guarded = (builder: QueryBuilder, uid: string): QueryBuilder => {
    // All of them are made by one function; the first ones are asked for while the site boots.
    if (!isHeld) holdFunctions(strapi, GUARD, 'the query builder', builder, ['processState', 'clone']);
    isHeld = true;
    const { processState, clone } = builder;
    builder.processState = function withoutSecrets(...rest) {
      processState.apply(this, rest);
      secrets ??= readSecrets(strapi);
      check(strapi, secrets, this, uid);
    };
    builder.clone = function guardedClone(...rest) {
      const copy = guarded(clone.apply(this, rest), uid);
      if (reachedOf(this.state)) reachedOf(copy.state, true);
      return copy;
    };
    return builder;
  };
  manager.createQueryBuilder = (uid, ...rest) => guarded(createQueryBuilder(uid, ...rest), uid);
};
