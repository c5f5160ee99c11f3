/**
 * An error as code outside of ours may see it, a reporter of errors above all: its kind, its status, where it came from, and
 * what it says only if it repeats nothing of what was sent. No cause, nothing else that hung on it. Pure.
 */
import { Fault } from '../fault';
import { isRefusal } from '../errors';
import { isStrapiError } from '../strapi-utils';

const NAME = /^[A-Za-z]\w{0,60}$/;
const CODE = /^[A-Z][A-Z0-9_]{1,40}$/;
const FRAME = /^ {4}at (?:[^\n()]{1,200} \()?(?:node:|file:|\/|[A-Za-z]:\\)[^()\n]{1,500}:\d+:\d+\)?$/;
const REFUSED = 'This was refused. The reason is left out, because it could repeat something of what was sent.';
const FAILED = 'Something failed here. What it said is left out, because it could hold something of what was sent.';

/** A table of ours, by its fixed name: the operator must find out which one failed. */
const OUR_TABLE =
  /\bform_guard_(audit|audit_addresses|audit_head|audit_lists|audit_check|vault|grants|accounts|data_keys|digests|files|jobs|handed_out)\b/;

const cleaned = new WeakSet<Error>();

/** Drivers of databases make errors of their own, which are none of the language's. */
const isError = (thrown: unknown): thrown is Error =>
  thrown instanceof Error ||
  (thrown !== null &&
    typeof thrown === 'object' &&
    typeof (thrown as Partial<Error>).message === 'string' &&
    typeof (thrown as Partial<Error>).stack === 'string');

const failedAt = ({ message }: Error): string => {
  const [table] = OUR_TABLE.exec(message) ?? [];
  return table === undefined ? FAILED : `${FAILED} It was about the table ${table}.`;
};

/** The message stands in front of them, and may look like more of them. */
const framesOf = ({ stack, message }: Error): string[] => {
  const text = typeof stack === 'string' ? stack : '';
  const at = message ? text.lastIndexOf(message) : -1;
  return text
    .slice(at < 0 ? 0 : at + message.length)
    .split('\n')
    .filter((line) => FRAME.test(line));
};

/** Errors that Strapi answers with their text, and those of koa that say so. */
const isForSender = (error: Error): boolean =>
  isStrapiError(error, 'ApplicationError') ||
  isStrapiError(error, 'HttpError') ||
  (error as { expose?: unknown }).expose === true;

const detailsOf = (error: Error, holdsValue: (text: string) => boolean): unknown => {
  const { details } = error as { details?: unknown };
  try {
    const text = JSON.stringify(details) ?? '{}';
    return holdsValue(text) ? {} : (JSON.parse(text) as unknown);
  } catch {
    return {};
  }
};

/** @param holdsValue whether a text repeats something of what was sent */
export const cleanError = (thrown: unknown, holdsValue: (text: string) => boolean): Error => {
  if (isError(thrown) && (isRefusal(thrown) || thrown instanceof Fault || cleaned.has(thrown))) return thrown;
  const error = isError(thrown) ? thrown : new Error(FAILED);
  const says = isForSender(error);
  const message = !says ? failedAt(error) : holdsValue(error.message) ? REFUSED : error.message;
  const name = NAME.test(String(error.name)) && !holdsValue(error.name) ? error.name : 'Error';
  // Of the same class: core knows by it which status an error has.
  const clean = Object.setPrototypeOf(new Error(message), Object.getPrototypeOf(error) as object) as Error;
  const { status, statusCode, code } = error as { status?: unknown; statusCode?: unknown; code?: unknown };
  const kept: Record<string, unknown> = {
    name,
    stack: [`${name}: ${message}`, ...framesOf(error)].join('\n'),
    ...(typeof status === 'number' ? { status } : {}),
    ...(typeof statusCode === 'number' ? { statusCode } : {}),
    ...(typeof code === 'string' && CODE.test(code) && !holdsValue(code) ? { code } : {}),
    ...((error as { expose?: unknown }).expose === true ? { expose: true } : {}),
    ...(says ? { details: detailsOf(error, holdsValue) } : {}),
  };
  for (const [key, value] of Object.entries(kept)) {
    Object.defineProperty(clean, key, { value, writable: true, configurable: true, enumerable: key !== 'stack' });
  }
  cleaned.add(clean);
  return clean;
};
