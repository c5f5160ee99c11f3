/** What a maintainer does with keys: change them, wrap them anew, destroy those that nothing needs, destroy those of a form. */
import { record, type Actor } from '../audit';
import type { DataKeyRow, Keyring } from '../encryption';
import { Fault, refuse, refuseConflict } from '../errors';
import { say } from '../sentences';
import { holding, table, transaction, within, type Strapi } from '../strapi';
import { keysInUse } from './data-key-store';
import { announceJob, beginJob, findJob, type JobRow } from './jobs';
import { DATA_KEYS, DATA_KEYS_TABLE, DIGESTS_TABLE, FILES_TABLE, VAULT_TABLE } from './models';

/** The keys of one form or type, and the work that a change of them left. */
export interface KeysOf {
  formOrType: string;
  /** When the current key for values was made; null where nothing was ever sealed. */
  since: string | null;
  /** Upper bound of what was sealed under it. */
  seals: number;
  /** Keys that only open. */
  older: number;
  job: JobRow | null;
}
interface KeyRow {
  keyId: string;
  purpose: string;
  state: string;
  seals: number | string;
  createdAt: string;
}

export const createKeys = (strapi: Strapi, keyring: Keyring, count: (formOrType: string) => Promise<number>) => {
  const keysOf = (where: Record<string, unknown>): Promise<KeyRow[]> =>
    table<KeyRow>(strapi, DATA_KEYS).findMany({ where, orderBy: { generation: 'desc' } });

  /** Locked: whoever would still write under one of them has done so, or waits. */
  const olderKeys = async (trx: unknown, formOrType: string): Promise<string[]> => {
    const query = within(strapi, trx, DATA_KEYS_TABLE)
      .select('key_id')
      .where({ form_or_type: formOrType, state: 'decrypt-only' });
    return ((await holding(strapi, query, 'forUpdate')) as { key_id: string }[]).map((row) => row.key_id);
  };
  const countUnder = async (trx: unknown, tableName: string, formOrType: string, keyIds: string[]): Promise<number> => {
    const [row] = (await within(strapi, trx, tableName)
      .where({ form_or_type: formOrType })
      .whereIn('key_id', keyIds)
      .count({ n: '*' })) as { n: number | string }[];
    return Number(row?.n);
  };
  /** By what is written in the values themselves: the column beside them may have been changed by hand. */
  const countSealedUnder = async (trx: unknown, formOrType: string, keyIds: string[]): Promise<number> => {
    const [row] = (await within(strapi, trx, VAULT_TABLE)
      .where({ form_or_type: formOrType })
      .where((any) => {
        void any.whereIn('key_id', keyIds);
        for (const keyId of keyIds) void any.orWhere('sealed', 'like', `fg1.${keyId}.%`);
      })
      .count({ n: '*' })) as { n: number | string }[];
    return Number(row?.n);
  };
  const destroy = async (trx: unknown, keyIds: string[]): Promise<void> => {
    await within(strapi, trx, DATA_KEYS_TABLE).whereIn('key_id', keyIds).update({ state: 'destroyed', wrapped: '' });
  };
  const forgetOpened = (keyIds: string[]): void => keyIds.forEach((keyId) => void keyring.forgetOpened(keyId));

  const isLost = (row: DataKeyRow): Promise<boolean> =>
    keyring.check(row).then(
      () => false,
      (error: unknown) => {
        if (error instanceof Fault && error.code === 'ROOT_KEY_UNKNOWN') return true;
        throw error;
      },
    );

  /** @throws 409 KEYS_CHANGED_MEANWHILE */
  const renewKeys = async (formOrType: string): Promise<void> => {
    if (!(await keyring.rotate(formOrType))) throw refuseConflict('KEYS_CHANGED_MEANWHILE', say('keys.changedMeanwhile'));
  };

  const rotate = async (formOrType: string, actor: Actor): Promise<void> => {
    // Killed in between, the work is found by others; nobody begins it before the keys are there, or it would find nothing to do.
    const withdraw = await announceJob(strapi, formOrType);
    try {
      await renewKeys(formOrType);
    } catch (error) {
      await withdraw();
      throw error;
    }
    await beginJob(strapi, formOrType);
    await record(strapi, { event: 'keys.rotated', actor, formOrType, details: {} });
  };

  return {
    /** Every form and type that has ever sealed anything, also of forms that are not there any more. */
    async formsAndTypes(): Promise<string[]> {
      const keys = await table<{ formOrType: string }>(strapi, DATA_KEYS).findMany({ where: { purpose: 'values' } });
      return [...new Set(keys.map(({ formOrType }) => formOrType))].sort();
    },

    async summarise(formOrType: string): Promise<KeysOf> {
      const keys = await keysOf({ formOrType, purpose: 'values', state: { $ne: 'destroyed' } });
      const current = keys.find(({ state }) => state === 'current');
      return {
        formOrType,
        since: current?.createdAt ?? null,
        seals: Number(current?.seals ?? 0),
        older: keys.filter(({ state }) => state === 'decrypt-only').length,
        job: await findJob(strapi, formOrType),
      };
    },

    /** New submissions are under the new keys when this returns; the older ones are the worker's. */
    rotate,

    /** Data keys that are wrapped by an older root key are wrapped by the current one. */
    async rewrap(actor: Actor): Promise<{ rewrapped: number; lost: number }> {
      let [rewrapped, lost] = [0, 0];
      for (const row of await keysInUse(strapi)) {
        if (await isLost(row)) lost += 1;
        else if (await keyring.rewrap(row)) rewrapped += 1;
      }
      const details = { keys: rewrapped, rootKey: keyring.rootKeyId };
      if (rewrapped > 0) await record(strapi, { event: 'keys.rewrapped', actor, details });
      return { rewrapped, lost };
    },

    /** Forms and types with a key that no root key opens, and how many submissions and attachments are under it. */
    async lost(): Promise<{ formOrType: string; sealed: number }[]> {
      const found: { formOrType: string; sealed: number }[] = [];
      for (const row of await keysInUse(strapi, 'decrypt-only')) {
        if (row.purpose !== 'values' || !(await isLost(row))) continue;
        const { formOrType, keyId } = row;
        const sealed = await transaction(
          strapi,
          async (trx) =>
            (await countUnder(trx, VAULT_TABLE, formOrType, [keyId])) + (await countUnder(trx, FILES_TABLE, formOrType, [keyId])),
        );
        found.push({ formOrType, sealed });
      }
      return found;
    },

    /** @returns how many were destroyed. @throws PolicyError KEYS_STILL_NEEDED */
    async destroyOlder(formOrType: string, actor: Actor): Promise<number> {
      const destroyed = await transaction(strapi, async (trx) => {
        const keyIds = await olderKeys(trx, formOrType);
        const job = await findJob(strapi, formOrType);
        const submissions = await countSealedUnder(trx, formOrType, keyIds);
        const attachments = await countUnder(trx, FILES_TABLE, formOrType, keyIds);
        if (submissions + attachments > 0 || (job && job.phase !== 'done')) {
          throw refuse(
            'KEYS_STILL_NEEDED',
            say('keys.stillNeeded', { submissions, attachments, isUnderWay: job !== null && job.phase !== 'done' }),
          );
        }
        await destroy(trx, keyIds);
        if (keyIds.length > 0) {
          await record(strapi, { event: 'keys.destroyed', actor, formOrType, details: { keys: keyIds.length } });
        }
        return keyIds;
      });
      forgetOpened(destroyed);
      return destroyed.length;
    },

    /** Destroys every submission of a form or type by destroying its keys; new ones get new keys. Nothing brings them back. */
    async shred(formOrType: string, actor: Actor): Promise<{ submissions: number; attachments: number }> {
      // What is written from here on is under keys that stay.
      await renewKeys(formOrType);
      const { keyIds, ...shredded } = await transaction(strapi, async (trx) => {
        const older = await olderKeys(trx, formOrType);
        const submissions = await countSealedUnder(trx, formOrType, older);
        const attachments = await countUnder(trx, FILES_TABLE, formOrType, older);
        await destroy(trx, older);
        // Without their key they find nothing, but would still show who shared a value.
        await within(strapi, trx, DIGESTS_TABLE).where({ form_or_type: formOrType }).whereIn('key_id', older).delete();
        const details = { keys: older.length, submissions, attachments };
        await record(strapi, { event: 'keys.shredded', actor, formOrType, details });
        return { keyIds: older, submissions, attachments };
      });
      forgetOpened(keyIds);
      return shredded;
    },

    /** How many submissions and attachments are still under older keys. */
    count,
  };
};

export type Keys = ReturnType<typeof createKeys>;
