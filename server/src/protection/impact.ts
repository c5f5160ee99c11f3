/** What a change would expose, in words and numbers. Pure; the words are the server's own, for the dialog and the toast. */
import type { RefusedExposure } from '../contract';

export interface Counted {
  label: string;
  submissions: number;
  since: string | null;
}

const plural = (count: number): string => `${count} ${count === 1 ? 'submission' : 'submissions'}`;

export const exposureSentence = ({ label, submissions }: Counted, audience: string): string =>
  submissions === 0
    ? `Every coming submission to “${label}” would become readable by ${audience}.`
    : `${plural(submissions)} to “${label}” would become readable by ${audience}.`;

/** One sentence for Strapi's own toast, complete without the dialog. */
export const refusalSentence = (exposures: RefusedExposure[]): string =>
  `${[...new Set(exposures.map(({ sentence }) => sentence))].join(' ')} Form Guard stopped this: nothing was saved. To let colleagues read, name them as readers in Form Guard.`;
