/**
 * What the house itself seals with the values of a submission, under names that no attribute and no field can have, so that
 * whatever happens to a submission happens to it too: resealing, backup, erasing, shredding. It is no answer of anybody.
 */
import type { Values } from '../encryption';

export const OURS = 'form-guard:';

export const withoutOurs = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith(OURS)));
