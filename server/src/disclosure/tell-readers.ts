/**
 * A mail to the readers of a form that asks for it: that a submission has come, and where to read it. Never a value, a
 * name or a reference of somebody who wrote; and never one mail for each of a thousand posts.
 */
import { sayIn } from '../sentences';
import { PLUGIN_ID, type Strapi } from '../strapi';
import { currentReaders } from './grants';
import { adminAddress, mailer } from './mail';
import { findAddressee } from './people';
import type { Sources } from './sources';

const QUIET_MS = 10 * 60_000;

export const inboxOf = (strapi: Strapi, formOrType: string): string => {
  return `${adminAddress(strapi)}/plugins/${PLUGIN_ID}/inbox/${encodeURIComponent(formOrType)}`;
};

interface Told {
  people: number;
  failed: number;
}

/** To each, whatever becomes of the others. Whose mail failed, and why, may name people: it is only counted. */
const tell = async (strapi: Strapi, sources: Sources, formOrType: string): Promise<Told> => {
  const source = await sources.find(strapi, formOrType);
  const email = mailer(strapi);
  if (!source?.tellsReaders || !email) return { people: 0, failed: 0 };
  const about = { label: source.label, address: inboxOf(strapi, formOrType) };
  const sendTo = async (id: number): Promise<void> => {
    const person = await findAddressee(strapi, id);
    if (!person) return;
    await email.send({
      to: person.email,
      subject: sayIn(person.language, 'mail.arrived.subject', about),
      text: sayIn(person.language, 'mail.arrived.text', about),
    });
  };
  const ids = [...(await currentReaders(strapi, formOrType))];
  const sent = await Promise.allSettled(ids.map(sendTo));
  return { people: ids.length, failed: sent.filter(({ status }) => status === 'rejected').length };
};

/** @returns what to call when a submission has come; it answers at once, the mail goes out afterwards. */
export const createTellReaders = (sources: Sources) => {
  const toldBy = new WeakMap<Strapi, Map<string, number>>();
  return (strapi: Strapi, formOrType: string): void => {
    const told = toldBy.get(strapi) ?? new Map<string, number>();
    toldBy.set(strapi, told);
    if (Date.now() - (told.get(formOrType) ?? -Infinity) < QUIET_MS) return;
    told.set(formOrType, Date.now());
    // The submission is in the vault: a mail server that is down must not make it look lost. The cause may name readers.
    tell(strapi, sources, formOrType).then(
      ({ people, failed }) => {
        if (failed > 0)
          strapi.log.warn(`Form Guard could not mail the readers of "${formOrType}": ${failed} of ${people} got no mail.`);
      },
      (error: unknown) => {
        strapi.log.warn(
          `Form Guard could not mail the readers of "${formOrType}" (${error instanceof Error ? error.name : 'unknown'}).`,
        );
      },
    );
  };
};
