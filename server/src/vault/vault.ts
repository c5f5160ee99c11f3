/**
 * The vault: sealed submissions in their table, and the only holder of keyring and sealer. It is found through a map
 * that lives in this file, never as a Strapi service, which every other plugin could reach.
 */
import {
  createKeyring,
  createSealer,
  keysInMemory,
  type DataKeyRow,
  type Keyring,
  type KeyringOptions,
  type Sealer,
  type Values,
} from '../encryption';
import { sortBy } from 'lodash';
import { Fault } from '../fault';
import type { SubmissionState } from '../contract';
import { configOf, statement, table, transaction, type Strapi } from '../strapi';
import { createArchives } from './archive';
import { createBin } from './bin';
import { createDataKeyStore, keysInUse } from './data-key-store';
import { examine, type Examined } from './examine';
import { createFiles } from './files';
import { storeOf } from './file-store';
import { formerNamesOf, underTodaysNames } from './former-names';
import { DIGESTS, VAULT, VAULT_TABLE, type VaultRow } from './models';
import { createKeys } from './keys';
import { createNotes } from './notes';
import { orphansOf, type Orphans } from './orphans';
import { withoutOurs } from './ours';
import { createMove } from './moving';
import { createSearch } from './search';
import { createReseal, type DeclaredSearch } from './reseal';
import { readProviders } from './root-keys';
import { createWorker } from './work';
import { createWriter, placeOfValues, type NewRecord, type Receipt } from './write-records';

const keyrings = new WeakMap<Strapi, Keyring>();

/** The id decides between two of one moment, in the direction of the index. */
const ORDERS = {
  newest: { receivedAt: 'desc', id: 'desc' },
  oldest: { receivedAt: 'asc', id: 'asc' },
  due: { dueOn: 'asc', id: 'asc' },
} as const;
export type RecordOrder = keyof typeof ORDERS;
/** A record without what is sealed in it. */
export type ListedRow = Omit<VaultRow, 'sealed' | 'keyId' | 'binnedAt' | 'binnedBy'>;

export interface RecordFilter {
  formOrType: string;
  states?: readonly SubmissionState[];
  recordIds?: readonly string[];
  /** null: to nobody. */
  assignedTo?: number | null;
  /** Those that are due at all, or before a day. */
  due?: 'ever' | { before: string };
}

/** What is in the bin is in no list and no count but the bin's own. */
const NOT_BINNED = { binnedAt: { $null: true } };

const whereOf = ({ formOrType, states, recordIds, assignedTo, due }: RecordFilter): Record<string, unknown> => ({
  formOrType,
  ...NOT_BINNED,
  ...(states ? { state: states.length === 1 ? states[0] : { $in: states } } : {}),
  ...(recordIds ? { recordId: { $in: recordIds } } : {}),
  ...(assignedTo === undefined ? {} : { assignedTo: assignedTo ?? { $null: true } }),
  ...(due === undefined ? {} : { dueOn: due === 'ever' ? { $notNull: true } : { $lt: due.before } }),
});

interface Countable {
  select(column: string): Countable;
  where(where: object): Countable;
  limit(most: number): Countable;
  getKnexQuery(): { clearOrder(): { as(name: string): never } };
}

