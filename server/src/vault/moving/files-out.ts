/** Files from before a type was wrapped, back into the media library: their bytes first, then the rows that name them. */
import type { Knex } from 'knex';
import { omit } from 'lodash';
import { table, type Strapi } from '../../strapi';
import type { ProtectedType } from '../../protection';
import type { Files } from '../files';
import { todaysName } from '../former-names';
import { FILES, type FileRow } from '../models';
import type { Attached, FileBefore, Raw } from './before';
import { digestOfBytes } from './files-in';
import { LIBRARY, LIBRARY_LINKS, libraryOf, nameOf, NotInLibrary } from './library';
import { insertIfItFits, jsonIn, rowsOf, toWrite } from './raw-rows';

/** Something else lies where it lay, or it does not arrive whole. */
export class FileDoesNotFit extends Error {
  constructor(readonly field: string) {
    super('A file does not fit into the media library');
  }
}

export interface PutBack {
  entries: FileBefore[];
  /** Takes the bytes away again, when the rows that name them were not written. What could not be is in `leftBehind`. */
  undo(): Promise<void>;
}

/** A provider may have given it another address. */
const withAddresses = (entry: FileBefore, addresses: string[]): FileBefore => {
  const [own, ...sizes] = addresses;
  const isAsBefore = entry.kept.every(({ as }, at) => (as ?? entry.row).url === addresses[at]);
  if (isAsBefore) return entry;
  const formats = (jsonIn(entry.row.formats ?? null) ?? {}) as Record<string, Raw>;
  const moved = Object.fromEntries(Object.entries(formats).map(([name, size], at) => [name, { ...size, url: sizes[at] }]));
  return { ...entry, row: { ...entry.row, url: own, formats: JSON.stringify(moved) } };
};

export const createFilesOut = (strapi: Strapi, files: Files, { uid, formerNames }: ProtectedType) => {
  const knex = strapi.db.connection as unknown as Knex;
  const leftBehind = new Set<string>();
  const takeAway = async (described: Raw): Promise<void> => {
    try {
      await libraryOf(strapi).remove(described);
    } catch (error) {
      if (!(error instanceof NotInLibrary)) throw error;
      leftBehind.add(nameOf(described));
    }
  };
  const byId = async (trx: Knex | Knex.Transaction, name: string, { id }: Raw): Promise<Raw | undefined> =>
    (await rowsOf(strapi, trx, name)
      .select('*')
      .where({ id: id as number })
      .first()) as Raw | undefined;

  const putOne = async (recordId: string, entry: FileBefore, written: Raw[]): Promise<FileBefore> => {
    const library = libraryOf(strapi);
    // It hung on another document as well, which was there first.
    if (await byId(knex, LIBRARY, entry.row)) return entry;
    if (!library.keeps(entry.row)) throw new FileDoesNotFit(entry.field);
    const addresses: string[] = [];
    for (const { file, as } of entry.kept) {
      const sealed = await table<FileRow>(strapi, FILES).findOne({ where: { formOrType: uid, recordId, fileId: file } });
      if (!sealed) throw new FileDoesNotFit(entry.field);
      const described = as ?? entry.row;
      written.push(described);
      try {
        const url = await library.put(described, files.open(sealed));
        const there = await digestOfBytes(library.read({ ...described, url }));
        if (there !== (await digestOfBytes(files.open(sealed)))) throw new FileDoesNotFit(entry.field);
        addresses.push(url);
      } catch (error) {
        throw error instanceof NotInLibrary ? new FileDoesNotFit(entry.field) : error;
      }
    }
    return withAddresses(entry, addresses);
  };

  /** The number of a link may be another one's by now. @returns whether it was written */
  const putLink = async (trx: Knex.Transaction, { table: name, row: kept }: Attached): Promise<boolean> => {
    const row = name === LIBRARY_LINKS ? { ...kept, field: todaysName(String(kept.field), formerNames) } : kept;
    const there = await byId(trx, name, row);
    return insertIfItFits(strapi, trx, { table: name, row: there ? omit(row, 'id') : row });
  };

  return {
    /** Names of what may lie where the library keeps files, with no row that names it, and could not be taken away. */
    leftBehind,
    /** @throws FileDoesNotFit, and what does not open; then nothing of them is in the library */
    async put(recordId: string, entries: readonly FileBefore[]): Promise<PutBack> {
      const written: Raw[] = [];
      const undo = async (): Promise<void> => {
        for (const described of written) await takeAway(described);
      };
      try {
        const put: FileBefore[] = [];
        for (const entry of entries) put.push(await putOne(recordId, entry, written));
        return { entries: put, undo };
      } catch (error) {
        await undo();
        throw error;
      }
    },

    /** @returns how many links name something that is gone. @throws FileDoesNotFit */
    async putRows(trx: Knex.Transaction, entries: readonly FileBefore[]): Promise<number> {
      let lostLinks = 0;
      for (const { row, attached, field, kept } of entries) {
        const there = await byId(trx, LIBRARY, row);
        if (there && there.hash !== row.hash) throw new FileDoesNotFit(field);
        if (!there) await rowsOf(strapi, trx, LIBRARY).insert(toWrite(row));
        for (const { as } of kept) leftBehind.delete(nameOf(as ?? row));
        for (const one of attached) if (!(await putLink(trx, one))) lostLinks += 1;
      }
      return lostLinks;
    },
  };
};
