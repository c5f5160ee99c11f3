/**
 * Files of submissions from before their type was wrapped: out of the media library and into the vault, one after the other.
 * Each is sealed with its smaller sizes and hung on its submission, opened again and compared, and only then taken away from
 * the library. After a kill the next run goes on where it was: what is sealed already is known by the submission itself.
 */
import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { groupBy, sortBy } from 'lodash';
import type { Bytes } from '../../bytes';
import type { DisclosedFile } from '../../contract';
import type { Sealer, Values } from '../../encryption';
import { filesFromBefore, type ProtectedType } from '../../protection';
import { statement, table, transaction, type Strapi } from '../../strapi';
import type { Files, ReceivedFile } from '../files';
import { underTodaysNames } from '../former-names';
import { FILES, VAULT, type FileRow, type VaultRow } from '../models';
import { placeOfValues, type Amend, type Change } from '../write-records';
import type { Anatomy } from './anatomy';
import { BEFORE, beforeIn, digestOfValues, type Before, type FileBefore, type Raw } from './before';
import { LIBRARY, LIBRARY_FOLDERS, LIBRARY_LINKS, libraryOf, NotInLibrary } from './library';
import { jsonIn, rowsOf } from './raw-rows';

const PLAIN_TYPE = /^[\w.+-]+\/[\w.+-]+$/;

/** Somebody else was there first. */
class MovedAlready extends Error {}

export const digestOfBytes = async (content: Bytes): Promise<string> => {
  const digest = createHash('sha256');
  for await (const chunk of content) digest.update(chunk);
  return digest.digest('base64url');
};

export interface FilesMovedIn {
  files: number;
  /** Ids in the library of those that lie where they lay. */
  failed: number[];
}
interface Found {
  row: Raw;
  /** Smaller sizes, as the library describes them. */
  sizes: Raw[];
  folders: Raw[];
}
/** What one attribute of one document has of a file. */
interface Hung {
  documentId: string;
  createdAt: unknown;
  field: string;
  links: Raw[];
}

export const sealedMediaOf = ({ uid, fileFields }: ProtectedType): { uid: string; field: string }[] =>
  fileFields.map((field) => ({ uid, field }));

/** Ids in the library. */
export const filesLeft = async (strapi: Strapi, type: ProtectedType): Promise<number[]> => {
  if (type.fileFields.length === 0 || !strapi.plugin('upload')) return [];
  const links = (await filesFromBefore(strapi, sealedMediaOf(type))) as { file_id: number }[];
  return [...new Set(links.map((link) => Number(link.file_id)))].sort((one, other) => one - other);
};

