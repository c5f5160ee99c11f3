/** `form-guard backup`, `verify-backup` and `restore`: the vault into a folder and out of it, sealed all the way. */
import path from 'node:path';
import { SYSTEM } from './audit';
import type { Command, Terminal } from './commands';
import { count, nowAndThen } from './terminal';
import { ArchiveProblem, vaultOf } from './vault';

const progress = ({ explain }: Terminal, what: string) =>
  nowAndThen(({ submissions, files }: { submissions: number; files: number }) =>
    explain(`${count(submissions, 'submission')} and ${count(files, 'attachment')} ${what}`),
  );

/** What is wrong with the archive is told; anything else is no matter of it. */
const telling =
  (run: (strapi: Parameters<Command>[0], terminal: Terminal) => Promise<number>): Command =>
  async (strapi, terminal) => {
    try {
      return await run(strapi, terminal);
    } catch (error) {
      if (!(error instanceof ArchiveProblem)) throw error;
      terminal.explain(error.message);
      return 1;
    }
  };

export const backup = (folder: string): Command =>
  telling(async (strapi, terminal) => {
    const to = path.resolve(folder);
    const { forms, submissions, files } = await vaultOf(strapi).archives.write(to, SYSTEM, progress(terminal, 'written'));
    terminal.print(
      `${count(forms, 'form')}, ${count(submissions, 'submission')} and ${count(files, 'attachment')} are in ${to}.`,
    );
    terminal.explain(
      'Nothing in it can be read without the root keys: keep those apart from it. Not in it: readers, the record of what happened, and what the site itself keeps.',
    );
    return 0;
  });

export const verifyBackup = (folder: string): Command =>
  telling(async (strapi, terminal) => {
    const verified = await vaultOf(strapi).archives.verify(path.resolve(folder), progress(terminal, 'opened'));
    const { forms, submissions, files, unreadable } = verified;
    terminal.print(
      `${count(forms, 'form')}, ${count(submissions, 'submission')} and ${count(files, 'attachment')}: all as written, ${unreadable} do not open.`,
    );
    return unreadable === 0 ? 0 : 1;
  });

export const restore = (folder: string): Command =>
  telling(async (strapi, terminal) => {
    const { submissions, files, unreadable } = await vaultOf(strapi).archives.restore(
      path.resolve(folder),
      SYSTEM,
      progress(terminal, 'restored'),
    );
    terminal.print(`${count(submissions, 'submission')} and ${count(files, 'attachment')} restored.`);
    if (unreadable > 0)
      terminal.explain(`${unreadable} of them do not open. They did not where the backup was made either; doctor says why.`);
    terminal.explain('Nobody may read them yet: name readers again. Restart the server if it was running.');
    return 0;
  });
