/** `form-guard doctor`: what opens and what does not, in numbers. It changes nothing, and shows nothing. */
import { examineRecord } from './audit';
import type { Command } from './commands';
import { Fault } from './errors';
import { UNREADABLE_BECAUSE } from './encryption';
import { codeInDatabase } from './exposure';
import { protectedTypes } from './protection';
import type { Strapi } from './strapi';
import { count, idsOf } from './terminal';
import { vaultOf, type Examined, type Opened } from './vault';

const brokenIn = ({ broken }: Opened): number => [...broken.values()].reduce((sum, ids) => sum + ids.length, 0);

const lines = ({ formOrType, submissions, attachments }: Examined, binned: number): string[] => [
  `${formOrType}: ${count(submissions.total, 'submission')}${binned > 0 ? ` (${binned} of them in the bin)` : ''}, ${brokenIn(submissions)} do not open; ${count(attachments.total, 'attachment')}, ${brokenIn(attachments)} do not open`,
  ...[...submissions.broken, ...attachments.broken].map(
    ([reason, ids]) => `  ${ids.length} because ${UNREADABLE_BECAUSE[reason]}: ${idsOf(ids)}`,
  ),
];

/** Deleted on one side only, past the plugin. */
const orphanLines = async (strapi: Strapi): Promise<string[]> => {
  const found: string[] = [];
  for (const uid of protectedTypes(strapi).keys()) {
    const { withoutHusk, withoutRecord } = await vaultOf(strapi).orphans(uid);
    if (withoutHusk.total > 0)
      found.push(
        `${uid}: ${count(withoutHusk.total, 'submission')} without an entry in Strapi: ${idsOf(withoutHusk.ids, withoutHusk.total)}`,
      );
    if (withoutRecord.total > 0)
      found.push(
        `${uid}: ${count(withoutRecord.total, 'entry', 'entries')} without a submission: ${idsOf(withoutRecord.ids, withoutRecord.total)}`,
      );
  }
  return found;
};

/** @returns whether it is as it was written, apart from what somebody accepted */
const lookAtRecord = async (strapi: Strapi, print: (line: string) => void): Promise<boolean> => {
  const { entries, broken, accepted, beside, isVouchedFor } = await examineRecord(strapi);
  const isWhole = broken === '' && beside <= 0 && isVouchedFor;
  const wrong = [
    broken && `missing or changed: ${broken}`,
    beside > 0 && `${count(beside, 'row')} beside it`,
    !isVouchedFor && 'its newest end is not as it was written',
  ].filter(Boolean);
  print(
    `Record of what happened: ${count(entries, 'entry', 'entries')}, ${isWhole ? 'all as they were written' : wrong.join('; ')}.`,
  );
  if (accepted) print(`  accepted as changed: ${accepted}`);
  return isWhole;
};

export const doctor: Command = async (strapi: Strapi, { print, explain }) => {
  let [total, broken] = [0, 0];
  for (const { formOrType } of await vaultOf(strapi).formsAndTypes()) {
    const examined = await vaultOf(strapi).examine(formOrType);
    for (const line of lines(examined, await vaultOf(strapi).bin.count(formOrType))) print(line);
    total += examined.submissions.total + examined.attachments.total;
    broken += brokenIn(examined.submissions) + brokenIn(examined.attachments);
  }
  const orphans = await orphanLines(strapi);
  for (const line of orphans) print(line);
  print(`${total - broken} of ${total} open.`);
  if (orphans.length > 0)
    explain(
      'Where one side is missing, somebody deleted the other in the database, or an import did not bring it back. Delete what should be gone in the inbox, or bring back what is missing from a backup.',
    );
  const isRecordWhole = await lookAtRecord(strapi, print).catch((error: unknown) => {
    // Without its root key nothing can be said about it, but about the rest.
    if (!(error instanceof Fault)) throw error;
    print('Record of what happened: it could not be checked, because its key does not open.');
    return true;
  });
  if (!isRecordWhole)
    explain(
      'Somebody may have changed the database. Find out who can write to it and compare with a backup; then "form-guard audit accept-break".',
    );
  const code = await codeInDatabase(strapi);
  if (code.length > 0) {
    print(`On its tables the database does something of its own: ${code.join(', ')}.`);
    explain('It may copy, change or take back what is written there. Find out who put it there, and drop it.');
  }
  if (broken === 0) return isRecordWhole && orphans.length === 0 && code.length === 0 ? 0 : 1;
  explain(
    'What does not open is never written over. Put the missing root key back into FORM_GUARD_KEYS, or the rows and files back from a backup.',
  );
  return 1;
};
