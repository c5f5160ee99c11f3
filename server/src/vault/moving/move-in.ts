/**
 * Moves what lies in plain in the rows of a wrapped type into the vault, batch by batch: read, sealed, written, opened again
 * from what was written and compared field by field, and only then taken out of the site's own tables, all within one
 * transaction. So a kill costs one batch, and several may work at once.
 */
import type { Knex } from 'knex';
import { isEqual } from 'lodash';
import { keyIdIn, type Digest, type SealedValue, type Sealer, type Values } from '../../encryption';
import { Fault, type FaultCode } from '../../fault';
import type { ProtectedType } from '../../protection';
import { statement, transaction, within, type Strapi } from '../../strapi';
import { addTo } from '../add-to';
import { currentKeys } from '../data-key-store';
import { underTodaysNames } from '../former-names';
import { inPieces } from '../in-pieces';
import { DIGESTS, VAULT, VAULT_TABLE } from '../models';
import { placeOfValues } from '../write-records';
import type { Anatomy } from './anatomy';
import { BEFORE, beforeIn, digestOfValues, type Before, type Raw, type RowBefore } from './before';
import { withoutOurs } from '../ours';
import { emptyRows, readDocuments, rowsOf, type RawRow, type Trx } from './raw-rows';
import { readableValues } from './readable';
import { holdsAnything, nextDocuments } from './rows-from-before';

/** Each is held some seven times while it moves, and may be large. */
const BATCH = 25;
/** SQLite takes 500 rows in one INSERT. */
const INSERTED = 400;

const OF_ONE_DOCUMENT: FaultCode[] = ['VALUES_NOT_SEALABLE', 'SEALED_VALUE_UNREADABLE', 'MOVED_VALUE_DIFFERS'];

interface ToMove {
  documentId: string;
  rows: RawRow[];
  values: Values;
}
interface Made extends ToMove {
  sealed: SealedValue;
  digests: Digest[];
}
interface VaultRow {
  record_id: string;
  sealed: string;
}

/** The row that stands for the document: published before draft, the site's own language before others, the oldest. */
const rank = ({ row }: RawRow): string =>
  [row.published_at ? 0 : 1, row.locale ? 1 : 0, String(row.id).padStart(20, '0')].join(' ');
export const mainRow = (rows: readonly RawRow[]): RawRow =>
  [...rows].sort((one, other) => rank(one).localeCompare(rank(other)))[0] as RawRow;

/** What a column of this attribute holds, as far as its value says. */
export const columnFrom = (values: Values, name: string): string | number | null => {
  const value = values[name];
  return typeof value === 'string' || typeof value === 'number' ? value : null;
};

const rowBefore = ({ columns }: Anatomy, { row, attached }: RawRow, values: Values): RowBefore => {
  const kept: Raw = {};
  for (const [name, names] of columns) {
    for (const column of names) {
      if (row[column] !== columnFrom(values, name)) kept[column] = row[column];
    }
  }
  return { id: Number(row.id), columns: kept, attached };
};

/** Attributes that were sealed later than others move later, from the same rows. */
const joined = (earlier: RowBefore[], moved: RowBefore[]): RowBefore[] => {
  const rows = new Map(earlier.map((row) => [row.id, row]));
  for (const { id, columns, attached } of moved) {
    const known = rows.get(id);
    rows.set(id, { id, columns: { ...known?.columns, ...columns }, attached: [...(known?.attached ?? []), ...attached] });
  }
  return [...rows.values()];
};

export interface MovedIn {
  documents: number;
  rows: number;
  /** Documents that could not be moved and lie where they lay, by the code of what was in the way. */
  failed: Map<string, string[]>;
}

