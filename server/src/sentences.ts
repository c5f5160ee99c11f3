/**
 * What the server says to people, each in the language that they chose for the admin in their profile. Outside a request of somebody
 * who is signed in (at a boot, on the command line, to senders) it is English.
 */
import { IntlMessageFormat } from 'intl-messageformat';
import { mapValues } from 'lodash';
import { inOneLine } from './plain-words';
import { en } from './sentences.en';
import { fr } from './sentences.fr';

export type SentenceKey = keyof typeof en;
type Values = Record<string, string | number | boolean | null>;
/** A part of a sentence, to be said in whichever language the sentence is. Those that are stored are JSON. */
export interface Phrase {
  key: SentenceKey;
  values?: Values;
}

const LANGUAGES: Record<string, Record<SentenceKey, string>> = { en, fr };
const formats = new Map<string, IntlMessageFormat>();

/** Strapi writes `fr`, `pt-BR`; a language that is not here is English. */
export const languageOf = (preferred: unknown): string => {
  const [language = ''] = typeof preferred === 'string' ? preferred.toLowerCase().split('-') : [];
  return Object.hasOwn(LANGUAGES, language) ? language : 'en';
};

/** What people call themselves and their things, and how much of it a sentence takes: no name makes it say something else. */
const NAMES: Record<string, number> = {
  ...Object.fromEntries(['name', 'title', 'label', 'token', 'role', 'component'].map((key) => [key, 120])),
  ...Object.fromEntries(['person', 'givenBy', 'audience', 'roles', 'part', 'reason'].map((key) => [key, 500])),
};
const tidy = (values: Values): Values =>
  mapValues(values, (value, key) => {
    const most = NAMES[key];
    return typeof value === 'string' && most !== undefined ? inOneLine(value, most) : value;
  });

export const sayIn = (language: string, key: SentenceKey, values: Values = {}): string => {
  const name = `${language} ${key}`;
  const format =
    formats.get(name) ?? new IntlMessageFormat(LANGUAGES[language]?.[key] ?? en[key], language, undefined, { ignoreTag: true });
  formats.set(name, format);
  return String(format.format(tidy(values)));
};

let preferred: () => unknown = () => 'en';
/** In `register`: how to find out which language whoever is being answered prefers. */
export const speakAs = (find: () => unknown): void => void (preferred = find);

export const say = (key: SentenceKey, values: Values = {}): string => sayIn(languageOf(preferred()), key, values);
/** A day, as people write it. @throws RangeError when it is none */
export const sayDay = (iso: string): string =>
  new Intl.DateTimeFormat(languageOf(preferred()), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(iso));
export const inWords = ({ key, values }: Phrase): string => say(key, values);
/** For what is said later than it is written down, as yup's messages are. */
export const saying =
  (key: SentenceKey, values: Values = {}) =>
  (): string =>
    say(key, values);
export const isSentenceKey = (key: unknown): key is SentenceKey => typeof key === 'string' && Object.hasOwn(en, key);
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
