/**
 * The form of an e-mail address: as a text, with its domain in ASCII (UTS #46), so that münchen.example is xn--mnchen-3ya.example.
 * Dots and +tags stay: at most providers a.da@ and ada@ are two people. Pure.
 */
import { domainToASCII } from 'node:url';
import { textForm } from './text';

/** The longest that DNS allows; Punycode takes quadratic time, three seconds for 64,000 Chinese characters. */
const LONGEST_DOMAIN = 253;
const ASCII = /^\p{ASCII}*$/u;
/** Node reads the host of a URL: it would cut `a.example/b` and `a.example?b` short, and decode `%61`. */
const OF_A_DOMAIN = /^(?:[a-z0-9.-]|\P{ASCII})+$/u;
/** Node also reads `127。1` as 127.0.0.1, which no other spelling of it would meet. */
const IP_ADDRESS = /^[0-9.]+$/;

const domainForm = (domain: string): string => {
  if (ASCII.test(domain) || domain.length > LONGEST_DOMAIN || !OF_A_DOMAIN.test(domain)) return domain;
  const ascii = domainToASCII(domain);
  return ascii === '' || IP_ADDRESS.test(ascii) ? domain : ascii;
};

/** @returns '' for what is no text; a text that is no address has its form as a text, so that it is found as it was written. */
export const emailForm = (value: unknown): string => {
  if (typeof value !== 'string') return '';
  const address = textForm(value);
  const at = address.lastIndexOf('@') + 1;
  return at === 0 ? address : address.slice(0, at) + domainForm(address.slice(at));
};
