/**
 * The floor: seals what is written through `strapi.db.query` (imports, other plugins, code), before any database
 * lifecycle runs, and refuses a sealed attribute that reaches the query builder. Not a lifecycle: an import or an open
 * transfer switches those off (5.54).
 */
import { record } from '../audit';
import { Fault } from '../errors';
import { currentActor, holdFunctions, protectedTypes, type ProtectedType } from '../protection';
import { attributesOf, transaction, type Strapi } from '../strapi';
import { absorbComponents } from './absorb-components';
import { refuseFileValues } from './check-files';
import { rowsToChange, rowToChange, type FindRows, type Params, type ToChange } from './rows-to-change';
import { newDocumentId } from './seal-documents';
import { isGiven, takeValues } from './take-values';
import { vaultOf } from './vault';
import { isMovingOut, isSealedAbove } from './writing';

const GUARD = 'seal-queries';

type Write = (uid: string, params: Params, ...rest: unknown[]) => Promise<unknown>;
interface QueryBuilder {
  insert(data: unknown, ...rest: unknown[]): QueryBuilder;
  update(data: unknown, ...rest: unknown[]): QueryBuilder;
}
interface EntityManager {
  create: Write;
  createMany: Write;
  update: Write;
  updateMany: Write;
  findMany: FindRows;
  createQueryBuilder(uid: string, ...rest: unknown[]): QueryBuilder;
}
type Data = Record<string, unknown>;
const isData = (data: unknown): data is Data => data !== null && typeof data === 'object' && !Array.isArray(data);

const columnsOf = (strapi: Strapi, { uid, sealedFields }: ProtectedType): Set<string> => {
  const attributes = attributesOf(strapi.db.metadata.get(uid) as { attributes: unknown });
  return new Set(sealedFields.flatMap((name) => [name, (attributes[name]?.columnName as string | undefined) ?? name]));
};

