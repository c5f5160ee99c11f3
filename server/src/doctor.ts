/** `form-guard doctor`: what opens and what does not, in numbers. It changes nothing, and shows nothing. */
import type { Command } from './commands';
import { UNREADABLE_BECAUSE } from './encryption';
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
  if (broken === 0) return orphans.length > 0 ? 1 : 0;
  explain(
    'What does not open is never written over. Put the missing root key back into FORM_GUARD_KEYS, or the rows and files back from a backup.',
  );
  return 1;
};
