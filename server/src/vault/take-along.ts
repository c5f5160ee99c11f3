/**
 * No husk goes alone: whichever way a row of a wrapped type is deleted (documents, `strapi.db.query`, the query builder, a
 * lifecycle, the content manager), the submission goes with its last row, in the same transaction; or nothing is deleted.
 * Strapi's own steps between two rows of a document (publish, unpublish, discard a draft) are judged when they are over.
 */
import type { Knex } from 'knex';
import { castArray, chunk, compact, isEmpty, uniq } from 'lodash';
import { Fault } from '../errors';
import { holdFunctions, protectedTypes, type ProtectedType } from '../protection';
import { holding, transaction, type Strapi } from '../strapi';
import { createWhile } from '../while';
import { assertMayDelete, dispose, isForBin, type Gone } from './dispose';
import { readHusk } from './husks';
import { partsFromBefore } from './parts-from-before';
import { isMovingOut } from './writing';

const GUARD = 'take-along';
/** SQLite takes 32,766 bindings. */
const AT_ONCE = 1000;

interface State {
  type: string;
  select: unknown[];
  where: unknown[];
  filters: unknown;
  search: unknown;
  data: unknown;
  transaction: unknown;
}
interface QueryBuilder {
  state: State;
  where(where: object): QueryBuilder;
  delete(): QueryBuilder;
  select(columns: string[]): QueryBuilder;
  execute(options?: { mapResults?: boolean }): Promise<unknown>;
  getKnexQuery(): unknown;
}
interface EntityManager {
  createQueryBuilder(uid: string, ...rest: unknown[]): QueryBuilder;
}
interface Row {
  id: number;
  document_id: string | null;
}

/** Documents that lost a row, by type, until it is known which of them are gone. */
type Losing = Map<ProtectedType, Map<string, Gone>>;
const losing = createWhile<{ documents: Losing; isOver: boolean }>();

const tableOf = (strapi: Strapi, uid: string): string =>
  (strapi.db.metadata.get(uid) as unknown as { tableName: string }).tableName;

const rowsBy = async (
  strapi: Strapi,
  trx: unknown,
  uid: string,
  column: string,
  values: readonly (string | number)[],
  isLocked: boolean,
): Promise<Row[]> => {
  const rows: Row[] = [];
  for (const some of chunk(values, AT_ONCE)) {
    const table = strapi.db.getConnection(tableOf(strapi, uid)) as unknown as Knex.QueryBuilder;
    const query = table.select('id', 'document_id').whereIn(column, some).orderBy('id');
    void query.transacting(trx as Knex.Transaction);
    rows.push(...((await (isLocked ? holding(strapi, query, 'forUpdate') : query)) as Row[]));
  }
  return rows;
};
/** All of these documents, locked by document, in one order: of two who delete the last two rows one is the last. */
const rowsOf = (strapi: Strapi, trx: unknown, uid: string, documentIds: readonly string[]): Promise<Row[]> =>
  rowsBy(strapi, trx, uid, 'document_id', documentIds, true);
const documentsIn = (rows: Row[]): string[] => compact(uniq(rows.map((row) => row.document_id)));

const settle = async (strapi: Strapi, trx: unknown, documents: Losing): Promise<void> => {
  for (const [type, ids] of documents) {
    const left = new Set(documentsIn(await rowsOf(strapi, trx, type.uid, [...ids.keys()])));
    const gone = [...ids.values()].filter(({ documentId }) => !left.has(documentId));
    if (gone.length > 0) await dispose(strapi, type, gone);
  }
};

/** A husk that goes to the bin is read whole, before the first of its rows goes. */
const note = async (strapi: Strapi, trx: unknown, type: ProtectedType, documentIds: readonly string[]): Promise<void> => {
  const all = losing.now()?.documents;
  if (!all) return;
  const ofType = all.get(type) ?? new Map<string, Gone>();
  all.set(type, ofType);
  for (const documentId of documentIds) {
    if (ofType.has(documentId)) continue;
    const husk = isForBin(strapi) ? readHusk(strapi, trx, type, documentId) : null;
    ofType.set(documentId, { documentId, husk });
  }
  for (const documentId of documentIds) await ofType.get(documentId)?.husk;
};

/** Whatever loses its last row inside of `run` goes whole at its end; one transaction. */
export const takingAlong = <Result>(strapi: Strapi, run: () => Promise<Result>): Promise<Result> =>
  transaction(strapi, async (trx) => {
    const around = losing.now();
    if (around && !around.isOver) return run();
    const mine = { documents: new Map() as Losing, isOver: false };
    const result = await losing.run(mine, run);
    mine.isOver = true;
    await settle(strapi, trx, mine.documents);
    return result;
  });

/** One document, by `strapi.documents`: whoever may not is told before anything happens. */
export const deletingOne = <Result>(
  strapi: Strapi,
  type: ProtectedType,
  documentId: string | undefined,
  run: () => Promise<Result>,
): Promise<Result> =>
  takingAlong(strapi, async () => {
    await assertMayDelete(strapi, type);
    await transaction(strapi, (trx) => note(strapi, trx, type, documentId ? [documentId] : []));
    return run();
  });

/**
 * `strapi import` and a transfer empty every table first, with all lifecycles off, and bring the rows back: those of this site
 * find their submissions again, under the same document ids. What finds none afterwards is a finding.
 */
