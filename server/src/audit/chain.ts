/**
 * The text over which an entry's mark is made: every column, and the mark of the entry before. Changing, removing or
 * swapping an entry breaks the chain from there on. Pure; the keyed mark itself is handed in by the vault.
 */
import { hasItsAddress } from './address';
import type { AuditRow, Entry } from './model';

export type Mark = (text: string) => Promise<string>;
export type Unmarked = Omit<AuditRow, 'id' | 'mark'>;

/** What the first entry names as its predecessor. */
export const BEGINNING = 'form-guard audit';

/** The last part is there from version 0.2 on: entries without it are marked as they always were. */
export const markedText = (entry: Unmarked): string =>
  JSON.stringify([
    entry.previous,
    Number(entry.seq),
    entry.at,
    entry.event,
    entry.actorKind,
    entry.actorId,
    entry.actorName,
    entry.formOrType,
    entry.recordId,
    entry.details,
    ...(entry.lists === null || entry.lists === undefined ? [] : [entry.lists]),
  ]);

export const isAsWritten = async (entry: Entry, mark: Mark): Promise<boolean> =>
  (await mark(markedText(entry))) === entry.mark && hasItsAddress(entry);

/** Entries from one number to another, both among them. */
export interface Range {
  from: number;
  to: number;
}
/** How far somebody has read. `mark`: of the last entry, or null where it is not known or not believed. */
export interface Reached {
  seq: number;
  mark: string | null;
}
export const AT_THE_BEGINNING: Reached = { seq: 0, mark: BEGINNING };

/** @param rows what comes next, in ascending order. @returns how far they reach, and those that are missing or do not fit. */
export const readOn = async (from: Reached, rows: Entry[], mark: Mark): Promise<{ reached: Reached; broken: Range[] }> => {
  let reached = from;
  const broken: Range[] = [];
  for (const row of rows) {
    const seq = Number(row.seq);
    if (seq > reached.seq + 1) broken.push({ from: reached.seq + 1, to: Math.ceil(seq) - 1 });
    const before = seq === reached.seq + 1 ? reached.mark : null;
    const fits = Number.isInteger(seq) && (before === null || row.previous === before) && (await isAsWritten(row, mark));
    if (!fits) broken.push({ from: Math.ceil(seq), to: Math.ceil(seq) });
    reached = { seq: Math.ceil(seq), mark: fits ? row.mark : null };
  }
  return { reached, broken };
};

/** In order, those that touch or overlap as one. */
export const merged = (ranges: readonly Range[]): Range[] => {
  const all: Range[] = [];
  for (const { from, to } of [...ranges].sort((one, other) => one.from - other.from)) {
    const last = all.at(-1);
    if (last && from <= last.to + 1) last.to = Math.max(last.to, to);
    else all.push({ from, to });
  }
  return all;
};

export const isIn = (ranges: readonly Range[], seq: number): boolean => ranges.some(({ from, to }) => from <= seq && seq <= to);

/** What of `ranges` is not in `known`. */
export const without = (ranges: readonly Range[], known: readonly Range[]): Range[] => {
  let left = merged(ranges);
  for (const { from, to } of known) {
    left = left.flatMap((one) => [
      ...(one.from < from ? [{ from: one.from, to: Math.min(one.to, from - 1) }] : []),
      ...(one.to > to ? [{ from: Math.max(one.from, to + 1), to: one.to }] : []),
    ]);
  }
  return left;
};
