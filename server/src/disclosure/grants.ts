/** Naming readers, removing them, and the one question: may this person open these submissions now? */
import { randomUUID } from 'node:crypto';
import { record, type Actor } from '../audit';
import type { Grant } from '../contract';
import { refuse, refuseUnknown } from '../errors';
import { say } from '../sentences';
import { statement, table, transaction, type Strapi } from '../strapi';
import { grantListOf, markOf, whichHold, writeGrant, type Unmarked } from './grant-lists';
import { GRANTS, type GrantRow } from './model';
import { findPerson } from './people';

const fieldsOf = ({ fields }: Pick<GrantRow, 'fields'>): string[] | null =>
  fields === null ? null : (JSON.parse(fields) as string[]);

/** @param holding those that the record vouches for: a row put back as it was before does not come to life. */
const statusOf = async (strapi: Strapi, grant: GrantRow, holding: ReadonlySet<string>): Promise<Grant['status']> => {
  const now = new Date();
  if ((await markOf(strapi, grant)) !== grant.mark) return 'invalid';
  if (grant.removedAt) return 'removed';
  if (!holding.has(grant.grantId)) return 'suspended';
  if (grant.until && grant.until <= now.toISOString()) return 'ended';
  return grant.from > now.toISOString() ? 'upcoming' : 'current';
};

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
  const rows = (await rowsOf(strapi, where)).filter(({ removedAt }) => removedAt === null);
  const holding = await whichHold(strapi, where.formOrType, rows);
  const current: GrantRow[] = [];
  for (const row of rows) {
    if ((await statusOf(strapi, row, holding)) === 'current') current.push(row);
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
  const grants: Grant[] = [];
  const rows = await rowsOf(strapi, { formOrType });
  const holding = await whichHold(strapi, formOrType, rows);
  for (const row of rows.reverse()) {
    const status = await statusOf(strapi, row, holding);
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
      const details = { grant: grant.grantId, person: `${person.name} (${person.email})`, until, fields };
      await writeGrant(strapi, grant, { event: 'reader.named', actor, details });
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
    const { id: _id, mark, remindedAt: _remindedAt, ...before } = row;
    const removed: Unmarked = { ...before, removedAt: new Date().toISOString() };
    const person = await findPerson(strapi, Number(row.adminUserId));
    const details = { grant: grantId, person: person ? `${person.name} (${person.email})` : 'a former account' };
    const happened = { event: 'reader.removed', actor, details } as const;
    const isOurs = (await markOf(strapi, row)) === mark && (await grantListOf(strapi, formOrType)) !== null;
    if (isOurs) return writeGrant(strapi, removed, happened);
    // A row that was written by hand must not become a valid one by being removed; it is only marked as removed.
    await statement(strapi, GRANTS).where({ grantId }).update({ removedAt: removed.removedAt }).execute();
    await record(strapi, { ...happened, formOrType, recordId: grantId });
  });
