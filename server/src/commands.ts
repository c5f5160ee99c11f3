/**
 * The maintainer's commands that need the site: `form-guard <command>` (bin/form-guard.js) loads it and runs one of these.
 * What a command prints is its result; what it explains is for the person at the terminal. Neither ever holds a value.
 */
import { acceptBreak, forgetAddressesBefore, isDay, isReason } from './audit-commands';
import { backup, restore, verifyBackup } from './backup-commands';
import { doctor } from './doctor';
import { destroyOlderKeys, listKeys, rewrapKeys, rotateKeys, shredKeys } from './key-commands';
import { protectRows, unprotectRows } from './move-commands';
import { confirmReader, listReaders } from './reader-commands';
import type { Strapi } from './strapi';

export interface Terminal {
  print(line: string): void;
  explain(line: string): void;
}
/** @returns the exit code: 0 when all is well, 1 when something is not, 2 when it was called wrongly. */
export type Command = (strapi: Strapi, terminal: Terminal) => Promise<number>;

interface Described {
  /** The words that call it, and what may stand behind them. */
  words: string;
  takes?: string;
  says: string;
  /** It must run where the keys do not fit, too: the site is loaded without what needs them. */
  onlyExamines?: boolean;
  /** @returns null when what stands behind the words does not fit. */
  read(rest: readonly string[]): Command | null;
}

const takesNothing =
  (command: Command): Described['read'] =>
  (rest) =>
    rest.length === 0 ? command : null;

const COMMANDS: readonly Described[] = [
  {
    words: 'doctor',
    says: 'opens every submission and attachment without showing it, and says in numbers what does not open and why.',
    onlyExamines: true,
    read: takesNothing(doctor),
  },
  {
    words: 'protect',
    takes: '<type> [--dry-run]',
    says: 'seals the rows of a wrapped type that are from before it was wrapped; can be interrupted and run again.',
    read: ([type, option, ...rest]) =>
      type && [undefined, '--dry-run'].includes(option) && rest.length === 0
        ? protectRows(type, { isDryRun: option !== undefined })
        : null,
  },
  {
    words: 'unprotect',
    takes: '<type> (--dry-run | --confirm <the same again>)',
    says: 'puts every submission of a wrapped type back into its own table, unsealed, as it was: the way out.',
    read: ([type, option, again, ...rest]) => {
      if (!type || rest.length > 0) return null;
      if (option === '--dry-run' && again === undefined) return unprotectRows(type, { isDryRun: true });
      return option === '--confirm' && again === type ? unprotectRows(type, { isDryRun: false }) : null;
    },
  },
  {
    words: 'backup',
    takes: '<folder>',
    says: 'writes every form, submission and attachment into a folder, sealed; can be interrupted and run again.',
    read: ([folder, ...rest]) => (folder && rest.length === 0 ? backup(folder) : null),
  },
  {
    words: 'verify-backup',
    takes: '<folder>',
    says: 'opens everything in a backup without showing it, and says whether all of it is there.',
    read: ([folder, ...rest]) => (folder && rest.length === 0 ? verifyBackup(folder) : null),
  },
  {
    words: 'restore',
    takes: '<folder>',
    says: 'verifies a backup and gives an empty site what is in it; can be interrupted and run again.',
    read: ([folder, ...rest]) => (folder && rest.length === 0 ? restore(folder) : null),
  },
  {
    words: 'readers list',
    says: 'the readers who are suspended because their account was changed, and why.',
    read: takesNothing(listReaders),
  },
  {
    words: 'readers confirm',
    takes: '<e-mail>',
    says: 'confirms such a reader where nobody in the admin can; on record, and mailed to the reader.',
    read: ([email, ...rest]) => (email && rest.length === 0 ? confirmReader(email) : null),
  },
  {
    words: 'audit accept-break',
    takes: '--reason "<why>"',
    says: 'accepts that entries of the record are gone or changed, with the reason on record, so that submissions open again.',
    onlyExamines: true,
    read: ([option, reason, ...rest]) =>
      option === '--reason' && reason && isReason(reason) && rest.length === 0 ? acceptBreak(reason) : null,
  },
  {
    words: 'audit forget-addresses',
    takes: '--before <day, as 2026-11-27>',
    says: 'removes from the record from which addresses people came before a day (UTC); what they did stays. On record.',
    read: ([option, day, ...rest]) =>
      option === '--before' && day && isDay(day) && rest.length === 0 ? forgetAddressesBefore(day) : null,
  },
  {
    words: 'keys list',
    says: 'the keys of each form and type, and how far the work of sealing anew is.',
    read: takesNothing(listKeys),
  },
  {
    words: 'keys rotate',
    takes: '[<form or type>]',
    says: 'makes new keys current and seals all that is there anew, of one or of all; can be interrupted and run again.',
    read: (rest) => (rest.length <= 1 ? rotateKeys(rest[0]) : null),
  },
  {
    words: 'keys rewrap',
    says: 'wraps every data key under the first root key in FORM_GUARD_KEYS, after which the others are not needed.',
    read: takesNothing(rewrapKeys),
  },
  {
    words: 'keys destroy-older',
    takes: '<form or type>',
    says: 'destroys the keys from before a rotation, if nothing is sealed under them any more.',
    read: ([formOrType, ...rest]) => (formOrType && rest.length === 0 ? destroyOlderKeys(formOrType) : null),
  },
  {
    words: 'keys shred',
    takes: '<form or type> --confirm <the same again>',
    says: 'destroys the keys of all its submissions: they open nowhere any more. Backups from before hold the keys still.',
    read: ([formOrType, confirm, again, ...rest]) =>
      formOrType && confirm === '--confirm' && again === formOrType && rest.length === 0 ? shredKeys(formOrType) : null,
  },
];

const described = COMMANDS.map(({ words, takes, says }) => `  ${[words, takes].filter(Boolean).join(' ')}\n      ${says}`);
export const usage = [
  'Usage: form-guard <command>, in the folder of the site',
  '',
  '  keys new',
  '      prints a new root key, <id>:<base64 of 32 bytes>, for FORM_GUARD_KEYS.',
  ...described,
].join('\n');

export const findCommand = (args: readonly string[]): { run: Command; onlyExamines: boolean } | null => {
  const called = args.join(' ');
  const found = COMMANDS.find(({ words }) => called === words || called.startsWith(`${words} `));
  const run = found?.read(args.slice(found.words.split(' ').length));
  return run ? { run, onlyExamines: found?.onlyExamines ?? false } : null;
};
