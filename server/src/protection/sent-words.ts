/**
 * What somebody sent, kept as it came while their request lasts, to know a text that repeats a part of it. Pure.
 */
import { decoded } from './readings';

/** Shorter ones are in every sentence. */
const WORD = /[\p{L}\p{N}]{4,}/gu;
const MOST_LEAVES = 5000;

const collect = (value: unknown, leaves: string[]): void => {
  if (leaves.length >= MOST_LEAVES) return;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') {
    if (String(value).trim() !== '') leaves.push(String(value).trim().toLowerCase());
  } else if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      if (!Array.isArray(value)) leaves.push(key.toLowerCase());
      collect(inner, leaves);
    }
  }
};

/** @param known names of fields: whatever else stands in the place of a name, the sender may have made up */
export const leavesOf = (sent: readonly unknown[], known: readonly string[]): string[] => {
  const leaves: string[] = [];
  for (const one of sent) collect(one, leaves);
  const harmless = new Set(['data', ...known].map((name) => name.toLowerCase()));
  return leaves.filter((leaf) => !harmless.has(leaf));
};

export const repeats = (text: string, leaves: readonly string[]): boolean => {
  if (leaves.length === 0) return false;
  const small = text.toLowerCase();
  const words = new Set([small, decoded(small).toLowerCase()].flatMap((one) => one.match(WORD) ?? []));
  const whole = new Set(small.split(/[^\p{L}\p{N}@._+-]+/u));
  return leaves.some((leaf) => whole.has(leaf) || [...words].some((word) => leaf.includes(word)));
};
