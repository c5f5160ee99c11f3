/** Keeps wrapped data keys in the vault's own table. */
import { isEqual, sortBy } from 'lodash';
import { Fault } from '../fault';
import type { DataKeyRow, DataKeyStore, KeyPurpose, SealedValue } from '../encryption';
import { holding, statement, table, transaction, within, type Strapi } from '../strapi';
import { DATA_KEYS, DATA_KEYS_TABLE } from './models';

type StoredRow = Omit<DataKeyRow, 'seals'> & { seals: string };
const toRow = (row: StoredRow): DataKeyRow => ({ ...row, seals: Number(row.seals) });

/** Whoever locks the two keys of a form does it in this order, or two of them would wait for one another for ever. */
const IN_ORDER = 'row.purpose';

/** Values and search. */
const PURPOSES = 2;

/** Somebody else was first; rolls the transaction back. */
class NotFirst extends Error {}

export const createDataKeyStore = (strapi: Strapi): DataKeyStore => {
  const keys = table<StoredRow>(strapi, DATA_KEYS);
  const findOne = async (params: Parameters<typeof keys.findOne>[0]): Promise<DataKeyRow | null> => {
    const row = await keys.findOne(params);
    return row && toRow(row);
  };
  const newest = { orderBy: { generation: 'desc' } } as const;

  const succeed = async (trx: unknown, older: DataKeyRow | null, row: DataKeyRow): Promise<void> => {
    const now = new Date();
    if (older) {
      const retired = { state: 'decrypt-only', retired_at: now };
      const where = { key_id: older.keyId, state: 'current' };
      if (Number(await within(strapi, trx, DATA_KEYS_TABLE).where(where).update(retired)) === 0) throw new NotFirst();
    }
    await statement(strapi, DATA_KEYS)
      .insert({ ...row, createdAt: now })
      .execute();
  };

  return {
    isInTransaction: () => strapi.db.inTransaction(),
    async findCurrent(formOrType, purpose) {
      const where = { formOrType, purpose, state: 'current' };
      if (!strapi.db.inTransaction()) return findOne({ where, ...newest });
      // A transaction may see an older state of the table (MariaDB), unless it reads with a lock.
      const locked = await transaction(strapi, (trx) => lockedCurrent(strapi, trx, formOrType));
      return locked.find((row) => row.purpose === purpose) ?? null;
    },
    find: (keyId) => findOne({ where: { keyId } }),
    async newestGeneration(formOrType, purpose) {
      return (await findOne({ where: { formOrType, purpose }, ...newest }))?.generation ?? 0;
    },
    async replace(pairs) {
      // Rolled back with the transaction around it, a key that is already in use would be lost for ever.
      if (strapi.db.inTransaction()) {
        throw new Fault('DATA_KEY_IN_TRANSACTION', 'a data key cannot be made inside a transaction');
      }
      try {
        await transaction(strapi, async (trx) => {
          for (const { older, row } of sortBy(pairs, IN_ORDER)) await succeed(trx, older, row);
        });
        return true;
      } catch (error) {
        if (error instanceof NotFirst) return false;
        const [first] = pairs;
        const winner =
          first && (await findOne({ where: { formOrType: first.row.formOrType, purpose: first.row.purpose }, ...newest }));
        if (winner && first.row.generation <= winner.generation) return false;
        throw error;
      }
    },
    async reserve(keyId, seals) {
      const query = strapi.db.queryBuilder(DATA_KEYS) as unknown as {
        where(where: object): { increment(column: string, amount: number): { execute(): Promise<unknown> } };
      };
      await query.where({ keyId }).increment('seals', seals).execute();
    },
    rewrap: (keyId, before, wrapped) =>
      transaction(strapi, async (trx) => {
        const changed = await within(strapi, trx, DATA_KEYS_TABLE).where({ key_id: keyId, wrapped: before }).update({ wrapped });
        return Number(changed) > 0;
      }),
  };
};

const lockedCurrent = async (strapi: Strapi, trx: unknown, formOrType: string): Promise<DataKeyRow[]> => {
  const read = async (): Promise<Record<string, unknown>[]> => {
    const query = within(strapi, trx, DATA_KEYS_TABLE).where({ form_or_type: formOrType, state: 'current' }).orderBy('purpose');
    return (await holding(strapi, query, 'forShare')) as Record<string, unknown>[];
  };
  let rows = await read();
  // Having waited for a rotation, PostgreSQL leaves out the rows that were retired and does not see those that came for them.
  for (let isSure = rows.length === PURPOSES; !isSure;) {
    const again = await read();
    isSure = again.length === PURPOSES || isEqual(again, rows);
    rows = again;
  }
  return rows.map((row) => ({
    keyId: String(row.key_id),
    formOrType,
    purpose: row.purpose as KeyPurpose,
    generation: Number(row.generation),
    state: 'current',
    wrapped: row.wrapped as SealedValue,
    seals: Number(row.seals),
  }));
};

/**
 * The keys of a form or type that are current, held so until the transaction ends: whoever rotates waits. What is written
 * after this under one of them is never under a key that was retired before it.
 */
export const currentKeys = async (strapi: Strapi, trx: unknown, formOrType: string): Promise<Map<KeyPurpose, string>> =>
  new Map((await lockedCurrent(strapi, trx, formOrType)).map(({ purpose, keyId }) => [purpose, keyId]));

/** Older keys that something is still stored under: whoever destroys keys waits. @throws Fault DATA_KEY_DESTROYED */
export const holdOlderKeys = async (strapi: Strapi, trx: unknown, keyIds: string[]): Promise<void> => {
  const query = within(strapi, trx, DATA_KEYS_TABLE).select('key_id').whereIn('key_id', keyIds).whereNot({ state: 'destroyed' });
  const rows = (await holding(strapi, query, 'forShare')) as unknown[];
  if (rows.length === keyIds.length) return;
  throw new Fault('DATA_KEY_DESTROYED', 'the key of an attachment was destroyed while it was on its way; nothing was stored', {
    status: 503,
  });
};

/** Wrapped keys that are not destroyed: all of them, or those in one state. */
export const keysInUse = async (
  strapi: Strapi,
  state: Record<string, string> | string = { $ne: 'destroyed' },
): Promise<DataKeyRow[]> =>
  (await table<StoredRow>(strapi, DATA_KEYS).findMany({ where: { state }, orderBy: { id: 'asc' } })).map(toRow);
