/** The question that every save is asked beside the one about wrapped types: does it publish what strangers send to a type nobody listed? */
import { groupBy } from 'lodash';
import type { Strapi } from '../../strapi';
import type { Opening } from '../refuse-exposure';
import type { Access } from './access';
import { isDecidedBy, publicDecisions } from './decisions';
import { newPublications } from './publications';
import { readAccess } from './read-access';

/**
 * Nothing while the site is starting: what its own code opens then is on the overview, and a refusal would stop the server.
 * @param change what the save would make of it @param before where something has to be looked at anew, as it is now
 */
export const publicationsBy = async (
  strapi: Strapi,
  change: (access: Access) => Access | Promise<Access>,
  before: (access: Access) => Access = (access) => access,
): Promise<Opening[]> => {
  if (!strapi.isLoaded) return [];
  const now = await readAccess(strapi);
  const opened = newPublications(before(now), await change(now), isDecidedBy(await publicDecisions(strapi)));
  const same = groupBy(opened, ({ uid, cause, reads }) => JSON.stringify([uid, cause, reads.audience]));
  return Object.values(same).flatMap((all) =>
    all.slice(0, 1).map(({ uid, label, cause, reads }): Opening => {
      const signs = [...new Set(all.map(({ attribute }) => attribute))];
      return { uid, action: cause, effect: 'published', audience: reads.audience, label, signs };
    }),
  );
};

export { decidePublic, publicDecisions, takeBackPublic, type PublicDecision } from './decisions';
export { unlistedStates, type UnlistedState } from './publications';
export { configLineOf, entriesOf } from './entries';
export { readAccess, signUpOf, type SignUpSettings } from './read-access';
export type { Access, AccessToken, Way } from './access';
