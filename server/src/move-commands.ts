/** `form-guard protect` and `unprotect`: rows of a wrapped type into the vault, and out of it again. Numbers and ids, never a value. */
import { SYSTEM } from './audit';
import type { Command, Terminal } from './commands';
import { waitingOpenings } from './exposure';
import { protectedTypes } from './protection';
import { isSqlite, type Strapi } from './strapi';
import { count, idsOf, nowAndThen } from './terminal';
import { STAYS_BECAUSE, vaultOf } from './vault';

const isWrapped = (strapi: Strapi, { explain }: Terminal, uid: string): boolean => {
  const known = [...protectedTypes(strapi).keys()];
  if (known.includes(uid)) return true;
  explain(
    `"${uid}" is not under "protect" in the config of this site. There is: ${known.join(', ') || 'none'}. Put it there, or back there; nothing was moved.`,
  );
  return false;
};

/** How far it is and how long it will take. */
const progress = ({ explain }: Terminal, total: number, what: string) =>
  nowAndThen((done: number, seconds) => {
    const perSecond = done / seconds;
    const left =
      perSecond > 0 ? `, ${Math.round(perSecond)} a second, about ${Math.ceil((total - done) / perSecond)} s left` : '';
    explain(`${done} of ${total} ${what}${left}`);
  });

const COPIES =
  'Copies from before still hold what was moved: backups, exports, replicas, the write-ahead log and binary log of a database server. Delete those that are not needed, or let them expire.';
const compactSays = (strapi: Strapi): string =>
  isSqlite(strapi)
    ? 'Then the database file is written anew (VACUUM), so that nothing is left in its free pages; that takes as much free disk as it is long, and locks it meanwhile.'
    : 'Then the tables are written anew, so that nothing is left in their free pages; that takes as much free disk as they are long, and locks them meanwhile.';

const compact = async (strapi: Strapi, { print, explain }: Terminal, uid: string): Promise<boolean> => {
  try {
    await vaultOf(strapi).move.compact(uid);
    print('Free pages were written anew.');
    return true;
  } catch (error) {
    explain(
      `Everything was moved, but free pages could not be written anew and still hold values (${(error as { code?: string }).code ?? 'the database refused'}): usually somebody else uses the database, or has a transaction open. Run this again, if need be with the server stopped.`,
    );
    return false;
  }
};

export const protectRows =
  (uid: string, { isDryRun }: { isDryRun: boolean }): Command =>
  async (strapi, terminal) => {
    const { print, explain } = terminal;
    if (!isWrapped(strapi, terminal, uid)) return 2;
    const { move } = vaultOf(strapi);
    const { rows, documents, history, withoutDocument, files } = await move.remaining(uid);
    print(
      `${uid}: ${count(rows, 'row')} of ${count(documents, 'document')} and ${count(history, 'older version')} in the history hold values that are not sealed.`,
    );
    const { sealedFields } = protectedTypes(strapi).get(uid) ?? { sealedFields: [] };
    if (withoutDocument > 0) {
      explain(
        `${count(withoutDocument, 'row')} more ${withoutDocument === 1 ? 'has' : 'have'} no document id, which Strapi 5 gives every row at its first start. Give them one, or delete them; they are not moved.`,
      );
    }
    if (files > 0) {
      print(`${count(files, 'file')} of it ${files === 1 ? 'lies' : 'lie'} in the media library, hidden there and not sealed.`);
    }
    if (isDryRun) {
      explain(
        `Nothing was changed. Without --dry-run each is sealed, opened again and compared, and then these are emptied in the site's own tables: ${sealedFields.join(', ')}.${files > 0 ? ' Files are sealed with their smaller sizes, compared, and deleted from the library and from where it keeps them.' : ''} ${compactSays(strapi)} ${COPIES}`,
      );
      return 0;
    }
    const tell = progress(terminal, documents, 'documents sealed');
    const moved = await move.in(uid, SYSTEM, (now) => tell(now.documents));
    print(
      `${count(moved.documents, 'document')} sealed, ${count(moved.rows, 'row')} emptied, ${count(moved.history, 'older version')} taken out of the history.`,
    );
    for (const [code, ids] of moved.failed) print(`${count(ids.length, 'document')} not moved (${code}): ${idsOf(ids)}`);
    if (files > 0) {
      const tellFiles = progress(terminal, files, 'files sealed');
      const filesMoved = await move.filesIn(uid, SYSTEM, (now) => tellFiles(now.files));
      print(`${count(filesMoved.files, 'file')} sealed and taken out of the media library.`);
      if (filesMoved.failed.length > 0) {
        print(
          `${count(filesMoved.failed.length, 'file')} not moved, because ${filesMoved.failed.length === 1 ? 'it' : 'they'} could not be read and deleted where the library keeps ${filesMoved.failed.length === 1 ? 'it' : 'them'}, or belong${filesMoved.failed.length === 1 ? 's' : ''} to no submission: ${idsOf(filesMoved.failed.map(String))}`,
        );
      }
    }
    const isCompact = await compact(strapi, terminal, uid);
    explain(COPIES);
    const left = await move.remaining(uid);
    return isCompact && left.rows + left.history + left.withoutDocument + left.files === 0 ? 0 : 1;
  };

