/**
 * Seals what lies under older keys of a form or type anew, batch by batch: opened, sealed under the current key, written
 * together with its search digests. A batch is there whole or not at all, so a kill costs one batch. What does not open is
 * left as it is and counted. At the end everything is opened once more before anybody may destroy an older key.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Knex } from 'knex';
import { chunk, groupBy, sumBy } from 'lodash';
import { record, SYSTEM } from '../audit';
import type { WorkPhase } from '../contract';
import { keyIdIn, whyUnreadable, type Digest, type SealedValue, type Sealer } from '../encryption';
import type { SearchField } from '../search-fields';
import { holding, statement, table, transaction, within, type Strapi } from '../strapi';
import { currentKeys } from './data-key-store';
import type { Files } from './files';
import { formerNamesOf, underTodaysNames } from './former-names';
import { PIECE_BYTES, READ_AT_ONCE } from './in-pieces';
import { findJob, holdJob, LeaseLost, type JobRow } from './jobs';
import { DATA_KEYS, DIGESTS, DIGESTS_TABLE, FILES, VAULT, VAULT_TABLE, type FileRow, type VaultRow } from './models';
import { updateMany } from './update-many';

const BATCH = 500;
/** SQLite takes 500 rows in one INSERT. */
const INSERTED = 400;
/** Between two batches, for those who wait for the database. */
const BREATH_MS = 1;
/** While nothing is written, the lease is held from time to time. */
const HELD_MS = 2000;

type Row = Pick<VaultRow, 'id' | 'recordId' | 'sealed'>;
type DigestRow = SearchField & { id: number; recordId: string };
interface Made {
  row: Row;
  sealed: SealedValue;
  digests: Digest[];
  /** Those that are there now. */
  older: DigestRow[];
}

/** What can be searched may have changed since a submission came: forms and the config say what is so today. */
export type DeclaredSearch = (formOrType: string) => Promise<SearchField[] | null>;

const nameOf = ({ field, kind, part }: SearchField): string => `${kind} ${part} ${field}`;
/** The ids of those that only need another digest, or null when others must be written. */
const sameDigests = ({ digests, older }: Made): { id: number; value: string }[] | null => {
  if (digests.length !== older.length) return null;
  const ids = new Map(older.map((row) => [nameOf(row), row.id]));
  const changed = digests.flatMap((one) => {
    const id = ids.get(nameOf(one));
    return id === undefined ? [] : [{ id, value: one.digest }];
  });
  return changed.length === digests.length ? changed : null;
};

