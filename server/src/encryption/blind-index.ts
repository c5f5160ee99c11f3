/**
 * Keyed digests for exact search: HMAC-SHA256 of the canonical form under a key of its own for each field (HKDF-SHA256,
 * RFC 5869), cut to 16 bytes. Without the key it tells only which records share a value. Pure.
 */
import { createHmac, type KeyObject } from 'node:crypto';
import { derivedKey } from './derived-key';

const DIGEST_BYTES = 16;

/** Trimmed, one space between words, Unicode NFKC, lower case; numbers, booleans and dates as text. */
export const canonicalForm = (value: unknown): string => {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string') return value.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return '';
};

/** @returns 32 hex characters, or null for a value that has no canonical form (nothing given, lists, objects). */
export const blindIndex = (key: KeyObject, field: string, value: unknown): string | null => {
  const form = canonicalForm(value);
  if (form === '') return null;
  return createHmac('sha256', derivedKey(key, `form-guard blind index\0${field}`))
    .update(form)
    .digest()
    .subarray(0, DIGEST_BYTES)
    .toString('hex');
};
