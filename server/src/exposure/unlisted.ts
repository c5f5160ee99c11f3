/** Every type that is not protected and that strangers can send to: who reads it, what looks personal, and what was decided. */
import { capital, inWords } from '../sentences';
import type { UnlistedType } from '../contract';
import {
  configLineOf,
  entriesOf,
  publicDecisions,
  readAccess,
  unlistedStates,
  type PublicDecision,
  type UnlistedState,
  type Way,
} from '../protection';
import type { Strapi } from '../strapi';

export interface Unlisted extends UnlistedState {
  decision: PublicDecision | null;
  /** Whoever reads what strangers (not the site itself, by a token) send. */
  visitors: Way[];
  tokens: Way[];
  /** What looks personal and nobody decided about. */
  undecided: string[];
}

const readersAmong = ({ sends, reads }: UnlistedState): Pick<Unlisted, 'visitors' | 'tokens'> => ({
  visitors: sends.length > 0 ? reads.filter(({ isToken }) => !isToken) : [],
  tokens: sends.some(({ isToken }) => !isToken) ? reads.filter(({ isToken }) => isToken) : [],
});

/** Types that strangers can send to, and those of which something was decided. */
export const findUnlisted = async (strapi: Strapi): Promise<Unlisted[]> => {
  const decisions = await publicDecisions(strapi);
  const access = await readAccess(strapi);
  const wide = access.tokens.filter(({ type }) => type !== 'custom');
  return unlistedStates({ ...access, wide })
    .filter(({ uid, sends }) => sends.length > 0 || decisions.has(uid))
    .map((state) => {
      const decision = decisions.get(state.uid) ?? null;
      const undecided = state.signs.strong.filter((name) => !decision || !(decision.attributes?.includes(name) ?? true));
      return { ...state, decision, undecided, ...readersAmong(state) };
    });
};

/** Each said once. */
export const audiences = (ways: Way[]): string[] => [...new Set(ways.map(({ audience }) => inWords(audience)))];

const stateOf = ({ decision, undecided, visitors, tokens, signs }: Unlisted): UnlistedType['state'] => {
  if (visitors.length > 0 && undecided.length > 0) return 'open';
  if (decision) return 'decided';
  if (visitors.length > 0) return signs.weak.length > 0 ? 'weak' : 'harmless';
  return tokens.length > 0 ? 'tokens' : 'closed';
};

/** @param maySeeTokens names of tokens are for those who can act on them */
export const listUnlisted = async (strapi: Strapi, maySeeTokens: boolean): Promise<UnlistedType[]> => {
  const listed: UnlistedType[] = [];
  for (const unlisted of await findUnlisted(strapi)) {
    const { uid, label, sends, visitors, tokens, signs, decision } = unlisted;
    const shown = (ways: Way[]): string[] => audiences(ways.filter(({ isToken }) => maySeeTokens || !isToken)).map(capital);
    listed.push({
      formOrType: uid,
      label,
      attributes: signs.strong,
      weakAttributes: signs.weak,
      configLine: configLineOf(uid),
      entries: (await entriesOf(strapi, uid)).submissions,
      senders: shown(sends),
      readers: shown([...visitors, ...tokens]),
      state: stateOf(unlisted),
      decision: decision && { reason: decision.reason, by: decision.by, at: decision.at },
    });
  }
  return listed;
};
