/**
 * Takes a wrapped type out of the vault again, document by document: what was moved in goes back into the rows, columns and
 * tables it came from, as it was; what came or changed since is written by Strapi. Read again and compared before it
 * leaves the vault, within one transaction. What does not open, or does not fit, stays where it is and is counted.
 */
import type { Knex } from 'knex';
import { groupBy, isEmpty, isEqual, omit, pick } from 'lodash';
import { whyUnreadable, type Sealer, type Values } from '../../encryption';
import type { ProtectedType } from '../../protection';
import { attributesOf, statement, table, transaction, within, type Strapi } from '../../strapi';
import { isStrapiError } from '../../strapi-utils';
import { addTo } from '../add-to';
import type { Files } from '../files';
import { underTodaysNames } from '../former-names';
import { READ_AT_ONCE } from '../in-pieces';
import { DIGESTS, VAULT, VAULT_TABLE, type VaultRow } from '../models';
import { plainUpdate } from '../seal-documents';
import { placeOfValues } from '../write-records';
import { whileMovingOut } from '../writing';
import type { Anatomy } from './anatomy';
import { beforeIn, digestOfValues, type Attached, type Before, type FileBefore, type Raw, type RowBefore } from './before';
import { createFilesOut, FileDoesNotFit } from './files-out';
import { notesIn } from '../notes';
import { withoutOurs } from '../ours';
import { putHistoryBack } from './history';
import { columnFrom, mainRow } from './move-in';
import { insertIfItFits, readDocuments, rowsOf, toWrite, type RawRow } from './raw-rows';
import { readableValues } from './readable';

/** What Strapi writes at an update, and was not meant by this one. */
const STRAPIS_OWN = ['updated_at', 'updated_by_id', 'published_at'];

/** Why a submission stays in the vault. */
export const STAYS_BECAUSE = {
  UNREADABLE: 'it does not open',
  NO_ROW: 'its row in the table of the type is gone',
  IN_BIN: 'it was deleted and is in the bin: take it back or erase it first',
  HAS_FILES: 'it came with attachments, for which the table has no place',
  HAS_NOTES: 'colleagues wrote notes to it, for which the table has no place',
  DOES_NOT_FIT: 'the table would not hold it as it is',
  FILE_DOES_NOT_FIT: 'the media library did not take back a file of it',
} as const;
export type StaysBecause = keyof typeof STAYS_BECAUSE;

class Stays extends Error {
  /** @param field the attribute that does not fit */
  constructor(
    readonly reason: StaysBecause,
    readonly field = '',
  ) {
    super(reason);
  }
}

export interface MovedOut {
  submissions: number;
  stays: Map<StaysBecause, string[]>;
  /** Links to rows of other types that are gone. */
  lostLinks: number;
  /** Files that may lie in the open where the library keeps its own. */
  leftBehind: ReadonlySet<string>;
}

