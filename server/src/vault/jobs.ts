/**
 * The work of sealing a form's submissions anew, as a row that every instance sees: how far it is, and who does it now. Who
 * does it holds a lease; whatever they write is written together with it, so that one who lost it writes nothing.
 */
import { randomUUID } from 'node:crypto';
import type { WorkPhase, WorkProgress } from '../contract';
import { table, transaction, within, type Strapi } from '../strapi';
import { JOBS, JOBS_TABLE } from './models';

export interface JobRow {
  formOrType: string;
  phase: WorkPhase;
  /** Submissions and attachments that were under an older key when it began. */
  total: number;
  done: number;
  /** Those that do not open, and are left as they are. */
  unreadable: number;
  startedAt: string;
  finishedAt: string | null;
  owner: string | null;
  leasedUntil: number | string | null;
}

/** A batch takes a fraction of it; a file that takes longer may be sealed by two, and the first one counts. */
const LEASE_MS = 10_000;
/** This process. */
const ME = randomUUID();

/** Another instance took the job over, or began it anew. */
export class LeaseLost extends Error {}

const jobs = (strapi: Strapi) => table<JobRow>(strapi, JOBS);
export const findJob = (strapi: Strapi, formOrType: string): Promise<JobRow | null> =>
  jobs(strapi).findOne({ where: { formOrType } });
export const openJobs = (strapi: Strapi): Promise<JobRow[]> =>
  jobs(strapi).findMany({ where: { phase: { $ne: 'done' } }, orderBy: { id: 'asc' } });

/** No provider of keys takes longer; somebody who was killed before the keys were there leaves no more than this. */
const ANNOUNCED_MS = 120_000;

const begin = (strapi: Strapi, formOrType: string, lease: { owner: string | null; leased_until: number }): Promise<void> =>
  transaction(strapi, async (trx) => {
    const fresh = {
      phase: 'values',
      total: 0,
      done: 0,
      unreadable: 0,
      started_at: new Date(),
      finished_at: null,
      ...lease,
    };
    // In one statement: two people may begin it at the same moment.
    const row = { form_or_type: formOrType, ...fresh };
    await within(strapi, trx, JOBS_TABLE).insert(row).onConflict('form_or_type').merge();
  });

/** Begins the job of a form or type, or begins it anew; whoever works on it loses the lease. */
export const beginJob = (strapi: Strapi, formOrType: string): Promise<void> =>
  begin(strapi, formOrType, { owner: null, leased_until: 0 });

/**
 * Says that a job is about to begin, so that it is not forgotten when nobody comes to begin it. Until then nobody works on it.
 * @returns puts back what was there before, unless somebody has begun it since
 */
export const announceJob = async (strapi: Strapi, formOrType: string): Promise<() => Promise<void>> => {
  const before = await findJob(strapi, formOrType);
  const owner = randomUUID();
  await begin(strapi, formOrType, { owner, leased_until: Date.now() + ANNOUNCED_MS });
  return () =>
    transaction(strapi, async (trx) => {
      const ours = within(strapi, trx, JOBS_TABLE).where({ form_or_type: formOrType, owner });
      if (!before) return void (await ours.delete());
      const { phase, total, done, unreadable, finishedAt } = before;
      const started = { started_at: new Date(before.startedAt), finished_at: finishedAt && new Date(finishedAt) };
      await ours.update({ phase, total, done, unreadable, ...started, owner: null, leased_until: 0 });
    });
};

/** Something came in under an older key after the job was done: it goes on, if there was one. */
export const wakeJob = async (strapi: Strapi, trx: unknown, formOrType: string): Promise<void> => {
  await within(strapi, trx, JOBS_TABLE)
    .where({ form_or_type: formOrType, phase: 'done' })
    .update({ phase: 'values', total: 0, finished_at: null });
};

/** @returns whether it is ours now */
export const takeJob = (strapi: Strapi, formOrType: string): Promise<boolean> =>
  transaction(strapi, async (trx) => {
    const changed = await within(strapi, trx, JOBS_TABLE)
      .where({ form_or_type: formOrType })
      .whereNot({ phase: 'done' })
      .where((free) => void free.where('leased_until', '<', Date.now()).orWhere({ owner: ME }))
      .update({ owner: ME, leased_until: Date.now() + LEASE_MS });
    return Number(changed) > 0;
  });

/**
 * First statement of a transaction that writes for the job. @param add is added to the columns.
 * @throws LeaseLost
 */
export const holdJob = async (
  strapi: Strapi,
  trx: unknown,
  formOrType: string,
  { set = {}, add = {} }: { set?: Record<string, unknown>; add?: Partial<Record<'done' | 'unreadable', number>> } = {},
): Promise<void> => {
  const query = within(strapi, trx, JOBS_TABLE).where({ form_or_type: formOrType, owner: ME });
  for (const [column, amount] of Object.entries(add)) void query.increment(column, amount);
  if (Number(await query.update({ ...set, leased_until: Date.now() + LEASE_MS })) === 0) throw new LeaseLost();
};

export const leaveJob = (strapi: Strapi, formOrType: string): Promise<unknown> =>
  transaction(strapi, async (trx) =>
    within(strapi, trx, JOBS_TABLE).where({ form_or_type: formOrType, owner: ME }).update({ owner: null, leased_until: 0 }),
  );

/** Pure. */
export const progressOf = ({ phase, total, done, unreadable, startedAt }: JobRow, now: Date): WorkProgress => {
  const seconds = Math.max(1, (now.getTime() - new Date(startedAt).getTime()) / 1000);
  const perSecond = Math.round(done / seconds);
  const secondsLeft = phase === 'done' || perSecond === 0 ? null : Math.ceil((total - done) / perSecond);
  return { phase, total, done, unreadable, perSecond, secondsLeft };
};
