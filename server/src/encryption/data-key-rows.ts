/** Data keys as they are kept: wrapped by a root key, never otherwise. */
import type { SealedValue } from './envelope';
import type { Place } from './place';

export const KEY_PURPOSES = ['values', 'search'] as const;
export type KeyPurpose = (typeof KEY_PURPOSES)[number];

export interface DataKeyRow {
  keyId: string;
  formOrType: string;
  purpose: KeyPurpose;
  /** 1, 2, 3 … for each form or type and purpose; the store refuses the same one twice. */
  generation: number;
  /** `destroyed`: the wrapped key is gone, and what was sealed under it opens nowhere. */
  state: 'current' | 'decrypt-only' | 'destroyed';
  wrapped: SealedValue;
  /** Upper bound of values sealed under it: reserved in blocks before they are used. */
  seals: number;
}

/** Where wrapped keys are kept. */
export interface DataKeyStore {
  /** Whether whoever asks is inside a transaction, and so holds a connection to the database. */
  isInTransaction(): boolean;
  findCurrent(formOrType: string, purpose: KeyPurpose): Promise<DataKeyRow | null>;
  find(keyId: string): Promise<DataKeyRow | null>;
  /** 0 when there was never one; destroyed ones count. */
  newestGeneration(formOrType: string, purpose: KeyPurpose): Promise<number>;
  /**
   * Puts new current keys in the place of older ones, all or none.
   * @returns false when somebody else was first with one of them
   */
  replace(pairs: readonly { older: DataKeyRow | null; row: DataKeyRow }[]): Promise<boolean>;
  reserve(keyId: string, seals: number): Promise<void>;
  rewrap(keyId: string, before: SealedValue, wrapped: SealedValue): Promise<boolean>;
}

export const placeOfKey = (row: Pick<DataKeyRow, 'formOrType' | 'keyId' | 'purpose' | 'generation'>): Place => ({
  formOrType: row.formOrType,
  recordId: row.keyId,
  part: `data-key:${row.purpose}:${row.generation}`,
});
