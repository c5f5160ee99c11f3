/** Wrapped keys that lie in no database: those of an archive, which brings its own. Never changed by anybody at the same time. */
import type { DataKeyRow, DataKeyStore } from './data-key-rows';

export const keysInMemory = (rows: DataKeyRow[]): DataKeyStore => {
  const newest = (formOrType: string, purpose: string): DataKeyRow | undefined =>
    rows
      .filter((row) => row.formOrType === formOrType && row.purpose === purpose)
      .sort((one, other) => other.generation - one.generation)[0];
  return {
    isInTransaction: () => false,
    findCurrent: (formOrType, purpose) => Promise.resolve(newest(formOrType, purpose) ?? null),
    find: (keyId) => Promise.resolve(rows.find((row) => row.keyId === keyId) ?? null),
    newestGeneration: (formOrType, purpose) => Promise.resolve(newest(formOrType, purpose)?.generation ?? 0),
    replace(pairs) {
      rows.push(...pairs.map(({ row }) => row));
      return Promise.resolve(true);
    },
    reserve: () => Promise.resolve(),
    rewrap: () => Promise.resolve(false),
  };
};
