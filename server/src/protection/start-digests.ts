/**
 * Links that were mailed before the plugin was there lie in the database as they were mailed: somebody may have read them, so
 * they end, on record. Everybody gets a new one in the way that the log says.
 */
import { record } from '../audit';
import { say } from '../sentences';
import { statement, transaction, type Strapi } from '../strapi';
import { BEGINNING, digestWith, tokenPlaces } from './account-tokens';
import { currentActor } from './actor';

/** In `bootstrap`, when entries can be recorded. @param key that only the vault has */
export const startDigests = async (strapi: Strapi, key: string): Promise<void> => {
  digestWith(strapi, key);
  const links = await transaction(strapi, async () => {
    let ended = 0;
    for (const [uid, name] of tokenPlaces(strapi)) {
      const older = { [name]: { $notNull: true, $not: { $startsWith: BEGINNING } } };
      ended += Number(
        await statement(strapi, uid)
          .where(older)
          .update({ [name]: null })
          .execute(),
      );
    }
    if (ended > 0) await record(strapi, { event: 'links.ended', actor: currentActor(strapi), details: { links: ended } });
    return ended;
  });
  if (links > 0) strapi.log.warn(say('links.ended', { links }));
};
