/**
 * Refuses a change that would open wrapped types: counts what it would have exposed, writes the attempt down, throws the
 * refusal that the admin shows as a dialog. Nothing has been written when this runs.
 */
import { VISIBILITY_CHANGE_REFUSED, type RefusedExposure, type VisibilityRefusalDetails } from '../contract';
import { record, type Actor } from '../audit';
import { refuse } from '../errors';
import type { Strapi } from '../strapi';
import { exposureSentence, refusalSentence } from './impact';
import { protectedType } from './protected-types';

export interface Tally {
  submissions: number;
  since: string | null;
}
/** Counting belongs to the vault, which stands behind this room; index.ts hands the function in. */
export type CountSubmissions = (formOrType: string) => Promise<Tally>;
const counters = new WeakMap<Strapi, CountSubmissions>();
export const countWith = (strapi: Strapi, count: CountSubmissions): void => void counters.set(strapi, count);
export const tallyOf = async (strapi: Strapi, formOrType: string): Promise<Tally> =>
  (await counters.get(strapi)?.(formOrType)) ?? { submissions: 0, since: null };

export interface Opening {
  uid: string;
  action: string;
}

/** @throws a PolicyError (403) with VisibilityRefusalDetails, when `openings` is not empty. */
export const refuseExposure = async (
  strapi: Strapi,
  { openings, audience, actor }: { openings: Opening[]; audience: string; actor: Actor },
): Promise<void> => {
  const exposures: RefusedExposure[] = [];
  for (const { uid, action } of openings) {
    const label = protectedType(strapi, uid)?.label ?? uid;
    const { submissions, since } = await tallyOf(strapi, uid);
    const sentence = exposureSentence({ label, submissions, since }, audience);
    exposures.push({ formOrType: uid, label, submissions, since, action, audience, sentence });
  }
  const first = exposures[0];
  if (!first) return;
  for (const formOrType of new Set(exposures.map((exposure) => exposure.formOrType))) {
    const actions = exposures.filter((one) => one.formOrType === formOrType).map((one) => one.action);
    await record(strapi, { event: 'visibility.refused', actor, formOrType, details: { audience, actions } });
  }
  const details: VisibilityRefusalDetails = {
    code: VISIBILITY_CHANGE_REFUSED,
    exposures,
    saferWay: { formOrType: first.formOrType, label: first.label },
  };
  throw refuse(VISIBILITY_CHANGE_REFUSED, refusalSentence(exposures), { ...details });
};
