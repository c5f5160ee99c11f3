/**
 * Entries that are missing or not as they were written, as far as somebody has found them. They stand on a list that the record
 * vouches for, so that whoever changed an entry cannot also make it forgotten. Those that were accepted are never believed again.
 */
import type { Strapi } from '../strapi';
import { merged, readOn, without, type Range } from './chain';
import { countBeside, entriesAfter } from './entries';
import { markOf } from './head';
import { listed, listsAbout } from './lists';
import { recordChange, SYSTEM } from './record';

export const BREAKS = 'form-guard:breaks';

/** `mark`: that of the last entry where entries were there once and then were not; only the same entry mends that. */
export type Break = Range & { mark?: string };
export interface Breaks {
  open: Break[];
  accepted: Range[];
  /** Accepted rows that have no number, so are no entries. */
  beside: number;
}

/** Rows that are no entries are said to be entry 0. */
export const BESIDE: Range = { from: 0, to: 0 };
/** More are said as one: nobody goes through them one by one, and what lies between is checked again when they are mended. */
const MOST = 200;

export const inNumbers = (ranges: readonly Range[]): string =>
  ranges.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)).join(', ');

export const asBreaks = (list: unknown): Breaks => ({ open: [], accepted: [], beside: 0, ...(list as Partial<Breaks>) });
/** null: nobody vouches for what is known. */
export const knownBreaks = async (strapi: Strapi): Promise<Breaks | null> => {
  const list = (await listsAbout(strapi, [BREAKS]))?.[0] ?? null;
  return list === null ? null : asBreaks(list);
};

export const asOne = (ranges: Range[]): Range[] =>
  ranges.length > MOST ? [{ from: ranges[0]?.from ?? 0, to: ranges.at(-1)?.to ?? 0 }] : ranges;
export const isLost = ({ mark }: Break): boolean => mark !== undefined;
const bounded = (open: Break[]): Break[] => [...asOne(merged(open.filter((one) => !isLost(one)))), ...open.filter(isLost)];

/** Puts what was found on the list, on record, and tells the operator; what was known already is not said again. */
export const noteBreaks = async (strapi: Strapi, found: readonly Break[]): Promise<void> => {
  const known = await knownBreaks(strapi);
  if (!known) return;
  const fresh = found.filter((one) => without([one], [...known.open, ...known.accepted]).length > 0);
  if (fresh.length === 0) return;
  const entries = inNumbers(asOne(merged(fresh)));
  strapi.log.error(
    `Form Guard: entries of the record are missing or not as they were written (${entries}; 0 stands for rows without a number). Find out who can write to the database. Where it is not about one reader alone, submissions are not opened until "form-guard audit accept-break".`,
  );
  const happened = { event: 'audit.broken', actor: SYSTEM, details: { entries } } as const;
  await recordChange(strapi, happened, {
    about: [BREAKS],
    change([list]) {
      const before = asBreaks(list);
      return [{ ...before, open: bounded([...before.open, ...fresh]) }];
    },
  });
};

const isThere = async (strapi: Strapi, seq: number, mark: string): Promise<boolean> =>
  (await entriesAfter(strapi, seq - 1, seq, 1))[0]?.mark === mark;

/** What of it is still so. A longer stretch is left to those who read everything. */
const left = async (strapi: Strapi, one: Break, beside: number): Promise<Break[]> => {
  const { from, to, mark } = one;
  if (mark !== undefined) return (await isThere(strapi, to, mark)) ? [] : [one];
  if (to === 0) return (await countBeside(strapi)) > beside ? [one] : [];
  if (to - from > 500) return [one];
  const rows = await entriesAfter(strapi, from - 2, to + 1);
  const { reached, broken } = await readOn({ seq: Math.max(from - 2, 0), mark: null }, rows, markOf(strapi));
  const all = reached.seq < to ? [...broken, { from: reached.seq + 1, to }] : broken;
  return all.filter((range) => range.to >= from && range.from <= to);
};

/** Those that are known and still so; what was put back as it was is taken off the list. */
export const openBreaks = async (strapi: Strapi): Promise<Breaks | null> => {
  const known = await knownBreaks(strapi);
  if (!known || known.open.length === 0) return known;
  const open: Break[] = [];
  for (const one of known.open) open.push(...(await left(strapi, one, known.beside)));
  const mended = without(known.open, open);
  if (mended.length === 0) return known;
  const happened = { event: 'audit.mended', actor: SYSTEM, details: { entries: inNumbers(mended) } } as const;
  await recordChange(strapi, happened, {
    about: [BREAKS],
    change: ([list]) => [{ ...asBreaks(list), open: bounded(open) }],
  });
  return { ...known, open };
};

/** Entries of which a list keeps the numbers: a break there is about what is on that list, and about nothing else. */
const entriesOnLists = async (strapi: Strapi): Promise<Range[]> => {
  const about = (await listed(strapi)).filter((one) => one !== BREAKS);
  const items = ((await listsAbout(strapi, about)) ?? []).flatMap((list) => Object.values(list ?? {}) as unknown[]);
  const numbers = items.flatMap((item) => {
    const { entries } = (item ?? {}) as { entries?: unknown };
    return Array.isArray(entries) ? (entries as number[]) : [];
  });
  return merged(numbers.map((seq) => ({ from: seq, to: seq })));
};

/** Those that are about no single reader. */
export const breaksElsewhere = async (strapi: Strapi, open: readonly Break[]): Promise<Range[]> => {
  if (open.length === 0) return [];
  const notLost = open.filter((one) => !isLost(one));
  return [...open.filter(isLost), ...without(notLost, await entriesOnLists(strapi))];
};
