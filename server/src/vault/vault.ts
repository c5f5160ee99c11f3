/**
 * The vault: sealed submissions in their table, and the only holder of keyring and sealer. It is found through a map
 * that lives in this file, never as a Strapi service, which every other plugin could reach.
 */
import { randomBytes } from 'node:crypto';
import { createKeyring, createSealer, type Place, type Sealer, type Values } from '../encryption';
import { Fault } from '../fault';
import type { SubmissionState } from '../contract';
import { statement, table, transaction, type Strapi } from '../strapi';
import { createDataKeyStore, keysInUse } from './data-key-store';
import { DIGESTS, VAULT, VAULT_TABLE, type VaultRow } from './models';
import { readRootKeys } from './root-keys';

/** Crockford's base 32: no I, L, O, U, so that a reference can be read aloud. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 80 random bits. */
const newRecordId = (): string => [...randomBytes(16)].map((byte) => ALPHABET[byte % 32]).join('');

/** The id decides between two of one moment, in the direction of the index. */
const NEWEST_FIRST = { receivedAt: 'desc', id: 'desc' } as const;

const place = (formOrType: string, recordId: string): Place => ({ formOrType, recordId, part: 'values' });

export interface NewRecord {
  formOrType: string;
  recordId?: string;
  values: Values;
  /** Fields to keep a digest of, for exact search. */
  search: string[];
}
export interface Receipt {
  recordId: string;
  receivedAt: string;
}
export interface RecordFilter {
  formOrType: string;
  state?: SubmissionState;
  recordIds?: string[];
}

const whereOf = ({ formOrType, state, recordIds }: RecordFilter): Record<string, unknown> => ({
  formOrType,
  ...(state ? { state } : {}),
  ...(recordIds ? { recordId: { $in: recordIds } } : {}),
});

