/**
 * Exact search by keyed digests. One statement asks for what is found and for the keys under which there may be digests now:
 * only when another instance changed them since is it asked again.
 */
import type { Sealer } from '../encryption';
import type { SearchField } from '../search-fields';
import { rowsOfSql, sqlName, type Strapi } from '../strapi';
import { formerNamesOf, namesOf } from './former-names';
import { DATA_KEYS_TABLE, DIGESTS_TABLE, VAULT_TABLE } from './models';

const MOST = 1000;
const marks = (values: readonly unknown[]): string => values.map(() => '?').join() || 'null';

export const createSearch = (strapi: Strapi, sealer: Sealer) => {
  /** By form or type: the ids of its search keys, as they were the last time. */
  const seen = new Map<string, string[]>();
  const [digestsName, keysName, vaultName] = [DIGESTS_TABLE, DATA_KEYS_TABLE, VAULT_TABLE].map((name) => sqlName(strapi, name));
  const sqlOf = (fields: readonly string[], digests: readonly string[]): string =>
    `select id, name from (select id, record_id as name from ${digestsName} as d
        where form_or_type = ? and field in (${marks(fields)}) and digest in (${marks(digests)})
          and not exists (select 1 from ${vaultName} as v
            where v.form_or_type = d.form_or_type and v.record_id = d.record_id and v.binned_at is not null)
        order by id desc limit ${MOST}) as matches
      union all select null, key_id from ${keysName}
        where form_or_type = ? and purpose = 'search' and state <> 'destroyed'`;

  /** Written as SQL: to have it made of parts, twice in one statement, took half as long as the database takes to answer. */
  const ask = async (formOrType: string, fields: string[], digests: string[]) => {
    const rows = await rowsOfSql<{ id: number | null; name: string }>(strapi, sqlOf(fields, digests), [
      formOrType,
      ...fields,
      ...digests,
      formOrType,
    ]);
    const found = rows.filter(({ id }) => id !== null).sort((one, other) => Number(other.id) - Number(one.id));
    return {
      recordIds: [...new Set(found.map(({ name }) => name))],
      keyIds: rows.filter(({ id }) => id === null).map(({ name }) => name),
    };
  };

  /** Ids of the records whose field has exactly this value, newest first; at most a thousand. */
  return async (formOrType: string, search: SearchField, value: unknown): Promise<string[]> => {
    const fields = namesOf(search.field, formerNamesOf(strapi, formOrType));
    for (;;) {
      const known = seen.get(formOrType) ?? [];
      // One that was destroyed meanwhile does not open; then the rest is asked for.
      const digests: string[] = [];
      for (const field of fields) digests.push(...(await sealer.searchedDigests(known, { ...search, field }, value)));
      const { recordIds, keyIds } = await ask(formOrType, fields, digests);
      seen.set(formOrType, keyIds);
      if (keyIds.every((keyId) => known.includes(keyId))) return recordIds;
    }
  };
};
