/** Parts the data of a write into what is sealed and what the husk keeps. Pure. */
import type { Values } from '../encryption';

const EMPTY_KEYS = ['connect', 'disconnect', 'set'];
const isEmptyRelation = (value: object): boolean => {
  const keys = Object.keys(value);
  return (
    keys.length > 0 &&
    keys.every((key) => EMPTY_KEYS.includes(key) && ((value as Record<string, unknown>)[key] ?? []) instanceof Array) &&
    keys.every((key) => (((value as Record<string, unknown>)[key] ?? []) as unknown[]).length === 0)
  );
};

/**
 * Whether a value was given at all. The content manager sends back null, '' and [] for fields it shows empty, as it does
 * for every sealed one: such a save must never wipe what lies sealed.
 */
export const isGiven = (value: unknown): boolean => {
  if (value === undefined || value === null || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return !(typeof value === 'object' && !(value instanceof Date) && isEmptyRelation(value));
};

export const takeValues = (
  data: Record<string, unknown>,
  sealedFields: readonly string[],
): { values: Values; husk: Record<string, unknown> } => {
  const values: Values = {};
  const husk: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(data)) {
    if (!sealedFields.includes(name)) husk[name] = value;
    else if (isGiven(value)) values[name] = value;
  }
  return { values, husk };
};