export const sealQueries = (strapi: Strapi): void => {
  const types = protectedTypes(strapi);
  if (types.size === 0) return;
  const manager = strapi.db.entityManager as unknown as EntityManager;
  const writes = ['create', 'createMany', 'update', 'updateMany', 'findMany', 'createQueryBuilder'] as const;
  holdFunctions(strapi, GUARD, 'the entity manager', manager, writes);

  /** Seals one row's values under its document, and gives back what may be written to the table. */
  const sealed = async (type: ProtectedType, data: Data, documentId: string): Promise<Data> => {
    const { values, husk } = takeValues(await absorbComponents(strapi, type, data), type.sealedFields);
    const { uid, search } = type;
    if (await vaultOf(strapi).bin.cameBack(uid, documentId)) {
      const actor = currentActor(strapi);
      await record(strapi, { event: 'submission.restored', actor, formOrType: uid, recordId: documentId, details: {} });
    }
    const isNew = !(await vaultOf(strapi).has(uid, documentId));
    if (isNew || Object.keys(values).length > 0) {
      await vaultOf(strapi).amend({ formOrType: uid, recordId: documentId, values, search });
    }
    if (!isNew && Object.keys(values).length > 0) {
      const details = { fields: Object.keys(values) };
      const actor = currentActor(strapi);
      await record(strapi, { event: 'submission.changed', actor, formOrType: uid, recordId: documentId, details });
    }
    return husk;
  };
  const sealedNew = async (type: ProtectedType, data: Data): Promise<Data> => {
    const documentId = typeof data.documentId === 'string' ? data.documentId : newDocumentId();
    return { ...(await sealed(type, data, documentId)), documentId };
  };
  const strip = (type: ProtectedType, data: Data): Data => takeValues(data, type.sealedFields).husk;

  const holdsValues = ({ sealedFields }: ProtectedType, { data }: Params): boolean =>
    (Array.isArray(data) ? (data as unknown[]) : [data]).some(
      (one) => isData(one) && sealedFields.some((name) => isGiven(one[name])),
    );

  interface Prepared {
    params: Params;
    /** Looks at what Strapi answered. @throws when that is not what was sealed, and so undoes both */
    check?: ToChange['check'];
  }
  /** Replaces one method: unprotected types go straight through. */
  const replace = (
    name: 'create' | 'createMany' | 'update' | 'updateMany',
    prepare: (type: ProtectedType, params: Params) => Promise<Prepared>,
    stripped: (type: ProtectedType, params: Params) => Params,
  ): void => {
    const write = manager[name].bind(manager);
    manager[name] = async (uid, params, ...rest) => {
      const type = types.get(uid);
      if (!type || isMovingOut()) return write(uid, params, ...rest);
      for (const one of [params.data].flat()) if (isData(one)) refuseFileValues(type, one);
      // Under one of our own sealed writes nothing sealed is left; what is there belongs to another row that a lifecycle writes.
      if (isSealedAbove(uid) && !holdsValues(type, params)) return write(uid, stripped(type, params), ...rest);
      return transaction(strapi, async () => {
        const { params: prepared, check } = await prepare(type, params);
        const result = await write(uid, prepared, ...rest);
        check?.(result);
        return result;
      });
    };
  };

  const stripOne = (type: ProtectedType, params: Params): Params =>
    isData(params.data) ? { ...params, data: strip(type, params.data) } : params;
  const stripAll = (type: ProtectedType, params: Params): Params =>
    Array.isArray(params.data) ? { ...params, data: params.data.map((one) => (isData(one) ? strip(type, one) : one)) } : params;

  replace(
    'create',
    async (type, params) => ({
      params: isData(params.data) ? { ...params, data: await sealedNew(type, params.data) } : params,
    }),
    stripOne,
  );
  replace(
    'createMany',
    async (type, params) => {
      if (!Array.isArray(params.data)) return { params };
      const data = [];
      for (const one of params.data as unknown[]) data.push(isData(one) ? await sealedNew(type, one) : one);
      return { params: { ...params, data } };
    },
    stripAll,
  );
  const prepareUpdate =
    (toChange: typeof rowsToChange) =>
    async (type: ProtectedType, params: Params): Promise<Prepared> => {
      if (!isData(params.data) || !holdsValues(type, params)) return { params: stripOne(type, params) };
      const { documentIds, params: asked, check } = await toChange(manager.findMany.bind(manager), type.uid, params);
      for (const documentId of documentIds) await sealed(type, params.data, documentId);
      return { params: stripOne(type, asked), check };
    };
  replace('update', prepareUpdate(rowToChange), stripOne);
  replace('updateMany', prepareUpdate(rowsToChange), stripOne);

  const createQueryBuilder = manager.createQueryBuilder.bind(manager);
  const columns = new Map<string, Set<string>>();
  manager.createQueryBuilder = (uid, ...rest) => {
    const builder = createQueryBuilder(uid, ...rest);
    const type = types.get(uid);
    if (!type || isMovingOut()) return builder;
    const refuseSealed = (data: unknown): void => {
      if (!columns.has(uid)) columns.set(uid, columnsOf(strapi, type));
      const rows = (Array.isArray(data) ? data : [data]) as unknown[];
      for (const row of rows.filter(isData)) {
        const found = Object.keys(row).find((key) => columns.get(uid)?.has(key) && isGiven(row[key]));
        if (found) {
          throw new Fault(
            'SEALED_FIELD_WRITE',
            `"${found}" of "${uid}" is sealed and cannot be written with the query builder. Write with strapi.documents or strapi.db.query. Nothing was written`,
          );
        }
      }
    };
    const { insert, update } = holdFunctions(strapi, GUARD, 'the query builder', builder, ['insert', 'update']);
    builder.insert = (data, ...others) => (refuseSealed(data), insert.call(builder, data, ...others));
    builder.update = (data, ...others) => (refuseSealed(data), update.call(builder, data, ...others));
    return builder;
  };
};