export const createMoveIn = (strapi: Strapi, sealer: Sealer, type: ProtectedType, anatomy: Anatomy) => {
  const { uid, search } = type;
  const knex = strapi.db.connection as unknown as Knex;

  const inVault = async (trx: Trx, documentIds: string[]): Promise<Map<string, string>> => {
    const rows = (await rowsOf(strapi, trx, VAULT_TABLE)
      .select('record_id', 'sealed')
      .where({ form_or_type: uid })
      .whereIn('record_id', documentIds)) as VaultRow[];
    return new Map(rows.map(({ record_id: recordId, sealed }) => [recordId, sealed]));
  };

  const read = async (documentIds: string[]): Promise<ToMove[]> => {
    const found = await readDocuments(strapi, knex, anatomy, documentIds);
    // Others may have moved them since they were listed.
    const documents = new Map([...found].filter(([, rows]) => rows.some((row) => holdsAnything(anatomy, row))));
    const mains = new Map([...documents].map(([documentId, rows]) => [documentId, mainRow(rows)]));
    const readable = await readableValues(strapi, type, anatomy, [...mains.values()]);
    return [...documents].map(([documentId, rows]) => ({
      documentId,
      rows,
      values: readable.get(Number(mains.get(documentId)?.row.id)) ?? {},
    }));
  };

  /** What is in the vault already was written later, and stays. */
  const merged = async ({ documentId, rows, values }: ToMove, sealed: string | undefined): Promise<Values> => {
    const there = sealed === undefined ? {} : await sealer.open(placeOfValues({ formOrType: uid, recordId: documentId }), sealed);
    const earlier = beforeIn(there);
    const isAsMoved = sealed === undefined || earlier?.digest === digestOfValues(there);
    const all = { ...values, ...underTodaysNames(withoutOurs(there), type.formerNames) };
    const moved = rows.map((row) => rowBefore(anatomy, row, values));
    const before: Before = {
      digest: isAsMoved ? digestOfValues(all) : '',
      rows: joined(earlier?.rows ?? [], moved),
      history: earlier?.history ?? [],
    };
    return { ...all, [BEFORE]: before };
  };

  const seal = async (toMove: ToMove, sealedBefore: string | undefined): Promise<Made> => {
    const values = await merged(toMove, sealedBefore);
    const place = placeOfValues({ formOrType: uid, recordId: toMove.documentId });
    return { ...toMove, values, sealed: await sealer.seal(place, values), digests: await sealer.digests(uid, search, values) };
  };

  const store = async (made: Made[], there: ReadonlySet<string>): Promise<void> => {
    const fresh = made.filter(({ documentId }) => !there.has(documentId));
    if (fresh.length > 0) {
      const rows = fresh.map(({ documentId, sealed, rows: moved }) => ({
        recordId: documentId,
        formOrType: uid,
        receivedAt: new Date((mainRow(moved).row.created_at as string | number | Date | null) ?? Date.now()),
        state: 'new',
        sealed,
        keyId: keyIdIn(sealed),
      }));
      for (const some of inPieces(rows, BATCH, (row) => row.sealed.length)) await statement(strapi, VAULT).insert(some).execute();
    }
    for (const { documentId: recordId, sealed } of made.filter(({ documentId }) => there.has(documentId))) {
      await statement(strapi, VAULT)
        .where({ formOrType: uid, recordId })
        .update({ sealed, keyId: keyIdIn(sealed) })
        .execute();
      await statement(strapi, DIGESTS).where({ formOrType: uid, recordId }).delete().execute();
    }
    const digests = made.flatMap(({ documentId: recordId, digests: own }) =>
      own.map((digest) => ({ ...digest, formOrType: uid, recordId })),
    );
    for (let at = 0; at < digests.length; at += INSERTED) {
      await statement(strapi, DIGESTS)
        .insert(digests.slice(at, at + INSERTED))
        .execute();
    }
  };

  /** @throws Fault MOVED_VALUE_DIFFERS */
  const verify = async (trx: Trx, made: Made[]): Promise<void> => {
    const stored = await inVault(
      trx,
      made.map(({ documentId }) => documentId),
    );
    for (const { documentId, values } of made) {
      const place = placeOfValues({ formOrType: uid, recordId: documentId });
      const opened = await sealer.open(place, stored.get(documentId) ?? '');
      const names = new Set([...Object.keys(values), ...Object.keys(opened)]);
      const other = [...names].find((name) => values[name] !== undefined && !isEqual(opened[name], values[name]));
      if (other === undefined) continue;
      throw new Fault('MOVED_VALUE_DIFFERS', `"${other}" of ${documentId} did not open as it was; it lies where it lay`);
    }
  };

  /** @returns the documents that are moved now: those that somebody changed in between come in another round */
  const moveBatch = async (documentIds: string[]): Promise<{ documents: number; rows: number }> => {
    await sealer.ready(uid);
    const sealedBefore = await inVault(knex, documentIds);
    const made: Made[] = [];
    for (const one of await read(documentIds)) made.push(await seal(one, sealedBefore.get(one.documentId)));
    return transaction(strapi, async (begun) => {
      const trx = begun as Knex.Transaction;
      // Written before anything is read: SQLite lets a reader of another process not become a writer.
      await within(strapi, trx, VAULT_TABLE).where({ id: -1 }).update({ form_or_type: uid });
      const current = await currentKeys(strapi, trx, uid);
      const fits = ({ sealed, digests }: Made): boolean =>
        keyIdIn(sealed) === current.get('values') && digests.every(({ keyId }) => keyId === current.get('search'));
      if (!made.every(fits)) {
        sealer.forget(uid);
        return { documents: 0, rows: 0 };
      }
      const now = await readDocuments(strapi, trx, anatomy, documentIds, { isLocked: true });
      const there = await inVault(trx, documentIds);
      const unchanged = made.filter(
        ({ documentId, rows }) => isEqual(now.get(documentId), rows) && there.get(documentId) === sealedBefore.get(documentId),
      );
      await store(unchanged, new Set(there.keys()));
      await verify(trx, unchanged);
      const rows = unchanged.flatMap((one) => one.rows);
      await emptyRows(strapi, trx, anatomy, rows);
      return { documents: unchanged.length, rows: rows.length };
    });
  };

  /** A document that cannot be moved must not keep the others from it. */
  const moveEach = async (documentIds: string[], moved: MovedIn): Promise<void> => {
    const add = ({ documents, rows }: { documents: number; rows: number }): void => {
      moved.documents += documents;
      moved.rows += rows;
    };
    try {
      add(await moveBatch(documentIds));
    } catch (error) {
      if (!(error instanceof Fault) || !OF_ONE_DOCUMENT.includes(error.code)) throw error;
      const [only, ...others] = documentIds;
      if (only !== undefined && others.length === 0) addTo(moved.failed, error.code, only);
      else for (const documentId of documentIds) await moveEach([documentId], moved);
    }
  };

  /** All that can be moved now. @param tell after each batch */
  return async (tell: (moved: MovedIn) => void): Promise<MovedIn> => {
    const moved: MovedIn = { documents: 0, rows: 0, failed: new Map() };
    // What was changed while it was moved is met in the next round; a round that moves nothing is the last.
    for (let before = -1; moved.documents > before;) {
      before = moved.documents;
      moved.failed.clear();
      let after = 0;
      for (;;) {
        const next = await nextDocuments(strapi, anatomy, { after, limit: BATCH });
        if (!next) break;
        await moveEach(next.documentIds, moved);
        after = next.last;
        tell(moved);
      }
    }
    return moved;
  };
};
