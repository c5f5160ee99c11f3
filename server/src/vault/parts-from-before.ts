/**
 * Parts (components) of rows from before their type was wrapped. Strapi no longer sees them when a row is deleted, so it would
 * leave theirs behind. Nothing but ids is read, and no lifecycle of another plugin runs.
 */
import type { ProtectedType } from '../protection';
import { attributesOf, type Strapi } from '../strapi';

interface PartAttribute {
  joinTable?: {
    name: string;
    joinColumn: { name: string };
    inverseJoinColumn?: { name: string };
    morphColumn?: { idColumn: { name: string } };
  };
}
interface Part {
  uid: string;
  id: number;
}

const metadataOf = (strapi: Strapi, uid: string) =>
  strapi.db.metadata.get(uid) as unknown as { tableName: string; attributes: Record<string, PartAttribute> };

/** Those that hang on rows of a type or a component, and what hangs on them. */
const partsOf = async (strapi: Strapi, trx: unknown, uid: string, names: string[], ids: number[]): Promise<Part[]> => {
  const parts: Part[] = [];
  for (const name of names) {
    const link = metadataOf(strapi, uid).attributes[name]?.joinTable;
    const id = link?.inverseJoinColumn?.name ?? link?.morphColumn?.idColumn.name;
    if (!link || !id || ids.length === 0) continue;
    const rows = (await strapi.db
      .getConnection(link.name)
      .select({ id, uid: 'component_type' })
      .whereIn(link.joinColumn.name, ids)
      .where({ field: name })
      .transacting(trx as never)) as Part[];
    for (const part of rows) parts.push(part, ...(await partsOf(strapi, trx, part.uid, partNames(strapi, part.uid), [part.id])));
  }
  return parts;
};

const isPart = ({ type }: { type: string }): boolean => ['component', 'dynamiczone'].includes(type);
const partNames = (strapi: Strapi, component: string): string[] =>
  Object.entries(attributesOf(strapi.getModel(component as never) as { attributes: unknown }))
    .filter(([, attribute]) => isPart(attribute))
    .map(([name]) => name);

/** @param ids of rows of the type. @returns what deletes their parts, within the same transaction */
export const partsFromBefore = async (
  strapi: Strapi,
  trx: unknown,
  { uid, sealedFields, original }: ProtectedType,
  ids: number[],
): Promise<() => Promise<void>> => {
  const attributes = attributesOf(original);
  const names = sealedFields.filter((name) => attributes[name] && isPart(attributes[name]));
  if (names.length === 0) return async () => undefined;
  const parts = await partsOf(strapi, trx, uid, names, ids);
  return async () => {
    for (const part of parts) {
      const { tableName } = metadataOf(strapi, part.uid);
      await strapi.db
        .getConnection(tableName)
        .where({ id: part.id })
        .delete()
        .transacting(trx as never);
    }
  };
};
