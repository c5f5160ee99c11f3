/**
 * Older versions of a document that Strapi's history keeps in a table of its own. Those that hold a sealed attribute move
 * with their document; those of a document that is gone were left behind when it was erased, and follow it.
 */
import { groupBy } from 'lodash';
import type { Knex } from 'knex';
import type { Sealer } from '../../encryption';
import type { ProtectedType } from '../../protection';
import { holding, transaction, within, type Strapi } from '../../strapi';
import { currentKeys } from '../data-key-store';
import { READ_AT_ONCE } from '../in-pieces';
import { VAULT_TABLE } from '../models';
import { isGiven } from '../take-values';
import { placeOfValues, type Amend } from '../write-records';
import { BEFORE, beforeIn, digestOfValues, type Before, type Raw } from './before';
import { jsonIn, rowsOf, toWrite } from './raw-rows';

export const HISTORY = 'strapi_history_versions';

export const hasHistory = (strapi: Strapi): boolean => strapi.db.metadata.has('plugin::content-manager.history-version');

const dataOf = ({ data }: Raw): Record<string, unknown> => {
  const read = jsonIn(data);
  return read !== null && typeof read === 'object' ? (read as Record<string, unknown>) : {};
};

/** Versions from before, each once: later ones hold nothing that is sealed. */
async function* versions(strapi: Strapi, { uid, sealedFields }: ProtectedType): AsyncGenerator<Raw[]> {
  if (!hasHistory(strapi)) return;
  const knex = strapi.db.connection as unknown as Knex;
  for (let after = 0; ;) {
    const rows = (await rowsOf(strapi, knex, HISTORY)
      .select('*')
      .where({ content_type: uid })
      .where('id', '>', after)
      .orderBy('id')
      .limit(READ_AT_ONCE)) as Raw[];
    if (rows.length === 0) return;
    after = Number(rows.at(-1)?.id);
    yield rows.filter((row) => {
      const data = dataOf(row);
      return sealedFields.some((name) => isGiven(data[name]));
    });
  }
}

export const countHistory = async (strapi: Strapi, type: ProtectedType): Promise<number> => {
  let count = 0;
  for await (const some of versions(strapi, type)) count += some.length;
  return count;
};

const moveSome = (
  { strapi, sealer, amend, uid }: { strapi: Strapi; sealer: Sealer; amend: Amend; uid: string },
  recordId: string | null,
  rows: Raw[],
): Promise<void> =>
  transaction(strapi, async (trx) => {
    const ids = rows.map(({ id }) => id as number);
    // Written before anything is read: SQLite lets a reader of another process not become a writer.
    await within(strapi, trx, HISTORY).whereIn('id', ids).delete();
    if (recordId === null) return;
    await currentKeys(strapi, trx, uid);
    const query = within(strapi, trx, VAULT_TABLE).select('sealed').where({ form_or_type: uid, record_id: recordId });
    const [there] = (await holding(strapi, query, 'forUpdate')) as { sealed: string }[];
    if (!there) return;
    const values = await sealer.open(placeOfValues({ formOrType: uid, recordId }), there.sealed);
    const before: Before = beforeIn(values) ?? { digest: digestOfValues(values), rows: [], history: [] };
    const known = new Set(rows.map(({ id }) => Number(id)));
    const history = [...before.history.filter(({ id }) => !known.has(Number(id))), ...rows];
    await amend({ formOrType: uid, recordId, values: { [BEFORE]: { ...before, history } }, search: [] });
  });

/** After the rows of the type. @returns how many versions */
export const moveHistory = async (strapi: Strapi, sealer: Sealer, amend: Amend, type: ProtectedType): Promise<number> => {
  let moved = 0;
  for await (const some of versions(strapi, type)) {
    for (const own of Object.values(groupBy(some, 'related_document_id'))) {
      const documentId = own[0]?.related_document_id;
      await moveSome({ strapi, sealer, amend, uid: type.uid }, typeof documentId === 'string' ? documentId : null, own);
      moved += own.length;
    }
  }
  return moved;
};

/** Within the transaction that takes a document out of the vault. */
export const putHistoryBack = async (strapi: Strapi, trx: Knex.Transaction, history: Raw[]): Promise<void> => {
  if (!hasHistory(strapi)) return;
  for (const row of history) {
    const [there] = (await rowsOf(strapi, trx, HISTORY)
      .select('id')
      .where({ id: row.id as number })) as Raw[];
    if (!there) await rowsOf(strapi, trx, HISTORY).insert(toWrite(row));
  }
};