const createVault = (strapi: Strapi, providers: KeyringOptions['providers']) => {
  const [lifetimeMs, now] = [configOf(strapi).keyLifetimeSeconds * 1000, () => performance.now()];
  const keyring = createKeyring({ providers, store: createDataKeyStore(strapi), lifetimeMs, now });
  keyrings.set(strapi, keyring);
  const sealer = createSealer(keyring);
  const sealerOf = (keys: DataKeyRow[]): Sealer =>
    createSealer(createKeyring({ providers, store: keysInMemory(keys), lifetimeMs, now }));
  const files = createFiles(strapi, sealer, () => storeOf(strapi));
  const records = table<VaultRow>(strapi, VAULT);
  const reseal = createReseal(strapi, sealer, files, async (formOrType) => (await declared.get(strapi)?.(formOrType)) ?? null);
  const write = createWriter(strapi, sealer, files);
  const find = (formOrType: string, recordId: string) => records.findOne({ where: { formOrType, recordId, ...NOT_BINNED } });
  /** @param only what must be so besides. @returns whether it was there: of two who erase it, one deletes the row */
  const erase = (formOrType: string, recordId: string, only: Record<string, unknown> = {}): Promise<boolean> =>
    transaction(strapi, async () => {
      const deleted = await statement(strapi, VAULT)
        .where({ formOrType, recordId, ...only })
        .delete()
        .execute();
      if (Number(deleted) === 0) return false;
      await statement(strapi, DIGESTS).where({ formOrType, recordId }).delete().execute();
      await files.erase(formOrType, recordId);
      return true;
    });

  return {
    files,
    keys: createKeys(strapi, keyring, reseal.count),
    /** What lies in plain from before a type was wrapped, and back. */
    move: createMove(strapi, { sealer, files, amend: write.amend, change: write.change }),
    archives: createArchives(strapi, sealerOf),
    worker: createWorker(strapi, reseal.run),
    orphans: (uid: string): Promise<Orphans> => orphansOf(strapi, uid),
    /** Opens everything of a form or type, and shows nothing of it. */
    examine: (formOrType: string): Promise<Examined> => examine(strapi, sealer, files, formOrType),
    prepare: write.prepare,
    store: async (record: NewRecord): Promise<Receipt> => (await write.prepare(record))(),
    amend: write.amend,

    find,
    /** Also one in the bin. */
    has: async (formOrType: string, recordId: string): Promise<boolean> =>
      (await records.count({ where: { formOrType, recordId } })) > 0,
    bin: createBin(strapi, { change: write.change, erase }),
    erase,
    list: (filter: RecordFilter, slice: { limit: number; offset: number }, order: RecordOrder = 'newest'): Promise<ListedRow[]> =>
      records.findMany({
        where: whereOf(filter),
        select: ['id', 'recordId', 'formOrType', 'receivedAt', 'state', 'assignedTo', 'dueOn'],
        orderBy: ORDERS[order],
        ...slice,
      }),
    count: (filter: RecordFilter): Promise<number> => records.count({ where: whereOf(filter) }),

    /** Newest first. */
    async ids(filter: RecordFilter): Promise<string[]> {
      const rows = await records.findMany({ where: whereOf(filter), select: ['recordId'], orderBy: ORDERS.newest });
      return rows.map(({ recordId }) => recordId);
    },
    /** With what is sealed in them, in the order asked for; those that are gone are left out. */
    async findSome(formOrType: string, recordIds: readonly string[]): Promise<VaultRow[]> {
      const rows = await records.findMany({ where: whereOf({ formOrType, recordIds }) });
      return sortBy(rows, ({ recordId }) => recordIds.indexOf(recordId));
    },
    /** Whether a submission of any form or type has one of these ids. */
    hasSome: async (recordIds: readonly string[]): Promise<boolean> =>
      recordIds.length > 0 && (await records.count({ where: { recordId: { $in: recordIds } } })) > 0,
    /** As `count`, but no further than `most`: counting many takes as long as there are many. */
    async countUpTo(filter: RecordFilter, most: number): Promise<number> {
      const some = (strapi.db.queryBuilder(VAULT) as unknown as Countable).select('id').where(whereOf(filter)).limit(most);
      // Strapi (5.54) puts whatever has a limit in order, and would sort all to count some.
      const counted = strapi.db.connection.count({ n: '*' }).from(some.getKnexQuery().clearOrder().as('counted'));
      return Number(((await counted) as { n: number | string }[])[0]?.n);
    },
    /** The submissions that came before and after one, if there are. */
    async neighbours({ formOrType, receivedAt, id }: Pick<VaultRow, 'formOrType' | 'receivedAt' | 'id'>) {
      const next = async (order: 'newest' | 'oldest'): Promise<string | null> => {
        const beyond = order === 'newest' ? '$lt' : '$gt';
        // As one range of the index; then the id decides between two of one moment.
        const $or = [{ receivedAt: { [beyond]: receivedAt } }, { id: { [beyond]: id } }];
        const where = { formOrType, ...NOT_BINNED, receivedAt: { [`${beyond}e`]: receivedAt }, $or };
        const [row] = await records.findMany({ where, select: ['recordId'], orderBy: ORDERS[order], limit: 1 });
        return row?.recordId ?? null;
      };
      return { older: await next('newest'), newer: await next('oldest') };
    },

    /** Every form and type that has submissions, in the bin or not, also of forms that are not there any more. */
    async formsAndTypes(): Promise<{ formOrType: string; submissions: number }[]> {
      const found = (await strapi.db
        .getConnection(VAULT_TABLE)
        .select('form_or_type')
        .count({ submissions: '*' })
        .groupBy('form_or_type')) as { form_or_type: string; submissions: number | string }[];
      return found.map((row) => ({ formOrType: row.form_or_type, submissions: Number(row.submissions) }));
    },

    /** How many, the oldest, the newest; and how many are in the bin. */
    async tally(formOrType: string) {
      const edge = async (order: 'asc' | 'desc') => {
        const [row] = await records.findMany({
          where: whereOf({ formOrType }),
          select: ['receivedAt'],
          orderBy: { receivedAt: order },
          limit: 1,
        });
        return row?.receivedAt ?? null;
      };
      return {
        submissions: await records.count({ where: whereOf({ formOrType }) }),
        binned: await records.count({ where: { formOrType, binnedAt: { $notNull: true } } }),
        since: await edge('asc'),
        latest: await edge('desc'),
      };
    },

    search: createSearch(strapi, sealer),

    /** How a submission is dealt with; nothing of it is sealed. */
    async setHandling(
      formOrType: string,
      recordId: string,
      handling: Partial<Pick<VaultRow, 'state' | 'assignedTo' | 'dueOn'>>,
    ): Promise<void> {
      await statement(strapi, VAULT)
        .where({ formOrType, recordId, ...NOT_BINNED })
        .update({ ...handling })
        .execute();
    },
    notes: createNotes(sealer, write.change),

    /**
     * Clear values, under the names that their attributes have today. Only disclosure/ may call this, after it has checked the grant and written the entry.
     * @throws Fault SEALED_VALUE_UNREADABLE
     */
    open: async (row: Pick<VaultRow, 'formOrType' | 'recordId' | 'sealed'>): Promise<Values> =>
      underTodaysNames(withoutOurs(await sealer.open(placeOfValues(row), row.sealed)), formerNamesOf(strapi, row.formOrType)),

    /** Makes the keys of a form or type before they are needed inside a transaction. */
    readyKeys: (formOrType: string): Promise<void> => sealer.ready(formOrType),
    /** The same for a house that marks rows and seals nothing. */
    readyMarks: (house: string): Promise<void> => sealer.ready(house, ['search']),
    /** A keyed mark over a row of ours, so that one written by hand is known. `house` keeps the uses apart. */
    mark: (house: string, text: string): Promise<string> => sealer.mark(house, text),
  };
};

