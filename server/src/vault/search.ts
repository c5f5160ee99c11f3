/**
 * Exact search by keyed digests. One statement asks for what is found and for the keys under which there may be digests now:
 * only when another instance changed them since is it asked again.
 */
import type { Sealer } from '../encryption';
import type { SearchField } from '../search-fields';
import { rowsOfSql, sqlName, type Strapi } from '../strapi';
import { DATA_KEYS_TABLE, DIGESTS_TABLE, VAULT_TABLE } from './models';

const MOST = 1000;

export const createSearch = (strapi: Strapi, sealer: Sealer) => {
  /** By form or type: the ids of its search keys, as they were the last time. */
  const seen = new Map<string, string[]>();
  const [digestsName, keysName, vaultName] = [DIGESTS_TABLE, DATA_KEYS_TABLE, VAULT_TABLE].map((name) => sqlName(strapi, name));
  const sqlOf = (digests: readonly string[]): string =>
    `select id, name from (select id, record_id as name from ${digestsName} as d
        where form_or_type = ? and field = ? and digest in (${digests.map(() => '?').join() || 'null'})
          and not exists (select 1 from ${vaultName} as v
            where v.form_or_type = d.form_or_type and v.record_id = d.record_id and v.binned_at is not null)
        order by id desc limit ${MOST}) as matches
      union all select null, key_id from ${keysName}
        where form_or_type = ? and purpose = 'search' and state <> 'destroyed'`;

  /** Written as SQL: to have it made of parts, twice in one statement, took half as long as the database takes to answer. */
  const ask = async (formOrType: string, field: string, digests: string[]) => {
    const rows = await rowsOfSql<{ id: number | null; name: string }>(strapi, sqlOf(digests), [
      formOrType,
      field,
      ...digests,
      formOrType,
    ]);
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
