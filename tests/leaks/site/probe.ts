/**
 * One thing that was tried and what came of it. A row of the table is a list of these: on plain Strapi every one of them must
 * get something out, on a guarded site none may.
 */
import type { Answer, Sent } from './ask';
import { RIGHT, SECRET, TRACES, WRONG, type Person, type Target } from './target';

/**
 * DATA: bytes of a submission or a name of an attachment. ORACLE: yes or no about a guess. META: that there is something, its
 * ids. KEEP: what stays after deletion. LOSS: submissions gone for good. RUNS: what somebody sent is run by whoever looks at it.
 * BELIEF: what was written past Strapi is taken for what happened.
 */
export type Kind = 'DATA' | 'ORACLE' | 'META' | 'KEEP' | 'LOSS' | 'RUNS' | 'BELIEF';

export interface Probe {
  what: string;
  kind: Kind;
  leaked: boolean;
  /** What was seen, for whoever has to mend it. */
  evidence: string;
  /** Of rows from before this can only be stopped by moving them into the vault: it reads the disk, or goes past Strapi. */
  atRest?: boolean;
  /** Why this may come out of a guarded site. */
  allowed?: string;
  /** Asks about something that plain Strapi does not have. */
  guardedOnly?: boolean;
}

const AROUND = 90;

/** The first trace of a submission in a text, with what stands around it. */
export const traceIn = (text: string, traces: readonly string[] = TRACES): string | null => {
  for (const trace of traces) {
    const at = text.indexOf(trace);
    if (at >= 0) return text.slice(Math.max(0, at - AROUND), at + AROUND).replace(/\s+/g, ' ');
  }
  return null;
};

export const found = (what: string, text: string, traces: readonly string[] = TRACES, kind: Kind = 'DATA'): Probe => {
  const trace = traceIn(text, traces);
  return { what, kind, leaked: trace !== null, evidence: trace ?? `${text.length} bytes without a trace` };
};

/** A site that breaks proves nothing about what it gives out. @throws when it did */
const whole = (request: string, answer: Answer): Answer => {
  if (answer.status >= 500) throw new Error(`${request} → ${answer.status} ${answer.text.slice(0, 300)}`);
  return answer;
};

const saidBy = ({ status, text, headers }: Answer): string =>
  `${status} ${[...headers].map(([name, value]) => `${name}: ${value}`).join('\n')}\n${text}`;

/** A request whose answer must not hold a trace. */
export const gives = async (
  target: Target,
  person: Person,
  request: string,
  sent: Sent & { traces?: readonly string[]; called?: string } = {},
): Promise<Probe> => {
  const { traces = TRACES, called, ...rest } = sent;
  const answer = whole(request, await target.as(person, request, rest));
  const trace = traceIn(saidBy(answer), traces);
  const what = `${person}: ${called ?? request}`;
  return { what, kind: 'DATA', leaked: trace !== null, evidence: trace ?? `${answer.status} ${answer.text.slice(0, 200)}` };
};

/** What is different in each answer, whatever was asked. */
const withoutAccidents = (text: string, guesses: readonly string[]): string =>
  // The longest first: one may begin with another.
  [...guesses]
    .sort((a, b) => b.length - a.length)
    .reduce((rest, guess) => rest.replaceAll(guess, '(guess)').replaceAll(encodeURIComponent(guess), '(guess)'), text)
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '(date)')
    .replace(/"(id|documentId|reference)":("[^"]*"|\d+)/g, '"$1":(id)');

type Asked = [request: string, sent?: Sent];

/** Asks the same with a right guess and with two wrong ones: a difference is an answer. */
export const tells = async (
  target: Target,
  person: Person,
  what: string,
  asked: (guess: string) => Asked,
  guesses: readonly [right: string, wrong: string, alsoWrong: string] = [RIGHT, WRONG[0], WRONG[1]],
): Promise<Probe> => {
  const answers: string[] = [];
  for (const guess of guesses) {
    const answer = await target.as(person, ...asked(guess));
    answers.push(`${answer.status} ${withoutAccidents(answer.text, guesses)}`);
  }
  const [right = '', wrong = '', alsoWrong = ''] = answers;
  const leaked = right !== wrong && wrong === alsoWrong;
  const said = (text: string): string => text.slice(0, 160);
  const evidence = leaked ? `right: ${said(right)} / wrong: ${said(wrong)}` : said(right);
  return { what: `${person}: ${what}`, kind: 'ORACLE', leaked, evidence };
};

/** What was written to a growing text (a log, a mailbox) while something was done. */
export const whileReading = async (read: () => string, run: () => Promise<unknown>): Promise<string> => {
  const before = read().length;
  await run();
  // Logs, webhooks and events are not waited for by the answer.
  await new Promise((resolve) => setTimeout(resolve, 250));
  return read().slice(before);
};

export const ONLY_SECRET = [SECRET] as const;
