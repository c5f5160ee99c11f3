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

/** Several instances ask at once; one of them gets it. */
const claim = (strapi: Strapi, grantId: string): Promise<boolean> =>
  transaction(strapi, async (trx) => {
    const mine = within(strapi, trx, GRANTS_TABLE).where({ grant_id: grantId }).whereNull('reminded_at');
    return Number(await mine.update({ reminded_at: new Date().toISOString() })) > 0;
  });

/** @returns how many were reminded */
const remindReaders = async (strapi: Strapi, sources: Sources, now = Date.now()): Promise<number> => {
  const where = { remindedAt: { $null: true }, removedAt: { $null: true }, until: { $notNull: true } };
  const soon = (await table<GrantRow>(strapi, GRANTS).findMany({ where })).filter((row) =>
    isOver(row, now + DAYS_BEFORE * DAY_MS),
  );
  let reminded = 0;
  for (const { formOrType, adminUserId, grantId, until } of soon) {
    const own = await currentGrants(strapi, { formOrType, adminUserId: Number(adminUserId) });
    // One that is forged, removed or over reminds nobody; nor does one behind which there is another that lasts.
    const mine = own.find((row) => row.grantId === grantId);
    if (!mine || own.some((row) => row.until === null || row.until > (until ?? ''))) continue;
    const [person, source] = [await findAddressee(strapi, Number(adminUserId)), await sources.find(strapi, formOrType)];
    if (!person || !source || !(await claim(strapi, grantId))) continue;
    const { label } = source;
    const about = { label, day: (until ?? '').slice(0, 10), givenBy: mine.givenBy, address: inboxOf(strapi, formOrType) };
    await mailer(strapi)?.send({
      to: person.email,
      subject: sayIn(person.language, 'mail.ends.subject', about),
      text: sayIn(person.language, 'mail.ends.text', about),
    });
    reminded += 1;
  }
  return reminded;
};

/** In `bootstrap`. */
export const scheduleReminders = (strapi: Strapi, sources: Sources): void => {
  const task = async (): Promise<void> => {
    await remindReaders(strapi, sources).catch((error: unknown) => {
      strapi.log.warn(`Form Guard could not remind a reader (${error instanceof Error ? error.name : 'unknown'}).`);
    });
  };
  strapi.cron.add({ formGuardReminders: { task, options: { rule: HOURLY } } });
};
