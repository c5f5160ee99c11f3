/**
 * Values to bytes and back: canonical JSON (keys sorted) in which a date stays a date and a big integer stays exact,
 * padded with spaces to a bucket so that the length says little. Pure.
 */
import { Fault } from '../fault';

export type Values = Record<string, unknown>;

const BUCKET_BYTES = 256;
const SPACE = 0x20;
const FEW_KEYS = 32;
const isPlainObject = (value: object): value is Record<string, unknown> => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

const pack = (value: unknown): unknown => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'bigint') return { $bigint: value.toString() };
  if (value instanceof Date && !Number.isNaN(value.getTime())) return { $date: value.toISOString() };
  if (Array.isArray(value)) return value.map((item: unknown) => (item === undefined ? null : pack(item)));
  if (typeof value === 'object' && isPlainObject(value)) return packObject(value);
  throw new Fault('VALUES_NOT_SEALABLE', `a value of type ${typeof value} cannot be sealed`);
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

/** Inherits nothing, because a key may be called `__proto__`; V8 is slower with what has no prototype at all. */
const BARE = Object.freeze(Object.create(null) as object);

const packObject = (object: Record<string, unknown>): Record<string, unknown> => {
  const packed = Object.create(BARE) as Record<string, unknown>;
  let looksLikeTag = false;
  for (const key of sorted(Object.keys(object))) {
    const value = object[key];
    if (value === undefined) continue;
    packed[key] = pack(value);
    looksLikeTag ||= key.startsWith('$');
  }
  // An object of the sender's that looks like one of our tags is wrapped, so that it comes back as it was.
  return looksLikeTag ? { $object: packed } : packed;
};

/** Changes what it is given, which nobody else holds: most values of most submissions are what they were as JSON. */
const unpack = (value: unknown): unknown => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(unpack);
  const object = value as Record<string, unknown>;
  if (typeof object.$date === 'string') return new Date(object.$date);
  if (typeof object.$bigint === 'string') return BigInt(object.$bigint);
  return unpackItems(object.$object !== undefined ? (object.$object as Record<string, unknown>) : object);
};

const unpackItems = (object: Record<string, unknown>): Record<string, unknown> => {
  // Each key is an own one, so that writing to `__proto__` writes to that key.
  for (const key of Object.keys(object)) {
    const item = object[key];
    if (typeof item === 'object') object[key] = unpack(item);
  }
  return object;
};

/** @throws Fault VALUES_NOT_SEALABLE for functions, symbols, class instances, NaN and infinities. */
export const encodeValues = (values: Values): Buffer => {
  const json = JSON.stringify(pack(values));
  const bytes = Buffer.allocUnsafe(Math.ceil(Buffer.byteLength(json) / BUCKET_BYTES) * BUCKET_BYTES);
  return bytes.fill(SPACE, bytes.write(json));
};

export const decodeValues = (bytes: Buffer): Values => unpack(JSON.parse(bytes.toString('utf8'))) as Values;
