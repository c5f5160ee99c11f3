/** Turns whatever a request threw into what a page can show: a status, the server's sentence, and what is wrong where. */
import { isFetchError } from '@strapi/strapi/admin';

export interface Failure {
  /** HTTP status, or null when no answer came. */
  status: number | null;
  message: string | null;
  /** The server's stable name for the reason, where it gave one. */
  code: string | null;
  /** Where one reason has several causes. */
  because: string | null;
  /** `fields.0.label` → what is wrong there. */
  problems: Record<string, string>;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** yup writes `fields[0].label`, Strapi splits at the dots: both become `fields.0.label`. */
const placeOf = (path: unknown): string =>
  (Array.isArray(path) ? path.join('.') : String(path)).replace(/\[(\w+)\]/g, '.$1').replace(/^\./, '');

function readProblems(details: unknown): Record<string, string> {
  const problems: Record<string, string> = {};
  if (!isRecord(details) || !Array.isArray(details.errors)) return problems;
  for (const one of details.errors as unknown[]) {
    if (isRecord(one) && typeof one.message === 'string') problems[placeOf(one.path ?? '')] ??= one.message;
  }
  return problems;
}

/** @param answer the parsed JSON of a refusal, as Strapi and this plugin write it */
export function failureIn(status: number, answer: unknown): Failure {
  const error = isRecord(answer) && isRecord(answer.error) ? answer.error : {};
  const { details } = error;
  return {
    status,
    message: typeof error.message === 'string' ? error.message : null,
    code: isRecord(details) && typeof details.code === 'string' ? details.code : null,
    because: isRecord(details) && typeof details.because === 'string' ? details.because : null,
    problems: readProblems(details),
  };
}

export function readFailure(thrown: unknown): Failure {
  if (!isFetchError(thrown) || thrown.status === undefined) {
    return { status: null, message: null, code: null, because: null, problems: {} };
  }
  return failureIn(thrown.status, thrown.response?.data);
}
