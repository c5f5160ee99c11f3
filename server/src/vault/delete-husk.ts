/** Deletes the entry of a wrapped type's submission on behalf of the plugin's own pages; the submission goes with it. */
import type { Strapi } from '../strapi';

interface Repository {
  delete(params: { documentId: string; locale: string }): Promise<{ entries: unknown[] }>;
}

/** @returns false where there is no entry: then the submission is still there */
export const deleteHusk = async (strapi: Strapi, uid: string, documentId: string): Promise<boolean> => {
  if ((await strapi.db.query(uid as never).count({ where: { documentId } as never })) === 0) return false;
  await (strapi.documents(uid as never) as unknown as Repository).delete({ documentId, locale: '*' });
  return true;
};