export const createReseal = (strapi: Strapi, sealer: Sealer, files: Files, declared: DeclaredSearch) => {
  const records = table<VaultRow>(strapi, VAULT);
  const attachments = table<FileRow>(strapi, FILES);

  const keyIds = async (formOrType: string, state: string): Promise<string[]> => {
    const where = { formOrType, purpose: 'values', state };
    return (await table<{ keyId: string }>(strapi, DATA_KEYS).findMany({ where, select: ['keyId'] })).map(({ keyId }) => keyId);
  };
  const placeOf = (formOrType: string, { recordId }: Pick<Row, 'recordId'>) => ({ formOrType, recordId, part: 'values' });
  /** Read without Strapi's query layer, which takes longer for so many rows than opening and sealing them. */
  const read = (tableName: string) => strapi.db.getConnection(tableName) as unknown as Knex.QueryBuilder;
  const readSome = (keyId: string, after: number): Promise<Row[]> =>
    read(VAULT_TABLE)
      .select('id', 'sealed', { recordId: 'record_id' })
      .where({ key_id: keyId })
      .where('id', '>', after)
      .orderBy('id')
      .limit(READ_AT_ONCE) as Promise<Row[]>;
  const batchOf = async (keyId: string, after: number): Promise<Row[]> => {
    const batch: Row[] = [];
    for (let bytes = 0; batch.length < BATCH && bytes < PIECE_BYTES;) {
      const more = await readSome(keyId, Number(batch.at(-1)?.id ?? after));
      batch.push(...more);
      bytes += sumBy(more, ({ sealed }) => sealed.length);
      if (more.length < READ_AT_ONCE) break;
    }
    return batch;
  };

  const digestsOf = async (formOrType: string, rows: Row[]): Promise<Record<string, DigestRow[]>> => {
    const recordIds = rows.map(({ recordId }) => recordId);
    const found = (await read(DIGESTS_TABLE)
      .select('id', 'field', 'kind', 'part', { recordId: 'record_id' })
      .where({ form_or_type: formOrType })
      .whereIn('record_id', recordIds)) as DigestRow[];
    return groupBy(found, 'recordId');
  };

  const renewed = async (formOrType: string, rows: Row[]): Promise<{ made: Made[]; unreadable: number }> => {
    const digests = await digestsOf(formOrType, rows);
    const fields = await declared(formOrType);
    const before = rows.map((row) => ({ row, older: digests[row.recordId] ?? [] }));
    const toRenew = before.map(({ row, older }) => ({
      place: placeOf(formOrType, row),
      sealed: row.sealed,
      fields: fields ?? older.map(({ field, kind, part }) => ({ field, kind, part })),
    }));
    const anew = await sealer.renew(formOrType, toRenew, (values) => underTodaysNames(values, formerNamesOf(strapi, formOrType)));
    const made = before.flatMap((one, index): Made[] => {
      const renewedOne = anew[index];
      return renewedOne ? [{ ...one, ...renewedOne }] : [];
    });
    return { made, unreadable: rows.length - made.length };
  };

  /** Those of them that are still there and still under the older key: nobody else changes them until this is over. */
  const held = async (trx: unknown, made: Made[], older: string): Promise<Made[]> => {
    const ids = made.map(({ row }) => row.id);
    // By id alone: asked for the key as well, PostgreSQL reads every row under it, for each batch.
    const query = within(strapi, trx, VAULT_TABLE).select('id', 'key_id').whereIn('id', ids).orderBy('id');
    const rows = (await holding(strapi, query, 'forUpdate')) as { id: number; key_id: string }[];
    const there = new Set(rows.filter((row) => row.key_id === older).map(({ id }) => Number(id)));
    return made.filter(({ row }) => there.has(Number(row.id)));
  };

  const write = (formOrType: string, older: string, { made, unreadable }: { made: Made[]; unreadable: number }): Promise<void> =>
    transaction(strapi, async (trx) => {
      await holdJob(strapi, trx, formOrType, { add: { done: made.length, unreadable } });
      const current = await currentKeys(strapi, trx, formOrType);
      const [keyId = '', searchKeyId = ''] = [current.get('values'), current.get('search')];
      const fits = ({ sealed, digests }: Made): boolean =>
        keyIdIn(sealed) === keyId && digests.every((digest) => digest.keyId === searchKeyId);
      // The keys were changed again: the next round uses those.
      if (!made.every(fits)) throw new LeaseLost();
      const mine = await held(trx, made, older);
      const values = mine.map(({ row, sealed }) => ({ id: row.id, value: sealed }));
      await updateMany(strapi, trx, { table: VAULT_TABLE, column: 'sealed', keyId }, values);
      const same = mine.map((one) => ({ one, changed: sameDigests(one) }));
      const changed = same.flatMap((each) => each.changed ?? []);
      await updateMany(strapi, trx, { table: DIGESTS_TABLE, column: 'digest', keyId: searchKeyId }, changed);
      const others = same.filter((each) => each.changed === null).map(({ one }) => one);
      if (others.length === 0) return;
      const recordIds = others.map(({ row }) => row.recordId);
      await within(strapi, trx, DIGESTS_TABLE).where({ form_or_type: formOrType }).whereIn('record_id', recordIds).delete();
      const rows = others.flatMap(({ row, digests }) => digests.map((one) => ({ ...one, formOrType, recordId: row.recordId })));
      for (const some of chunk(rows, INSERTED)) await statement(strapi, DIGESTS).insert(some).execute();
    });

  const count = async (formOrType: string): Promise<number> => {
    const older = { keyId: { $in: await keyIds(formOrType, 'decrypt-only') } };
    return (await records.count({ where: older })) + (await attachments.count({ where: older }));
  };

  const goOn = (formOrType: string, set: Record<string, unknown> & { phase: WorkPhase }): Promise<void> =>
    transaction(strapi, (trx) => holdJob(strapi, trx, formOrType, { set }));

  /** Every batch under every older key, each row once, however many do not open. */
  async function* batches<Item extends { id: number }>(
    ids: string[],
    read: (keyId: string, after: number) => Promise<Item[]>,
  ): AsyncGenerator<{ keyId: string; rows: Item[] }> {
    for (const keyId of ids) {
      let after = 0;
      for (let rows = await read(keyId, after); rows.length > 0; rows = await read(keyId, after)) {
        yield { keyId, rows };
        after = Number(rows.at(-1)?.id);
        await pause(BREATH_MS);
      }
    }
  }

  const resealValues = async (formOrType: string, isStopped: () => boolean): Promise<void> => {
    for await (const { keyId, rows } of batches(await keyIds(formOrType, 'decrypt-only'), batchOf)) {
      await write(formOrType, keyId, await renewed(formOrType, rows));
      if (isStopped()) throw new LeaseLost();
    }
  };

  const resealFiles = async (formOrType: string, isStopped: () => boolean): Promise<void> => {
    const some = (keyId: string, after: number): Promise<FileRow[]> =>
      attachments.findMany({ where: { keyId, id: { $gt: after } }, orderBy: { id: 'asc' }, limit: 20 });
    for await (const { rows } of batches(await keyIds(formOrType, 'decrypt-only'), some)) {
      for (const file of rows) {
        const isWhole = await files.renew(file).then(
          () => true,
          (error: unknown) => whyUnreadable(error) === null,
        );
        await transaction(strapi, (trx) => holdJob(strapi, trx, formOrType, { add: isWhole ? { done: 1 } : { unreadable: 1 } }));
        if (isStopped()) throw new LeaseLost();
      }
    }
  };

  /** @returns how many under the current key do not open: a number other than 0 means that a database or a disk is broken. */
  const check = async (formOrType: string, isStopped: () => boolean): Promise<number> => {
    let [broken, since] = [0, Date.now()];
    for await (const { rows } of batches(await keyIds(formOrType, 'current'), batchOf)) {
      for (const row of rows) if ((await sealer.whyNot(placeOf(formOrType, row), row.sealed)) !== null) broken += 1;
      if (isStopped()) throw new LeaseLost();
      if (Date.now() - since < HELD_MS) continue;
      since = Date.now();
      await transaction(strapi, (trx) => holdJob(strapi, trx, formOrType));
    }
    return broken;
  };

  /**
   * Does the whole job. Where one was left in the middle, what is done lies under the current key and is not met again.
   * @throws LeaseLost
   */
  const run = async ({ formOrType, ...left }: JobRow, isStopped: () => boolean): Promise<void> => {
    // Keys that another instance made current are looked up.
    sealer.forget(formOrType);
    const remaining = await count(formOrType);
    const total = left.total || remaining;
    await goOn(formOrType, { phase: 'values', total, done: Math.max(0, total - remaining), unreadable: 0 });
    await resealValues(formOrType, isStopped);
    await goOn(formOrType, { phase: 'files' });
    await resealFiles(formOrType, isStopped);
    await goOn(formOrType, { phase: 'checking' });
    const broken = await check(formOrType, isStopped);
    await transaction(strapi, async (trx) => {
      await holdJob(strapi, trx, formOrType);
      const older = await count(formOrType);
      // More than was met and did not open: it came under an older key while this ran. Another round follows.
      if (older > ((await findJob(strapi, formOrType))?.unreadable ?? 0)) throw new LeaseLost();
      const unreadable = older + broken;
      const done = Math.max(0, total - unreadable);
      await holdJob(strapi, trx, formOrType, { set: { phase: 'done', finished_at: new Date(), done, unreadable } });
      await record(strapi, { event: 'keys.resealed', actor: SYSTEM, formOrType, details: { done, unreadable } });
    });
  };

  return { run, count };
};
