/**
 * Values to bytes and back: canonical JSON (keys sorted) in which a date stays a date and a big integer stays exact,
 * padded with spaces to a bucket so that the length says little. Pure.
 */
import { Fault } from '../fault';

export type Values = Record<string, unknown>;

const BUCKET_BYTES = 256;
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

const packObject = (object: Record<string, unknown>): Record<string, unknown> => {
  // A null prototype, because a key may be called `__proto__`.
  const packed = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(object).sort()) {
    if (object[key] !== undefined) packed[key] = pack(object[key]);
  }
  // An object of the sender's that looks like one of our tags is wrapped, so that it comes back as it was.
  return Object.keys(packed).some((key) => key.startsWith('$')) ? { $object: packed } : packed;
};

const unpack = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(unpack);
  if (value === null || typeof value !== 'object') return value;
  const object = value as Record<string, unknown>;
  if (typeof object.$date === 'string') return new Date(object.$date);
  if (typeof object.$bigint === 'string') return BigInt(object.$bigint);
  const content = object.$object !== undefined ? (object.$object as Record<string, unknown>) : object;
  return Object.fromEntries(Object.entries(content).map(([key, item]) => [key, unpack(item)]));
};

/** @throws Fault VALUES_NOT_SEALABLE for functions, symbols, class instances, NaN and infinities. */
export const encodeValues = (values: Values): Buffer => {
  const json = Buffer.from(JSON.stringify(pack(values)), 'utf8');
  return Buffer.concat([json, Buffer.alloc((BUCKET_BYTES - (json.length % BUCKET_BYTES)) % BUCKET_BYTES, ' ')]);
};

export const decodeValues = (bytes: Buffer): Values => unpack(JSON.parse(bytes.toString('utf8'))) as Values;
