/**
 * Closes the sealed attributes of wrapped types underneath everything that Strapi 5.54 reads with: population, streams,
 * exports, pickers and joins all end in the query builder. Their columns are empty once a type is wrapped, but rows from
 * before still hold values, and a filter across a relation would answer yes or no about them. What is selected or
 * populated falls away in silence; what asks (filter, count, group) is refused.
 */
import { refuse } from '../errors';
import { say } from '../sentences';
import { attributesOf, type Strapi } from '../strapi';
import { createWhile } from '../while';
import { holdFunctions } from './hold';
import { protectedTypes } from './protected-types';

export const GUARD = 'close-queries';

interface Join {
  alias: string;
  referencedTable: string;
  on?: { field?: string };
}
interface State {
  type: string;
  processed: boolean;
  select: unknown[];
  where: unknown;
  orderBy: { column?: unknown }[];
  groupBy: unknown;
  joins: Join[];
  populate: Record<string, unknown> | null;
  count: unknown;
  max: unknown;
  min: unknown;
  data?: unknown;
  filters?: unknown;
}
export interface QueryBuilder {
  alias: string;
  state: State;
  processState(...rest: unknown[]): void;
  clone(...rest: unknown[]): QueryBuilder;
  where(where: object): QueryBuilder;
  select(columns: unknown): QueryBuilder;
  getKnexQuery(): { toSQL(): { sql: string } };
}
export interface EntityManager {
  createQueryBuilder(uid: string, ...rest: unknown[]): QueryBuilder;
}

interface JoinTable {
  name: string;
  inverseJoinColumn?: { name: string };
  morphColumn?: { idColumn: { name: string } };
}
interface ColumnAttribute {
  type: string;
  target?: string;
  relation?: string;
  columnName?: string;
  joinColumn?: { name: string };
  joinTable?: JoinTable;
}
interface Metadata {
  tableName: string;
  attributes: Record<string, ColumnAttribute>;
}
interface Closed {
  label: string;
  /** Names and columns of sealed attributes. */
  names: Set<string>;
  /** What a `select *` may still mean. */
  open: string[];
}

const opened = createWhile<true>();

/** For the rooms that count or move rows from before: inside `run`, sealed attributes can be read. */
export const whileOpened = <Result>(run: () => Promise<Result>): Promise<Result> => opened.run(true, run);
export const isOpened = (): boolean => opened.now() === true;

export const metadataOf = (strapi: Strapi, uid: string): Metadata => strapi.db.metadata.get(uid) as unknown as Metadata;

const isColumn = ({ type, joinColumn }: ColumnAttribute): boolean =>
  !['relation', 'component', 'dynamiczone', 'media'].includes(type) || Boolean(joinColumn);

/** The columns of a table that are left without these names. */
export const openColumns = (attributes: Metadata['attributes'], closed: ReadonlySet<string>): string[] =>
  Object.entries(attributes)
    .filter(([name, attribute]) => !closed.has(name.toLowerCase()) && isColumn(attribute))
    .map(([name, { columnName, joinColumn }]) => joinColumn?.name ?? columnName ?? name);

/** Known once the database has read the models, which is after `register`. */
const readClosed = (strapi: Strapi) => {
  const byTable = new Map<string, Closed>();
  const linkTables = new Set<string>();
  const partTables = new Map<string, { table: JoinTable; fields: string[]; names: ReadonlySet<string> }>();
  for (const { uid, label, sealedFields, original } of protectedTypes(strapi).values()) {
    const { tableName, attributes } = metadataOf(strapi, uid);
    const names = new Set<string>();
    for (const name of sealedFields) {
      const attribute = attributes[name];
      for (const column of [name, attribute?.columnName, attribute?.joinColumn?.name])
        if (column) names.add(column.toLowerCase());
      if (!attribute?.joinTable) continue;
      // The link table of components serves every component of the type, plain ones too.
      if (attributesOf(original)[name]?.type === 'relation') linkTables.add(attribute.joinTable.name);
      else partTables.set(attribute.joinTable.name, { table: attribute.joinTable, fields: sealedFields, names });
    }
    byTable.set(tableName, { label, names, open: openColumns(attributes, names) });
  }
  /** By UID, whatever else may lie in the same table. */
  const byUid = new Map<string, Closed>();
  for (const [uid, { tableName }] of strapi.db.metadata) {
    const closed = byTable.get(tableName);
    if (closed) byUid.set(uid, closed);
  }
  /** A component's own query joins its link table too, when it is populated: with nothing, see below. */
  const isSealedLink = (uid: string, { referencedTable, on }: Join): boolean =>
    linkTables.has(referencedTable) ||
    (uid.includes('::') && (partTables.get(referencedTable)?.names.has(on?.field?.toLowerCase() ?? '') ?? false));
  return { byUid, byTable, linkTables, isSealedLink, partTables };
};
type AllClosed = ReturnType<typeof readClosed>;

const NOTHING = { where: { id: { $in: [] } } };

const refuseQuestion = ({ label }: Closed, name: string): Error =>
  refuse('SEALED_FIELD_READ', say('type.fieldSealed', { name, label }));

const isPlain = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;

