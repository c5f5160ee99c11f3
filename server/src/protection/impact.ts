/** What a change would do with submissions, in words and numbers. Pure; the words are the server's own, for dialog and toast. */
import type { ExposureEffect, RefusedExposure } from '../contract';

export interface Counted {
  label: string;
  submissions: number;
  since: string | null;
}

/** `part` is a noun of its own: `the attribute “message”`. Without one it is the submission as a whole. */
export type Effect =
  | { effect: Exclude<ExposureEffect, 'destroyed' | 'reshaped'>; audience: string }
  | { effect: 'destroyed'; part?: string }
  | { effect: 'reshaped'; part: string };

const plural = (count: number): string => `${count} ${count === 1 ? 'submission' : 'submissions'}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const allOf = ({ label, submissions }: Counted): string =>
  `${submissions === 0 ? 'every coming submission' : plural(submissions)} to “${label}”`;

const lossSentence = (counted: Counted, part: string | undefined): string => {
  const { label, submissions } = counted;
  if (part) return `What ${allOf(counted)} ${submissions > 1 ? 'say' : 'says'} under ${part} would be lost.`;
  if (submissions === 0) return `“${label}” would be gone, and whatever people send to it would be lost.`;
  // The table goes; the vault keeps what is sealed, under a type that nobody can open any more.
  return `${capital(allOf(counted))} would be destroyed: what is not sealed would be gone, and nobody could open the rest.`;
};

export const exposureSentence = (counted: Counted, tried: Effect): string => {
  const { label, submissions } = counted;
  switch (tried.effect) {
    case 'read':
      return `${capital(allOf(counted))} would become readable by ${tried.audience}.`;
    case 'changed':
      return `${capital(allOf(counted))} could be changed or deleted by ${tried.audience}.`;
    case 'entered':
      return `Submissions to “${label}” could be entered by hand by ${tried.audience}.`;
    case 'told': {
      const soFar = submissions === 0 ? '' : `; ${submissions} ${submissions === 1 ? 'has' : 'have'} come so far`;
      return `${capital(tried.audience)} would be told of each submission to “${label}”${soFar}.`;
    }
    case 'copied':
      return `${capital(tried.audience)} could copy the whole site, with what is not sealed of ${allOf(counted)}.`;
    case 'destroyed':
      return lossSentence(counted, tried.part);
    case 'reshaped':
      return `${capital(tried.part)} would be changed for ${allOf(counted)}.`;
  }
};

const SAFER: Record<ExposureEffect, string> = {
  read: 'To let colleagues read, name them as readers in Form Guard.',
  changed: 'To let colleagues work with them, name them as readers in Form Guard.',
  entered: 'Submissions come from the people who send them; to let colleagues read, name them as readers in Form Guard.',
  told: 'Leave out the events of entries. If the site needs them for its other types, whoever runs it can set unsafeEntryWebhooks in the config of Form Guard.',
  copied: 'A token that may only push is safe. Back submissions up with the database, and the keys elsewhere.',
  destroyed: 'If it has to be, a developer does it in the schema files, with a backup of the database at hand.',
  reshaped: 'If it has to be, a developer does it in the schema files, with a backup of the database at hand.',
};

/** The right way for everything that was tried, each said once. */
export const saferSentence = (exposures: RefusedExposure[]): string =>
  [...new Set(exposures.map(({ effect }) => SAFER[effect]))].join(' ');

/** For Strapi's own toast, complete without the dialog. */
export const refusalSentence = (exposures: RefusedExposure[]): string =>
  `${exposures.map(({ sentence }) => sentence).join(' ')} Form Guard stopped this: nothing was saved. ${saferSentence(exposures)}`;
