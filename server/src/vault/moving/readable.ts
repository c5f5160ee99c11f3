/** The values of a row as its type says them, without the ids of the rows they came from: what a reader is shown. */
import { uniq } from 'lodash';
import type { Values } from '../../encryption';
import { whileOpened, type ProtectedType } from '../../protection';
import { attributesOf, type Attribute, type Strapi } from '../../strapi';
import { isGiven } from '../take-values';
import type { Anatomy } from './anatomy';
import type { RawRow } from './raw-rows';

type Row = Record<string, unknown>;
type Populate = Record<string, unknown>;
const isRow = (value: unknown): value is Row => value !== null && typeof value === 'object';

const attributesIn = (strapi: Strapi, component: string): Record<string, Attribute> =>
  attributesOf(strapi.getModel(component as never) as { attributes: unknown });

const populateFor = (strapi: Strapi, attributes: Record<string, Attribute>, names: string[]): Populate =>
  Object.fromEntries(
    names.flatMap((name): [string, unknown][] => {
      const { type, component, components = [] } = attributes[name] ?? { type: '' };
      const inner = (uid: string) => ({
        populate: populateFor(strapi, attributesIn(strapi, uid), Object.keys(attributesIn(strapi, uid))),
      });
      if (type === 'component' && component) return [[name, inner(component)]];
      if (type === 'dynamiczone') return [[name, { on: Object.fromEntries(components.map((uid) => [uid, inner(uid)])) }]];
      return type === 'relation' ? [[name, true]] : [];
    }),
  );

/** A row of another type by its document id, as somebody who sends a submission names it. */
const reference = (row: unknown): unknown => (isRow(row) ? (row.documentId ?? row.id) : row);

const readOne = (strapi: Strapi, attribute: Attribute, value: unknown): unknown => {
  if (value === null || value === undefined) return value;
  if (attribute.type === 'relation') return Array.isArray(value) ? uniq(value.map(reference)) : reference(value);
  if (attribute.type !== 'component' && attribute.type !== 'dynamiczone') return value;
  const part = (row: unknown): unknown => {
    if (!isRow(row)) return row;
    const uid = attribute.component ?? String(row.__component);
    const values = readAttributes(strapi, attributesIn(strapi, uid), row);
    return attribute.type === 'dynamiczone' ? { __component: uid, ...values } : values;
  };
  return Array.isArray(value) ? value.map(part) : part(value);
};

const readAttributes = (strapi: Strapi, attributes: Record<string, Attribute>, row: Row): Values =>
  Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => isGiven(row[name]))
      .map(([name, attribute]) => [name, readOne(strapi, attribute, row[name])]),
  );

interface Builder {
  init(params: { where: object; populate: Populate }): { execute(): Promise<Row[]> };
}

/** Of these rows, by their ids. No lifecycle of any plugin sees them: they come from the query builder. */
export const readableValues = async (
  strapi: Strapi,
  { uid, sealedFields, original }: ProtectedType,
  { columns }: Anatomy,
  raw: RawRow[],
): Promise<Map<number, Values>> => {
  const attributes = attributesOf(original);
  const names = sealedFields.filter((name) => attributes[name]?.type !== 'media');
  const sealed = Object.fromEntries(names.map((name) => [name, attributes[name] as Attribute]));
  const populate = populateFor(strapi, attributes, names);
  const builder = strapi.db.queryBuilder(uid) as unknown as Builder;
  const ids = raw.map(({ row }) => Number(row.id));
  const rows = await whileOpened(() => builder.init({ where: { id: { $in: ids } }, populate }).execute());
  const values = new Map(rows.map((row) => [Number(row.id), readAttributes(strapi, sealed, row)]));
  // Strapi reads whole numbers that JavaScript cannot hold as others (SQLite).
  for (const { row } of raw) {
    for (const [name, [column = '']] of columns) {
      const own = values.get(Number(row.id));
      if (own && attributes[name]?.type === 'biginteger' && row[column] !== null) own[name] = String(row[column]);
    }
  }
  return values;
};
