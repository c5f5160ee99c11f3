/** What a change would do with submissions, in words and numbers, for dialog and toast alike. Pure but for the language. */
import type { ExposureEffect, RefusedExposure } from '../contract';
import { capital, inWords, say, type Phrase, type SentenceKey } from '../sentences';
import { isStrapisOwn } from '../strapi';

export interface Counted {
  label: string;
  submissions: number;
}

/** `part` is a noun of its own: `the attribute “message”`. Without one it is the submission as a whole. */
export type Effect =
  | { effect: Exclude<ExposureEffect, 'published' | 'destroyed' | 'reshaped'>; audience: Phrase }
  /** Of a type that nobody listed: how it is called, and which of its attributes look personal. */
  | { effect: 'published'; audience: Phrase; label: string; signs: string[] }
  | { effect: 'destroyed'; part?: Phrase }
  | { effect: 'reshaped'; part: Phrase };

export const audienceOf = (tried: Effect): Phrase | null => ('audience' in tried ? tried.audience : null);
export const audienceInWords = (tried: Effect): string | null => {
  const audience = audienceOf(tried);
  return audience && inWords(audience);
};

export const exposureSentence = ({ label, submissions }: Counted, tried: Effect): string => {
  const isPart = tried.effect === 'destroyed' && tried.part !== undefined;
  const sentence = say(isPart ? 'effect.partDestroyed' : `effect.${tried.effect}`, {
    label,
    count: submissions,
    audience: audienceInWords(tried),
    part: 'part' in tried && tried.part ? inWords(tried.part) : null,
    signs: 'signs' in tried ? tried.signs.join(', ') : null,
  });
  return capital(sentence);
};

const SAFER: Record<ExposureEffect, SentenceKey> = {
  read: 'safer.read',
  published: 'safer.published',
  changed: 'safer.changed',
  entered: 'safer.entered',
  told: 'safer.told',
  copied: 'safer.copied',
  destroyed: 'safer.byHand',
  reshaped: 'safer.byHand',
  named: 'safer.named',
};

const saferKey = ({ effect, formOrType }: RefusedExposure): SentenceKey =>
  effect === 'published' && isStrapisOwn(formOrType) ? 'safer.publishedOwn' : SAFER[effect];

/** The right way for everything that was tried, each said once. */
export const saferSentence = (exposures: RefusedExposure[]): string =>
  [...new Set(exposures.map((exposure) => say(saferKey(exposure))))].join(' ');

/** For Strapi's own toast, complete without the dialog. */
export const refusalSentence = (exposures: RefusedExposure[]): string =>
  [...exposures.map(({ sentence }) => sentence), say('refusal.stopped'), saferSentence(exposures)].join(' ');
