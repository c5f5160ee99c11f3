/**
 * What the rows of a document held in plain before its type was wrapped. It is sealed together with the values, under a name
 * that no attribute can have, so that whatever happens to a submission happens to it too. The door never shows it; only
 * `form-guard unprotect` needs it.
 */
import { createHash } from 'node:crypto';
import { encodeValues, type Values } from '../../encryption';
import { OURS, withoutOurs } from '../ours';

export const BEFORE = `${OURS}before`;

export type Raw = Record<string, unknown>;
/** A row of a table that hung on a row of the type: a component, a link to one, a link to another type. */
export interface Attached {
  table: string;
  row: Raw;
}
export interface RowBefore {
  id: number;
  /** By column; a text or number that is the value of its attribute as well is not kept twice. */
  columns: Raw;
  /** In an order in which they can be written again. */
  attached: Attached[];
}
/** A file that hung on an attribute of the document. */
export interface FileBefore {
  field: string;
  /** Of the media library. */
  row: Raw;
  /** What hung it there, and the folder that it lay in. */
  attached: Attached[];
  /** Where its bytes are in the vault: of the file itself (`as` null), then of its smaller sizes as the library described them. */
  kept: { file: string; as: Raw | null }[];
}
export interface Before {
  /** Of the values as they were moved: others were written since if it is not theirs any more. */
  digest: string;
  rows: RowBefore[];
  /** Older versions that Strapi's history kept. */
  history: Raw[];
  files?: FileBefore[];
}

export const beforeIn = (values: Values): Before | null => (values[BEFORE] as Before | undefined) ?? null;

export const digestOfValues = (values: Values): string =>
  createHash('sha256')
    .update(encodeValues(withoutOurs(values)))
    .digest('base64url');
