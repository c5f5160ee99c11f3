/**
 * Attachments in the vault: sealed on their way into the file store, found by the record that they belong to, removed with
 * it. The clear bytes of a file are in memory only, one chunk at a time.
 */
import type { Bytes } from '../bytes';
import { unreadable, whyUnreadable, type Place, type Sealer, type UnreadableReason } from '../encryption';
import { afterCommit, statement, table, transaction, within, type Strapi } from '../strapi';
import { isFileId, MissingFile, newFileId, type FileStore } from './file-store/port';
import { FILES, FILES_TABLE, type FileRow } from './models';

/** A file that was taken in for a record which is not stored yet. */
export interface ReceivedFile {
  fileId: string;
  storedAs: string;
  keyId: string;
  field: string;
  /** Of the sealed file. */
  bytes: number;
}
export interface Belongs {
  formOrType: string;
  recordId: string;
  field: string;
}
type Named = Pick<FileRow, 'formOrType' | 'recordId' | 'field' | 'fileId'>;
type Kept = Pick<FileRow, 'storedAs'> & Named;

const place = ({ formOrType, recordId, field, fileId }: Named): Place => ({
  formOrType,
  recordId,
  part: `file:${field}:${fileId}`,
});
const NOT_REMOVED = 'Form Guard: files of an erased submission could not be removed; the hourly sweep will remove them';

export const createFiles = (strapi: Strapi, sealer: Sealer, store: () => FileStore) => {
  const rows = table<FileRow>(strapi, FILES);
  /** Being received by this process: no sweep may take them away. */
  const underway = new Set<string>();
  const rowsOf = (formOrType: string, recordId: string): Promise<FileRow[]> =>
    rows.findMany({ where: { formOrType, recordId }, orderBy: { id: 'asc' } });
  /** Which of these names of the store belong to a record. */
  const withRow = async (names: string[]): Promise<Set<string>> => {
    const found = await rows.findMany({ where: { storedAs: { $in: names } }, select: ['storedAs'] });
    return new Set(found.map(({ storedAs }) => storedAs));
  };
  /** Seals into the store under a new name. When it throws, nothing remains. */
  const write = async (storedAs: string, to: Place, content: Bytes): Promise<{ bytes: number; keyId: string }> => {
    underway.add(storedAs);
    try {
      const { keyId, sealed } = await sealer.sealFile(to, content);
      return { keyId, bytes: await store().write(storedAs, sealed) };
    } catch (error) {
      underway.delete(storedAs);
      throw error;
    }
  };
  /** What belongs to no record goes. Outside of any transaction. */
  const settle = async (files: { storedAs: string }[]): Promise<void> => {
    if (files.length === 0) return;
    const names = files.map(({ storedAs }) => storedAs);
    try {
      const kept = await withRow(names);
      for (const name of names) if (!kept.has(name)) await store().remove(name);
    } finally {
      // What could not be settled now is left to the sweep.
      for (const name of names) underway.delete(name);
    }
  };
  async function* opened(file: Kept): AsyncGenerator<Buffer, undefined> {
    try {
      yield* sealer.openFile(place(file), store().read(file.storedAs));
    } catch (error) {
      if (!(error instanceof MissingFile)) throw error;
      // Sealed anew since its row was read.
      const now = await rows.findOne({ where: { fileId: file.fileId } });
      if (now && now.storedAs !== file.storedAs) return yield* opened(now);
      throw unreadable(`file ${file.fileId} of record ${file.recordId}`, 'FILE_MISSING');
    }
  }

  return {
    /** Seals a file into the store, before its record is there. When it throws, nothing of the file remains. */
    async receive(belongs: Belongs, content: Bytes): Promise<ReceivedFile> {
      const fileId = newFileId();
      const written = await write(fileId, place({ ...belongs, fileId }), content);
      return { fileId, storedAs: fileId, field: belongs.field, ...written };
    },

    /** Within the transaction that stores the record: a file is kept when its row is there, or neither. */
    async keep(formOrType: string, recordId: string, files: ReceivedFile[]): Promise<void> {
      if (files.length === 0) return;
      const createdAt = new Date();
      await statement(strapi, FILES)
        .insert(files.map((file) => ({ ...file, formOrType, recordId, createdAt })))
        .execute();
      for (const { storedAs } of files) await store().keep(storedAs);
    },

    /** When the submission is over, well or badly. */
    settle,

    async find({ formOrType, recordId, fileId }: Omit<Named, 'field'>): Promise<FileRow | null> {
      // What is no id is not looked up: PostgreSQL answers a NUL with an error.
      return isFileId(fileId) ? rows.findOne({ where: { fileId, formOrType, recordId } }) : null;
    },
    list: rowsOf,

    /** Clear bytes. Only disclosure/ may call this. @throws Fault SEALED_VALUE_UNREADABLE, also in the middle */
    open: opened,

    /** Why it does not open, or null. @throws when that cannot be known now */
    async whyNot(file: Kept): Promise<UnreadableReason | null> {
      try {
        for await (const _ of opened(file));
        return null;
      } catch (error) {
        return whyUnreadable(error);
      }
    },

    /**
     * Seals it anew under the key that is current now; the one from before goes when that is committed.
     * @returns whether it was done: not when the file has gone, or was sealed anew by somebody else, meanwhile
     */
    async renew(file: FileRow): Promise<boolean> {
      const storedAs = newFileId();
      const { keyId, bytes } = await write(storedAs, place(file), opened(file));
      try {
        return await transaction(strapi, async (trx) => {
          const where = { id: file.id, stored_as: file.storedAs };
          const changed = await within(strapi, trx, FILES_TABLE)
            .where(where)
            .update({ stored_as: storedAs, key_id: keyId, bytes });
          if (Number(changed) === 0) return false;
          await store().keep(storedAs);
          await afterCommit(strapi, () => store().remove(file.storedAs), NOT_REMOVED);
          return true;
        });
      } finally {
        await settle([{ storedAs }]);
      }
    },

    /** Within the transaction that erases the record; the files themselves go when it has committed. */
    async erase(formOrType: string, recordId: string): Promise<void> {
      const names = (await rowsOf(formOrType, recordId)).map(({ storedAs }) => storedAs);
      if (names.length === 0) return;
      await statement(strapi, FILES).where({ formOrType, recordId }).delete().execute();
      const remove = async (): Promise<void> => {
        for (const name of names) await store().remove(name);
      };
      await afterCommit(strapi, remove, NOT_REMOVED);
    },

    withRow,
    isUnderway: (storedAs: string): boolean => underway.has(storedAs),
  };
};

export type Files = ReturnType<typeof createFiles>;
