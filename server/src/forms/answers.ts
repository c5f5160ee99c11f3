/**
 * Turns a form's fields into the check of what somebody sends. The messages name the field by its label and say the
 * rule; they never repeat what was sent, nor a field name that the sender made up. Pure.
 */
import type { DisclosedFile, FormField } from '../contract';
import type { FieldProblem } from '../errors';

type Answer = string | number | boolean | string[] | DisclosedFile[];
/** The files that came beside the text, by field; they were held against the rules of their field while they came. */
export type SentFiles = Record<string, DisclosedFile[]>;
type Read = { value: Answer | undefined } | { problem: string };

/** Where a form sets no limit of its own. */
const DEFAULT_LENGTH: Partial<Record<FormField['type'], number>> = {
  text: 1000,
  longText: 20_000,
  email: 254,
  phone: 50,
  choice: 300,
};
/** One @, something on both sides, a dot in the domain, no spaces (control characters are refused before). */
const EMAIL = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[^\s@.<>()[\]\\,;:"]+$/u;
const PHONE = /^\+?[0-9 ()./-]{3,50}$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
/** Everything below space but tab, newline, carriage return. */
// eslint-disable-next-line no-control-regex -- that is what it looks for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

export const isCleanText = (text: string): boolean => !CONTROL.test(text) && !LONE_SURROGATE.test(text);

const isDate = (text: string): boolean => {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (!year) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
};

const readText = (field: FormField, sent: unknown): Read => {
  if (typeof sent !== 'string') return { problem: 'must be text' };
  if (!isCleanText(sent)) return { problem: 'has characters that are not text' };
  const text = field.type === 'longText' ? sent.replace(/\r\n?/g, '\n').trim() : sent.trim();
  if (text === '') return { value: undefined };
  const length = [...text].length;
  const longest = field.maxLength ?? DEFAULT_LENGTH[field.type] ?? 1000;
  if (length > longest) return { problem: `must have at most ${longest} characters` };
  if (length < (field.minLength ?? 0)) return { problem: `must have at least ${field.minLength} characters` };
  return { value: text };
};

const oneLine = (read: Read): Read =>
  'value' in read && typeof read.value === 'string' && /[\n\r]/.test(read.value) ? { problem: 'must be one line' } : read;

const matching = (read: Read, fits: (text: string) => boolean, problem: string): Read =>
  'value' in read && typeof read.value === 'string' && !fits(read.value) ? { problem } : read;

const readNumber = ({ min, max }: FormField, sent: unknown): Read => {
  if (sent === '') return { value: undefined };
  const text = typeof sent === 'string' ? sent.trim() : sent;
  const number = typeof text === 'string' && /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : text;
  if (typeof number !== 'number' || !Number.isFinite(number)) return { problem: 'must be a number' };
  if (min !== undefined && number < min) return { problem: `must be at least ${min}` };
  if (max !== undefined && number > max) return { problem: `must be at most ${max}` };
  return { value: number };
};

/** An unticked box is not sent at all by an HTML form; a ticked one as "on" or with its value. */
const readCheckbox = (field: FormField, sent: unknown): Read => {
  const yes = [true, 'true', 'on', '1', 'yes'].includes(sent as never);
  if (!yes && ![false, 'false', 'off', '0', 'no', ''].includes(sent as never)) return { problem: 'must be yes or no' };
  return yes || !field.required ? { value: yes } : { value: undefined };
};

const readChoices = ({ options = [] }: FormField, sent: unknown): Read => {
  const list: unknown[] = Array.isArray(sent) ? sent : sent === '' ? [] : [sent];
  if (!list.every((one): one is string => typeof one === 'string' && options.includes(one))) {
    return { problem: 'must be among the choices of the form' };
  }
  return { value: list.length > 0 ? [...new Set(list)] : undefined };
};

const BY_MULTIPART = 'files are sent as multipart/form-data';

const readFiles = (field: FormField, sent: unknown, files: DisclosedFile[] = []): Read => {
  if (sent !== undefined && sent !== null && sent !== '') return { problem: `must be a file; ${BY_MULTIPART}` };
  if (files.length === 0) return field.required ? { problem: `is required; ${BY_MULTIPART}` } : { value: undefined };
  return { value: files };
};

const readAnswer = (field: FormField, sent: unknown, files: DisclosedFile[] | undefined): Read => {
  if (field.type === 'file') return readFiles(field, sent, files);
  if (sent === undefined || sent === null) return { value: undefined };
  switch (field.type) {
    case 'text':
      return oneLine(readText(field, sent));
    case 'longText':
      return readText(field, sent);
    case 'email':
      return matching(readText(field, sent), (text) => EMAIL.test(text), 'must be an e-mail address, like name@example.org');
    case 'phone':
      return matching(readText(field, sent), (text) => PHONE.test(text), 'must be a phone number: digits, spaces, + - ( ) . /');
    case 'date':
      return matching(readText(field, sent), isDate, 'must be a date, like 2026-01-31');
    case 'number':
      return readNumber(field, sent);
    case 'checkbox':
      return readCheckbox(field, sent);
    case 'choice':
      return matching(
        readText(field, sent),
        (text) => (field.options ?? []).includes(text),
        'must be one of the choices of the form',
      );
    case 'choices':
      return readChoices(field, sent);
    default: {
      const never: never = field.type;
      return never;
    }
  }
};

/** A form from before may have a field that is called like something that every object has. */
const ownOf = <Value>(all: Record<string, Value>, name: string): Value | undefined =>
  Object.hasOwn(all, name) ? all[name] : undefined;

/** @returns the answers that were given, or every problem at once. */
export const readAnswers = (
  fields: readonly FormField[],
  sent: Record<string, unknown>,
  files: SentFiles = {},
): { answers: Record<string, Answer> } | { problems: FieldProblem[] } => {
  const problems: FieldProblem[] = [];
  const answers: Record<string, Answer> = {};
  for (const field of fields) {
    const read = readAnswer(field, ownOf(sent, field.name), ownOf(files, field.name));
    const problem = 'problem' in read ? read.problem : read.value === undefined && field.required ? 'is required' : null;
    if (problem) problems.push({ path: [field.name], message: `${field.label}: ${problem}.` });
    else if ('value' in read && read.value !== undefined) answers[field.name] = read.value;
  }
  const names = new Set(fields.map(({ name }) => name));
  const unknown = Object.keys(sent).filter((name) => !names.has(name)).length;
  if (unknown > 0) {
    const count = unknown === 1 ? '1 field that was sent is' : `${unknown} fields that were sent are`;
    problems.push({ path: [], message: `${count} not part of this form. It has: ${[...names].join(', ')}.` });
  }
  return problems.length > 0 ? { problems } : { answers };
};
