/** How a submission gets into the vault and how values are added to it: sealed, with its digests and files, all or nothing. */
import { randomBytes } from 'node:crypto';
import { keyIdIn, type Digest, type Place, type SealedValue, type Sealer, type Values } from '../encryption';
import { Fault } from '../fault';
import type { SearchField } from '../search-fields';
import { statement, transaction, type Strapi } from '../strapi';
import { currentKeys, holdOlderKeys } from './data-key-store';
import type { Files, ReceivedFile } from './files';
import { formerNamesOf, namesOf, underTodaysNames } from './former-names';
import { wakeJob } from './jobs';
import { DIGESTS, VAULT, type VaultRow } from './models';

/** Somebody who looked before the keys changed may put the older one back into memory, once. */
const TRIES = 5;

/** Crockford's base 32: no I, L, O, U, so that a reference can be read aloud. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 80 random bits. */
export const newRecordId = (): string => [...randomBytes(16)].map((byte) => ALPHABET[byte % 32]).join('');

export const placeOfValues = ({ formOrType, recordId }: { formOrType: string; recordId: string }): Place => ({
  formOrType,
  recordId,
  part: 'values',
});

export interface NewRecord {
  formOrType: string;
  recordId?: string;
  values: Values;
  /** Fields to keep a digest of, for exact search. */
  search: readonly SearchField[];
  /** Taken in for this record id before. */
  files?: ReceivedFile[];
}
export interface Receipt {
  recordId: string;
  receivedAt: string;
}
interface Made {
  sealed: SealedValue;
  digests: Digest[];
}

