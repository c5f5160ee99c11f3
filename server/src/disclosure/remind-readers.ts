/**
 * A mail to a reader whose naming is about to end, once, with whom to ask. Nothing else ends later than it was said to: a mail that
 * could not be sent changes nothing.
 */
import { sayIn } from '../sentences';
import { table, transaction, within, type Strapi } from '../strapi';
import { currentGrants } from './grants';
import { GRANTS, GRANTS_TABLE, type GrantRow } from './model';
import { mailer } from './mail';
import { findAddressee } from './people';
import type { Sources } from './sources';
import { inboxOf } from './tell-readers';

const DAY_MS = 24 * 60 * 60_000;
const DAYS_BEFORE = 7;
const HOURLY = '11 23 * * * *';

const isOver = ({ until }: GrantRow, before: number): boolean => until !== null && Date.parse(until) <= before;

/** Longer than a mail takes; whoever was stopped while sending is followed by another. */
const LEASE_MS = 10 * 60_000;

/** Several instances ask at once; one of them gets it. */
const claim = (strapi: Strapi, grantId: string): Promise<boolean> =>
  transaction(strapi, async (trx) => {
    const mine = within(strapi, trx, GRANTS_TABLE)
      .where({ grant_id: grantId })
      .whereNull('reminded_at')
      .where((free) => void free.whereNull('reminding_since').orWhere('reminding_since', '<', Date.now() - LEASE_MS));
    return Number(await mine.update({ reminding_since: Date.now() })) > 0;
  });

/** Only what was sent is marked as sent. */
const settle = (strapi: Strapi, grantId: string, isSent: boolean): Promise<unknown> =>
  transaction(strapi, async (trx) =>
    within(strapi, trx, GRANTS_TABLE)
      .where({ grant_id: grantId })
      .update({ reminding_since: null, reminded_at: isSent ? new Date().toISOString() : null }),
  );

const remind = async (strapi: Strapi, sources: Sources, { formOrType, adminUserId, grantId, until }: GrantRow): Promise<void> => {
  const own = await currentGrants(strapi, { formOrType, adminUserId: Number(adminUserId) });
  // One that is forged, removed or over reminds nobody; nor does one behind which there is another that lasts.
  const mine = own.find((row) => row.grantId === grantId);
  if (!mine || own.some((row) => row.until === null || row.until > (until ?? ''))) return;
  const [person, source, email] = [
    await findAddressee(strapi, Number(adminUserId)),
    await sources.find(strapi, formOrType),
    mailer(strapi),
  ];
  if (!person || !source || !email || !(await claim(strapi, grantId))) return;
  const { label } = source;
  const about = { label, day: (until ?? '').slice(0, 10), givenBy: mine.givenBy, address: inboxOf(strapi, formOrType) };
  let isSent = false;
  try {
    await email.send({
      to: person.email,
      subject: sayIn(person.language, 'mail.ends.subject', about),
      text: sayIn(person.language, 'mail.ends.text', about),
    });
    isSent = true;
  } finally {
    await settle(strapi, grantId, isSent);
  }
};

/** Each, whatever becomes of the others. @returns how many could not be reminded; they are tried again in an hour */
const remindReaders = async (strapi: Strapi, sources: Sources, now = Date.now()): Promise<number> => {
  const where = { remindedAt: { $null: true }, removedAt: { $null: true }, until: { $notNull: true } };
  const soon = (await table<GrantRow>(strapi, GRANTS).findMany({ where })).filter((row) =>
    isOver(row, now + DAYS_BEFORE * DAY_MS),
  );
  const reminded = await Promise.allSettled(soon.map((row) => remind(strapi, sources, row)));
  return reminded.filter(({ status }) => status === 'rejected').length;
};

/** In `bootstrap`. */
export const scheduleReminders = (strapi: Strapi, sources: Sources): void => {
  const task = async (): Promise<void> => {
    // Why it failed may name people.
    const failed = await remindReaders(strapi, sources).catch((error: unknown) =>
      error instanceof Error ? error.name : 'unknown',
    );
    if (failed === 0) return;
    const many = typeof failed === 'number' ? `${failed} got no mail; tried again in an hour` : failed;
    strapi.log.warn(`Form Guard could not remind a reader (${many}).`);
  };
  strapi.cron.add({ formGuardReminders: { task, options: { rule: HOURLY } } });
};
