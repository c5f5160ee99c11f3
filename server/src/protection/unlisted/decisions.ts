/**
 * What was decided to be public: by name in the config of the plugin, or by a super admin with a reason, for which the audit vouches. A
 * decision of a person is about what looked personal then; what is asked for later is a question of its own.
 */
import { listsAbout, recordChange, type Actor } from '../../audit';
import { configOf, type Strapi } from '../../strapi';
import type { IsDecided } from './publications';

export interface PublicDecision {
  reason: string;
  /** null: it stands in the config. */
  by: string | null;
  at: string | null;
  /** null: all of them. */
  attributes: string[] | null;
}
type Decisions = Record<string, PublicDecision>;

const ABOUT = ['form-guard:publications'];

/** Where the audit does not vouch for what is there, nothing was decided by a person. */
export const publicDecisions = async (strapi: Strapi): Promise<Map<string, PublicDecision>> => {
  const [decided] = ((await listsAbout(strapi, ABOUT)) ?? []) as (Decisions | null)[];
  const decisions = new Map(Object.entries(decided ?? {}));
  for (const [uid, reason] of Object.entries(configOf(strapi).meantToBePublic)) {
    decisions.set(uid, { reason, by: null, at: null, attributes: null });
  }
  return decisions;
};

export const isDecidedBy =
  (decisions: ReadonlyMap<string, PublicDecision>): IsDecided =>
  (uid, attribute) => {
    const decision = decisions.get(uid);
    return decision !== undefined && (decision.attributes === null || decision.attributes.includes(attribute));
  };

interface Deciding {
  uid: string;
  label: string;
  reason: string;
  attributes: string[];
}

export const decidePublic = async (strapi: Strapi, deciding: Deciding, actor: Actor): Promise<void> => {
  const { uid, label, reason, attributes } = deciding;
  const decision: PublicDecision = { reason, by: actor.name ?? actor.kind, at: new Date().toISOString(), attributes };
  await recordChange(
    strapi,
    { event: 'publication.decided', actor, formOrType: uid, details: { label, reason, attributes } },
    { about: ABOUT, change: ([decided]) => [{ ...(decided as Decisions), [uid]: decision }] },
  );
};

export const takeBackPublic = async (strapi: Strapi, uid: string, label: string, actor: Actor): Promise<void> => {
  const without = (decided: Decisions): Decisions =>
    Object.fromEntries(Object.entries(decided).filter(([decidedUid]) => decidedUid !== uid));
  await recordChange(
    strapi,
    { event: 'publication.takenBack', actor, formOrType: uid, details: { label } },
    { about: ABOUT, change: ([decided]) => [without(decided as Decisions)] },
  );
};
