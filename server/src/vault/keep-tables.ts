/**
 * Keeps the tables of the plugin, and what is in them, from two habits of Strapi 5.54: it drops a table that it once
 * tracked and that no loaded model names (the plugin may be switched off by mistake), and before an import or a transfer
 * it empties the table of every registered model.
 */
import { notAsExpected } from '../protection';
import type { Strapi } from '../strapi';

const HIDE = 'hide-models';
const KEEP = 'keep-tables';

/** In `bootstrap`: the database knows our models by now, and nobody else needs to find them in the registry. */
export const hideModels = (strapi: Strapi, uids: string[]): void => {
  const list = () => strapi.get('models').get() as { uid: string }[];
  const registered = list();
  for (const uid of uids) {
    const at = registered.findIndex((model) => model.uid === uid);
    if (at >= 0) registered.splice(at, 1);
  }
  if (list().some(({ uid }) => uids.includes(uid))) {
    throw notAsExpected(
      strapi,
      HIDE,
      'the registry of models keeps a list that cannot be shortened, so an import would empty the vault',
    );
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

const SETTINGS_TABLE = 'strapi_core_store_settings';
interface SchemaDiff {
  diff(schemas: object): Promise<{ diff: { tables: { removed: { name: string }[] } } }>;
}

/** Asks Strapi what it would drop if the plugin were away. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const tryKeptTables = async (strapi: Strapi, [name = '']: string[]): Promise<void> => {
  const { schemaDiff } = strapi.db.schema as unknown as { schemaDiff: SchemaDiff };
  const empty = { columns: [], indexes: [], foreignKeys: [] };
  const others = { tables: [{ name: SETTINGS_TABLE, ...empty }] };
  const all = { tables: [...others.tables, { name, ...empty }] };
  const { diff } = await schemaDiff.diff({ previousSchema: all, databaseSchema: all, userSchema: others });
  if (diff.tables.removed.some((table) => table.name === name)) {
    throw notAsExpected(strapi, KEEP, 'a table on the list of kept ones would be dropped');
  }
};
