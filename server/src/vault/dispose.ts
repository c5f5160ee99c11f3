/**
 * What becomes of submissions whose last row goes, on record, in the transaction that deletes the row. What code deletes is
 * erased; what a person deletes goes to the bin, if that person may.
 */
import type { Knex } from 'knex';
import { hasAuditStarted, record } from '../audit';
import { Fault } from '../errors';
import { currentActor, type ProtectedType } from '../protection';
import { transaction, within, type Strapi } from '../strapi';
import type { Husk } from './husks';
import { VAULT_TABLE } from './models';
import { vaultOf } from './vault';

/** Who may delete belongs to a room behind this one; index.ts hands it in. @throws PolicyError */
export type AssertMayDelete = (strapi: Strapi, formOrType: string) => Promise<void>;
const rules = new WeakMap<Strapi, AssertMayDelete>();
export const deleteAs = (strapi: Strapi, assertMayDelete: AssertMayDelete): void => void rules.set(strapi, assertMayDelete);

/** Whether a person in the admin is behind what is going on now. */
export const isByPerson = (strapi: Strapi): boolean => currentActor(strapi).kind === 'admin';
export const isForBin = (strapi: Strapi): boolean => isByPerson(strapi);

/** Asks nothing of code. @throws PolicyError */
export const assertMayDelete = async (strapi: Strapi, { uid }: ProtectedType): Promise<void> => {
  if (!isByPerson(strapi)) return;
  const assert = rules.get(strapi);
  if (!assert) throw new Fault('HUSK_DELETE', `a row of "${uid}" was deleted before it was known who may. Nothing was deleted`);
  await assert(strapi, uid);
};

/** While a site boots Strapi deletes drafts of a type that has none any more; nothing can be written down then. */
const refuseAtBoot = async (strapi: Strapi, { uid, label }: ProtectedType, all: readonly Gone[]): Promise<void> => {
  const documentIds = all.map(({ documentId }) => documentId);
  const submissions = await transaction(strapi, async (trx) => {
    const { schema } = trx as Knex.Transaction;
    const name = strapi.db.getSchemaName();
    // At the very first boot there is no vault yet.
    if (!(await (name ? schema.withSchema(name) : schema).hasTable(VAULT_TABLE))) return 0;
    const its = within(strapi, trx, VAULT_TABLE).where({ form_or_type: uid }).whereIn('record_id', documentIds);
    const [found] = (await its.count({ n: '*' })) as { n: number | string }[];
    return Number(found?.n ?? 0);
  });
  if (submissions === 0) return;
  throw new Fault(
    'HUSK_DELETE',
    `${submissions} submissions of “${label}” (${uid}) are drafts that were never published, and Strapi deletes drafts when draft and publish is turned off. Turn it on again, publish or delete them, and turn it off then. Nothing was deleted`,
  );
};

export interface Gone {
  documentId: string;
  /** Read only where it goes to the bin. */
  husk: Promise<Husk> | null;
}

const bin = async (strapi: Strapi, { uid }: ProtectedType, { documentId: recordId, husk }: Gone): Promise<void> => {
  const vault = vaultOf(strapi);
  const actor = currentActor(strapi);
  // One from before the type was wrapped: it is sealed whole now, as the row that it was.
  if (!(await vault.has(uid, recordId))) await vault.store({ formOrType: uid, recordId, values: {}, search: [] });
  if (!(await vault.bin.put(uid, recordId, actor.name ?? '', await husk))) return;
  await record(strapi, { event: 'submission.binned', actor, formOrType: uid, recordId, details: {} });
};

const erase = async (strapi: Strapi, { uid }: ProtectedType, { documentId: recordId }: Gone): Promise<void> => {
  const vault = vaultOf(strapi);
  if (!(await vault.erase(uid, recordId))) return;
  await record(strapi, { event: 'submission.erased', actor: currentActor(strapi), formOrType: uid, recordId, details: {} });
};

export const dispose = async (strapi: Strapi, type: ProtectedType, all: readonly Gone[]): Promise<void> => {
  if (!hasAuditStarted(strapi)) return refuseAtBoot(strapi, type, all);
  await assertMayDelete(strapi, type);
  for (const gone of all) await (isForBin(strapi) ? bin : erase)(strapi, type, gone);
};
