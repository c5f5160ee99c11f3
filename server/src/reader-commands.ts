/**
 * `form-guard readers …`: for a site where nobody else may confirm a reader whose account was changed. Whoever runs it has the root key
 * of the site; it stands on record and is mailed.
 */
import type { Command } from './commands';
import { confirmByOperator, listSuspended } from './disclosure';

export const listReaders: Command = async (strapi, { print, explain }) => {
  const suspended = await listSuspended(strapi);
  for (const { email, because } of suspended) print(`${email}: ${because}`);
  if (suspended.length === 0) explain('Nobody who is named as a reader is suspended.');
  return 0;
};

const SAYS = {
  noAccount: 'There is no account of the admin with this e-mail address. Nothing was changed.',
  off: 'This account is switched off or blocked. Switch it on first. Nothing was changed.',
  nothing: 'There is nothing to confirm about this account. Nothing was changed.',
} as const;

export const confirmReader =
  (email: string): Command =>
  async (strapi, { print, explain }) => {
    const answer = await confirmByOperator(strapi, email);
    if (answer === 'confirmed') {
      print(`${email}: confirmed.`);
      explain('It stands on record, and a mail went to the account. What this person was named for can be read again.');
      return 0;
    }
    explain(SAYS[answer]);
    return 1;
  };
