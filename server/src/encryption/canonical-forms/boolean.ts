/** The form of a yes or no: in the words that a form takes for it, and the numbers that some databases keep. Pure. */
import { textForm } from './text';

const YES = ['true', 'on', '1', 'yes'];
const NO = ['false', 'off', '0', 'no'];

/** @returns 'true', 'false', or '' for what is neither. */
export const booleanForm = (value: unknown): string => {
  if (value instanceof Date) return '';
  const text = textForm(value);
  if (YES.includes(text)) return 'true';
  return NO.includes(text) ? 'false' : '';
};
