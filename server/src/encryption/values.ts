/**
 * Values to bytes and back: canonical JSON (keys sorted) in which a date stays a date and a big integer stays exact,
 * padded with spaces to a bucket so that the length says little. Pure.
 */
import { Fault } from '../fault';
import { fromByteText, isAscii, toByteText } from './byte-text';

export type Values = Record<string, unknown>;

const BUCKET_BYTES = 256;
const SPACE = 0x20;
const inBuckets = (bytes: number): number => Math.ceil(bytes / BUCKET_BYTES) * BUCKET_BYTES;
const FEW_KEYS = 32;
const isPlainObject = (value: object): value is Record<string, unknown> => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** As `sort` does, in place and without its working memory, which would be more than all else that a few keys need. */
const sorted = (keys: string[]): string[] => {
  if (keys.length > FEW_KEYS) return keys.sort();
  for (let next = 1; next < keys.length; next += 1) {
    const key = keys[next] as string;
    let place = next;
    for (; place > 0 && (keys[place - 1] as string) > key; place -= 1) keys[place] = keys[place - 1] as string;
    keys[place] = key;
  }
  return keys;
};

const beginsWithDigit = (key: string): boolean => {
  const first = key.charCodeAt(0);
  return first >= 0x30 && first <= 0x39;
};
/** As JSON.stringify has them of an object that was made in this order: what looks like the place in a list comes first. */
const asListed = (keys: string[]): string[] => {
  if (!keys.some(beginsWithDigit)) return keys;
  const bare = Object.create(null) as Record<string, true>;
  for (const key of keys) bare[key] = true;
  return Object.keys(bare);
};

/** Most texts need nothing but quotation marks, and JSON.stringify looks for more letter by letter. */
const NOTHING_TO_ESCAPE = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
/** Byte text: one longer letter would make a text twice as large of the whole. */
const quoted = (text: string): string => (NOTHING_TO_ESCAPE.test(text) ? `"${text}"` : toByteText(JSON.stringify(text)));

const asJson = (value: unknown): string => {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === 'bigint') return `{"$bigint":"${value}"}`;
  if (value instanceof Date && !Number.isNaN(value.getTime())) return `{"$date":"${value.toISOString()}"}`;
  if (Array.isArray(value)) return `[${value.map((item: unknown) => asJson(item === undefined ? null : item)).join(',')}]`;
  if (typeof value === 'object' && isPlainObject(value)) return objectAsJson(value);
  throw new Fault('VALUES_NOT_SEALABLE', `a value of type ${typeof value} cannot be sealed`);
};

const objectAsJson = (object: Record<string, unknown>): string => {
  let items = '';
  let looksLikeTag = false;
  for (const key of asListed(sorted(Object.keys(object)))) {
    const value = object[key];
    if (value === undefined) continue;
    items += `${items === '' ? '' : ','}${quoted(key)}:${asJson(value)}`;
    looksLikeTag ||= key.startsWith('$');
  }
  // An object of the sender's that looks like one of our tags is wrapped, so that it comes back as it was.
  return looksLikeTag ? `{"$object":{${items}}}` : `{${items}}`;
};

/**
 * Changes what it is given, which nobody else holds: most values of most submissions are what they were as JSON.
 * @param text what a text of it says
 */
const unpack = (value: unknown, text: (read: string) => string): unknown => {
  if (typeof value === 'string') return text(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item: unknown) => unpack(item, text));
  const object = value as Record<string, unknown>;
  if (typeof object.$date === 'string') return new Date(object.$date);
  if (typeof object.$bigint === 'string') return BigInt(object.$bigint);
  return unpackItems(object.$object !== undefined ? (object.$object as Record<string, unknown>) : object, text);
};

const unpackItems = (object: Record<string, unknown>, text: (read: string) => string): Record<string, unknown> => {
  const keys = Object.keys(object);
  if (!keys.every(isAscii)) return Object.fromEntries(keys.map((key) => [text(key), unpack(object[key], text)]));
  // Each key is an own one, so that writing to `__proto__` writes to that key.
  for (const key of keys) object[key] = unpack(object[key], text);
  return object;
};

/** @throws Fault VALUES_NOT_SEALABLE for functions, symbols, class instances, NaN and infinities. */
export const encodeValues = (values: Values): Buffer => {
  const json = objectAsJson(values);
  const bytes = Buffer.allocUnsafe(inBuckets(json.length));
  return bytes.fill(SPACE, bytes.write(json, 'latin1'));
};

const asItIs = (read: string): string => read;
/** JSON is read faster as byte text, and its texts one by one. Half a letter is written as `\ud83d`, which is no byte. */
export const decodeValues = (bytes: Buffer): Values =>
  (bytes.includes('\\ud')
    ? unpack(JSON.parse(bytes.toString()), asItIs)
    : unpack(JSON.parse(bytes.toString('latin1')), fromByteText)) as Values;
