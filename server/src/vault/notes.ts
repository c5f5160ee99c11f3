/** What colleagues write to one another about a submission: sealed with its values, newest last, never changed or taken away. */
import { randomBytes } from 'node:crypto';
import type { Sealer, Values } from '../encryption';
import type { VaultRow } from './models';
import { OURS } from './ours';
import { placeOfValues, type Change } from './write-records';

const NOTES = `${OURS}notes`;

export interface NoteRow {
  id: string;
  /** As the audit names people. */
  by: string;
  at: string;
  text: string;
}

export const notesIn = (values: Values): NoteRow[] => (values[NOTES] as NoteRow[] | undefined) ?? [];

export const createNotes = (sealer: Sealer, change: Change) => ({
  /** Clear text: only disclosure/ may call this. @throws Fault SEALED_VALUE_UNREADABLE */
  list: async (row: Pick<VaultRow, 'formOrType' | 'recordId' | 'sealed'>): Promise<NoteRow[]> =>
    notesIn(await sealer.open(placeOfValues(row), row.sealed)),
  /** @returns false where there is no such record. @throws whatever `allow`, which is asked how many there are, throws */
  add: (formOrType: string, recordId: string, note: Omit<NoteRow, 'id'>, allow: (notes: number) => void): Promise<boolean> =>
    change(formOrType, recordId, (values) => {
      const notes = notesIn(values);
      allow(notes.length);
      return { ...values, [NOTES]: [...notes, { id: randomBytes(8).toString('hex'), ...note }] };
    }),
});
