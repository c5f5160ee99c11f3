/**
 * `strapi.db.query` takes components as ids of rows that were written before (an import does that). Those rows are read,
 * their values taken into the sealed record, and the rows deleted, within the transaction of the write.
 */
import type { ProtectedType } from '../protection';
import { attributesOf, type Attribute, type Strapi } from '../strapi';

interface Reference {
  id: number | string;
  __type?: string;
  __pivot?: { component_type?: string };
}
const isReference = (value: unknown): value is Reference =>
  value !== null && typeof value === 'object' && 'id' in value && ['__pivot', '__type'].some((key) => key in value);

type Populate = Record<string, true | { populate: Populate }>;
const nested = (strapi: Strapi, uid: string): Populate => {
  const component = strapi.getModel(uid as never) as { attributes: unknown };
  return Object.fromEntries(
    Object.entries(attributesOf(component))
      .filter(([, { type }]) => ['component', 'relation', 'media', 'dynamiczone'].includes(type))
      .map(([name, { type, component: inner }]): [string, true | { populate: Populate }] => [
        name,
        type === 'component' && inner ? { populate: nested(strapi, inner) } : true,
      ]),
  );
};

const removeRow = async (strapi: Strapi, uid: string, row: Record<string, unknown>): Promise<void> => {
  const component = strapi.getModel(uid as never) as { attributes: unknown };
  for (const [name, { type, component: inner }] of Object.entries(attributesOf(component))) {
    if (type !== 'component' || !inner) continue;
    const rows = (Array.isArray(row[name]) ? row[name] : [row[name]]) as (Record<string, unknown> | null | undefined)[];
    for (const one of rows) if (one) await removeRow(strapi, inner, one);
  }
  await strapi.db.query(uid as never).delete({ where: { id: row.id } as never });
};

const take = async (strapi: Strapi, attribute: Attribute, reference: Reference): Promise<unknown> => {
  const uid = attribute.component ?? reference.__pivot?.component_type ?? reference.__type;
  if (!uid) return reference;
  const query = { where: { id: reference.id }, populate: nested(strapi, uid) };
  const row = (await strapi.db.query(uid as never).findOne(query as never)) as Record<string, unknown> | null;
  if (!row) return reference;
  await removeRow(strapi, uid, row);
  return attribute.type === 'dynamiczone' ? { __component: uid, ...row } : row;
};

export const absorbComponents = async (
  strapi: Strapi,
  { sealedFields, original }: ProtectedType,
  data: Record<string, unknown>,
): Promise<Record<string, unknown>> => {
  const attributes = attributesOf(original);
  const taken: Record<string, unknown> = { ...data };
  for (const name of sealedFields) {
    const attribute = attributes[name];
    const value = data[name];
    if (!attribute || !['component', 'dynamiczone'].includes(attribute.type) || !value) continue;
    if (Array.isArray(value)) {
      const list: unknown[] = [];
      for (const one of value as unknown[]) list.push(isReference(one) ? await take(strapi, attribute, one) : one);
      taken[name] = list;
    } else if (isReference(value)) {
      taken[name] = await take(strapi, attribute, value);
    }
  }
  return taken;
};
