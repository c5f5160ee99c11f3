/**
 * The form of a phone number: its digits, a leading + (which 00 stands for too), and an extension apart behind an x. It guesses
 * no country: 020 7946 0000 and +44 20 7946 0000 are two forms, and meet only in their last digits. Pure.
 */
import { textForm, withPlainDigits } from './text';

/** Below, it is an emergency number, an extension, or no number; and so few that a digest would hide little. */
const FEWEST_DIGITS = 6;
/** `+44 (0)20…` says: dial the 0 within the country only. */
const TRUNK_ZERO = /\( ?0 ?\)/;
const COUNTRY_CODE = /^(?:\+|00)[0-9]{1,3}$/;
const EXTENSION = /(?<=[0-9])(?:x|ext|extn|extension)([0-9]{1,7})$/;

/** Letters of a keypad stay (0800 FLOWERS is not 0800): what is left over would be the number of somebody else. */
const significant = (text: string): string => text.replace(/#+/g, 'x').replace(/[^0-9a-z+]+/g, '');

const withoutTrunkZero = (text: string): string => {
  const zero = TRUNK_ZERO.exec(text);
  if (!zero) return text;
  const before = text.slice(0, zero.index);
  return COUNTRY_CODE.test(significant(before)) ? before + text.slice(zero.index + zero[0].length) : text;
};

interface PhoneNumber {
  hasPlus: boolean;
  /** Digits, and letters of a keypad. */
  number: string;
  extension: string;
}

const parsePhone = (value: unknown): PhoneNumber => {
  const given = typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
  const text = typeof given === 'string' ? withPlainDigits(textForm(given)) : '';
  const signs = significant(withoutTrunkZero(text));
  const number = signs.replace(/\++/g, '');
  const extension = EXTENSION.exec(number);
  return {
    hasPlus: signs.startsWith('+'),
    number: extension ? number.slice(0, extension.index) : number,
    extension: extension?.[1] ?? '',
  };
};

/** @returns '' for what is no number, or too short for one. */
export const phoneForm = (value: unknown): string => {
  const { hasPlus, number, extension } = parsePhone(value);
  const dialled = hasPlus || number.startsWith('00') ? `+${number.replace(/^(?:00)+/, '')}` : number;
  if (dialled.replace(/[^0-9]+/g, '').length < FEWEST_DIGITS) return '';
  return extension === '' ? dialled : `${dialled}x${extension}`;
};

/** All digits, without the extension: national and international spelling end in the same. */
export const phoneDigits = (value: unknown): string => parsePhone(value).number.replace(/[^0-9]+/g, '');
