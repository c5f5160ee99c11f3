/** Tries the guard of close-queries.ts with a canary. */
import type { Strapi } from '../strapi';
import { GUARD, metadataOf, type QueryBuilder } from './close-queries';
import { notAsExpected } from './hold';
import { protectedTypes } from './protected-types';

const CANARY = 'form-guard-canary';

/** In `bootstrap`: asks the way Strapi does, without reaching the database. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const tryQueries = async (strapi: Strapi): Promise<void> => {
  for (const { uid, sealedFields } of protectedTypes(strapi).values()) {
    const { attributes } = metadataOf(strapi, uid);
    const column = sealedFields.find((name) => ['string', 'text', 'email', 'richtext'].includes(attributes[name]?.type ?? ''));
    if (!column) continue;
    const { sql } = (strapi.db.queryBuilder(uid) as unknown as QueryBuilder).select('*').getKnexQuery().toSQL();
    const name = attributes[column]?.columnName ?? column;
    if (sql.includes('*') || sql.includes(`${name}\``) || sql.includes(`${name}"`)) {
      throw notAsExpected(strapi, GUARD, `a query on ${uid} still selects the sealed "${column}"`);
    }
    const where = { [column]: CANARY } as never;
    const isRefused = await strapi.db
      .query(uid as never)
      .count({ where })
      .then(
        () => false,
        (error: { details?: { code?: string } }) => error.details?.code === 'SEALED_FIELD_READ',
      );
    if (!isRefused) throw notAsExpected(strapi, GUARD, `a filter on the sealed "${column}" of ${uid} is answered`);
  }
};
