/**
 * The form of a number: the same for 12, '12', '012.0' and '1.2e1', and exact however long it is. Pure.
 */
import { textForm, withPlainDigits } from './text';

/** No separators of thousands: 1,000 is a thousand in one country and one in the next. */
const NUMBER = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:e([+-]?[0-9]{1,12}))?$/;
const MOST_EXPONENT = 1e9;

const written = (value: unknown): string => {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  // Unicode has a minus of its own, which NFKC leaves as it is.
  return typeof value === 'string' ? withPlainDigits(textForm(value)).replace('\u2212', '-') : '';
};

/** A loop, because `/0+$/` takes quadratic time. */
const zerosAtTheEnd = (digits: string): number => {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.length - end;
};

/** @returns `<sign><digits>e<exponent>`, or '' for what is no finite number. */
export const numberForm = (value: unknown): string => {
  const [, sign, whole = '', fraction = '', power = '0'] = NUMBER.exec(written(value)) ?? [];
  if (sign === undefined || whole + fraction === '') return '';
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') return '0';
  const zeros = zerosAtTheEnd(digits);
  const exponent = Number(power) - fraction.length + zeros;
  if (Math.abs(exponent) > MOST_EXPONENT) return '';
  return `${sign === '-' ? '-' : ''}${digits.slice(0, digits.length - zeros)}e${exponent}`;
};
