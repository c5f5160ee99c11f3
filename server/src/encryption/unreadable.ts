/** The one fault for what does not open. Why it does not is kept apart from it: for the operator's numbers, never for a caller. */
import { Fault } from '../fault';

export const UNREADABLE_BECAUSE = {
  ROOT_KEY_UNKNOWN: 'the root key is not there',
  DATA_KEY_DESTROYED: 'the key was destroyed',
  DATA_KEY_MISSING: 'the key is not in the database',
  CHANGED: 'the sealed value was changed, cut or moved',
  FILE_MISSING: 'the file is not in the file store',
} as const;
export type UnreadableReason = keyof typeof UNREADABLE_BECAUSE;
export const isUnreadableReason = (code: string): code is UnreadableReason => Object.hasOwn(UNREADABLE_BECAUSE, code);

const reasons = new WeakMap<Fault, UnreadableReason>();

/** @param what does not open: `"values" of record 7K2M… of "form:…"` */
export const unreadable = (what: string, reason: UnreadableReason): Fault => {
  const fault = new Fault('SEALED_VALUE_UNREADABLE', `${what} does not open`);
  reasons.set(fault, reason);
  return fault;
};

/** @throws the error itself where it says nothing about the value: a database, a disk or a key provider that is down */
export const whyUnreadable = (error: unknown): UnreadableReason => {
  const reason = error instanceof Fault ? reasons.get(error) : undefined;
  if (!reason) throw error;
  return reason;
};
