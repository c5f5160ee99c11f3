/** How much there is of a type that nobody listed, and the line that would protect it. */
import { attributesOf, isStrapisOwn, type Strapi } from '../../strapi';

/** For `protect` in config/plugins; null where a type cannot be protected. */
export const configLineOf = (uid: string): string | null => (isStrapisOwn(uid) ? null : `'${uid}': {},`);

/** How many entries a type has, counted as people count them, and since when. */
export const entriesOf = async (strapi: Strapi, uid: string): Promise<{ submissions: number; since: string | null }> => {
  // A type that is only being made has none.
  if (!strapi.contentTypes[uid as never]) return { submissions: 0, since: null };
  const meta = strapi.db.metadata.get(uid) as unknown as { tableName: string; attributes: unknown };
  const { documentId, createdAt } = attributesOf(meta) as Record<string, { columnName?: string }>;
  const [row] = (await strapi.db
    .getConnection(meta.tableName)
    .countDistinct({ entries: documentId?.columnName ?? 'document_id' })
    .min({ since: createdAt?.columnName ?? 'created_at' })) as { entries: number | string; since: unknown }[];
  const since = row?.since ? new Date(row.since as string) : null;
  const isDate = since !== null && !Number.isNaN(since.getTime());
  return { submissions: Number(row?.entries ?? 0), since: isDate ? since.toISOString() : null };
};
