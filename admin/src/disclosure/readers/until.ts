/** Until when a person may read: whole days in the reader's own time zone, to the last moment of the day chosen. */

export const DEFAULT_DAYS = 90;

const twoDigits = (number: number) => String(number).padStart(2, '0');

/** `2026-03-09`, as a date input has it. */
export const dayOf = (date: Date): string =>
  `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;

export const daysFrom = (now: Date, days: number): string =>
  dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days));

/** The last moment of the day as ISO 8601, or null when it is not a day. */
export function endOfDay(day: string): string | null {
  const end = new Date(`${day}T23:59:59.999`);
  return Number.isNaN(end.getTime()) ? null : end.toISOString();
}
