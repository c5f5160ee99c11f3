/** The one row whose lock puts all entries in one order, and which says how many there must be. */
import { Fault } from '../fault';
import { holding, statement, table, transaction, within, type Strapi } from '../strapi';
import { BEGINNING, type Mark } from './chain';
import { AUDIT_HEAD, AUDIT_HEAD_TABLE, type HeadRow } from './model';

const marks = new WeakMap<Strapi, Mark>();

export const markOf = (strapi: Strapi): Mark => {
  const mark = marks.get(strapi);
  if (!mark) throw new Fault('AUDIT_NOT_WRITTEN', 'the audit was used before the plugin had started');
  return mark;
};

const heads = (strapi: Strapi) => table<HeadRow>(strapi, AUDIT_HEAD);
export const headOf = (strapi: Strapi): Promise<HeadRow | null> => heads(strapi).findOne({ where: { chain: 1 } });

export const hasAuditStarted = (strapi: Strapi): boolean => marks.has(strapi);

/** In `bootstrap`, or for a command that only examines: the vault hands in its keyed mark. */
export const markWith = (strapi: Strapi, mark: Mark): void => void marks.set(strapi, mark);

/** The chain gets its one head row. */
export const makeHead = async (strapi: Strapi): Promise<void> => {
  if (await headOf(strapi)) return;
  try {
    await statement(strapi, AUDIT_HEAD).insert({ chain: 1, seq: 0, mark: BEGINNING }).execute();
  } catch (error) {
    // Another instance that boots at the same moment was first; anything else is an error.
    if (!(await headOf(strapi))) throw error;
  }
};

export const sealOf = (strapi: Strapi, { seq, mark, lists }: Omit<HeadRow, 'seal'>): Promise<string> =>
  markOf(strapi)(JSON.stringify(['form-guard head', Number(seq), mark, lists]));

export const isSealed = async (strapi: Strapi, head: HeadRow): Promise<boolean> =>
  head.seal !== null && head.seal === (await sealOf(strapi, head));

/** While it lasts, nobody else writes an entry. */
export const holdHead = <Result>(
  strapi: Strapi,
  deed: (head: HeadRow | null, trx: unknown) => Promise<Result>,
): Promise<Result> =>
  transaction(strapi, async (trx) => {
    await holding(strapi, within(strapi, trx, AUDIT_HEAD_TABLE).select('id').where({ chain: 1 }), 'forUpdate');
    return deed(await headOf(strapi), trx);
  });