export const unprotectRows =
  (uid: string, { isDryRun }: { isDryRun: boolean }): Command =>
  async (strapi, terminal) => {
    const { print, explain } = terminal;
    if (!isWrapped(strapi, terminal, uid)) return 2;
    const vault = vaultOf(strapi);
    const { submissions, binned } = await vault.tally(uid);
    const { outside, inside } = await waitingOpenings(strapi, uid);
    for (const who of outside) explain(`Would read it at once: ${who}.`);
    for (const who of inside) explain(`Would see it in the content manager: ${who}.`);
    if (isDryRun) {
      print(`${uid}: ${count(submissions, 'submission')} in the vault.`);
      if (binned > 0) print(`${count(binned, 'deleted submission')} in the bin would stay: take them back or erase them first.`);
      explain(
        `Nothing was changed. With --confirm each is opened, written back into the site's own table as it was, read again and compared, and then deleted from the vault. From then on Strapi's own permissions are all that keeps it private, and plugins of the site see it as it is written. Afterwards take "${uid}" out of "protect" in the config and restart.`,
      );
      return 0;
    }
    if (outside.length > 0) {
      explain(
        `Nothing was moved: ${count(submissions, 'submission')} would be open to those named above as soon as the type is not wrapped. Take those rights and tokens away, in Strapi's settings or in the routes of the site, and run this again. Whoever is to read then gets the right afterwards.`,
      );
      return 1;
    }
    const tell = progress(terminal, submissions, 'submissions put back');
    const moved = await vault.move.out(uid, SYSTEM, (now) => tell(now.submissions));
    print(`${count(moved.submissions, 'submission')} put back.`);
    for (const [reason, ids] of moved.stays)
      print(`${count(ids.length, 'submission')} stayed in the vault, because ${STAYS_BECAUSE[reason]}: ${idsOf(ids)}`);
    if (moved.lostLinks > 0) print(`${count(moved.lostLinks, 'link')} to rows that are gone could not be put back.`);
    if (moved.leftBehind.size > 0) {
      print(
        `${count(moved.leftBehind.size, 'file')} may lie unsealed where the media library keeps files, and could not be taken away again. Run this again when that can be reached, or delete there: ${idsOf([...moved.leftBehind])}`,
      );
    }
    const now = await vault.tally(uid);
    const left = now.submissions + now.binned;
    explain(
      left === 0
        ? `Now take "${uid}" out of "protect" in the config and restart. While it is there, new submissions are sealed; run this again then.`
        : 'What stayed is as it was. Leave the type under "protect" until it has moved too.',
    );
    return left === 0 ? 0 : 1;
  };