/** The columns that a processed `where` asks about; `$and`, `$or` and `$not` hold more of them. */
export const columnsIn = (where: unknown): string[] => {
  if (Array.isArray(where)) return where.flatMap(columnsIn);
  if (!isPlain(where)) return [];
  return Object.entries(where).flatMap(([key, value]) => (key.startsWith('$') ? columnsIn(value) : [key, ...columnsIn(value)]));
};

/** A column as somebody wrote it, `T1.Email as x`, as the database reads it: `['t1', 'email']`; no table, `['', 'email']`. */
export const partsOf = (column: string): [table: string, name: string] => {
  const [name = ''] = column.toLowerCase().split(/\sas\s/, 1);
  // The database layer takes the spaces off each part.
  const parts = name.split('.').map((part) => part.trim());
  return [parts.at(-2) ?? '', parts.at(-1) ?? ''];
};

/** Every query of the site comes through here, and most of them need nothing of it. */
const check = (strapi: Strapi, closed: AllClosed, builder: QueryBuilder, uid: string): void => {
  const { byUid, byTable, linkTables, isSealedLink } = closed;
  const { state } = builder;
  const own = byUid.get(uid);
  if (!own && !state.populate && state.joins.length === 0) return;
  const { tableName, attributes } = metadataOf(strapi, uid);
  if (state.populate) {
    for (const name of Object.keys(state.populate)) {
      const linkTable = attributes[name]?.joinTable?.name;
      if (linkTable !== undefined && linkTables.has(linkTable)) delete state.populate[name];
      // Parts of a form keep their shape: an empty list where there was a list.
      else if (own?.names.has(name.toLowerCase())) state.populate[name] = NOTHING;
    }
  }
  if (!own && !state.joins.some((join) => byTable.has(join.referencedTable) || isSealedLink(uid, join))) return;
  if (state.joins.some((join) => isSealedLink(uid, join))) {
    throw refuse('SEALED_FIELD_READ', say('type.linkSealed', { uid }));
  }

  const tables = new Map(
    [
      [builder.alias, tableName],
      ['', tableName],
      ...state.joins.map(({ alias, referencedTable }) => [alias, referencedTable]),
    ].map(([alias = '', table = '']) => [alias.toLowerCase(), table]),
  );
  const closedIn = (table: string): Closed | undefined => byTable.get(tables.get(table) ?? table);
  const closedColumn = (column: unknown): [Closed, string] | null => {
    if (typeof column !== 'string') return null;
    const [table, name] = partsOf(column);
    const closed = closedIn(table);
    return closed && (closed.names.has(name) || (name === '*' && closed !== own)) ? [closed, name] : null;
  };
  if (own && state.select.length > 0) {
    const isAll = (column: unknown) =>
      typeof column === 'string' && partsOf(column)[1] === '*' && closedIn(partsOf(column)[0]) === own;
    const kept = state.select
      .flatMap((column) => (isAll(column) ? own.open : [column]))
      .filter((column) => !closedColumn(column));
    state.select = kept.length > 0 ? kept : ['id'];
  }
  state.orderBy = state.orderBy.filter(({ column }) => !closedColumn(column));
  const asked = [...columnsIn(state.where), ...[state.groupBy].flat(), state.count, state.max, state.min, ...state.select];
  for (const column of asked) {
    const found = closedColumn(column);
    if (found) throw refuseQuestion(...found);
  }
};

/** Parts of submissions from before lie in the tables of their components, beside those of other types. */
const hideParts = (strapi: Strapi, { partTables }: AllClosed, { state }: QueryBuilder, component: string): void => {
  if (state.processed || !['select', 'count'].includes(state.type)) return;
  for (const { table, fields } of partTables.values()) {
    const id = table.inverseJoinColumn?.name ?? table.morphColumn?.idColumn.name;
    if (!id) continue;
    const sealed = strapi.db
      .connection(table.name)
      .select(id)
      .whereNotNull(id)
      .whereIn('field', fields)
      .where({ component_type: component });
    (state.where as object[]).push({ id: { $notIn: sealed } });
  }
};

/** In `register`. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const closeQueries = (strapi: Strapi): void => {
  if (protectedTypes(strapi).size === 0) return;
  const manager = strapi.db.entityManager as unknown as EntityManager;
  holdFunctions(strapi, GUARD, 'the entity manager', manager, ['createQueryBuilder']);
  const createQueryBuilder = manager.createQueryBuilder.bind(manager);
  let closed: AllClosed | undefined;

  let isHeld = false;
  const guarded = (builder: QueryBuilder, uid: string): QueryBuilder => {
    // All of them are made by one function; the first ones are asked for while the site boots.
    if (!isHeld) holdFunctions(strapi, GUARD, 'the query builder', builder, ['processState', 'clone']);
    isHeld = true;
    const { processState, clone } = builder;
    const isComponent = !uid.includes('::');
    builder.processState = function guardedState(...rest) {
      if (isOpened()) return processState.call(this, ...rest);
      closed ??= readClosed(strapi);
      if (isComponent) hideParts(strapi, closed, this, uid);
      processState.call(this, ...rest);
      check(strapi, closed, this, uid);
    };
    builder.clone = function guardedClone(...rest) {
      return guarded(clone.call(this, ...rest), uid);
    };
    return builder;
  };
  manager.createQueryBuilder = (uid, ...rest) => guarded(createQueryBuilder(uid, ...rest), uid);
};
