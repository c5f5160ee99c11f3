/** `form-guard audit …`: what to do when the record is not as it was written. */
import { acceptBreaks } from './audit';
import type { Command } from './commands';
import { LONGEST_REASON, SHORTEST_REASON } from './contract';
import { listReadersAnew } from './disclosure';

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
