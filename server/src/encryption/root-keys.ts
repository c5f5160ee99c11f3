/**
 * Root keys: they wrap data keys and come from outside, never from the database. This file reads their text form,
 * `<id>:<base64 of 32 bytes>[,<older>…]`, and refuses with a sentence that holds no part of a key.
 */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { Fault } from '../fault';
import { KEY_ID } from './envelope';

export interface RootKeys {
  current: { keyId: string; key: KeyObject };
  byId: ReadonlyMap<string, KeyObject>;
}

export const ROOT_KEY_BYTES = 32;
const BASE64 = /^[A-Za-z0-9+/]{43}=$/;
const HOW = 'Make one with "npx form-guard keys new" and write FORM_GUARD_KEYS="<id>:<base64 of 32 bytes>[,<older>…]".';
const malformed = (what: string): Fault => new Fault('ROOT_KEYS_MALFORMED', `${what} ${HOW}`);

/** @throws Fault ROOT_KEYS_MALFORMED; `position` in the sentence counts from 1. */
export const parseRootKeys = (text: string): RootKeys => {
  const byId = new Map<string, KeyObject>();
  const seen = new Set<string>();
  let current: RootKeys['current'] | undefined;
  text.split(',').forEach((entry, index) => {
    const position = `Key ${index + 1} in FORM_GUARD_KEYS`;
    const [keyId, encoded, ...rest] = entry.trim().split(':');
    if (!keyId || encoded === undefined || rest.length > 0) throw malformed(`${position} is not of the form id:key.`);
    if (!KEY_ID.test(keyId)) throw malformed(`${position} has an id that is not 1 to 32 letters, digits, "-" or "_".`);
    const bytes = Buffer.from(encoded, 'base64');
    if (!BASE64.test(encoded) || bytes.length !== ROOT_KEY_BYTES || bytes.toString('base64') !== encoded) {
      throw malformed(`${position} is not the base64 text of exactly ${ROOT_KEY_BYTES} bytes.`);
    }
    if (new Set(bytes).size < 8) throw malformed(`${position} is not random.`);
    if (byId.has(keyId) || seen.has(encoded)) throw malformed(`${position} is there twice.`);
    seen.add(encoded);
    const key = createSecretKey(bytes);
    byId.set(keyId, key);
    current ??= { keyId, key };
  });
  if (!current) throw malformed('FORM_GUARD_KEYS is empty.');
  return { current, byId };
};
