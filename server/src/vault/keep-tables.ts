/**
 * Keeps the tables of the plugin, and what is in them, from two habits of Strapi 5.54: it drops a table that it once
 * tracked and that no loaded model names (the plugin may be switched off by mistake), and before an import or a transfer
 * it empties the table of every registered model.
 */
import type { Strapi } from '../strapi';

/** In `bootstrap`: the database knows our models by now, and nobody else needs to find them in the registry. */
export const hideModels = (strapi: Strapi, uids: string[]): void => {
  const registered = strapi.get('models').get() as { uid: string }[];
  for (const uid of uids) {
    const at = registered.findIndex((model) => model.uid === uid);
    if (at >= 0) registered.splice(at, 1);
  }
};

const KEPT = { type: 'core', key: 'persisted_tables' };
type Listed = string | { name: string };
const nameOf = (listed: Listed): string => (typeof listed === 'string' ? listed : listed.name);

export const keepTables = async (strapi: Strapi, tables: string[]): Promise<void> => {
  const listed = ((await strapi.store.get(KEPT)) as Listed[] | null) ?? [];
  const missing = tables.filter((table) => !listed.map(nameOf).includes(table));
  if (missing.length > 0) await strapi.store.set({ ...KEPT, value: [...listed, ...missing] });
};
