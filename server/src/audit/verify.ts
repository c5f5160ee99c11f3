/**
 * Reads the whole chain in the background, in batches, round after round, so that a change of an old entry is found as well. How far
 * it is stands in a row with a mark: after a restart it goes on from there. Every instance reads for itself.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { statement, table, type Strapi } from '../strapi';
import { BESIDE, knownBreaks, noteBreaks } from './breaks';
import { AT_THE_BEGINNING, readOn, type Range, type Reached } from './chain';
import { countBeside, entriesAfter } from './entries';
import { headOf, markOf } from './head';
import { AUDIT_CHECK, type CheckRow } from './model';

const EVERY_TEN_SECONDS = '*/10 * * * * *';
const BATCH = 1000;
/** Between two batches, for those who wait for the database. */
const BREATH_MS = 1;
/** Rounds take half a percent of the time at most, begin ten minutes apart at least, and every day. */
const [LEAST_MS, MOST_MS, REST] = [10 * 60_000, 24 * 60 * 60_000, 200];

interface Progress {
  reached: Reached;
  /** Of this round. */
  startedAt: number;
  workedMs: number;
  isWhole: boolean;
  /** The last time that everything was read from the beginning: when, and up to which entry. */
  whole: { at: string; upTo: number } | null;
}
const anew = (whole: Progress['whole'] = null): Progress => ({
  reached: AT_THE_BEGINNING,
  startedAt: Date.now(),
  workedMs: 0,
  isWhole: false,
  whole,
});

const keptBy = new WeakMap<Strapi, Progress>();
const textOf = (state: string): string => JSON.stringify(['form-guard check', state]);

const remembered = async (strapi: Strapi): Promise<Progress> => {
  const row = await table<CheckRow>(strapi, AUDIT_CHECK).findOne({ where: { chain: 1 } });
  // Somebody else's is no memory of ours: everything is read again.
  if (!row || row.mark !== (await markOf(strapi)(textOf(row.state)))) return anew();
  return JSON.parse(row.state) as Progress;
};

const remember = async (strapi: Strapi, progress: Progress): Promise<void> => {
  keptBy.set(strapi, progress);
  const state = JSON.stringify(progress);
  const row = { state, mark: await markOf(strapi)(textOf(state)) };
  const isThere = (await table<CheckRow>(strapi, AUDIT_CHECK).count({ where: { chain: 1 } })) > 0;
  if (isThere) await statement(strapi, AUDIT_CHECK).where({ chain: 1 }).update(row).execute();
  else
    await statement(strapi, AUDIT_CHECK)
      .insert({ chain: 1, ...row })
      .execute();
};

const isDue = ({ startedAt, workedMs }: Progress): boolean =>
  Date.now() - startedAt > Math.min(MOST_MS, Math.max(LEAST_MS, workedMs * REST)) || startedAt > Date.now();

/** @returns what else is wrong at the end of a round */
const besides = async (strapi: Strapi): Promise<Range[]> =>
  (await countBeside(strapi)) > ((await knownBreaks(strapi))?.beside ?? 0) ? [BESIDE] : [];

/** One batch. @returns null when there was nothing left to read */
const step = async (strapi: Strapi, progress: Progress): Promise<Progress | null> => {
  const began = Date.now();
  const end = Number((await headOf(strapi))?.seq ?? 0);
  const rows = await entriesAfter(strapi, progress.reached.seq, end, BATCH);
  const { reached, broken } = await readOn(progress.reached, rows, markOf(strapi));
  const isEnd = rows.length < BATCH;
  if (isEnd && reached.seq < end) broken.push({ from: reached.seq + 1, to: end });
  if (isEnd && !progress.isWhole) broken.push(...(await besides(strapi)));
  if (broken.length > 0) await noteBreaks(strapi, broken);
  if (isEnd && progress.isWhole && rows.length === 0 && broken.length === 0) return null;
  return {
    ...progress,
    reached: isEnd && reached.seq < end ? { seq: end, mark: null } : reached,
    workedMs: progress.workedMs + Math.max(1, Date.now() - began),
    isWhole: isEnd || progress.isWhole,
    whole: isEnd && !progress.isWhole ? { at: new Date().toISOString(), upTo: end } : progress.whole,
  };
};

export const createVerifier = (strapi: Strapi) => {
  let isStopped = false;
  let working: Promise<void> | undefined;
  const work = async (): Promise<void> => {
    const before = keptBy.get(strapi) ?? (await remembered(strapi));
    const end = Number((await headOf(strapi))?.seq ?? 0);
    let progress: Progress | null = isDue(before) || before.reached.seq > end ? anew(before.whole) : before;
    keptBy.set(strapi, progress);
    while (progress && !isStopped) {
      progress = await step(strapi, progress);
      if (progress) await remember(strapi, progress);
      await pause(BREATH_MS);
    }
  };
  const start = (): Promise<void> => {
    working ??= (isStopped ? Promise.resolve() : work()).finally(() => (working = undefined));
    return working;
  };
  /** Nobody waits for it; what fails is told to the operator and tried again. */
  const startInBackground = (): void => {
    start().catch((error: Error) => strapi.log.error(`Form Guard could not go on reading the record: ${error.message}`));
  };
  return {
    start,
    schedule(): void {
      startInBackground();
      strapi.cron.add({ formGuardRecord: { task: async () => startInBackground(), options: { rule: EVERY_TEN_SECONDS } } });
    },
    async stop(): Promise<void> {
      isStopped = true;
      await working?.catch(() => undefined);
    },
  };
};

/** How far the chain is read, and when it was last read from the beginning. */
export const howFar = (strapi: Strapi): { upTo: number; whole: Progress['whole'] } => {
  const progress = keptBy.get(strapi);
  return { upTo: progress?.reached.seq ?? 0, whole: progress?.whole ?? null };
};

/** As after a restart. */
export const forgetProgress = (strapi: Strapi): void => void keptBy.delete(strapi);
