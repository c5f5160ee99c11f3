/**
 * What an address may mean: Koa's router ignores case and a last slash, and the proxies in front of a site decode, resolve
 * `..`, drop `;parameters` or join slashes before or after they decide. An address counts as ours if it is so in any of
 * these readings. Pure.
 */
import { trimEnd } from 'lodash';

/** Decoded this often, a text that was encoded once more is nothing that a proxy still takes for an address. */
const DECODED = 4;
/** Nothing in it that anybody reads in two ways. */
const PLAIN = /^(?:\/[A-Za-z0-9_~!$&'()*+,=:@-]+(?:\.[A-Za-z0-9_~!$&'()*+,=:@-]+)*)*\/?$/;

/** Koa's router ignores case and a last slash. */
export const plainPath = (path: string): string => trimEnd(path.toLowerCase(), '/');

/** Two bytes for a letter of ASCII (`%c0%af` is a slash), which is no UTF-8, but was taken for it. */
const OVERLONG = /[\xc0\xc1][\x80-\xbf]/g;
const shortened = (bytes: string): string =>
  bytes.replace(OVERLONG, (two) => String.fromCharCode(((two.charCodeAt(0) & 1) << 6) | (two.charCodeAt(1) & 0x3f)));

/** Also what `decodeURIComponent` refuses. */
export const decoded = (text: string): string => {
  const bytes = text
    .replace(/%u00([0-9a-f]{2})/gi, '%$1')
    .replace(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  // eslint-disable-next-line no-control-regex -- bytes are meant
  return /^[\x00-\xff]*$/.test(bytes) ? Buffer.from(shortened(bytes), 'latin1').toString('utf8') : bytes;
};

const segmentsOf = (text: string): string[] =>
  text
    .replace(/[?#].*$/s, '')
    .normalize('NFKC')
    .toLowerCase()
    // Line breaks and tabs fall out of an address (WHATWG), a NUL ends it.
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .split(/[/\\]/)
    .map((segment) => segment.replace(/;.*$/s, '').trim())
    .map((segment) => (/^\.*$/.test(segment) ? segment.slice(0, 2) : trimEnd(segment, '. ')))
    .filter((segment) => segment !== '' && segment !== '.');

const resolved = (segments: readonly string[]): string[] => {
  const left: string[] = [];
  for (const segment of segments) {
    if (segment === '..') left.pop();
    else left.push(segment);
  }
  return left;
};

const joined = (segments: readonly string[]): string => segments.map((segment) => `/${segment}`).join('');

/** @param path as it came, without its query @returns in small letters, without a last slash */
export const readingsOf = (path: string): readonly string[] => {
  if (PLAIN.test(path)) return [plainPath(path)];
  const found = new Set([plainPath(path)]);
  let text = path;
  for (let times = 0; times <= DECODED; times += 1) {
    const segments = segmentsOf(text);
    found.add(joined(resolved(segments)));
    found.add(joined(segments.filter((segment) => segment !== '..')));
    const next = decoded(text);
    if (next === text) break;
    text = next;
  }
  return [...found];
};

/** Anywhere in it: a proxy may take the beginning of a path away. @param start `/api/form-guard` */
export const leadsUnder = (readings: readonly string[], start: string): boolean =>
  readings.some((reading) => `${reading}/`.includes(`${start}/`));
