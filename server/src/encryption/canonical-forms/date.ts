/**
 * The form of a date: its day in UTC, whether it came as a day, as a moment with or without a zone (without one it is UTC),
 * or as a Date. The time of day is not searched for. Pure.
 */
import { textForm } from './text';

/** ISO 8601, as Strapi and databases write it; 25/11/2026 is another day in another country and has no form. */
const DAY = /^([+-]\d{6}|\d{4})-\d{2}-\d{2}/;
const TIME = /^[t ]([01]\d|2[0-3]):([0-5]\d)(?::(?:[0-5]\d|60)(?:\.\d{1,9})?)?(?: ?(?:z|([+-])(\d{2}):?([0-5]\d)))?$/;
const MINUTE = 60_000;

const dayOf = (time: number): string => {
  const date = new Date(time);
  return Number.isNaN(time) || Number.isNaN(date.getTime()) ? '' : (date.toISOString().split('T')[0] ?? '');
};

/** Minutes from the start of the day as written; null where it is no time. */
const minutesOf = (time: string): number | null => {
  if (time === '') return 0;
  const [, hours, minutes, sign, zoneHours = '0', zoneMinutes = '0'] = TIME.exec(time) ?? [];
  if (hours === undefined) return null;
  const zone = Number(zoneHours) * 60 + Number(zoneMinutes);
  return Number(hours) * 60 + Number(minutes) - (sign === '-' ? -zone : zone);
};

/** @returns the day, like 2026-11-25, or '' for what is no date, such as the 30th of February. */
export const dateForm = (value: unknown): string => {
  if (value instanceof Date) return dayOf(value.getTime());
  const text = typeof value === 'string' ? textForm(value) : '';
  const day = DAY.exec(text)?.[0] ?? '';
  const start = Date.parse(`${day}T00:00:00.000Z`);
  const minutes = minutesOf(text.slice(day.length));
  // JavaScript takes the 30th of February for the 2nd of March.
  return day === '' || minutes === null || dayOf(start) !== day ? '' : dayOf(start + minutes * MINUTE);
};
