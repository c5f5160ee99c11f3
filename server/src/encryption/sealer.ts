/**
 * Sealing and opening the values of one record, bound to its place. Whatever goes wrong while opening is one fault,
 * SEALED_VALUE_UNREADABLE: never null, never the ciphertext, never a hint which check failed.
 */
import { createHmac, type KeyObject } from 'node:crypto';
import { Fault } from '../fault';
import { decrypt, encryptInParts } from './aes-gcm';
import type { SearchField } from '../search-fields';
import { digestOf } from './blind-index';
import { derivedKey } from './derived-key';
import type { Bytes } from '../bytes';
import type { KeyPurpose } from './data-key-rows';
import { formatParts, parseEnvelope, type Envelope, type SealedValue } from './envelope';
import type { DataKey, Keyring } from './keyring';
import { associatedData, type Place } from './place';
import { NotOurs, openStream, sealStream } from './stream';
import { isUnreadableReason, unreadable, whyUnreadable, type UnreadableReason } from './unreadable';
import { decodeValues, encodeValues, type Values } from './values';

const cannotOpen = ({ part, recordId, formOrType }: Place, reason: UnreadableReason): Fault =>
  unreadable(`"${part}" of record ${recordId} of "${formOrType}"`, reason);

export interface Digest extends SearchField {
  /** 32 hex characters. */
  digest: string;
  keyId: string;
}

const sealWith = ({ keyId, key }: DataKey, place: Place, values: Values): SealedValue =>
  formatParts(keyId, encryptInParts(key, encodeValues(values), associatedData(place, keyId)));

const openWith = (key: KeyObject, place: Place, { keyId, bytes }: Envelope): Values => {
  try {
    return decodeValues(decrypt(key, bytes, associatedData(place, keyId)));
  } catch {
    throw cannotOpen(place, 'CHANGED');
  }
};

const digestsWith = ({ keyId, key }: DataKey, fields: readonly SearchField[], values: Values): Digest[] =>
  fields.flatMap((search) => {
    const digest = digestOf(key, search, Object.hasOwn(values, search.field) ? values[search.field] : undefined);
    return digest === null ? [] : [{ ...search, digest, keyId }];
  });

/** A value to be sealed anew where it is, and the fields of it that have digests. */
export interface ToRenew {
  place: Place;
  sealed: string;
  fields: readonly SearchField[];
}
export interface Renewed {
  sealed: SealedValue;
  digests: Digest[];
}

export const createSealer = (keyring: Keyring) => {
  const seal = async (place: Place, values: Values): Promise<SealedValue> =>
    sealWith(keyring.atHandForSealing(place.formOrType) ?? (await keyring.forSealing(place.formOrType)), place, values);

  const keyFor = async (place: Place, keyId: string): Promise<KeyObject> => {
    try {
      return (await keyring.forOpening(keyId)).key;
    } catch (error) {
      // A key that is missing or does not unwrap is the same to the caller; a database or a provider that is down is not.
      throw error instanceof Fault && isUnreadableReason(error.code) ? cannotOpen(place, error.code) : error;
    }
  };

  /** @throws Fault SEALED_VALUE_UNREADABLE, KEY_PROVIDER_UNAVAILABLE, KEY_PROVIDER_REFUSED */
  const open = async (place: Place, sealed: string): Promise<Values> => {
    const envelope = parseEnvelope(sealed);
    if (!envelope) throw cannotOpen(place, 'CHANGED');
    const { key } = keyring.atHandForOpening(envelope.keyId) ?? {};
    return openWith(key ?? (await keyFor(place, envelope.keyId)), place, envelope);
  };

  /** A file, piece by piece as it opens. */
  async function* openFile(place: Place, sealed: Bytes): AsyncGenerator<Buffer> {
    try {
      yield* openStream((keyId) => keyFor(place, keyId), place, sealed);
    } catch (error) {
      throw error instanceof NotOurs ? cannotOpen(place, 'CHANGED') : error;
    }
  }

  const digests = async (formOrType: string, fields: readonly SearchField[], values: Values): Promise<Digest[]> =>
    fields.length === 0 ? [] : digestsWith(await keyring.forDigests(formOrType), fields, values);

  return {
    /** Makes the keys of a form or type, if they are not there yet; a house that only marks needs one. */
    async ready(formOrType: string, purposes: KeyPurpose[] = ['values', 'search']): Promise<void> {
      for (const purpose of purposes) await keyring.hold(formOrType, purpose);
    },
    /** The keys of a form or type were changed: they are looked up again. */
    forget: keyring.forget,
    seal,
    open,
    /** Opens, changes and seals again; the clear values never leave this function. */
    async reseal(place: Place, sealed: string, change: (values: Values) => Values): Promise<SealedValue> {
      return seal(place, change(await open(place, sealed)));
    },
    /**
     * The same values under the keys that are current now, with their digests; the clear values never leave this function.
     * Many at once, because asking for the keys costs as much as sealing.
     * @param named what the values are called by now, for their digests alone
     * @returns in the same order; null for what does not open. @throws when that cannot be known now
     */
    async renew(formOrType: string, values: readonly ToRenew[], named: (values: Values) => Values): Promise<(Renewed | null)[]> {
      const current = await keyring.forSealing(formOrType, values.length);
      const search = await keyring.forDigests(formOrType);
      const keys = new Map<string, KeyObject>();
      const renewOne = async ({ place, sealed, fields }: ToRenew): Promise<Renewed | null> => {
        const envelope = parseEnvelope(sealed);
        if (!envelope) return null;
        try {
          const key = keys.get(envelope.keyId) ?? (await keyFor(place, envelope.keyId));
          keys.set(envelope.keyId, key);
          const opened = openWith(key, place, envelope);
          return { sealed: sealWith(current, place, opened), digests: digestsWith(search, fields, named(opened)) };
        } catch (error) {
          whyUnreadable(error);
          return null;
        }
      };
      const renewed: (Renewed | null)[] = [];
      for (const one of values) renewed.push(await renewOne(one));
      return renewed;
    },
    /** Whether it opens; the clear values never leave this function. @throws when that cannot be known now */
    async whyNot(place: Place, sealed: string): Promise<UnreadableReason | null> {
      return open(place, sealed).then(() => null, whyUnreadable);
    },
    /** A file, chunk by chunk; one seal under the data key, however long it is. @throws whatever `content` throws */
    async sealFile(place: Place, content: Bytes): Promise<{ keyId: string; sealed: AsyncGenerator<Buffer> }> {
      const dataKey = await keyring.forSealing(place.formOrType);
      return { keyId: dataKey.keyId, sealed: sealStream(dataKey, place, content) };
    },
    /** Gives out what is whole, and throws where it stops being so. @throws Fault SEALED_VALUE_UNREADABLE */
    openFile,
    digests,
    /** Under each of these keys that is still there: what to look for, 32 hex characters each. */
    async searchedDigests(keyIds: readonly string[], search: SearchField, value: unknown): Promise<string[]> {
      const found: string[] = [];
      for (const keyId of keyIds) {
        const key = await keyring.forSearching(keyId);
        const digest = key && digestOf(key.key, search, value);
        if (digest) found.push(digest);
      }
      return found;
    },
    /** A keyed mark over a text (HMAC-SHA256, 64 hex characters), for rows that must not be forged. */
    async mark(house: string, text: string): Promise<string> {
      const { key } = await keyring.forDigests(house);
      return createHmac('sha256', derivedKey(key, 'form-guard mark')).update(text).digest('hex');
    },
  };
};

export type Sealer = ReturnType<typeof createSealer>;
