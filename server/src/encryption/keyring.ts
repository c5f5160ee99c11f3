/**
 * Data keys: one for the values and one for the search digests of each form or wrapped type, stored only wrapped by a
 * root key. Unwrapped ones live in this closure as key objects and nowhere else.
 */
import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { Fault } from '../fault';
import { decrypt, encrypt } from './aes-gcm';
import { formatEnvelope, parseEnvelope, type SealedValue } from './envelope';
import { associatedData, type Place } from './place';
import type { RootKeys } from './root-keys';

export type KeyPurpose = 'values' | 'search';

export interface DataKeyRow {
  keyId: string;
  formOrType: string;
  purpose: KeyPurpose;
  /** 1, 2, 3 … for each form or type and purpose; the store refuses the same one twice. */
  generation: number;
  state: 'current' | 'decrypt-only' | 'destroyed';
  wrapped: SealedValue;
  /** Upper bound of values sealed under it: reserved in blocks before they are used. */
  seals: number;
}

/** Where wrapped keys are kept. `add` answers false when another instance was first. */
export interface DataKeyStore {
  findCurrent(formOrType: string, purpose: KeyPurpose): Promise<DataKeyRow | null>;
  find(keyId: string): Promise<DataKeyRow | null>;
  add(row: DataKeyRow): Promise<boolean>;
  retire(keyId: string): Promise<void>;
  reserve(keyId: string, seals: number): Promise<void>;
}

export interface DataKey {
  keyId: string;
  key: KeyObject;
}

/** Random nonces are safe to 2^32 seals under one key (NIST SP 800-38D, 8.3); a new key is made at half of that. */
const SEALS_PER_KEY = 2 ** 31;
const RESERVED_AT_ONCE = 4096;
const KEY_BYTES = 32;

const placeOf = (row: Pick<DataKeyRow, 'formOrType' | 'keyId' | 'purpose' | 'generation'>): Place => ({
  formOrType: row.formOrType,
  recordId: row.keyId,
  part: `data-key:${row.purpose}:${row.generation}`,
});

export const createKeyring = ({ rootKeys, store }: { rootKeys: RootKeys; store: DataKeyStore }) => {
  type Held = DataKey & { row: DataKeyRow; reserved: number };
  const current = new Map<string, Promise<Held>>();
  const older = new Map<string, Promise<DataKey>>();

  const unwrap = (row: DataKeyRow): DataKey => {
    const envelope = parseEnvelope(row.wrapped);
    const root = envelope && rootKeys.byId.get(envelope.keyId);
    if (!envelope || !root) {
      throw new Fault(
        'ROOT_KEY_UNKNOWN',
        `the data key of "${row.formOrType}" is wrapped by a root key${envelope ? ` "${envelope.keyId}"` : ''} that FORM_GUARD_KEYS does not hold. Add that key, behind the current one.`,
      );
    }
    try {
      const bytes = decrypt(root, envelope.bytes, associatedData(placeOf(row), envelope.keyId));
      return { keyId: row.keyId, key: createSecretKey(bytes) };
    } catch {
      throw new Fault(
        'ROOT_KEY_UNKNOWN',
        `the data key of "${row.formOrType}" does not open under root key "${envelope.keyId}": the key with that id in FORM_GUARD_KEYS is another one, or the row was changed. Put the right key back.`,
      );
    }
  };

  const make = async (formOrType: string, purpose: KeyPurpose, generation: number): Promise<DataKeyRow> => {
    const keyId = `d${randomBytes(10).toString('hex')}`;
    const place = placeOf({ formOrType, keyId, purpose, generation });
    const { current: root } = rootKeys;
    const wrapped = formatEnvelope(root.keyId, encrypt(root.key, randomBytes(KEY_BYTES), associatedData(place, root.keyId)));
    const row: DataKeyRow = { keyId, formOrType, purpose, generation, state: 'current', wrapped, seals: 0 };
    if (await store.add(row)) return row;
    const first = await store.findCurrent(formOrType, purpose);
    if (!first) throw new Fault('DATA_KEY_MISSING', `the data key of "${formOrType}" could not be stored`);
    return first;
  };

  const load = async (formOrType: string, purpose: KeyPurpose): Promise<Held> => {
    let row = await store.findCurrent(formOrType, purpose);
    if (row && row.seals >= SEALS_PER_KEY && purpose === 'values') {
      const { keyId, generation } = row;
      row = await make(formOrType, purpose, generation + 1);
      await store.retire(keyId);
    }
    row ??= await make(formOrType, purpose, 1);
    return { ...unwrap(row), row, reserved: 0 };
  };

  const heldCurrent = (formOrType: string, purpose: KeyPurpose): Promise<Held> => {
    const name = `${purpose} ${formOrType}`;
    const held = current.get(name);
    if (held) return held;
    const loading = load(formOrType, purpose);
    current.set(name, loading);
    loading.catch(() => current.delete(name));
    return loading;
  };

  return {
    /** Makes the key of a form or type if there is none, and holds it unwrapped; uses up no seal. */
    async hold(formOrType: string, purpose: KeyPurpose): Promise<void> {
      await heldCurrent(formOrType, purpose);
    },
    /** The key for new seals; made when there is none. Counts one seal. */
    async forSealing(formOrType: string): Promise<DataKey> {
      const held = await heldCurrent(formOrType, 'values');
      if (held.reserved === 0) {
        held.reserved = RESERVED_AT_ONCE;
        held.row.seals += RESERVED_AT_ONCE;
        await store.reserve(held.keyId, RESERVED_AT_ONCE);
        if (held.row.seals >= SEALS_PER_KEY) current.delete(`values ${formOrType}`);
      }
      held.reserved -= 1;
      return held;
    },
    /** The key for search digests and other keyed marks; made when there is none. */
    forDigests(formOrType: string): Promise<DataKey> {
      return heldCurrent(formOrType, 'search');
    },
    /** @throws Fault DATA_KEY_MISSING, ROOT_KEY_UNKNOWN */
    async forOpening(keyId: string): Promise<DataKey> {
      const held = older.get(keyId);
      if (held) return held;
      const loading = store.find(keyId).then((row) => {
        if (!row || row.state === 'destroyed') throw new Fault('DATA_KEY_MISSING', 'a data key is not there any more');
        return unwrap(row);
      });
      older.set(keyId, loading);
      loading.catch(() => older.delete(keyId));
      return loading;
    },
    /** Unwraps a row to see whether the root keys fit. @throws Fault ROOT_KEY_UNKNOWN */
    check(row: DataKeyRow): void {
      unwrap(row);
    },
  };
};

export type Keyring = ReturnType<typeof createKeyring>;
