/**
 * Who seals anew: one instance at a time for each form or type, in the background of a server or in the foreground of a
 * command. One that dies is followed by another when its lease is over.
 */
import type { Strapi } from '../strapi';
import { findJob, leaveJob, LeaseLost, openJobs, takeJob, type JobRow } from './jobs';

/** Looks whether there is work that nobody does: after a kill, or a rotation by a command that ended. */
const EVERY_TEN_SECONDS = '*/10 * * * * *';

export const createWorker = (strapi: Strapi, run: (job: JobRow, isStopped: () => boolean) => Promise<void>) => {
  let isStopped = false;
  let working: Promise<void> | undefined;

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
  const workOnAll = async (): Promise<void> => {
    for (const { formOrType } of await openJobs(strapi)) if (!isStopped) await workOn(formOrType);
  };
  const start = (): Promise<void> => {
    working ??= workOnAll().finally(() => (working = undefined));
    return working;
  };
  /** Nobody waits for it; what fails is told to the operator and tried again. */
  const startInBackground = (): void => {
    start().catch((error: Error) => strapi.log.error(`Form Guard could not go on sealing anew: ${error.message}`));
  };

  return {
    /** Until all that can be done now is done. */
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
