/** Keeps wrapped data keys in the vault's own table. */
import { Fault } from '../fault';
import type { DataKeyRow, DataKeyStore, KeyPurpose } from '../encryption';
import { statement, table, type Strapi } from '../strapi';
import { DATA_KEYS } from './models';

type StoredRow = Omit<DataKeyRow, 'seals'> & { seals: string };
const toRow = (row: StoredRow | null): DataKeyRow | null => row && { ...row, seals: Number(row.seals) };

export const createDataKeyStore = (strapi: Strapi): DataKeyStore => {
  const keys = table<StoredRow>(strapi, DATA_KEYS);
  const findCurrent = async (formOrType: string, purpose: KeyPurpose) =>
    toRow(await keys.findOne({ where: { formOrType, purpose, state: 'current' }, orderBy: { generation: 'desc' } }));
  return {
    findCurrent,
    find: async (keyId) => toRow(await keys.findOne({ where: { keyId } })),
    async add(row) {
      // Rolled back with the transaction around it, a key that is already in use would be lost for ever.
      if (strapi.db.inTransaction()) {
        throw new Fault('DATA_KEY_IN_TRANSACTION', `the first key of "${row.formOrType}" cannot be made inside a transaction`);
      }
      try {
        await statement(strapi, DATA_KEYS)
          .insert({ ...row, createdAt: new Date() })
          .execute();
        return true;
      } catch (error) {
        if (await findCurrent(row.formOrType, row.purpose)) return false;
        throw error;
      }
    },
    async retire(keyId) {
      await statement(strapi, DATA_KEYS).where({ keyId }).update({ state: 'decrypt-only' }).execute();
    },
    async reserve(keyId, seals) {
      const query = strapi.db.queryBuilder(DATA_KEYS) as unknown as {
        where(where: object): { increment(column: string, amount: number): { execute(): Promise<unknown> } };
      };
      await query.where({ keyId }).increment('seals', seals).execute();
    },
  };
};

/** Every wrapped key that is still used. */
export const keysInUse = async (strapi: Strapi): Promise<DataKeyRow[]> => {
  const rows = await table<StoredRow>(strapi, DATA_KEYS).findMany({ where: { state: 'current' } });
  return rows.map((row) => toRow(row) as DataKeyRow);
};
