/**
 * Reads the body of a submission from the raw request: bounded, valid UTF-8, JSON or urlencoded, no hostile keys. Strapi's
 * own parser answers a syntax error with 500, repeats the text in the log, and repairs bad encodings without a word (5.54).
 */
import { isCleanText } from '../forms';
import { boundaryIn } from './multipart';

/** A multipart body is not read yet: whoever answers the request knows which files belong into it. */
export type Sent = { body: Record<string, unknown>; isHtmlForm: boolean } | { boundary: string; isHtmlForm: boolean };
export type ReadBody = Sent | { problem: Problem; isHtmlForm: boolean };
export interface Problem {
  status: 400 | 413 | 415;
  message: string;
}

export const MAX_BODY_BYTES = 1024 * 1024;
/** What has come by the time is one piece. */
const MAX_PIECES = 20_000;
const MAX_DEPTH = 16;
const MAX_KEYS = 2000;
const HOSTILE_KEYS = ['__proto__', 'constructor', 'prototype'];
const DATA_KEY = /^data\[([^[\]]+)\](\[\])?$/;

const problem = (status: Problem['status'], message: string): Problem => ({ status, message });
const NOTHING_KEPT = 'Nothing was kept.';

const collect = async (stream: AsyncIterable<Buffer>): Promise<Buffer | null> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES || chunks.length > MAX_PIECES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** Where the fields of a form may stand: in the body itself, or under `data`. */
const FIELDS_DEPTH = 1;
const isHostile = (key: string, depth: number, mayBeFields: boolean): boolean =>
  HOSTILE_KEYS.includes(key) && !(mayBeFields && depth <= FIELDS_DEPTH && key !== '__proto__');

/** @param mayBeFields whether `constructor` can be the name of a field: a form from before may have one */
export const findProblem = (
  value: unknown,
  { depth = 0, budget = { keys: MAX_KEYS }, mayBeFields = false } = {},
): string | null => {
  if (depth > MAX_DEPTH) return 'is nested too deeply';
  if (typeof value === 'string') return isCleanText(value) ? null : 'has characters that are not text';
  if (value === null || typeof value !== 'object') return null;
  for (const [key, inner] of Object.entries(value)) {
    budget.keys -= 1;
    if (budget.keys < 0) return 'has too many parts';
    if (isHostile(key, depth, mayBeFields) || !isCleanText(key)) return 'has names that no field can have';
    const found = findProblem(inner, { depth: depth + 1, budget, mayBeFields });
    if (found) return found;
  }
  return null;
};

/** A name that comes several times becomes a list. */
export const foldPairs = (pairs: [string, string][]): Record<string, unknown> => {
  const fields = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const values = fields.get(name);
    if (values) values.push(value);
    else fields.set(name, [value]);
  }
  return Object.fromEntries([...fields].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
};

/** `a=1&b=2`, and `data[a]=1` as Strapi reads it. */
const readUrlencoded = (text: string): Record<string, unknown> => {
  const pairs = decodePairs(text);
  const isWrapped = pairs.length > 0 && pairs.every(([sent]) => DATA_KEY.test(sent));
  const all = foldPairs(
    pairs.map(([sent, value]) => [(isWrapped && DATA_KEY.exec(sent)?.[1]) || sent.replace(/\[\]$/, ''), value]),
  );
  return isWrapped ? { data: all } : all;
};

const decode = (text: string): string => decodeURIComponent(text.replace(/\+/g, ' '));
/** @throws URIError where `%` is followed by what is no UTF-8, RangeError where there are more pairs than any form has */
const decodePairs = (text: string): [string, string][] => {
  const pairs = text.split('&', MAX_KEYS + 1).filter(Boolean);
  if (pairs.length > MAX_KEYS) throw new RangeError('Too many pairs');
  return pairs.map((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
  });
};

type Parsed = { body: Record<string, unknown> } | { problem: Problem };
const parse = (text: string, isHtmlForm: boolean, mayBeFields: boolean): Parsed => {
  let body: unknown;
  try {
    body = isHtmlForm ? readUrlencoded(text) : JSON.parse(text);
  } catch {
    return { problem: problem(400, `The body is not valid ${isHtmlForm ? 'form data' : 'JSON'}. ${NOTHING_KEPT}`) };
  }
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    return { problem: problem(400, `The body must be an object of fields. ${NOTHING_KEPT}`) };
  }
  const found = findProblem(body, { mayBeFields });
  return found ? { problem: problem(400, `The body ${found}. ${NOTHING_KEPT}`) } : { body: body as Record<string, unknown> };
};

/** @param headers of the request; `content-type` and `content-encoding` decide. */
export const readBody = async (
  headers: Record<string, string | string[] | undefined>,
  stream: AsyncIterable<Buffer>,
  { mayBeFields = false } = {},
): Promise<ReadBody> => {
  const [type = '', ...options] = String(headers['content-type'] ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const isMultipart = type === 'multipart/form-data';
  const isHtmlForm = type === 'application/x-www-form-urlencoded' || isMultipart;
  const charset = options
    .find((option) => option.startsWith('charset='))
    ?.slice('charset='.length)
    .replace(/"/g, '');
  if (!isHtmlForm && type !== 'application/json') {
    return {
      isHtmlForm,
      problem: problem(415, `Send application/json, application/x-www-form-urlencoded or multipart/form-data. ${NOTHING_KEPT}`),
    };
  }
  if (
    (charset && charset !== 'utf-8' && charset !== 'utf8') ||
    String(headers['content-encoding'] ?? 'identity') !== 'identity'
  ) {
    return { isHtmlForm, problem: problem(415, `Send UTF-8 text, not compressed. ${NOTHING_KEPT}`) };
  }
  if (isMultipart) {
    const boundary = boundaryIn(String(headers['content-type']));
    if (boundary !== null) return { isHtmlForm, boundary };
    return { isHtmlForm, problem: problem(400, `The body is not valid multipart/form-data. ${NOTHING_KEPT}`) };
  }
  const bytes = await collect(stream);
  if (!bytes)
    return { isHtmlForm, problem: problem(413, `The body is larger than ${MAX_BODY_BYTES / 1024 / 1024} MB. ${NOTHING_KEPT}`) };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { isHtmlForm, problem: problem(400, `The body is not valid UTF-8. ${NOTHING_KEPT}`) };
  }
  return { isHtmlForm, ...parse(text, isHtmlForm, mayBeFields) };
};