export const createMoveOut = (strapi: Strapi, sealer: Sealer, files: Files, type: ProtectedType, anatomy: Anatomy) => {
  const { uid, sealedFields, fileFields, formerNames, original } = type;
  const filesOut = createFilesOut(strapi, files, type);
  const attributes = attributesOf(original);
  const records = table<VaultRow>(strapi, VAULT);
  const isReadBack = (name: string): boolean =>
    sealedFields.includes(name) && !['relation', 'media', 'password'].includes(attributes[name]?.type ?? '');

  const columnsOf = ({ columns }: RowBefore, values: Values): Raw =>
    Object.fromEntries(
      [...anatomy.columns].flatMap(([name, names]) =>
        names.map((column) => [column, Object.hasOwn(columns, column) ? columns[column] : columnFrom(values, name)]),
      ),
    );

  /** Rows that are there under the same id: the same ones need not be written, others must not be written over. */
  const missing = async (trx: Knex.Transaction, attached: Attached[]): Promise<Attached[] | null> => {
    const there = new Map<string, Raw>();
    for (const [name, some] of Object.entries(groupBy(attached, 'table'))) {
      const ids = some.map(({ row }) => row.id as number);
      for (const row of (await rowsOf(strapi, trx, name).select('*').whereIn('id', ids)) as Raw[])
        there.set(`${name} ${String(row.id)}`, row);
    }
    const found = (one: Attached): Raw | undefined => there.get(`${one.table} ${String(one.row.id)}`);
    if (attached.some((one) => found(one) && !isEqual(found(one), one.row))) return null;
    return attached.filter((one) => !found(one));
  };

  /** As it was. @returns null when something else lies where it lay */
  const putBack = async (trx: Knex.Transaction, rows: RowBefore[], values: Values): Promise<number | null> => {
    const attached = await missing(
      trx,
      rows.flatMap((row) => row.attached),
    );
    if (!attached) return null;
    let lostLinks = 0;
    for (const row of rows) {
      const columns = columnsOf(row, values);
      if (Object.keys(columns).length > 0)
        await rowsOf(strapi, trx, anatomy.table).where({ id: row.id }).update(toWrite(columns));
    }
    for (const one of attached) if (!(await insertIfItFits(strapi, trx, one))) lostLinks += 1;
    return lostLinks;
  };

  const writeAnew = async (trx: Knex.Transaction, documentId: string, rows: RawRow[], data: Values): Promise<void> => {
    const isPublished = rows.some(({ row }) => row.published_at !== null);
    const status = rows.length > 1 && isPublished ? 'published' : undefined;
    await whileMovingOut(() => plainUpdate(strapi, uid)({ documentId, data, ...(status ? { status } : {}) }));
    for (const { row } of rows) {
      await rowsOf(strapi, trx, anatomy.table)
        .where({ id: row.id as number })
        .update(toWrite(pick(row, STRAPIS_OWN)));
    }
  };

  const readBack = async (trx: Knex.Transaction, documentId: string): Promise<Values> => {
    const main = mainRow((await readDocuments(strapi, trx, anatomy, [documentId])).get(documentId) ?? []);
    return (await readableValues(strapi, type, anatomy, [main])).get(Number(main.row.id)) ?? {};
  };
  const isSame = (one: unknown, other: unknown): boolean =>
    isEqual(one, other) || (typeof one !== 'object' && typeof other !== 'object' && String(one) === String(other));

  /** @returns how many links name something that is gone; null when it was changed meanwhile and nothing was done */
  const take = async (
    trx: Knex.Transaction,
    { recordId, sealed }: VaultRow,
    opened: Values,
    put: readonly FileBefore[],
  ): Promise<number | null> => {
    // Written before anything is read: SQLite lets a reader of another process not become a writer.
    const held = await within(strapi, trx, VAULT_TABLE).where({ form_or_type: uid, record_id: recordId, sealed }).delete();
    // Changed meanwhile: it comes in the next round.
    if (Number(held) === 0) return null;
    const rows = (await readDocuments(strapi, trx, anatomy, [recordId], { isLocked: true })).get(recordId) ?? [];
    if (rows.length === 0) throw new Stays('NO_ROW');
    if (notesIn(opened).length > 0) throw new Stays('HAS_NOTES');
    const named = underTodaysNames(withoutOurs(opened), formerNames);
    const values: Values = omit(named, fileFields);
    const before: Before | null = beforeIn(opened);
    const ids = new Set(rows.map(({ row }) => Number(row.id)));
    const isAsMoved = before?.digest === digestOfValues(opened);
    // Columns and links from before an attribute was renamed have its older name: only what is of today's goes back as it was.
    const isOfToday = isEmpty(formerNames) || (isAsMoved && isEqual(Object.keys(named), Object.keys(withoutOurs(opened))));
    const known = isOfToday ? (before?.rows ?? []).filter(({ id }) => ids.has(id)) : [];
    const lostLinks = await putBack(trx, known, values);
    const isAsBefore = lostLinks !== null && known.length === rows.length && isAsMoved;
    if (!isAsBefore && Object.keys(values).length > 0) await writeAnew(trx, recordId, rows, values);
    const now = await readBack(trx, recordId);
    const other = Object.keys(values).find((name) => isReadBack(name) && !isSame(now[name], values[name]));
    if (other !== undefined) throw new Stays('DOES_NOT_FIT', other);
    await putHistoryBack(strapi, trx, before?.history ?? []);
    await statement(strapi, DIGESTS).where({ formOrType: uid, recordId }).delete().execute();
    const lostFiles = await filesOut.putRows(trx, put);
    await files.erase(uid, recordId);
    return (lostLinks ?? 0) + lostFiles;
  };

  /** @throws what is no matter of this one submission */
  const reasonOf = (error: unknown): StaysBecause => {
    if (error instanceof Stays) return error.reason;
    if (error instanceof FileDoesNotFit) return 'FILE_DOES_NOT_FIT';
    if (isStrapiError(error, 'ApplicationError')) return 'DOES_NOT_FIT';
    whyUnreadable(error);
    return 'UNREADABLE';
  };
  const leave = ({ stays }: MovedOut, recordId: string, error: unknown): void => {
    const reason = reasonOf(error);
    const isOfField = error instanceof Stays || error instanceof FileDoesNotFit;
    const field = isOfField && error.field ? ` (${error.field})` : '';
    addTo(stays, reason, `${recordId}${field}`);
  };

  const moveOne = async (row: VaultRow, moved: MovedOut): Promise<void> => {
    if (row.binnedAt !== null) return addTo(moved.stays, 'IN_BIN', row.recordId);
    try {
      const opened = await sealer.open(placeOfValues(row), row.sealed);
      const entries = beforeIn(opened)?.files ?? [];
      const known = entries.flatMap(({ kept }) => kept.map(({ file }) => file));
      // What came as an attachment was never in the library.
      if ((await files.list(uid, row.recordId)).some(({ fileId }) => !known.includes(fileId))) throw new Stays('HAS_FILES');
      const put = await filesOut.put(row.recordId, entries);
      const taken = await transaction(strapi, (trx) => take(trx as Knex.Transaction, row, opened, put.entries)).catch(
        async (error: unknown) => {
          await put.undo();
          throw error;
        },
      );
      if (taken === null) await put.undo();
      moved.lostLinks += taken ?? 0;
    } catch (error) {
      return leave(moved, row.recordId, error);
    }
  };

  const next = (after: number): Promise<VaultRow[]> =>
    records.findMany({ where: { formOrType: uid, id: { $gt: after } }, orderBy: { id: 'asc' }, limit: READ_AT_ONCE });

  /** All that can leave now. @param tell after each batch */
  return async (tell: (moved: MovedOut) => void): Promise<MovedOut> => {
    const all = await records.count({ where: { formOrType: uid } });
    const moved: MovedOut = { submissions: 0, stays: new Map(), lostLinks: 0, leftBehind: filesOut.leftBehind };
    for (let rows = await next(0); rows.length > 0; rows = await next(Number(rows.at(-1)?.id))) {
      for (const row of rows) await moveOne(row, moved);
      moved.submissions = all - (await records.count({ where: { formOrType: uid } }));
      tell(moved);
    }
    return moved;
  };
};
