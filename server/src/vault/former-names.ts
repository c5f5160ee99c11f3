/**
 * A value stays sealed under the name that its attribute had then. Where the config says how an attribute was called before
 * (`renamed`), all that opens, changes or looks for values knows both names, and gives them today's. Nothing is rewritten for it.
 */
import type { Values } from '../encryption';
import { protectedType } from '../protection';
import type { Strapi } from '../strapi';
import { isGiven } from './take-values';

/** Today's name → the names before, the latest first. */
export type FormerNames = Readonly<Record<string, readonly string[]>>;

const NONE: FormerNames = {};
export const formerNamesOf = (strapi: Strapi, formOrType: string): FormerNames =>
  protectedType(strapi, formOrType)?.formerNames ?? NONE;

/** Each value once, under the name of today; where two are there, what was written under the later name. Pure. */
export const underTodaysNames = (values: Values, formerNames: FormerNames): Values => {
  const now = { ...values };
  for (const [today, before] of Object.entries(formerNames)) {
    const older = before.filter((name) => Object.hasOwn(values, name));
    if (older.length === 0) continue;
    now[today] = [today, ...older].map((name) => values[name]).find(isGiven) ?? null;
    for (const name of older) delete now[name];
  }
  return now;
};

/** Under which names something of a field may lie. */
export const namesOf = (field: string, formerNames: FormerNames): string[] => [
  field,
  ...(Object.hasOwn(formerNames, field) ? (formerNames[field] ?? []) : []),
];

/** What a field is called today. */
export const todaysName = (field: string, formerNames: FormerNames): string =>
  Object.keys(formerNames).find((today) => formerNames[today]?.includes(field)) ?? field;
