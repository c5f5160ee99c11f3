/** Naming readers, removing them, and the one question: may this person open these submissions now? */
import { randomUUID } from 'node:crypto';
import { groupBy } from 'lodash';
import { asOneAct, assertRecordHolds, onRecord, record, type Actor } from '../audit';
import type { Grant } from '../contract';
import { refuse, refuseUnknown } from '../errors';
import { byEmail, inOneLine } from '../plain-words';
import { say } from '../sentences';
import { statement, table, type Strapi } from '../strapi';
import { formerNamesOf, todaysName } from '../vault';
import { knownAccount, knownAccounts, type Known } from './accounts';
import { grantListOf, markOf, whichHold, writeGrant, type Unmarked } from './grant-lists';
import { know } from './keep-accounts';
import { GRANTS, type GrantRow } from './model';
import { findPerson } from './people';
import { lastingGrants, personIn, refuseSuspended, whyOf } from './suspended';

const fieldsOf = ({ fields }: Pick<GrantRow, 'fields'>): string[] | null =>
  fields === null ? null : (JSON.parse(fields) as string[]);
/** An attribute that was renamed since is the same one. */
const todaysFieldsOf = (strapi: Strapi, { fields, formOrType }: GrantRow): string[] | null =>
  fieldsOf({ fields })?.map((name) => todaysName(name, formerNamesOf(strapi, formOrType))) ?? null;

type Status = Grant['status'];

/** What the row itself says. @param holding those that the record vouches for: a row put back as it was before does not come to life. */
const statusOfRow = async (strapi: Strapi, grant: GrantRow, holding: ReadonlySet<string>): Promise<Status> => {
  const now = new Date();
  if ((await markOf(strapi, grant)) !== grant.mark) return 'invalid';
  if (grant.removedAt) return 'removed';
  if (!holding.has(grant.grantId)) return 'suspended';
  if (grant.until && grant.until <= now.toISOString()) return 'ended';
  if (grant.askedAt) return 'pending';
  return grant.from > now.toISOString() ? 'upcoming' : 'current';
};

const rowsOf = (strapi: Strapi, where: Partial<GrantRow>): Promise<GrantRow[]> =>
  table<GrantRow>(strapi, GRANTS).findMany({ where, orderBy: { id: 'asc' } });

interface Judged {
  row: GrantRow;
  status: Status;
  /** Of whoever is named in one that would count now. */
  known: Known | null;
}

/** Those that count by themselves count only while the account of whoever is named is as it was known. */
const judge = async (strapi: Strapi, formOrType: string, rows: GrantRow[]): Promise<Judged[]> => {
  const holding = await whichHold(strapi, formOrType, rows);
  const own: { row: GrantRow; status: Status }[] = [];
  for (const row of rows) own.push({ row, status: await statusOfRow(strapi, row, holding) });
  const counting = own.filter(({ status }) => status === 'current' || status === 'upcoming');
  const accounts = await knownAccounts(
    strapi,
    counting.map(({ row }) => Number(row.adminUserId)),
  );
  return own.map(({ row, status }) => {
    const known = counting.some((one) => one.row === row) ? (accounts.get(Number(row.adminUserId)) ?? null) : null;
    return { row, known, status: known && known.standing !== 'good' ? 'suspended' : status };
  });
};

type Where = Pick<GrantRow, 'formOrType'> & Partial<GrantRow>;

const judgeThose = (strapi: Strapi, where: Where): Promise<Judged[]> =>
  asOneAct(async () =>
    judge(
      strapi,
      where.formOrType,
      (await rowsOf(strapi, where)).filter(({ removedAt }) => removedAt === null),
    ),
  );

/** @throws PolicyError NOT_A_READER */
const refuseWhoIsSuspended = async (strapi: Strapi, judged: readonly Judged[]): Promise<void> => {
  const suspended = judged.find(({ known, status }) => known !== null && status === 'suspended')?.known;
  if (suspended) await refuseSuspended(strapi, suspended);
};

