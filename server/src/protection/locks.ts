/** What the banner on the permission screens says: which types are locked, and how much lies behind the lock. */
import type { Locks } from '../contract';
import { configOf, type Strapi } from '../strapi';
import { protectedTypes } from './protected-types';
import { tallyOf } from './refuse-exposure';

export const locksRoute = (strapi: () => Strapi) => ({
  method: 'GET',
  path: '/locks',
  handler: async (): Promise<{ data: Locks }> => {
    const types = [];
    for (const { uid, label, fileFields } of protectedTypes(strapi()).values()) {
      const { submissions } = await tallyOf(strapi(), uid);
      types.push({ id: uid, label, submissions, hasFiles: fileFields.length > 0 });
    }
    const entryEvents = types.length > 0 && !configOf(strapi()).unsafeEntryWebhooks;
    return { data: { types, entryEvents } };
  },
  // Any signed-in admin: whoever can open those screens must see why they are locked.
  config: { policies: ['admin::isAuthenticatedAdmin'] },
});
