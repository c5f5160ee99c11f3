/**
 * Keyed digests for exact search: HMAC-SHA256 of the canonical form under a key of its own for each field and part
 * (HKDF-SHA256, RFC 5869), cut to 16 bytes. Without the key it tells only which records share a value. Pure.
 */
import { createHmac, type KeyObject } from 'node:crypto';
import { Fault } from '../fault';
import { mayBeSearchedBy, type SearchField, type SearchKind } from '../search-fields';
import { canonicalFormOf } from './canonical-forms';
import { derivedKey } from './derived-key';

const DIGEST_BYTES = 16;

/** The name of a part holds no NUL and the field comes last, so no two of them, and no whole field, have the same. */
const useOf = ({ field, part }: SearchField): string =>
  part === 'whole' ? `form-guard blind index\0${field}` : `form-guard blind index of a part\0${part}\0${field}`;

/** No text form begins with a space, so no text is the same as a value of another kind. */
const messageOf = (kind: SearchKind, form: string): string => (kind === 'text' ? form : ` ${kind} ${form}`);

/**
 * @returns 32 hex characters, or null for a value in which there is nothing to search for.
 * @throws Fault CONFIG_INVALID for a part that values of this kind do not have.
 */
export const digestOf = (key: KeyObject, search: SearchField, value: unknown): string | null => {
  const { field, kind, part } = search;
  if (!mayBeSearchedBy(kind, part)) throw new Fault('CONFIG_INVALID', `"${field}" is a ${kind}, which has no part "${part}"`);
  const form = canonicalFormOf(kind, part, value);
  if (form === '') return null;
  return createHmac('sha256', derivedKey(key, useOf(search)))
    .update(messageOf(kind, form))
    .digest()
    .subarray(0, DIGEST_BYTES)
    .toString('hex');
};