/** @param judged the namings of one person. @throws PolicyError NOT_A_READER */
const grantedIn = async (strapi: Strapi, judged: Judged[]): Promise<string[] | null> => {
  const granted = judged.filter(({ status }) => status === 'current').map(({ row }) => todaysFieldsOf(strapi, row));
  if (granted.length === 0) {
    await refuseWhoIsSuspended(strapi, judged);
    throw refuse('NOT_A_READER', say('reader.notNamed'));
  }
  return granted.includes(null) ? null : [...new Set(granted.flatMap((fields) => fields ?? []))];
};

/**
 * @returns the fields this person may see (null: all); several grants add up.
 * @throws PolicyError NOT_A_READER, RECORD_BROKEN
 */
export const assertMayRead = (strapi: Strapi, formOrType: string, adminUserId: number): Promise<string[] | null> =>
  asOneAct(async () => {
    await assertRecordHolds(strapi);
    return grantedIn(strapi, await judgeThose(strapi, { formOrType, adminUserId }));
  });

const current = (judged: Judged[]): GrantRow[] => judged.filter(({ status }) => status === 'current').map(({ row }) => row);
const readersIn = (grants: GrantRow[]): Set<number> => new Set(grants.map(({ adminUserId }) => Number(adminUserId)));

/**
 * The same, and who else may read now, for what shows both: everybody's namings are judged once.
 * @throws PolicyError NOT_A_READER, RECORD_BROKEN
 */
export const assertMayReadAmong = async (
  strapi: Strapi,
  formOrType: string,
  adminUserId: number,
): Promise<{ granted: string[] | null; readers: ReadonlySet<number> }> => {
  await assertRecordHolds(strapi);
  const judged = await judgeThose(strapi, { formOrType });
  const own = judged.filter(({ row }) => Number(row.adminUserId) === adminUserId);
  return { granted: await grantedIn(strapi, own), readers: readersIn(current(judged)) };
};

/** Of somebody who may not read it: says so where the reason is that the account was changed. @throws PolicyError NOT_A_READER */
export const assertNotSuspended = async (strapi: Strapi, formOrType: string, adminUserId: number): Promise<void> => {
  const judged = await judgeThose(strapi, { formOrType, adminUserId });
  if (current(judged).length === 0) await refuseWhoIsSuspended(strapi, judged);
};

/** The grants that let somebody read now. */
export const currentGrants = async (strapi: Strapi, where: Where): Promise<GrantRow[]> =>
  current(await judgeThose(strapi, where));

/** Whether this person may read every answer now. */
export const mayReadAll = async (strapi: Strapi, formOrType: string, adminUserId: number): Promise<boolean> =>
  (await currentGrants(strapi, { formOrType, adminUserId })).some((row) => fieldsOf(row) === null);

/** Ids of the admin users who may read now. */
export const currentReaders = async (strapi: Strapi, formOrType: string): Promise<Set<number>> =>
  readersIn(await currentGrants(strapi, { formOrType }));

export const listGrants = async (strapi: Strapi, formOrType: string): Promise<Grant[]> => {
  const grants: Grant[] = [];
  for (const { row, status, known } of await judge(strapi, formOrType, (await rowsOf(strapi, { formOrType })).reverse())) {
    const { grantId: id, from, until, givenBy, givenAt } = row;
    const person = await findPerson(strapi, Number(row.adminUserId));
    const fields = status === 'invalid' ? null : todaysFieldsOf(strapi, row);
    const suspended = status === 'suspended' ? whyOf(known) : null;
    grants.push({ id, formOrType, person, fields, from, until, givenBy: inOneLine(givenBy, 250), givenAt, status, suspended });
  }
  return grants;
};

/** One that waits for somebody else: because of the account, or because somebody named themself. @throws NotFoundError */
export const findGrant = async (strapi: Strapi, formOrType: string, grantId: string): Promise<Judged> => {
  const [found] = await judge(strapi, formOrType, await rowsOf(strapi, { formOrType, grantId }));
  if (!found) throw refuseUnknown(say('reader.unknown'));
  return found;
};

