/**
 * What exact search takes for equal, by the kind of a field, and the parts of a value that may be searched for alone. Every
 * form takes any value without throwing, in linear time, and applied to itself changes nothing. Changing one makes what is
 * stored unfindable until its digests are made anew. Pure.
 */
import { lastCount, mayBeSearchedBy, type SearchKind, type SearchPart } from '../../search-fields';
import { booleanForm } from './boolean';
import { dateForm } from './date';
import { emailForm } from './email';
import { numberForm } from './number';
import { phoneDigits, phoneForm } from './phone';
import { postcodeDistrict } from './postcode';
import { textForm } from './text';

const FORMS: Record<SearchKind, (value: unknown) => string> = {
  text: textForm,
  email: emailForm,
  phone: phoneForm,
  number: numberForm,
  boolean: booleanForm,
  date: dateForm,
};
/** Once more as a text, because what stood apart may be one letter when it comes together. */
const lettersAndDigits = (text: string): string => textForm(text.replace(/[^\p{L}\p{N}]+/gu, ''));

const lastOf = (text: string, count: number): string => {
  const signs = [...lettersAndDigits(text)];
  return signs.length < count ? '' : signs.slice(-count).join('');
};

/** @returns '' where there is nothing to search for. What `mayBeSearchedBy` refuses has nothing. */
export const canonicalFormOf = (kind: SearchKind, part: SearchPart, value: unknown): string => {
  if (!mayBeSearchedBy(kind, part)) return '';
  if (part === 'whole') return FORMS[kind](value);
  if (part === 'postcode-district') return postcodeDistrict(value);
  return lastOf(kind === 'phone' ? phoneDigits(value) : textForm(value), lastCount(part) ?? 0);
};