export const createWriter = (strapi: Strapi, sealer: Sealer, files: Files) => {
  const seal = async ({ formOrType, recordId, values, search }: Required<Omit<NewRecord, 'files'>>): Promise<Made> => ({
    sealed: await sealer.seal(placeOfValues({ formOrType, recordId }), values),
    digests: await sealer.digests(formOrType, search, values),
  });
  const columns = ({ sealed }: Made) => ({ sealed, keyId: keyIdIn(sealed) });

  /**
   * Nothing is written under keys that are not current any more: a rotation counts on it. It waits for this transaction, or
   * this one for it; then what was sealed before is sealed `again`.
   */
  const underCurrentKeys = async (trx: unknown, formOrType: string, first: Made, again: () => Promise<Made>): Promise<Made> => {
    const current = await currentKeys(strapi, trx, formOrType);
    const fits = ({ sealed, digests }: Made): boolean =>
      keyIdIn(sealed) === current.get('values') && digests.every(({ keyId }) => keyId === current.get('search'));
    if (fits(first)) return first;
    for (let tries = 0; tries < TRIES; tries += 1) {
      sealer.forget(formOrType);
      const made = await again();
      if (fits(made)) return made;
    }
    throw new Fault('DATA_KEY_MISSING', `the keys of "${formOrType}" changed while a submission was sealed`);
  };
  const insertDigests = async (formOrType: string, recordId: string, { digests }: Made): Promise<void> => {
    if (digests.length === 0) return;
    await statement(strapi, DIGESTS)
      .insert(digests.map((digest) => ({ ...digest, formOrType, recordId })))
      .execute();
  };

  /** A file that was a long time on its way may be sealed under a key that was retired meanwhile; it is sealed anew later. */
  const keepFiles = async (
    trx: unknown,
    formOrType: string,
    recordId: string,
    { received, current }: { received: ReceivedFile[]; current: string },
  ): Promise<void> => {
    const older = [...new Set(received.map(({ keyId }) => keyId))].filter((keyId) => keyId !== current);
    if (older.length > 0) {
      await holdOlderKeys(strapi, trx, older);
      await wakeJob(strapi, trx, formOrType);
    }
    await files.keep(formOrType, recordId, received);
  };

  /** Seals now; the returned function writes, and belongs into the transaction of whatever must be there with it. */
  const prepare = async ({ recordId = newRecordId(), files: received = [], ...rest }: NewRecord) => {
    const record = { ...rest, recordId };
    const { formOrType } = record;
    const first = await seal(record);
    return async (): Promise<Receipt> => {
      const receivedAt = new Date();
      await transaction(strapi, async (trx) => {
        // Written before anything is read: SQLite lets a reader of another process not become a writer.
        await statement(strapi, VAULT)
          .insert({ recordId, formOrType, receivedAt, state: 'new', ...columns(first) })
          .execute();
        const made = await underCurrentKeys(trx, formOrType, first, () => seal(record));
        if (made !== first) await statement(strapi, VAULT).where({ formOrType, recordId }).update(columns(made)).execute();
        await insertDigests(formOrType, recordId, made);
        await keepFiles(trx, formOrType, recordId, { received, current: keyIdIn(made.sealed) });
      });
      return { recordId, receivedAt: receivedAt.toISOString() };
    };
  };

  /** Two changes at once must not lose one another: the row is locked first (SQLite has one writer anyway). */
  const locked = async (trx: unknown, formOrType: string, recordId: string): Promise<VaultRow | undefined> => {
    const rows = strapi.db.queryBuilder(VAULT) as unknown as {
      where(where: object): { transacting(t: unknown): { forUpdate(): { execute(): Promise<VaultRow[]> } } };
    };
    const [row] = await rows.where({ formOrType, recordId }).transacting(trx).forUpdate().execute();
    return row;
  };

  /**
   * Changes what is sealed and no field that is searched for.
   * @param received files that the record is to have from then on
   * @param inBin whether it is the one in the bin that is meant
   * @returns false where there is no such record
   */
  const change = (
    formOrType: string,
    recordId: string,
    changed: (before: Values) => Values,
    received: ReceivedFile[] = [],
    inBin = false,
  ): Promise<boolean> =>
    transaction(strapi, async (trx) => {
      // Keys first, rows then: whoever seals anew locks in this order too.
      await currentKeys(strapi, trx, formOrType);
      const row = await locked(trx, formOrType, recordId);
      if (!row || (row.binnedAt !== null) !== inBin) return false;
      const place = placeOfValues({ formOrType, recordId });
      const again = async (): Promise<Made> => ({ sealed: await sealer.reseal(place, row.sealed, changed), digests: [] });
      const made = await underCurrentKeys(trx, formOrType, await again(), again);
      await statement(strapi, VAULT).where({ formOrType, recordId }).update(columns(made)).execute();
      await keepFiles(trx, formOrType, recordId, { received, current: keyIdIn(made.sealed) });
      return true;
    });

  /** Adds to the values of a record; those not named stay, sealed and unseen. Makes the record when there is none. */
  const amend = async ({ formOrType, recordId, values, search }: Required<Omit<NewRecord, 'files'>>): Promise<void> => {
    const formerNames = formerNamesOf(strapi, formOrType);
    await transaction(strapi, async (trx) => {
      // Keys first, rows then: whoever seals anew locks in this order too.
      await currentKeys(strapi, trx, formOrType);
      const row = await locked(trx, formOrType, recordId);
      if (!row) {
        await (
          await prepare({ formOrType, recordId, values, search })
        )();
        return;
      }
      const again = async (): Promise<Made> => ({
        sealed: await sealer.reseal(placeOfValues({ formOrType, recordId }), row.sealed, (before) => ({
          ...underTodaysNames(before, formerNames),
          ...values,
        })),
        digests: await sealer.digests(formOrType, search, values),
      });
      const made = await underCurrentKeys(trx, formOrType, await again(), again);
      await statement(strapi, VAULT).where({ formOrType, recordId }).update(columns(made)).execute();
      for (const field of new Set(search.map(({ field: name }) => name).filter((name) => name in values))) {
        const $in = namesOf(field, formerNames);
        await statement(strapi, DIGESTS).where({ formOrType, recordId, field: { $in } }).delete().execute();
      }
      await insertDigests(formOrType, recordId, made);
    });
  };

  return { prepare, amend, change };
};
export type Change = ReturnType<typeof createWriter>['change'];
export type Amend = ReturnType<typeof createWriter>['amend'];
