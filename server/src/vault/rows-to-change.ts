/**
 * Which rows a change by `strapi.db.query` reaches: the values of those and of no other are sealed before Strapi changes them. What
 * selects rows differs between versions of Strapi (5.54 reads `where` alone, later ones `filters` and `_q` too), so Strapi's answer is
 * held against what was sealed, within the transaction: where the two differ, nothing is written.
 */
import { isEmpty } from 'lodash';
import { Fault } from '../errors';

export interface Params {
  data?: unknown;
  where?: unknown;
  [option: string]: unknown;
}
interface Row {
  documentId: string | null;
  id: number;
}
export type FindRows = (uid: string, params: object) => Promise<Row[]>;

export interface ToChange {
  /** Of the submissions whose values are to be sealed. */
  documentIds: Set<string>;
  /** What Strapi is asked, so that it changes these rows. */
  params: Params;
  /** @throws Fault SEALED_FIELD_WRITE when Strapi changed other rows than these */
  check(result: unknown): void;
}

const others = (uid: string): Fault =>
  new Fault(
    'SEALED_FIELD_WRITE',
    `this Strapi would change other rows of "${uid}" than those that the same conditions find, so their values cannot be sealed. Select with "where" alone. Nothing was written`,
  );

const documentsOf = (uid: string, rows: Row[]): Set<string> =>
  new Set(
    rows.map(({ documentId }) => {
      if (documentId) return documentId;
      throw new Fault('SEALED_FIELD_WRITE', `a row of "${uid}" has no document id, so nothing of it can be sealed`);
    }),
  );

const COLUMNS = ['id', 'documentId'];
/** Everything that may select, known or not. */
const selecting = ({ data: _data, populate: _populate, ...rest }: Params): object => ({ ...rest, select: COLUMNS });

/** `update` changes the first row that it finds; where there could be another one it is told which. */
export const rowToChange = async (find: FindRows, uid: string, params: Params): Promise<ToChange> => {
  // Strapi refuses it.
  if (isEmpty(params.where)) return { documentIds: new Set(), params, check: () => undefined };
  const found = await find(uid, { ...selecting(params), limit: 2 });
  const [row] = found;
  const { where, data: _data, select: _select, populate: _populate, ...further } = params;
  const isSure = found.length < 2 && isEmpty(further);
  return {
    documentIds: documentsOf(uid, found.slice(0, 1)),
    params: row && !isSure ? { ...params, where: { $and: [where, { id: row.id }] } } : params,
    check(result) {
      const { id } = (result ?? {}) as { id?: unknown };
      if ((result === null) !== (row === undefined) || (id !== undefined && id !== row?.id)) throw others(uid);
    },
  };
};

export const rowsToChange = async (find: FindRows, uid: string, params: Params): Promise<ToChange> => {
  const found = await find(uid, selecting(params));
  return {
    documentIds: documentsOf(uid, found),
    params,
    check(result) {
      if ((result as { count?: unknown } | null)?.count !== found.length) throw others(uid);
    },
  };
};