const createVault = (strapi: Strapi, sealer: Sealer) => {
  const records = table<VaultRow>(strapi, VAULT);
  const find = (formOrType: string, recordId: string) => records.findOne({ where: { formOrType, recordId } });

  const writeDigests = async (formOrType: string, recordId: string, values: Values, search: string[]): Promise<void> => {
    const rows = [];
    for (const field of search) {
      const digest = await sealer.digest(formOrType, field, values[field]);
      if (digest) rows.push({ formOrType, recordId, field, digest });
    }
    if (rows.length > 0) await statement(strapi, DIGESTS).insert(rows).execute();
  };

  /** Seals now; the returned function writes, and belongs into the transaction of whatever must be there with it. */
  const prepare = async ({ formOrType, recordId = newRecordId(), values, search }: NewRecord) => {
    const sealed = await sealer.seal(place(formOrType, recordId), values);
    return async (): Promise<Receipt> => {
      const receivedAt = new Date();
      const write = async () => {
        await statement(strapi, VAULT).insert({ recordId, formOrType, receivedAt, state: 'new', sealed }).execute();
        await writeDigests(formOrType, recordId, values, search);
      };
      // One statement is atomic by itself.
      await (search.length > 0 ? transaction(strapi, write) : write());
      return { recordId, receivedAt: receivedAt.toISOString() };
    };
  };

  return {
    prepare,
    store: async (record: NewRecord): Promise<Receipt> => (await prepare(record))(),

    /** Adds to the values of a record; those not named stay, sealed and unseen. Makes the record when there is none. */
    async amend({ formOrType, recordId, values, search }: Required<NewRecord>): Promise<void> {
      await transaction(strapi, async (trx) => {
        // Two amendments at once must not lose one another: the row is locked first (SQLite has one writer anyway).
        const rows = strapi.db.queryBuilder(VAULT) as unknown as {
          where(where: object): { transacting(t: unknown): { forUpdate(): { execute(): Promise<VaultRow[]> } } };
        };
        const [row] = await rows.where({ formOrType, recordId }).transacting(trx).forUpdate().execute();
        if (!row) {
          await (
            await prepare({ formOrType, recordId, values, search })
          )();
          return;
        }
        const change = (before: Values): Values => ({ ...before, ...values });
        const sealed = await sealer.reseal(place(formOrType, recordId), row.sealed, change);
        await statement(strapi, VAULT).where({ formOrType, recordId }).update({ sealed }).execute();
        const changed = search.filter((field) => field in values);
        for (const field of changed) {
          await statement(strapi, DIGESTS).where({ formOrType, recordId, field }).delete().execute();
        }
        await writeDigests(formOrType, recordId, values, changed);
      });
    },

    find,
    has: async (formOrType: string, recordId: string): Promise<boolean> => (await find(formOrType, recordId)) !== null,
    list: (filter: RecordFilter, slice: { limit: number; offset: number }): Promise<VaultRow[]> =>
      records.findMany({
        where: whereOf(filter),
        select: ['id', 'recordId', 'formOrType', 'receivedAt', 'state'],
        orderBy: NEWEST_FIRST,
        ...slice,
      }),
    count: (filter: RecordFilter): Promise<number> => records.count({ where: whereOf(filter) }),

    /** Every form and type that has submissions, also of forms that are not there any more. */
    async formsAndTypes(): Promise<{ formOrType: string; submissions: number }[]> {
      const found = (await strapi.db
        .getConnection(VAULT_TABLE)
        .select('form_or_type')
        .count({ submissions: '*' })
        .groupBy('form_or_type')) as { form_or_type: string; submissions: number | string }[];
      return found.map((row) => ({ formOrType: row.form_or_type, submissions: Number(row.submissions) }));
    },

    /** How many, the oldest, the newest. */
    async tally(formOrType: string) {
      const edge = async (order: 'asc' | 'desc') => {
        const [row] = await records.findMany({
          where: { formOrType },
          select: ['receivedAt'],
          orderBy: { receivedAt: order },
          limit: 1,
        });
        return row?.receivedAt ?? null;
      };
      return {
        submissions: await records.count({ where: { formOrType } }),
        since: await edge('asc'),
        latest: await edge('desc'),
      };
    },

    /** Ids of the records whose field has exactly this value, newest first; at most a thousand. */
    async search(formOrType: string, field: string, value: unknown): Promise<string[]> {
      const digest = await sealer.digest(formOrType, field, value);
      if (!digest) return [];
      const found = await table<{ recordId: string }>(strapi, DIGESTS).findMany({
        where: { formOrType, field, digest },
        select: ['recordId'],
        orderBy: { id: 'desc' },
        limit: 1000,
      });
      return found.map(({ recordId }) => recordId);
    },

    async setState(formOrType: string, recordId: string, state: SubmissionState): Promise<void> {
      await statement(strapi, VAULT).where({ formOrType, recordId }).update({ state }).execute();
    },

    async erase(formOrType: string, recordId: string): Promise<void> {
      await transaction(strapi, async () => {
        await statement(strapi, VAULT).where({ formOrType, recordId }).delete().execute();
        await statement(strapi, DIGESTS).where({ formOrType, recordId }).delete().execute();
      });
    },

    /**
     * Clear values. Only disclosure/ may call this, after it has checked the grant and written the entry.
     * @throws Fault SEALED_VALUE_UNREADABLE
     */
    open: (row: Pick<VaultRow, 'formOrType' | 'recordId' | 'sealed'>): Promise<Values> =>
      sealer.open(place(row.formOrType, row.recordId), row.sealed),

    /** Makes the keys of a form or type before they are needed inside a transaction. */
    readyKeys: (formOrType: string): Promise<void> => sealer.ready(formOrType),
    /** The same for a house that marks rows and seals nothing. */
    readyMarks: (house: string): Promise<void> => sealer.ready(house, ['search']),
    /** A keyed mark over a row of ours, so that one written by hand is known. `house` keeps the uses apart. */
    mark: (house: string, text: string): Promise<string> => sealer.mark(house, text),
  };
};

export type Vault = ReturnType<typeof createVault>;

const vaults = new WeakMap<Strapi, Vault>();

/** In `register`: reads the root keys and makes the vault. @throws Fault ROOT_KEYS_MISSING, ROOT_KEYS_MALFORMED */
export const makeVault = (strapi: Strapi): void => {
  const rootKeys = readRootKeys(strapi);
  const keyring = createKeyring({ rootKeys, store: createDataKeyStore(strapi) });
  vaults.set(strapi, createVault(strapi, createSealer(keyring)));
  checks.set(strapi, async () => {
    for (const row of await keysInUse(strapi)) keyring.check(row);
  });
};

const checks = new WeakMap<Strapi, () => Promise<void>>();

/** In `bootstrap`: the root keys must open every data key in use. @throws Fault ROOT_KEY_UNKNOWN */
export const checkRootKeys = async (strapi: Strapi): Promise<void> => checks.get(strapi)?.();

export const vaultOf = (strapi: Strapi): Vault => {
  const vault = vaults.get(strapi);
  if (!vault) throw new Fault('STRAPI_NOT_AS_EXPECTED', 'the vault was used before the plugin was registered');
  return vault;
};
