/**
 * Erases what has been in the bin for as long as the site keeps it there, on record. Every instance asks, and each submission is
 * erased by one of them; one that cannot be erased now does not keep the others.
 */
import { record, SYSTEM } from '../audit';
import { configOf, transaction, type Strapi } from '../strapi';
import { vaultOf } from './vault';

const DAY_MS = 24 * 60 * 60_000;
const AT_ONCE = 100;
const HOURLY = '17 41 * * * *';

const eraseOne = (strapi: Strapi, formOrType: string, recordId: string, until: Date): Promise<boolean> =>
  transaction(strapi, async () => {
    if (!(await vaultOf(strapi).bin.erase(formOrType, recordId, until))) return false;
    await record(strapi, { event: 'submission.erased', actor: SYSTEM, formOrType, recordId, details: { from: 'bin' } });
    return true;
  });

/** @returns how many this instance erased. @throws the first of what kept one from being erased, after all the others */
export const sweepBin = async (strapi: Strapi, now = new Date()): Promise<number> => {
  const until = new Date(now.getTime() - configOf(strapi).binDays * DAY_MS);
  const failed: unknown[] = [];
  let erased = 0;
  const next = (after: number) => vaultOf(strapi).bin.due(until, after, AT_ONCE);
  for (let due = await next(0); due.length > 0; due = await next(Number(due.at(-1)?.id))) {
    for (const { formOrType, recordId } of due) {
      await eraseOne(strapi, formOrType, recordId, until).then(
        (isErased) => (erased += isErased ? 1 : 0),
        (error: unknown) => failed.push(error),
      );
    }
  }
  if (failed.length > 0) throw failed[0];
  return erased;
};

/** In `bootstrap`: at once, and every hour. */
export const scheduleBinSweep = (strapi: Strapi): void => {
  const task = async (): Promise<void> => {
    await sweepBin(strapi).catch((error: Error) =>
      strapi.log.error(
        `Form Guard could not erase everything that is due in the bin; it tries again in an hour: ${error.message}`,
      ),
    );
  };
  strapi.cron.add({ formGuardBin: { task, options: { rule: HOURLY } } });
};
