/** Keys for one use each, derived from a data key (HKDF-SHA256, RFC 5869) and kept as long as it is: deriving costs eight digests. */
import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

const derived = new WeakMap<KeyObject, Map<string, KeyObject>>();

export const derivedKey = (key: KeyObject, use: string): KeyObject => {
  const uses = derived.get(key) ?? new Map<string, KeyObject>();
  derived.set(key, uses);
  const kept = uses.get(use) ?? createSecretKey(Buffer.from(hkdfSync('sha256', key, '', use, 32)));
  uses.set(use, kept);
  return kept;
};
