/**
 * What follows when the account of somebody who was named is not as it was known: it is written down once, the person is told at the
 * address from before, and whoever asks at the door reads what has happened and who can help.
 */
import { SYSTEM, type Actor } from '../audit';
import type { SuspendedBecause } from '../contract';
import { refuse } from '../errors';
import { nameOf } from '../protection';
import { byEmail } from '../plain-words';
import { languageOf, say, sayIn } from '../sentences';
import { afterCommit, table, type Strapi } from '../strapi';
import { knownAccount, knownAccounts, type Known } from './accounts';
import { suspend, vouch } from './keep-accounts';
import { adminAddress, mailer } from './mail';
import { GRANTS, type GrantRow } from './model';
import { findUser } from './people';
import { peopleWhoMayName } from './who-may-name';

/** Namings that would let somebody read, if nothing stood in the way: not removed, not over, and not asked for alone. */
export const lastingGrants = async (strapi: Strapi, where: Partial<GrantRow> = {}): Promise<GrantRow[]> => {
  const rows = await table<GrantRow>(strapi, GRANTS).findMany({
    where: { ...where, removedAt: { $null: true }, askedAt: { $null: true } },
  });
  const now = new Date().toISOString();
  return rows.filter(({ until }) => until === null || until > now);
};

/** What the page of the readers says about one that is suspended. Put back as it was, an account is still one that had changed. */
export const whyOf = (known: Known | null): SuspendedBecause => {
  if (!known || known.standing === 'unsure') return 'record';
  return known.standing === 'good' ? 'changed' : known.standing;
};

/** As the audit names people: what they are called now, at the address that was known. */
export const personIn = async (strapi: Strapi, { account, row }: Known): Promise<string> => {
  const user = account && (await findUser(strapi, account.id));
  const email = row?.email ?? account?.email ?? '';
  return user ? byEmail({ name: nameOf(user), email }) : email;
};

/** What cannot be mailed changes nothing; the cause may hold an address. */
const tell = (strapi: Strapi, known: Known, about: 'suspended' | 'confirmed', by = ''): Promise<void> => {
  const to = [...new Set([known.row?.email, about === 'confirmed' ? known.account?.email : null])].filter(Boolean) as string[];
  const send = async (): Promise<void> => {
    const user = known.account && (await findUser(strapi, known.account.id));
    const language = languageOf(user?.preferedLanguage);
    const values = { site: adminAddress(strapi), by };
    for (const address of to.length > 0 ? to : [known.account?.email ?? '']) {
      await mailer(strapi)?.send({
        to: address,
        subject: sayIn(language, `mail.${about}.subject`, values),
        text: sayIn(language, `mail.${about}.text`, values),
      });
    }
  };
  const failed = 'Form Guard could not mail a reader about their account';
  const sendOrSay = (): Promise<void> =>
    send().catch((error: unknown) => {
      strapi.log.warn(`${failed} (${error instanceof Error ? error.name : 'unknown'}).`);
    });
  return afterCommit(strapi, sendOrSay, failed);
};

/** What is found is on record from then on. */
export const noticeChange = async (strapi: Strapi, known: Known, actor: Actor = SYSTEM): Promise<void> => {
  const { standing, row } = known;
  if (standing === 'good' || standing === 'gone' || standing === 'unsure' || row?.state === 'suspended') return;
  const isFirst = await suspend(strapi, known, { actor, person: await personIn(strapi, known) }, standing);
  // Whoever waits for this answer does not wait for a mail server.
  if (isFirst) void tell(strapi, known, 'suspended');
};

/** Of everybody who is named. */
export const noticeChanges = async (strapi: Strapi): Promise<void> => {
  const named = (await lastingGrants(strapi)).map(({ adminUserId }) => Number(adminUserId));
  for (const known of (await knownAccounts(strapi, named)).values()) await noticeChange(strapi, known);
};

/** Somebody signs in: an account that is changed for as long as that takes, and put back, stays suspended. */
export const noticeSignIn = async (strapi: Strapi, adminUserId: number): Promise<void> => {
  const known = await knownAccount(strapi, adminUserId);
  if (known.standing === 'good' || (await lastingGrants(strapi, { adminUserId })).length === 0) return;
  await noticeChange(strapi, known);
};

const MOST_NAMES = 3;

/** @throws PolicyError NOT_A_READER */
export const refuseSuspended = async (strapi: Strapi, known: Known): Promise<never> => {
  await noticeChange(strapi, known);
  const others = (await peopleWhoMayName(strapi)).filter(({ id }) => id !== known.account?.id);
  const names = others.slice(0, MOST_NAMES).map((person) => byEmail({ name: nameOf(person), email: person.email }));
  const values = { isAlone: names.length === 0, names: names.join(', '), email: known.account?.email ?? '' };
  throw refuse('NOT_A_READER', say('reader.suspended', values), { because: 'suspended' });
};

/** On record, and mailed. @returns whether nobody else was first, and what to wait for if the mail must be out */
export const confirmAccount = async (
  strapi: Strapi,
  known: Known,
  actor: Actor,
): Promise<{ isDone: boolean; mailed: Promise<void> }> => {
  const isDone = await vouch(strapi, known, { actor, person: await personIn(strapi, known) });
  const by = actor.name ?? say('mail.theOperator');
  return { isDone, mailed: isDone ? tell(strapi, known, 'confirmed', by) : Promise.resolve() };
};
