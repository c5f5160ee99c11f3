/**
 * The form of a text in which spellings that a reader takes for the same are one: Unicode NFKC, trimmed, one space between
 * words, lower case. Takes any string, in linear time; applied twice it changes nothing. Pure.
 */

/**
 * Unicode lets any number of marks stand over one letter, and puts a run of them in order in quadratic time: 80,000 of them
 * held up a process for four seconds. A joiner after every 30 ends the run, as the Stream-Safe Text Format of Unicode
 * (UAX #15, section 13) has it; no language writes that many. The two signs of half width become marks under NFKC.
 */
const JOINER = '\u034f';
const RUN_OF_MARKS = /(?:(?!\u034f)[\p{M}\uff9e\uff9f]){30}(?=(?!\u034f)[\p{M}\uff9e\uff9f])/gu;

/** Not the single space, which is as it should be: a million replacements of it took half a second. */
const SPACES = /\s{2,}|[^\S ]/gu;

const composed = (text: string): string => text.replace(RUN_OF_MARKS, `$&${JOINER}`).normalize('NFKC');

/** Numbers, booleans and dates as text. @returns '' where there is nothing to search for: nothing given, lists, objects. */
export const textForm = (value: unknown): string => {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : textForm(value.toISOString());
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return textForm(String(value));
  if (typeof value !== 'string') return '';
  // Lower case can undo NFKC (J with a caron is two characters, j with a caron is one), so that comes once more.
  return composed(composed(value).trim().replace(SPACES, ' ').toLowerCase());
};

const OTHER_DIGIT = /(?![0-9])\p{Nd}/gu;
const IS_DIGIT = /^\p{Nd}$/u;

/** Unicode keeps the digits of a script in a row of ten, from zero up. */
const valueOf = (digit: string): string => {
  const codePoint = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (IS_DIGIT.test(String.fromCodePoint(codePoint - before - 1))) before += 1;
  return String(before % 10);
};
/** Some hundreds at most. */
const values = new Map<string, string>();

/** The digits of every script as 0 to 9. */
export const withPlainDigits = (text: string): string =>
  text.replace(OTHER_DIGIT, (digit) => {
    const value = values.get(digit) ?? valueOf(digit);
    values.set(digit, value);
    return value;
  });