/** Namings of somebody that would let them read again if their account were known anew. */
const wouldComeBack = async (strapi: Strapi, adminUserId: number): Promise<boolean> => {
  const byForm = groupBy(await lastingGrants(strapi, { adminUserId }), 'formOrType');
  for (const [formOrType, rows] of Object.entries(byForm)) {
    const judged = await judge(strapi, formOrType, rows);
    if (judged.some(({ status, known }) => status === 'suspended' && known !== null)) return true;
  }
  return false;
};

/**
 * Before somebody is named their account is known as it is, once; a new naming does not bring the others back that are suspended.
 * @throws PolicyError READER_SUSPENDED
 */
const bindAccount = async (strapi: Strapi, adminUserId: number, actor: Actor): Promise<void> => {
  const known = await knownAccount(strapi, adminUserId);
  if (known.standing === 'good') return;
  const person = await personIn(strapi, known);
  if (await wouldComeBack(strapi, adminUserId)) throw refuse('READER_SUSPENDED', say('reader.suspendedNotNamed', { person }));
  await know(strapi, known, { actor, person });
};

export interface Naming {
  formOrType: string;
  people: number[];
  until: string | null;
  fields: string[] | null;
}

/**
 * All of them or none. @param asking whose naming waits for somebody else, because they name themself
 * @throws NotFoundError for an id that is no active admin user, PolicyError READER_SUSPENDED
 */
export const nameReaders = (
  strapi: Strapi,
  { formOrType, people, until, fields }: Naming,
  actor: Actor,
  asking: number | null = null,
): Promise<void> =>
  onRecord(strapi, async () => {
    for (const adminUserId of new Set(people)) {
      const person = await findPerson(strapi, adminUserId);
      if (!person?.active) throw refuseUnknown(say('reader.inactive'));
      await bindAccount(strapi, adminUserId, actor);
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
        askedAt: adminUserId === asking ? now : null,
      };
      const details = { grant: grant.grantId, person: byEmail(person), until, fields };
      await writeGrant(strapi, grant, { event: grant.askedAt ? 'reader.asked' : 'reader.named', actor, details });
    }
  });

/** Somebody else names whoever named themself: it holds from now on, and is theirs. @throws PolicyError ASKER_CHANGED */
export const grantAsked = (strapi: Strapi, row: GrantRow, actor: Actor): Promise<void> =>
  onRecord(strapi, async () => {
    const person = await findPerson(strapi, Number(row.adminUserId));
    const { standing } = await knownAccount(strapi, Number(row.adminUserId));
    if (!person?.active || standing !== 'good') throw refuse('ASKER_CHANGED', say('reader.askerChanged'));
    const { id: _id, mark: _mark, remindedAt: _remindedAt, ...before } = row;
    const now = new Date().toISOString();
    const granted: Unmarked = { ...before, from: now, givenAt: now, givenBy: actor.name ?? actor.kind, askedAt: null };
    const details = { grant: row.grantId, person: byEmail(person), until: row.until, fields: fieldsOf(row) };
    await writeGrant(strapi, granted, { event: 'reader.named', actor, details });
  });

/** @throws NotFoundError */
export const removeReader = (strapi: Strapi, formOrType: string, grantId: string, actor: Actor): Promise<void> =>
  onRecord(strapi, async () => {
    const [row] = await rowsOf(strapi, { formOrType, grantId });
    if (!row) throw refuseUnknown(say('reader.unknown'));
    const { id: _id, mark, remindedAt: _at, remindingSince: _since, ...before } = row;
    const removed: Unmarked = { ...before, removedAt: new Date().toISOString() };
    const person = await findPerson(strapi, Number(row.adminUserId));
    const details = { grant: grantId, person: person ? byEmail(person) : 'a former account' };
    const happened = { event: 'reader.removed', actor, details } as const;
    const isOurs = (await markOf(strapi, row)) === mark && (await grantListOf(strapi, formOrType)) !== null;
    if (isOurs) return writeGrant(strapi, removed, happened);
    // A row that was written by hand must not become a valid one by being removed; it is only marked as removed.
    await statement(strapi, GRANTS).where({ grantId }).update({ removedAt: removed.removedAt }).execute();
    await record(strapi, { ...happened, formOrType, recordId: grantId });
  });
