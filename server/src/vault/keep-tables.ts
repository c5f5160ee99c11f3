/**
 * Strapi 5.54 drops a table that it once tracked and that no loaded model names. The plugin may be switched off by
 * mistake; so its tables are on Strapi's list of tables to keep.
 */
import type { Strapi } from '../strapi';

const KEPT = { type: 'core', key: 'persisted_tables' };
type Listed = string | { name: string };
const nameOf = (listed: Listed): string => (typeof listed === 'string' ? listed : listed.name);

export const keepTables = async (strapi: Strapi, tables: string[]): Promise<void> => {
  const listed = ((await strapi.store.get(KEPT)) as Listed[] | null) ?? [];
  const missing = tables.filter((table) => !listed.map(nameOf).includes(table));
  if (missing.length > 0) await strapi.store.set({ ...KEPT, value: [...listed, ...missing] });
};
