/**
 * Exact search by keyed digests. One statement asks for what is found and for the keys under which there may be digests now:
 * only when another instance changed them since is it asked again.
 */
import type { Knex } from 'knex';
import type { Sealer } from '../encryption';
import type { SearchField } from '../search-fields';
import type { Strapi } from '../strapi';
import { DATA_KEYS_TABLE, DIGESTS_TABLE } from './models';

const MOST = 1000;

export const createSearch = (strapi: Strapi, sealer: Sealer) => {
  /** By form or type: the ids of its search keys, as they were the last time. */
  const seen = new Map<string, string[]>();
  const rowsOf = (table: string) => strapi.db.getConnection(table) as unknown as Knex.QueryBuilder;

  const keysOf = (formOrType: string): Knex.QueryBuilder =>
    rowsOf(DATA_KEYS_TABLE)
      .select(strapi.db.connection.raw('null as id'), { name: 'key_id' })
      .where({ form_or_type: formOrType, purpose: 'search' })
      .whereNot({ state: 'destroyed' });

  const ask = async (formOrType: string, field: string, digests: string[]) => {
    const matches = rowsOf(DIGESTS_TABLE)
      .select({ id: 'id', name: 'record_id' })
      .where({ form_or_type: formOrType, field })
      .whereIn('digest', digests)
      .orderBy('id', 'desc')
      .limit(MOST);
    const rows = (await strapi.db.connection.select('id', 'name').from(matches.as('matches')).unionAll(keysOf(formOrType))) as {
      id: number | null;
      name: string;
    }[];
    const found = rows.filter(({ id }) => id !== null).sort((one, other) => Number(other.id) - Number(one.id));
    return {
      recordIds: found.map(({ name }) => name),
      keyIds: rows.filter(({ id }) => id === null).map(({ name }) => name),
    };
  };

  /** Ids of the records whose field has exactly this value, newest first; at most a thousand. */
  return async (formOrType: string, search: SearchField, value: unknown): Promise<string[]> => {
    for (;;) {
      const known = seen.get(formOrType) ?? [];
      // One that was destroyed meanwhile does not open; then the rest is asked for.
      const digests = await sealer.searchedDigests(known, search, value);
      const { recordIds, keyIds } = await ask(formOrType, search.field, digests);
      seen.set(formOrType, keyIds);
      if (keyIds.every((keyId) => known.includes(keyId))) return recordIds;
    }
  };
};