const watchTransfers = (strapi: Strapi): (() => boolean) => {
  let isUnderway = false;
  const own = strapi.db.lifecycles as unknown as Record<'disable' | 'enable', (...given: unknown[]) => void>;
  const lifecycles = holdFunctions(strapi, GUARD, 'the lifecycles', own, ['disable', 'enable']);
  const { disable, enable } = lifecycles;
  lifecycles.disable = (...given) => {
    isUnderway = true;
    disable.apply(lifecycles, given);
  };
  lifecycles.enable = (...given) => {
    isUnderway = false;
    enable.apply(lifecycles, given);
  };
  return () => isUnderway;
};
const isAll = ({ where, filters, search }: State): boolean =>
  where.every(isEmpty) && typeof filters !== 'function' && isEmpty(filters) && isEmpty(search);

const DELETES = ['delete', 'truncate'];

/** In `register`. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const takeAlong = (strapi: Strapi): void => {
  if (protectedTypes(strapi).size === 0) return;
  const manager = strapi.db.entityManager as unknown as EntityManager;
  holdFunctions(strapi, GUARD, 'the entity manager', manager, ['createQueryBuilder']);
  const createQueryBuilder = manager.createQueryBuilder.bind(manager);
  const isTransferring = watchTransfers(strapi);

  /** By table: another model may lie in the same one. */
  let types: Map<string, ProtectedType> | undefined;
  const findType = (uid: string): ProtectedType | undefined => {
    types ??= new Map([...protectedTypes(strapi).values()].map((type) => [tableOf(strapi, type.uid), type]));
    return protectedTypes(strapi).get(uid) ?? types.get(tableOf(strapi, uid));
  };
  /** Decided once for each model, because every query of the site asks. */
  const decided = new Map<string, ProtectedType | undefined>();
  const typeOf = (uid: string): ProtectedType | undefined => {
    if (!decided.has(uid) && strapi.db.metadata.has(uid)) decided.set(uid, findType(uid));
    return decided.get(uid);
  };

  const remove = (uid: string, type: ProtectedType, ids: number[], isAlone: boolean): Promise<number> =>
    transaction(strapi, async (trx) => {
      const documents = documentsIn(await rowsBy(strapi, trx, type.uid, 'id', ids, false));
      const all = await rowsOf(strapi, trx, type.uid, documents);
      const going = new Set(ids);
      const staying = documentsIn(all.filter(({ id }) => !going.has(Number(id))));
      if (isAlone && staying.length < documents.length) await assertMayDelete(strapi, type);
      await note(strapi, trx, type, documents);
      let removed = 0;
      for (const some of chunk(ids, AT_ONCE)) {
        const removeParts = await partsFromBefore(strapi, trx, type, some);
        removed += Number(
          await createQueryBuilder(uid)
            .where({ id: { $in: some } })
            .delete()
            .execute(),
        );
        await removeParts();
      }
      return removed;
    });

  /** A row that takes another document id leaves its submission behind as a deleted one would. */
  const refuseMove = async (
    uid: string,
    type: ProtectedType,
    { data, where, filters, search, transaction: own }: State,
  ): Promise<void> => {
    const { documentId, document_id: column = documentId } = (data ?? {}) as Record<string, unknown>;
    if (column === undefined || isMovingOut()) return;
    const asked = createQueryBuilder(uid);
    Object.assign(asked.state, { where: [...where], filters, search, transaction: own });
    const rows = castArray((await asked.select(['id', 'documentId']).execute()) ?? []) as { documentId: string | null }[];
    if (rows.every((row) => row.documentId === null || row.documentId === column)) return;
    throw new Fault(
      'HUSK_DELETE',
      `a row of "${type.uid}" keeps its document id, which its submission is found by. Nothing was changed`,
    );
  };

  const guarded = (builder: QueryBuilder, uid: string, type: ProtectedType): QueryBuilder => {
    // Without these two Strapi could ask nothing at all.
    const { execute, getKnexQuery } = builder;
    let isLetThrough = false;
    builder.getKnexQuery = function guardedQuery() {
      if (DELETES.includes(this.state.type) && !isLetThrough)
        throw new Fault(
          'HUSK_DELETE',
          `rows of "${type.uid}" cannot be deleted with SQL that was made by the query builder, because their submissions would stay. Call execute(). Nothing was deleted`,
        );
      return getKnexQuery.call(this);
    };
    builder.execute = async function guardedExecute(...rest) {
      const { state } = this;
      if (state.type === 'update') await refuseMove(uid, type, state);
      if (!DELETES.includes(state.type)) return execute.apply(this, rest);
      if (isMovingOut() || (isTransferring() && isAll(state))) {
        isLetThrough = true;
        return execute.apply(this, rest);
      }
      if (state.transaction && !strapi.db.inTransaction())
        throw new Fault(
          'HUSK_DELETE',
          `rows of "${type.uid}" are deleted together with their submissions, in the transaction of strapi.db.transaction only. Nothing was deleted`,
        );
      const isAlone = losing.now()?.isOver ?? true;
      return takingAlong(strapi, async () => {
        // Asked as Strapi would ask; then just these are deleted.
        Object.assign(state, { type: 'select', select: ['id'] });
        const found = castArray((await execute.call(this)) ?? []) as { id: number }[];
        state.type = 'delete';
        return remove(uid, type, uniq(found.map(({ id }) => Number(id))), isAlone);
      });
    };
    return builder;
  };

  manager.createQueryBuilder = (uid, ...rest) => {
    const builder = createQueryBuilder(uid, ...rest);
    const type = typeOf(uid);
    return type ? guarded(builder, uid, type) : builder;
  };
};
