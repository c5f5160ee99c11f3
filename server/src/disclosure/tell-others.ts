/**
 * Those who read a form already get a mail when somebody is named besides them, and those who may name readers one when somebody asks to
 * be confirmed. Never a value; and nothing depends on whether it arrives.
 */
import type { Actor } from '../audit';
import { sayIn, type SentenceKey } from '../sentences';
import type { Strapi } from '../strapi';
import { currentReaders } from './grants';
import { mailer, addressOf } from './mail';
import { colleaguesOf, findAddressee } from './people';
import type { Source } from './sources';
import { peopleWhoMayName } from './who-may-name';

/** To be asked before somebody is named. */
export const readersBesides = async (strapi: Strapi, formOrType: string, but: readonly number[]): Promise<number[]> =>
  [...(await currentReaders(strapi, formOrType))].filter((id) => !but.includes(id));

interface About {
  source: Source;
  by: Actor;
  people: readonly number[];
}

const send = async (
  strapi: Strapi,
  to: readonly number[],
  what: 'named' | 'asked',
  { source, by, people }: About,
): Promise<void> => {
  const names = [...(await colleaguesOf(strapi, people)).values()].map(({ name }) => name).join(', ');
  const values = { label: source.label, by: by.name ?? by.kind, names, address: addressOf(strapi, 'readers', source.id) };
  const key = (part: 'subject' | 'text'): SentenceKey => `mail.${what}.${part}`;
  for (const id of to) {
    const person = await findAddressee(strapi, id);
    if (!person) continue;
    const { email, language } = person;
    await mailer(strapi)?.send({
      to: email,
      subject: sayIn(language, key('subject'), values),
      text: sayIn(language, key('text'), values),
    });
  }
};

/** Nobody waits for a mail server, and what is not mailed changes nothing; the cause may name a reader. */
const sendLater = (strapi: Strapi, ...rest: [readonly number[], 'named' | 'asked', About]): void => {
  send(strapi, ...rest).catch((error: unknown) => {
    strapi.log.warn(`Form Guard could not mail about a new reader (${error instanceof Error ? error.name : 'unknown'}).`);
  });
};

export const tellOthers = (strapi: Strapi, others: readonly number[], about: About): void =>
  sendLater(strapi, others, 'named', about);

export const tellWhoMayConfirm = async (strapi: Strapi, about: About): Promise<void> => {
  const naming = (await peopleWhoMayName(strapi)).map(({ id }) => id).filter((id) => !about.people.includes(id));
  sendLater(strapi, naming, 'asked', about);
};
