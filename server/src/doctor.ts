/** `form-guard doctor`: what opens and what does not, in numbers. It changes nothing, and shows nothing. */
import type { Command } from './commands';
import { UNREADABLE_BECAUSE } from './encryption';
import type { Strapi } from './strapi';
import { count, idsOf } from './terminal';
import { vaultOf, type Examined, type Opened } from './vault';

const brokenIn = ({ broken }: Opened): number => [...broken.values()].reduce((sum, ids) => sum + ids.length, 0);

const lines = ({ formOrType, submissions, attachments }: Examined): string[] => [
  `${formOrType}: ${count(submissions.total, 'submission')}, ${brokenIn(submissions)} do not open; ${count(attachments.total, 'attachment')}, ${brokenIn(attachments)} do not open`,
  ...[...submissions.broken, ...attachments.broken].map(
    ([reason, ids]) => `  ${ids.length} because ${UNREADABLE_BECAUSE[reason]}: ${idsOf(ids)}`,
  ),
];

export const doctor: Command = async (strapi: Strapi, { print, explain }) => {
  let [total, broken] = [0, 0];
  for (const { formOrType } of await vaultOf(strapi).formsAndTypes()) {
    const examined = await vaultOf(strapi).examine(formOrType);
    for (const line of lines(examined)) print(line);
    total += examined.submissions.total + examined.attachments.total;
    broken += brokenIn(examined.submissions) + brokenIn(examined.attachments);
  }
  print(`${total - broken} of ${total} open.`);
  if (broken === 0) return 0;
  explain(
    'What does not open is never written over. Put the missing root key back into FORM_GUARD_KEYS, or the rows and files back from a backup.',
  );
  return 1;
};