export type Vault = ReturnType<typeof createVault>;

/** What can be searched belongs to rooms that this one does not know; index.ts hands it in. */
const declared = new WeakMap<Strapi, DeclaredSearch>();
export const searchAs = (strapi: Strapi, declaredSearch: DeclaredSearch): void => void declared.set(strapi, declaredSearch);

const vaults = new WeakMap<Strapi, Vault>();

/** In `register`: reads the root keys and makes the vault. @throws Fault ROOT_KEYS_MISSING, ROOT_KEYS_MALFORMED */
export const makeVault = (strapi: Strapi): void => {
  vaults.set(strapi, createVault(strapi, readProviders(strapi)));
};

/** In `bootstrap`: the root keys must open every data key that seals. One that only opens is the overview's. @throws Fault ROOT_KEY_UNKNOWN */
export const checkRootKeys = async (strapi: Strapi): Promise<void> => {
  for (const row of await keysInUse(strapi, 'current')) await keyrings.get(strapi)?.check(row);
};

/** In `destroy`, also of a site that did not come as far as having a vault. */
export const stopWork = async (strapi: Strapi): Promise<void> => vaults.get(strapi)?.worker.stop();

export const vaultOf = (strapi: Strapi): Vault => {
  const vault = vaults.get(strapi);
  if (!vault) throw new Fault('STRAPI_NOT_AS_EXPECTED', 'the vault was used before the plugin was registered');
  return vault;
};
