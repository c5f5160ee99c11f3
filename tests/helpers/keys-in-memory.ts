/** A keyring whose wrapped keys are in memory, for what needs no database: the port of the store is the real one. */
import { createKeyring, type KeyringOptions } from '../../server/src/encryption/keyring';
import type { DataKeyRow, DataKeyStore } from '../../server/src/encryption/data-key-rows';
import { createLocalProvider } from '../../server/src/encryption/key-providers/local';
import { parseRootKeys } from '../../server/src/encryption/root-keys';
import { createSealer } from '../../server/src/encryption/sealer';

export const keysInMemory = (rows: DataKeyRow[] = []) => {
  const of = (formOrType: string, purpose: string) =>
    rows
      .filter((row) => row.formOrType === formOrType && row.purpose === purpose)
      .sort((one, other) => other.generation - one.generation);
  const byId = (keyId: string) => rows.find((row) => row.keyId === keyId) ?? null;
  const store: DataKeyStore = {
    isInTransaction: () => false,
    findCurrent: async (formOrType, purpose) => of(formOrType, purpose).find(({ state }) => state === 'current') ?? null,
    find: async (keyId) => byId(keyId),
    newestGeneration: async (formOrType, purpose) => of(formOrType, purpose)[0]?.generation ?? 0,
    replace: async (pairs) => {
      const isFirst = ({ older, row }: (typeof pairs)[number]) =>
        !of(row.formOrType, row.purpose).some(({ generation }) => generation === row.generation) &&
        (!older || byId(older.keyId)?.state === 'current');
      if (!pairs.every(isFirst)) return false;
      for (const { older, row } of pairs) {
        const before = older && byId(older.keyId);
        if (before) before.state = 'decrypt-only';
        rows.push({ ...row });
      }
      return true;
    },
    reserve: async (keyId, seals) => {
      const row = byId(keyId);
      if (row) row.seals += seals;
    },
    rewrap: async (keyId, before, wrapped) => {
      const row = byId(keyId);
      if (row?.wrapped !== before) return false;
      row.wrapped = wrapped;
      return true;
    },
  };
  return { rows, store };
};

/** @param rootKeys as they stand in FORM_GUARD_KEYS */
export const keyringOn = (rootKeys: string, store: DataKeyStore, options: Partial<KeyringOptions> = {}) =>
  createKeyring({
    providers: [createLocalProvider(parseRootKeys(rootKeys))],
    store,
    lifetimeMs: 600_000,
    now: () => performance.now(),
    ...options,
  });
export const sealerOn = (rootKeys: string, store: DataKeyStore, options: Partial<KeyringOptions> = {}) =>
  createSealer(keyringOn(rootKeys, store, options));
