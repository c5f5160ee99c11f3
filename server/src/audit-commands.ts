/** `form-guard audit …`: what to do when the record is not as it was written. */
import { acceptBreaks, forgetAddresses } from './audit';
import type { Command } from './commands';
import { LONGEST_REASON, SHORTEST_REASON } from './contract';
import { listReadersAnew } from './disclosure';
import { count } from './terminal';

export const isReason = (reason: string): boolean => reason.trim().length >= SHORTEST_REASON && reason.length <= LONGEST_REASON;

export const acceptBreak =
  (reason: string): Command =>
  async (strapi, { print, explain }) => {
    const accepted = await acceptBreaks(strapi, reason.trim(), (broken) => listReadersAnew(strapi, broken));
    if (accepted === null) {
      print('The record is as it was written: there is nothing to accept.');
      return 0;
    }
    print(`Accepted, and on record with the reason: ${accepted}.`);
    explain(
      'What was changed is never believed again. Submissions open again. Look at the readers of each form: those whose naming was in what is gone are suspended, and can be named again.',
    );
    return 0;
  };

/** A day that there is, as `2026-11-27`. */
export const isDay = (day: string): boolean => {
  const at = new Date(`${day}T00:00:00.000Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
};

export const forgetAddressesBefore =
  (day: string): Command =>
  async (strapi, { print, explain }) => {
    const addresses = await forgetAddresses(strapi, day);
    print(
      addresses === 0
        ? `There is no address in the record from before ${day}.`
        : `Removed, and on record: ${count(addresses, 'address', 'addresses')} from before ${day}.`,
    );
    explain(
      'What was recorded stays, without from where. Entries of version 0.1 hold their address still, and backups from before this hold all.',
    );
    return 0;
  };
