/**
 * Dates and times, which Strapi checks only when it writes their columns (5.54); a sealed one never meets its column, so
 * it is read here by the same formats. Pure.
 */
const DATE = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/;
const TIME = /^(2[0-3]|[01]\d):([0-5]\d):([0-5]\d)(\.\d{1,3})?$/;
const ISO = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

const real = (date: Date): Date | null => (Number.isNaN(date.getTime()) ? null : date);

const readDate = (value: unknown): string | null => {
  const found = DATE.exec(value instanceof Date ? (real(value)?.toISOString() ?? '') : String(value));
  if (!found) return null;
  const date = real(new Date(`${found[0]}T00:00:00Z`));
  return date?.toISOString().startsWith(found[0]) ? found[0] : null;
};

const readMoment = (value: unknown): string | null => {
  if (value instanceof Date) return real(value)?.toISOString() ?? null;
  if (typeof value === 'number' || /^\d{9,}$/.test(String(value))) return real(new Date(Number(value)))?.toISOString() ?? null;
  return ISO.test(String(value)) && readDate(value) ? (real(new Date(String(value)))?.toISOString() ?? null) : null;
};

const readTime = (value: unknown): string | null => {
  const [, hours, minutes, seconds, fraction = '.000'] = TIME.exec(String(value)) ?? [];
  return hours === undefined ? null : `${hours}:${minutes}:${seconds}${fraction.padEnd(4, '0')}`;
};

const READERS: Record<string, (value: unknown) => string | null> = {
  date: readDate,
  datetime: readMoment,
  timestamp: readMoment,
  time: readTime,
};

/** @returns the value as Strapi would store it; null when it is none of its type; undefined for other types. */
export const readTemporal = (type: string, value: unknown): string | null | undefined => READERS[type]?.(value);
