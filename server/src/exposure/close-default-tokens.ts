/**
 * Strapi 5.54 makes two API tokens at its first boot that never end and reach every type, those of the future too. Where
 * nobody has ever used one, it loses its reach: it becomes a custom token without a tick. Whoever needs it ticks what it
 * is for. A token that was used is left alone and stands on the overview.
 */
import { record, SYSTEM } from '../audit';
import { protectedTypes } from '../protection';
import { statement, transaction, type Strapi } from '../strapi';

const API_TOKEN = 'admin::api-token';
const DEFAULTS = [
  { name: 'Read Only', type: 'read-only' },
  { name: 'Full Access', type: 'full-access' },
];

/** In `bootstrap`: at the very first boot Strapi has not made them yet, so they are met at the second. */
export const closeDefaultTokens = async (strapi: Strapi): Promise<void> => {
  if (protectedTypes(strapi).size === 0) return;
  const where = { kind: 'content-api', lastUsedAt: null, lifespan: null, $or: DEFAULTS };
  const unused = (await strapi.db.query(API_TOKEN).findMany({ where })) as { id: number; name: string }[];
  for (const { id, name } of unused) {
    await transaction(strapi, async () => {
      // Not read first: SQLite lets a reader become no writer while another process writes.
      await statement(strapi, API_TOKEN).where({ id }).update({ type: 'custom' }).execute();
      await record(strapi, { event: 'token.narrowed', actor: SYSTEM, details: { token: name } });
    });
  }
};
