/** Which fields can be searched by exact value, and what counts as equal there. Pure. */

export const SEARCH_KINDS = ['text', 'email', 'phone', 'number', 'boolean', 'date'] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];
/**
 * `last:<N>` are the last N letters and digits (of a phone number: digits), N from 3 to 8. Without the key a digest of a part
 * tells which records share that part; with fewer letters, more of them do.
 */
export type SearchPart = 'whole' | 'postcode-district' | `last:${number}`;

export interface SearchField {
  field: string;
  kind: SearchKind;
  part: SearchPart;
}

const LAST = /^last:([3-8])$/;
/** The N of `last:<N>`, or null. */
export const lastCount = (part: string): number | null => {
  const [, count] = LAST.exec(part) ?? [];
  return count === undefined ? null : Number(count);
};

export const isSearchPart = (part: unknown): part is SearchPart =>
  part === 'whole' || part === 'postcode-district' || (typeof part === 'string' && lastCount(part) !== null);

/** Whether values of this kind have such a part: texts have all, phone numbers have last digits, the others are whole. */
export const mayBeSearchedBy = (kind: SearchKind, part: SearchPart): boolean =>
  part === 'whole' || (kind === 'text' && isSearchPart(part)) || (kind === 'phone' && lastCount(part) !== null);

const KINDS: Record<string, SearchKind> = {
  email: 'email',
  phone: 'phone',
  number: 'number',
  integer: 'number',
  biginteger: 'number',
  float: 'number',
  decimal: 'number',
  checkbox: 'boolean',
  boolean: 'boolean',
  date: 'date',
  datetime: 'date',
};
/** @param type of a form's field or of an attribute */
export const kindOfType = (type: string): SearchKind => KINDS[type] ?? 'text';

/** How a field of a form can be searched, if it can. */
export const searchOfField = ({ name, type, searchable }: { name: string; type: string; searchable?: boolean }): SearchField[] =>
  searchable ? [{ field: name, kind: kindOfType(type), part: 'whole' }] : [];
