/**
 * The bin: submissions that a person deleted. They stay sealed, with their files and their husk, out of sight of every list,
 * count, search and export, until somebody takes them back or they are erased. Several instances may sweep at once: a row is
 * taken by a condition, and the number of changed rows says who had it.
 */
import { omit } from 'lodash';
import { PLUGIN_ID, statement, table, transaction, type Strapi } from '../strapi';
import { putHuskBack, type Husk } from './husks';
import { VAULT, type VaultRow } from './models';
import { OURS } from './ours';
import type { Change } from './write-records';

const HUSK = `${OURS}husk`;
/** When an archive was restored here: what was in the bin before that has a husk with the numbers of another database. */
export const RESTORED_AT = { type: 'plugin', name: PLUGIN_ID, key: 'restored-at' };

export type BinnedRow = Pick<VaultRow, 'recordId' | 'formOrType' | 'receivedAt' | 'state'> & {
  binnedAt: string;
  binnedBy: string;
};

const IN = { $notNull: true };
const NOT_IN = { $null: true };

type Erase = (formOrType: string, recordId: string, only: Record<string, unknown>) => Promise<boolean>;

export const createBin = (strapi: Strapi, { change, erase }: { change: Change; erase: Erase }) => {
  const records = table<VaultRow>(strapi, VAULT);
  const move = async (where: Record<string, unknown>, to: Pick<VaultRow, 'binnedAt' | 'binnedBy'> | object): Promise<boolean> =>
    Number(
      await statement(strapi, VAULT)
        .where(where)
        .update({ ...to })
        .execute(),
    ) > 0;
  const takenOut = { binnedAt: null, binnedBy: null };

  return {
    /** @param husk of a wrapped type. @returns false where there is no such record outside of the bin */
    put: (formOrType: string, recordId: string, by: string, husk: Husk | null): Promise<boolean> =>
      transaction(strapi, async () => {
        if (husk && !(await change(formOrType, recordId, (values) => ({ ...values, [HUSK]: husk })))) return false;
        return move({ formOrType, recordId, binnedAt: NOT_IN }, { binnedAt: new Date(), binnedBy: by.slice(0, 250) });
      }),

    /** @returns false where it is not in the bin. @throws what keeps its husk from being written; then it stays there */
    takeBack: (formOrType: string, recordId: string): Promise<boolean> =>
      transaction(strapi, async (trx) => {
        const row = await records.findOne({ where: { formOrType, recordId, binnedAt: IN } });
        if (!row?.binnedAt) return false;
        if (!formOrType.startsWith('form:')) {
          const restoredAt = (await strapi.store.get(RESTORED_AT)) as string | null;
          let husk: Husk | undefined;
          const isThere = await change(
            formOrType,
            recordId,
            (values) => {
              husk = values[HUSK] as Husk | undefined;
              return omit(values, HUSK);
            },
            [],
            true,
          );
          if (!isThere) return false;
          const isOfHere = restoredAt === null || restoredAt < new Date(row.binnedAt).toISOString();
          if (husk) await putHuskBack(strapi, trx, formOrType, husk, isOfHere);
        }
        return move({ formOrType, recordId, binnedAt: IN }, takenOut);
      }),

    /** Its husk was written again by an import: it is no longer in the bin. @returns whether it was */
    cameBack: (formOrType: string, recordId: string): Promise<boolean> =>
      transaction(strapi, async () => {
        if ((await records.count({ where: { formOrType, recordId, binnedAt: IN } })) === 0) return false;
        await change(formOrType, recordId, (values) => omit(values, HUSK), [], true);
        return move({ formOrType, recordId, binnedAt: IN }, takenOut);
      }),

    /** @param until erases it only if it was put there before. @returns whether it was there and is gone now */
    erase: (formOrType: string, recordId: string, until?: Date): Promise<boolean> =>
      erase(formOrType, recordId, { binnedAt: until ? { $lte: until } : IN }),

    find: (formOrType: string, recordId: string): Promise<VaultRow | null> =>
      records.findOne({ where: { formOrType, recordId, binnedAt: IN } }),
    count: (formOrType: string): Promise<number> => records.count({ where: { formOrType, binnedAt: IN } }),
    /** Latest first. */
    list: (formOrType: string, slice: { limit: number; offset: number }): Promise<BinnedRow[]> =>
      records.findMany({
        where: { formOrType, binnedAt: IN },
        select: ['recordId', 'formOrType', 'receivedAt', 'state', 'binnedAt', 'binnedBy'],
        orderBy: { binnedAt: 'desc' },
        ...slice,
      }) as Promise<BinnedRow[]>,
    /** Those that were put there before, the oldest first. @param after the id of the last that was looked at */
    due: (until: Date, after: number, limit: number): Promise<Pick<VaultRow, 'id' | 'formOrType' | 'recordId'>[]> =>
      records.findMany({
        where: { binnedAt: { $lte: until }, id: { $gt: after } },
        select: ['id', 'formOrType', 'recordId'],
        orderBy: { id: 'asc' },
        limit,
      }),
  };
};
