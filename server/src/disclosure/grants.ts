/** Naming readers, removing them, and the one question: may this person open these submissions now? */
import { randomUUID } from 'node:crypto';
import { record, recordedIds, type Actor } from '../audit';
import type { Grant } from '../contract';
import { refuse, refuseUnknown } from '../errors';
import { say } from '../sentences';
import { statement, table, transaction, type Strapi } from '../strapi';
import { vaultOf } from '../vault';
import { GRANTS, type GrantRow } from './model';
import { findPerson } from './people';

const HOUSE = 'form-guard:grants';
type Unmarked = Omit<GrantRow, 'id' | 'mark' | 'remindedAt'>;

const markOf = (strapi: Strapi, grant: Unmarked): Promise<string> =>
  vaultOf(strapi).mark(
    HOUSE,
    JSON.stringify([
      grant.grantId,
      grant.formOrType,
      Number(grant.adminUserId),
      grant.fields,
      grant.from,
      grant.until,
      grant.givenBy,
      grant.givenAt,
      grant.removedAt,
    ]),
  );

const fieldsOf = ({ fields }: Pick<GrantRow, 'fields'>): string[] | null =>
  fields === null ? null : (JSON.parse(fields) as string[]);

/** @param ended ids of the grants that were removed, from the audit: a row put back as it was before does not come to life. */
const statusOf = async (strapi: Strapi, grant: GrantRow, ended: ReadonlySet<string>): Promise<Grant['status']> => {
  const now = new Date();
  if ((await markOf(strapi, grant)) !== grant.mark) return 'invalid';
  if (ended.has(grant.grantId)) return grant.removedAt ? 'removed' : 'invalid';
  if (grant.until && grant.until <= now.toISOString()) return 'ended';
  return grant.from > now.toISOString() ? 'upcoming' : 'current';
};

const endedGrants = (strapi: Strapi, formOrType: string): Promise<Set<string>> =>
  recordedIds(strapi, 'reader.removed', formOrType);

const rowsOf = (strapi: Strapi, where: Partial<GrantRow>): Promise<GrantRow[]> =>
  table<GrantRow>(strapi, GRANTS).findMany({ where, orderBy: { id: 'asc' } });

/**
 * @returns the fields this person may see (null: all); several grants add up.
 * @throws PolicyError NOT_A_READER
 */
export const assertMayRead = async (strapi: Strapi, formOrType: string, adminUserId: number): Promise<string[] | null> => {
  const fields = await readableFields(strapi, formOrType, adminUserId);
  if (fields === undefined) {
    throw refuse('NOT_A_READER', say('reader.notNamed'));
  }
  return fields;
};

/** The grants that let somebody read now. */
export const currentGrants = async (
  strapi: Strapi,
  where: Pick<GrantRow, 'formOrType'> & Partial<GrantRow>,
): Promise<GrantRow[]> => {
  const ended = await endedGrants(strapi, where.formOrType);
  const current: GrantRow[] = [];
  for (const row of await rowsOf(strapi, where)) {
    if ((await statusOf(strapi, row, ended)) === 'current') current.push(row);
  }
  return current;
};

/** undefined: may not read. null: all fields. */
const readableFields = async (strapi: Strapi, formOrType: string, adminUserId: number): Promise<string[] | null | undefined> => {
  const granted = (await currentGrants(strapi, { formOrType, adminUserId })).map(fieldsOf);
  if (granted.length === 0) return undefined;
  return granted.includes(null) ? null : [...new Set(granted.flatMap((fields) => fields ?? []))];
};

/** Ids of the admin users who may read now. */
export const currentReaders = async (strapi: Strapi, formOrType: string): Promise<Set<number>> =>
  new Set((await currentGrants(strapi, { formOrType })).map(({ adminUserId }) => Number(adminUserId)));

export const listGrants = async (strapi: Strapi, formOrType: string): Promise<Grant[]> => {
  const ended = await endedGrants(strapi, formOrType);
  const grants: Grant[] = [];
  for (const row of (await rowsOf(strapi, { formOrType })).reverse()) {
    const status = await statusOf(strapi, row, ended);
    const { grantId: id, from, until, givenBy, givenAt } = row;
    const fields = status === 'invalid' ? null : fieldsOf(row);
    grants.push({
      id,
      formOrType,
      person: await findPerson(strapi, Number(row.adminUserId)),
      fields,
      from,
      until,
      givenBy,
      givenAt,
      status,
    });
  }
  return grants;
};

export interface Naming {
  formOrType: string;
  people: number[];
  until: string | null;
  fields: string[] | null;
}

/** All of them or none. @throws NotFoundError for an id that is no active admin user */
export const nameReaders = (strapi: Strapi, { formOrType, people, until, fields }: Naming, actor: Actor): Promise<void> =>
  transaction(strapi, async () => {
    for (const adminUserId of new Set(people)) {
      const person = await findPerson(strapi, adminUserId);
      if (!person?.active) throw refuseUnknown(say('reader.inactive'));
      const now = new Date().toISOString();
      const grant: Unmarked = {
        grantId: randomUUID(),
        formOrType,
        adminUserId,
        fields: fields && JSON.stringify(fields),
        from: now,
        until,
        givenBy: actor.name ?? actor.kind,
        givenAt: now,
        removedAt: null,
      };
      await statement(strapi, GRANTS)
        .insert({ ...grant, mark: await markOf(strapi, grant) })
        .execute();
      const details = { grant: grant.grantId, person: `${person.name} (${person.email})`, until, fields };
      await record(strapi, { event: 'reader.named', actor, formOrType, details });
    }
  });

/** Ends every grant of one person. @returns how many there were */
export const endGrantsOf = async (strapi: Strapi, adminUserId: number, actor: Actor): Promise<number> => {
  const rows = (await rowsOf(strapi, { adminUserId })).filter(({ removedAt }) => removedAt === null);
  for (const { formOrType, grantId } of rows) await removeReader(strapi, formOrType, grantId, actor);
  return rows.length;
};

/** @throws NotFoundError */
export const removeReader = (strapi: Strapi, formOrType: string, grantId: string, actor: Actor): Promise<void> =>
  transaction(strapi, async () => {
    const [row] = await rowsOf(strapi, { formOrType, grantId });
    if (!row) throw refuseUnknown(say('reader.unknown'));
    const { id: _id, mark: _mark, remindedAt: _remindedAt, ...before } = row;
    const removed: Unmarked = { ...before, removedAt: new Date().toISOString() };
    // A row that was written by hand must not become a valid one by being removed; it is only marked as removed.
    const mark = (await statusOf(strapi, row, new Set())) === 'invalid' ? row.mark : await markOf(strapi, removed);
    await statement(strapi, GRANTS).where({ grantId }).update({ removedAt: removed.removedAt, mark }).execute();
    const person = await findPerson(strapi, Number(row.adminUserId));
    const details = { grant: grantId, person: person ? `${person.name} (${person.email})` : 'a former account' };
    await record(strapi, { event: 'reader.removed', actor, formOrType, recordId: grantId, details });
  });
