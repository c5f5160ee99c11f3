/**
 * The text over which an entry's mark is made: every column, and the mark of the entry before. Changing, removing or
 * swapping an entry breaks the chain from there on. Pure; the keyed mark itself is handed in by the vault.
 */
import type { AuditRow } from './model';

export type Mark = (text: string) => Promise<string>;
export type Unmarked = Omit<AuditRow, 'id' | 'mark'>;

/** What the first entry names as its predecessor. */
export const BEGINNING = 'form-guard audit';

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
  ]);

/** @param entries in ascending order, without gaps. @returns the first `seq` that does not fit, or null. */
export const firstBroken = async (entries: AuditRow[], mark: Mark): Promise<number | null> => {
  let before: AuditRow | undefined;
  for (const entry of entries) {
    const follows = !before || (entry.previous === before.mark && Number(entry.seq) === Number(before.seq) + 1);
    const begins = Number(entry.seq) !== 1 || entry.previous === BEGINNING;
    if (!follows || !begins || (await mark(markedText(entry))) !== entry.mark) return Number(entry.seq);
    before = entry;
  }
  return null;
};
