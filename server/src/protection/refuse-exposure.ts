/**
 * Refuses a change that would open or destroy submissions: counts what it would have reached, writes the attempt down,
 * throws the refusal that the admin shows as a dialog. Nothing has been written when this runs.
 */
import { groupBy, uniq } from 'lodash';
import { VISIBILITY_CHANGE_REFUSED, type RefusedExposure, type UnlistedChoice, type VisibilityRefusalDetails } from '../contract';
import { record, type Actor } from '../audit';
import { refuse } from '../errors';
import type { Context, Strapi } from '../strapi';
import { isSuperAdmin } from './actor';
import { audienceInWords, audienceOf, exposureSentence, refusalSentence, saferSentence, type Effect } from './impact';
import { protectedType } from './protected-types';
import { configLineOf, entriesOf } from './unlisted/entries';

export interface Tally {
  submissions: number;
  /** Deleted ones, which can still be taken back. */
  binned: number;
  since: string | null;
}
/** Counting belongs to the vault, which stands behind this room; index.ts hands the function in. */
export type CountSubmissions = (formOrType: string) => Promise<Tally>;
const counters = new WeakMap<Strapi, CountSubmissions>();
export const countWith = (strapi: Strapi, count: CountSubmissions): void => void counters.set(strapi, count);
export const tallyOf = async (strapi: Strapi, formOrType: string): Promise<Tally> =>
  (await counters.get(strapi)?.(formOrType)) ?? { submissions: 0, binned: 0, since: null };

/** One thing that was tried, and what it would have done. `action` is what machines call it. */
export type Opening = { uid: string; action: string } & Effect;

const exposureOf = async (strapi: Strapi, opening: Opening): Promise<RefusedExposure> => {
  const { uid, action, effect } = opening;
  const isUnlisted = effect === 'published';
  const label = isUnlisted ? opening.label : (protectedType(strapi, uid)?.label ?? uid);
  const counted: Omit<Tally, 'binned'> & Partial<Tally> = await (isUnlisted ? entriesOf(strapi, uid) : tallyOf(strapi, uid));
  const { submissions: live, since, binned = 0 } = counted;
  // Nobody could take back what is in the bin any more.
  const submissions = effect === 'destroyed' ? live + binned : live;
  const sentence = exposureSentence({ label, submissions }, opening);
  return { formOrType: uid, label, submissions, since, effect, action, audience: audienceInWords(opening), sentence };
};

/** What says the same to a person is one line; its actions stand side by side. */
const oneLineEach = (exposures: RefusedExposure[]): RefusedExposure[] =>
  Object.values(groupBy(exposures, 'sentence')).flatMap((same) => {
    const actions = uniq(same.map(({ action }) => action));
    return same.slice(0, 1).map((first) => ({ ...first, action: actions.join(', ') }));
  });

/** What is needed for the two ways out of publishing a type that nobody listed. */
const choicesFor = (openings: Opening[]): UnlistedChoice[] => {
  const published = openings.flatMap((opening) => (opening.effect === 'published' ? [opening] : []));
  return Object.values(groupBy(published, 'uid')).flatMap((same) =>
    same.slice(0, 1).map(({ uid, label }) => ({
      formOrType: uid,
      label,
      attributes: uniq(same.flatMap(({ signs }) => signs)),
      configLine: configLineOf(uid),
    })),
  );
};

/** @throws a PolicyError (403) with VisibilityRefusalDetails, when `openings` is not empty. */
export const refuseExposure = async (
  strapi: Strapi,
  { openings, actor, allow }: { openings: Opening[]; actor: Actor; allow?: VisibilityRefusalDetails['allow'] },
): Promise<void> => {
  const byAudience = groupBy(openings, (opening) => JSON.stringify([opening.uid, audienceOf(opening)]));
  for (const same of Object.values(byAudience)) {
    const actions = uniq(same.map(({ action }) => action));
    const effects = uniq(same.map(({ effect }) => effect));
    for (const opening of same.slice(0, 1)) {
      const details = { audience: audienceOf(opening), actions, effects };
      await record(strapi, { event: 'visibility.refused', actor, formOrType: opening.uid, details });
    }
  }
  const exposures: RefusedExposure[] = [];
  for (const opening of openings) exposures.push(await exposureOf(strapi, opening));
  const lines = oneLineEach(exposures);
  const [first] = lines;
  if (!first) return;
  const details: VisibilityRefusalDetails = {
    code: VISIBILITY_CHANGE_REFUSED,
    exposures: lines,
    unlisted: choicesFor(openings),
    mayDecide: isSuperAdmin(strapi.requestContext.get() as Context | undefined),
    saferWay: { formOrType: first.formOrType, label: first.label, sentence: saferSentence(lines) },
    ...(allow ? { allow } : {}),
  };
  throw refuse(VISIBILITY_CHANGE_REFUSED, refusalSentence(lines), { ...details });
};