export const createFilesIn = (
  strapi: Strapi,
  { sealer, files, amend, change }: { sealer: Sealer; files: Files; amend: Amend; change: Change },
  type: ProtectedType,
  anatomy: Anatomy,
) => {
  const { uid } = type;
  const knex = strapi.db.connection as unknown as Knex;
  const read = async (name: string, where: Raw): Promise<Raw[]> =>
    (await rowsOf(strapi, knex, name).select('*').where(where).orderBy('id')) as Raw[];

  const find = async (id: number): Promise<Found | null> => {
    const [row] = await read(LIBRARY, { id });
    if (!row) return null;
    const sizes = Object.values((jsonIn(row.formats ?? null) ?? {}) as Record<string, Raw>);
    return { row, sizes, folders: await read(LIBRARY_FOLDERS, { file_id: id }) };
  };
  const hungOn = async (id: number): Promise<Hung[]> => {
    const links = await read(LIBRARY_LINKS, { file_id: id, related_type: uid });
    const rows = (await rowsOf(strapi, knex, anatomy.table)
      .select('id', 'document_id', 'created_at')
      .whereIn(
        'id',
        links.map((link) => link.related_id as number),
      )
      .whereNotNull('document_id')) as Raw[];
    const owner = (link: Raw): Raw | undefined => rows.find((row) => Number(row.id) === Number(link.related_id));
    return Object.values(groupBy(links.filter(owner), (link) => JSON.stringify([owner(link)?.document_id, link.field]))).map(
      (own) => ({
        documentId: String(owner(own[0] as Raw)?.document_id),
        createdAt: owner(own[0] as Raw)?.created_at,
        field: String(own[0]?.field),
        links: own,
      }),
    );
  };

  const entryIn = (before: Before | null, id: number, field: string): FileBefore | undefined =>
    before?.files?.find((one) => Number(one.row.id) === id && one.field === field);
  const entryOf = async ({ documentId: recordId, field }: Hung, id: number): Promise<FileBefore | undefined> => {
    const row = await table<VaultRow>(strapi, VAULT).findOne({ where: { formOrType: uid, recordId } });
    return row ? entryIn(beforeIn(await sealer.open(placeOfValues(row), row.sealed)), id, field) : undefined;
  };

  /** In the order in which they hung on the attribute. */
  const inOrder = (list: DisclosedFile[], before: readonly FileBefore[]): DisclosedFile[] => {
    const orderOf = ({ file }: DisclosedFile): number => {
      const entry = before.find(({ kept }) => kept[0]?.file === file);
      const link = entry?.attached.find(({ table: name }) => name === LIBRARY_LINKS);
      return entry ? Number(link?.row.order ?? 0) : Infinity;
    };
    return sortBy(list, orderOf);
  };
  const hang =
    (entry: FileBefore, shown: DisclosedFile) =>
    (values: Values): Values => {
      const before: Before = beforeIn(values) ?? { digest: digestOfValues(values), rows: [], history: [] };
      if (entryIn(before, Number(entry.row.id), entry.field)) throw new MovedAlready();
      const isAsMoved = before.digest === digestOfValues(values);
      const all = [...(before.files ?? []), entry];
      const now = underTodaysNames(values, type.formerNames);
      const there = (now[entry.field] as DisclosedFile[] | undefined) ?? [];
      const changed = { ...now, [entry.field]: inOrder([...there, shown], all) };
      return { ...changed, [BEFORE]: { ...before, digest: isAsMoved ? digestOfValues(changed) : before.digest, files: all } };
    };

  const write = async (hung: Hung, entry: FileBefore, shown: DisclosedFile, received: ReceivedFile[]): Promise<void> => {
    const { documentId: recordId, createdAt } = hung;
    const add = hang(entry, shown);
    if (await change(uid, recordId, add, received)) return;
    // Nothing else of it was sealed.
    await amend({ formOrType: uid, recordId, values: {}, search: [] });
    const receivedAt = new Date((createdAt as string | number | Date | null) ?? Date.now());
    await statement(strapi, VAULT).where({ formOrType: uid, recordId }).update({ receivedAt }).execute();
    await change(uid, recordId, add, received);
  };

  const seal = async ({ row, sizes, folders }: Found, hung: Hung): Promise<void> => {
    const { documentId, field, links } = hung;
    const library = libraryOf(strapi);
    const received: ReceivedFile[] = [];
    let bytes = 0;
    const counted = async function* (content: Bytes): AsyncGenerator<Uint8Array> {
      for await (const chunk of content) {
        bytes += chunk.length;
        yield chunk;
      }
    };
    const keep = async (content: Bytes): Promise<string> => {
      received.push(await files.receive({ formOrType: uid, recordId: documentId, field }, content));
      return received.at(-1)?.fileId ?? '';
    };
    try {
      const kept = [{ file: await keep(counted(library.read(row))), as: null as Raw | null }];
      for (const as of sizes) kept.push({ file: await keep(library.read(as)), as });
      const attached = [
        ...links.map((link) => ({ table: LIBRARY_LINKS, row: link })),
        ...folders.map((folder) => ({ table: LIBRARY_FOLDERS, row: folder })),
      ];
      const mime = String(row.mime);
      const shownType = PLAIN_TYPE.test(mime) ? mime : 'application/octet-stream';
      const shown = { file: kept[0]?.file ?? '', name: String(row.name), type: shownType, bytes };
      await write(hung, { field, row, attached, kept }, shown, received);
    } catch (error) {
      if (!(error instanceof MovedAlready)) throw error;
    } finally {
      await files.settle(received);
    }
  };

  /** That everything of it opens to what is in the library; what is gone there was compared before it went. */
  const isSame = async ({ row, kept }: FileBefore, recordId: string): Promise<boolean> => {
    const library = libraryOf(strapi);
    for (const { file, as } of kept) {
      const sealed = await table<FileRow>(strapi, FILES).findOne({ where: { formOrType: uid, recordId, fileId: file } });
      if (!sealed) return false;
      const there = await digestOfBytes(library.read(as ?? row)).catch((error: unknown) => {
        if (error instanceof NotInLibrary && error.isMissing) return null;
        throw error;
      });
      if (there !== null && there !== (await digestOfBytes(files.open(sealed)))) return false;
    }
    return true;
  };

  /** @returns whether it is in the vault, and nowhere else */
  const moveOne = async (id: number): Promise<boolean> => {
    const library = libraryOf(strapi);
    const found = await find(id);
    const hung = await hungOn(id);
    if (!found || hung.length === 0 || !library.keeps(found.row)) return false;
    for (const one of hung) {
      const there = await entryOf(one, id);
      if (!there) await seal(found, one);
      const entry = there ?? (await entryOf(one, id));
      if (!entry || !(await isSame(entry, one.documentId))) return false;
    }
    // Somebody may have used it for something else meanwhile.
    if (!(await filesFromBefore(strapi, sealedMediaOf(type)).where({ file_id: id }).first())) return false;
    for (const one of [...found.sizes, found.row]) await library.remove(one);
    await transaction(strapi, async (begun) => {
      const trx = begun as Knex.Transaction;
      for (const name of [LIBRARY_LINKS, LIBRARY_FOLDERS]) await rowsOf(strapi, trx, name).where({ file_id: id }).delete();
      await rowsOf(strapi, trx, LIBRARY).where({ id }).delete();
    });
    return true;
  };

  /** All that can be moved now. @param tell after each file */
  return async (tell: (moved: FilesMovedIn) => void): Promise<FilesMovedIn> => {
    const moved: FilesMovedIn = { files: 0, failed: [] };
    await sealer.ready(uid);
    for (const id of await filesLeft(strapi, type)) {
      try {
        if (await moveOne(id)) moved.files += 1;
        else moved.failed.push(id);
      } catch (error) {
        if (!(error instanceof NotInLibrary)) throw error;
        moved.failed.push(id);
      }
      tell(moved);
    }
    // What another run moved at the same time is moved.
    const left = await filesLeft(strapi, type);
    return { ...moved, failed: moved.failed.filter((id) => left.includes(id)) };
  };
};
