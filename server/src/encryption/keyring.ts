/**
 * Data keys: one for the values and one for the search digests of each form or wrapped type, stored only wrapped by a
 * root key. Unwrapped ones live in this closure as key objects, for a while, and nowhere else.
 */
import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { Fault } from '../fault';
import { placeOfKey, type DataKeyRow, type DataKeyStore, type KeyPurpose } from './data-key-rows';
import { formatEnvelope, parseEnvelope, type SealedValue } from './envelope';
import type { KeyProvider } from './key-providers/port';
import { createKept } from './kept';
import { associatedData } from './place';

export interface DataKey {
  keyId: string;
  key: KeyObject;
}

/** Random nonces are safe to 2^32 seals under one key (NIST SP 800-38D, 8.3); a new key is made at half of that. */
const SEALS_PER_KEY = 2 ** 31;
const RESERVED_AT_ONCE = 4096;
const KEY_BYTES = 32;

export interface KeyringOptions {
  /** The first one wraps new data keys; the others only unwrap. */
  providers: readonly [KeyProvider, ...KeyProvider[]];
  store: DataKeyStore;
  /** How long an unwrapped key is kept in memory. */
  lifetimeMs: number;
  now: () => number;
}

export const createKeyring = ({ providers, store, lifetimeMs, now }: KeyringOptions) => {
  /** `owed`: reserved, and not written down yet. */
  type Held = DataKey & { row: DataKeyRow; reserved: number; owed: number };
  const lifetime = { lifetimeMs, now };
  const current = { values: createKept<Held>(lifetime), search: createKept<Held>(lifetime) };
  const byId = createKept<DataKey>(lifetime);
  const [provider] = providers;
  const [rootKeyId] = provider.keyIds;

  /** @throws Fault ROOT_KEY_UNKNOWN, KEY_PROVIDER_UNAVAILABLE, KEY_PROVIDER_REFUSED, DATA_KEY_DESTROYED */
  const unwrap = async (row: DataKeyRow): Promise<DataKey> => {
    if (row.state === 'destroyed') throw new Fault('DATA_KEY_DESTROYED', 'a data key was destroyed');
    const envelope = parseEnvelope(row.wrapped);
    const holder = envelope && providers.find(({ keyIds }) => keyIds.includes(envelope.keyId));
    if (!envelope || !holder) {
      throw new Fault(
        'ROOT_KEY_UNKNOWN',
        `the data key of "${row.formOrType}" is wrapped by a root key${envelope ? ` "${envelope.keyId}"` : ''} that FORM_GUARD_KEYS does not hold. Add that key, behind the current one.`,
      );
    }
    const place = associatedData(placeOfKey(row), envelope.keyId);
    const bytes = await holder.unwrap(envelope.keyId, envelope.bytes, place).catch((error: unknown) => {
      if (!(error instanceof Fault) || error.code !== 'ROOT_KEY_UNKNOWN') throw error;
      throw new Fault(
        'ROOT_KEY_UNKNOWN',
        `the data key of "${row.formOrType}" does not open under root key "${envelope.keyId}": the key with that id in ${holder.name} is another one, or the row was changed. Put the right key back.`,
      );
    });
    const key = createSecretKey(bytes);
    bytes.fill(0);
    return { keyId: row.keyId, key };
  };

  const wrapped = async (row: Omit<DataKeyRow, 'wrapped'>, bytes: Buffer): Promise<SealedValue> =>
    formatEnvelope(rootKeyId, await provider.wrap(bytes, associatedData(placeOfKey(row), rootKeyId)));

  const made = async (formOrType: string, purpose: KeyPurpose, generation: number): Promise<DataKeyRow> => {
    const keyId = `d${randomBytes(10).toString('hex')}`;
    const row = { keyId, formOrType, purpose, generation, state: 'current', seals: 0 } as const;
    const bytes = randomBytes(KEY_BYTES);
    try {
      return { ...row, wrapped: await wrapped(row, bytes) };
    } finally {
      bytes.fill(0);
    }
  };

  const successor = async (older: DataKeyRow | null, formOrType: string, purpose: KeyPurpose) => ({
    older,
    row: await made(formOrType, purpose, (await store.newestGeneration(formOrType, purpose)) + 1),
  });

  const load = async (formOrType: string, purpose: KeyPurpose): Promise<Held> => {
    let row = await store.findCurrent(formOrType, purpose);
    if (!row || (row.seals >= SEALS_PER_KEY && purpose === 'values')) {
      await store.replace([await successor(row, formOrType, purpose)]);
      // Ours, or that of another instance that was first.
      row = await store.findCurrent(formOrType, purpose);
    }
    if (!row) throw new Fault('DATA_KEY_MISSING', `the data key of "${formOrType}" could not be stored`);
    return { ...(await unwrap(row)), row, reserved: 0, owed: 0 };
  };

  const heldCurrent = (formOrType: string, purpose: KeyPurpose): Promise<Held> =>
    current[purpose].get(formOrType, () => load(formOrType, purpose), store.isInTransaction());

  /**
   * Not inside a transaction: it would wait for others that hold the row of the key, and they for it. A process that ends before
   * it has settled leaves one block uncounted, which the distance of the limit from what is safe allows for.
   */
  const settle = async (held: Held): Promise<void> => {
    if (held.owed === 0 || store.isInTransaction()) return;
    const { owed } = held;
    held.owed = 0;
    await store.reserve(held.keyId, owed);
  };

  const forget = (formOrType: string): void => {
    for (const kept of Object.values(current)) kept.forget(formOrType);
  };

  /** @throws Fault DATA_KEY_MISSING, DATA_KEY_DESTROYED, ROOT_KEY_UNKNOWN, KEY_PROVIDER_UNAVAILABLE, KEY_PROVIDER_REFUSED */
  const forOpening = (keyId: string): Promise<DataKey> => {
    const fetch = async (): Promise<DataKey> => {
      const row = await store.find(keyId);
      if (!row) throw new Fault('DATA_KEY_MISSING', 'a data key is not there');
      return unwrap(row);
    };
    return byId.get(keyId, fetch, store.isInTransaction());
  };

  return {
    /** Makes the key of a form or type if there is none, and holds it unwrapped; uses up no seal. */
    async hold(formOrType: string, purpose: KeyPurpose): Promise<void> {
      await heldCurrent(formOrType, purpose);
    },
    /** The key for new seals; made when there is none. @param seals how many it will be used for; counted before */
    async forSealing(formOrType: string, seals = 1): Promise<DataKey> {
      const held = await heldCurrent(formOrType, 'values');
      if (held.reserved < seals) {
        const more = Math.max(seals, RESERVED_AT_ONCE);
        held.reserved += more;
        held.row.seals += more;
        held.owed += more;
        if (held.row.seals >= SEALS_PER_KEY) current.values.forget(formOrType);
      }
      held.reserved -= seals;
      // Waiting for nothing would cost each seal as much as a part of it.
      if (held.owed > 0) await settle(held);
      return held;
    },
    /** The same for one seal, if it is at hand and nothing has to be written down first. */
    atHandForSealing(formOrType: string): DataKey | undefined {
      const held = current.values.atHand(formOrType);
      if (!held || held.reserved < 1 || held.owed > 0) return undefined;
      held.reserved -= 1;
      return held;
    },
    atHandForOpening: (keyId: string): DataKey | undefined => byId.atHand(keyId),
    /** The key for new search digests and other keyed marks; made when there is none. */
    forDigests(formOrType: string): Promise<DataKey> {
      return heldCurrent(formOrType, 'search');
    },
    forOpening,
    /** @returns null when there is no such key any more: then nothing is to be found under it */
    forSearching: (keyId: string): Promise<DataKey | null> =>
      forOpening(keyId).catch((error: unknown) => {
        if (error instanceof Fault && ['DATA_KEY_MISSING', 'DATA_KEY_DESTROYED'].includes(error.code)) return null;
        throw error;
      }),
    /** The keys of a form or type were changed by another instance: they are looked up again. */
    forget,
    forgetOpened: (keyId: string): void => byId.forget(keyId),
    /**
     * Makes new keys current, for values and digests together; the older ones only open from then on.
     * @returns false when somebody else changed them at the same moment
     */
    async rotate(formOrType: string): Promise<boolean> {
      const older = async (purpose: KeyPurpose) => successor(await store.findCurrent(formOrType, purpose), formOrType, purpose);
      const replaced = await store.replace([await older('values'), await older('search')]);
      forget(formOrType);
      return replaced;
    },
    /** Wraps a data key under the current root key. @returns whether there was anything to do */
    async rewrap(row: DataKeyRow): Promise<boolean> {
      if (parseEnvelope(row.wrapped)?.keyId === rootKeyId) return false;
      const { key } = await unwrap(row);
      const bytes = key.export();
      try {
        return await store.rewrap(row.keyId, row.wrapped, await wrapped(row, bytes));
      } finally {
        bytes.fill(0);
      }
    },
    rootKeyId,
    /** Unwraps a row to see whether the root keys fit. @throws Fault ROOT_KEY_UNKNOWN and those of the provider */
    async check(row: DataKeyRow): Promise<void> {
      await unwrap(row);
    },
  };
};

export type Keyring = ReturnType<typeof createKeyring>;
