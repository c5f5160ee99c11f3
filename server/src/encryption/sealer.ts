/**
 * Sealing and opening the values of one record, bound to its place. Whatever goes wrong while opening is one fault,
 * SEALED_VALUE_UNREADABLE: never null, never the ciphertext, never a hint which check failed.
 */
import { createHmac } from 'node:crypto';
import { Fault } from '../fault';
import { decrypt, encrypt } from './aes-gcm';
import { blindIndex } from './blind-index';
import { derivedKey } from './derived-key';
import { formatEnvelope, parseEnvelope, type SealedValue } from './envelope';
import type { KeyPurpose, Keyring } from './keyring';
import { associatedData, type Place } from './place';
import { decodeValues, encodeValues, type Values } from './values';

const unreadable = (place: Place): Fault =>
  new Fault('SEALED_VALUE_UNREADABLE', `"${place.part}" of record ${place.recordId} of "${place.formOrType}" does not open`);

export const createSealer = (keyring: Keyring) => {
  const seal = async (place: Place, values: Values): Promise<SealedValue> => {
    const { keyId, key } = await keyring.forSealing(place.formOrType);
    return formatEnvelope(keyId, encrypt(key, encodeValues(values), associatedData(place, keyId)));
  };

  /** @throws Fault SEALED_VALUE_UNREADABLE */
  const open = async (place: Place, sealed: string): Promise<Values> => {
    const envelope = parseEnvelope(sealed);
    if (!envelope) throw unreadable(place);
    const { key } = await keyring.forOpening(envelope.keyId).catch((error: unknown) => {
      // A key that is missing or does not unwrap is the same to the caller; a database that is down is not.
      throw error instanceof Fault ? unreadable(place) : error;
    });
    try {
      return decodeValues(decrypt(key, envelope.bytes, associatedData(place, envelope.keyId)));
    } catch {
      throw unreadable(place);
    }
  };

  return {
    /** Makes the keys of a form or type, if they are not there yet; a house that only marks needs one. */
    async ready(formOrType: string, purposes: KeyPurpose[] = ['values', 'search']): Promise<void> {
      for (const purpose of purposes) await keyring.hold(formOrType, purpose);
    },
    seal,
    open,
    /** Opens, changes and seals again; the clear values never leave this function. */
    async reseal(place: Place, sealed: string, change: (values: Values) => Values): Promise<SealedValue> {
      return seal(place, change(await open(place, sealed)));
    },
    /** @returns 32 hex characters, or null where there is nothing to search for. */
    async digest(formOrType: string, field: string, value: unknown): Promise<string | null> {
      const { key } = await keyring.forDigests(formOrType);
      return blindIndex(key, field, value);
    },
    /** A keyed mark over a text (HMAC-SHA256, 64 hex characters), for rows that must not be forged. */
    async mark(house: string, text: string): Promise<string> {
      const { key } = await keyring.forDigests(house);
      return createHmac('sha256', derivedKey(key, 'form-guard mark')).update(text).digest('hex');
    },
  };
};

export type Sealer = ReturnType<typeof createSealer>;
