/**
 * What strangers send and strangers (or whoever holds a token) can read, of types that nobody listed: as it is, and what a save would
 * newly make so. Judged on what there would be, whichever came last: who reads, who sends, or what is asked for. Pure.
 */
import type { Access, Way } from './access';
import { unlistedTypes, waysOf } from './access';
import { personalAttributes, type Signs } from './personal-attributes';

/** Whether it was decided that this attribute of this type is meant to be public. */
export type IsDecided = (uid: string, attribute: string) => boolean;

export interface Publication {
  uid: string;
  label: string;
  sends: Way;
  reads: Way;
  attribute: string;
}

/** What a token sends and a token reads, the site keeps to itself. */
const isAmongTokens = (sends: Way, reads: Way): boolean => sends.isToken && reads.isToken;

export const publicationsOf = (access: Access): Publication[] => {
  const ways = waysOf(access);
  return unlistedTypes(access).flatMap((uid) => {
    const { sends = [], reads = [] } = ways.get(uid) ?? {};
    const pairs = sends.flatMap((send) =>
      reads.filter((read) => !isAmongTokens(send, read)).map((read) => [send, read] as const),
    );
    if (pairs.length === 0) return [];
    const label = access.schemas.types[uid]?.label ?? uid;
    return personalAttributes(uid, access.schemas).strong.flatMap((attribute) =>
      pairs.map(([send, read]) => ({ uid, label, sends: send, reads: read, attribute })),
    );
  });
};

const nameOf = ({ by, action }: Way): string => `${by} ${action}`;
const keyOf = ({ uid, sends, reads, attribute }: Publication): string =>
  [uid, nameOf(sends), nameOf(reads), attribute].join(' | ');

export interface NewPublication extends Publication {
  /** What of it is new, as machines call it: an action, or an attribute. */
  cause: string;
}

export const newPublications = (before: Access, after: Access, isDecided: IsDecided): NewPublication[] => {
  const known = new Set(publicationsOf(before).map(keyOf));
  const opened = publicationsOf(after).filter((one) => !known.has(keyOf(one)) && !isDecided(one.uid, one.attribute));
  if (opened.length === 0) return [];
  const ways = waysOf(before);
  return opened.flatMap((one) => {
    const { sends = [], reads = [] } = ways.get(one.uid) ?? {};
    const isNew = (way: Way, among: Way[]): boolean => !among.some((other) => nameOf(other) === nameOf(way));
    const causes = [
      ...(isNew(one.reads, reads) ? [one.reads.action] : []),
      ...(isNew(one.sends, sends) ? [one.sends.action] : []),
    ];
    return (causes.length > 0 ? causes : [`add ${one.uid}.${one.attribute}`]).map((cause) => ({ ...one, cause }));
  });
};

/** Of each type, for the overview. */
export interface UnlistedState {
  uid: string;
  label: string;
  sends: Way[];
  reads: Way[];
  signs: Signs;
}
export const unlistedStates = (access: Access): UnlistedState[] => {
  const ways = waysOf(access);
  return unlistedTypes(access).map((uid) => ({
    uid,
    label: access.schemas.types[uid]?.label ?? uid,
    sends: ways.get(uid)?.sends ?? [],
    reads: ways.get(uid)?.reads ?? [],
    signs: personalAttributes(uid, access.schemas),
  }));
};
