/** Turns whatever a request threw into what a page can show: a status, the server's sentence, and what is wrong where. */
import { isFetchError } from '@strapi/strapi/admin';

export interface Failure {
  /** HTTP status, or null when no answer came. */
  status: number | null;
  message: string | null;
  /** The server's stable name for the reason, where it gave one. */
  code: string | null;
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

export function readFailure(thrown: unknown): Failure {
  if (!isFetchError(thrown) || thrown.status === undefined) {
    return { status: null, message: null, code: null, problems: {} };
  }
  const error = thrown.response?.data.error;
  const details: unknown = error?.details;
  return {
    status: thrown.status,
    message: error?.message ?? null,
    code: isRecord(details) && typeof details.code === 'string' ? details.code : null,
    problems: readProblems(details),
  };
}
