/**
 * Who seals anew: one instance at a time for each form or type, in the background of a server or in the foreground of a
 * command. One that dies is followed by another when its lease is over.
 */
import type { Strapi } from '../strapi';
import { findJob, leaveJob, LeaseLost, openJobs, takeJob, type JobRow } from './jobs';

/** Looks whether there is work that nobody does: after a kill, or a rotation by a command that ended. */
const EVERY_TEN_SECONDS = '*/10 * * * * *';

/** Form or type → why its work did not go on. */
export type Failed = Map<string, Error>;

export const createWorker = (strapi: Strapi, run: (job: JobRow, isStopped: () => boolean) => Promise<void>) => {
  let isStopped = false;
  let working: Promise<Failed> | undefined;

  const workOn = async (formOrType: string): Promise<void> => {
    if (!(await takeJob(strapi, formOrType))) return;
    const job = await findJob(strapi, formOrType);
    if (!job) return;
    try {
      await run(job, () => isStopped);
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
    } finally {
      // Whatever it ended with: another one may go on at once.
      await leaveJob(strapi, formOrType);
    }
  };
  /** Each of them is tried: one whose keys cannot be had, for instance, holds up no other. */
  const workOnAll = async (): Promise<Failed> => {
    const failed: Failed = new Map();
    for (const { formOrType } of await openJobs(strapi)) {
      if (isStopped) break;
      await workOn(formOrType).catch((error: Error) => void failed.set(formOrType, error));
    }
    return failed;
  };
  const start = (): Promise<Failed> => {
    working ??= workOnAll().finally(() => (working = undefined));
    return working;
  };
  /** Nobody waits for it; what fails is told to the operator and tried again. */
  const startInBackground = (): void => {
    const tell = (error: Error, what = ''): void =>
      void strapi.log.error(`Form Guard could not go on sealing anew${what}: ${error.message}`);
    start().then((failed) => failed.forEach((error, formOrType) => tell(error, ` "${formOrType}"`)), tell);
  };

  return {
    /** Until all that can be done now is done. @returns what failed, by form or type */
    start,
    startInBackground,
    schedule(): void {
      startInBackground();
      strapi.cron.add({ formGuardReseal: { task: async () => startInBackground(), options: { rule: EVERY_TEN_SECONDS } } });
    },
    /** Waits for the batch that is being written. */
    async stop(): Promise<void> {
      isStopped = true;
      await working?.catch(() => undefined);
    },
  };
};
