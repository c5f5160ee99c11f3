/**
 * An entry holds no address, but a digest of it under a salt that lies with the address in a table of its own: as long as that row is
 * there it cannot be another one, and once it is gone nothing tells what it was. Pure.
 */
import { createHmac } from 'node:crypto';
import type { AddressRow, Entry } from './model';

/** What an entry says of the address: `details.from`. Before version 0.2 it was the address itself. */
interface Digested {
  digest: string;
}
type Details = Record<string, unknown>;
const isDigested = (from: unknown): from is Digested =>
  from !== null && typeof from === 'object' && typeof (from as Partial<Digested>).digest === 'string';

/** HMAC-SHA256 under the salt, 64 hex characters. */
const digestOf = ({ seq, salt, address }: AddressRow): string =>
  createHmac('sha256', Buffer.from(salt, 'hex'))
    .update(JSON.stringify(['form-guard address', Number(seq), address]))
    .digest('hex');

export const digested = (row: AddressRow): Digested => ({ digest: digestOf(row) });

const digestIn = (details: string): string | null => {
  if (!details.includes('"digest"')) return null;
  try {
    const { from } = JSON.parse(details) as Details;
    return isDigested(from) ? from.digest : null;
  } catch {
    // Somebody wrote over them; the mark says so.
    return null;
  }
};

/** Whether there is an address that belongs to it, or was. */
export const hasDigest = ({ details }: Pick<Entry, 'details'>): boolean => digestIn(details) !== null;

/** One that is gone was removed; one that is another than it was is as bad as a changed entry. */
export const hasItsAddress = ({ seq, details, salt, address }: Entry): boolean => {
  const digest = digestIn(details);
  if (digest === null || (salt === null && address === null)) return true;
  return salt !== null && address !== null && digestOf({ seq, salt, address }) === digest;
};

/** @returns the details with the address where it stood before version 0.2. @param gone what is said in the place of one that was removed */
export const withAddress = (details: Details, { address }: Entry, gone: string): Details =>
  isDigested(details.from) ? { ...details, from: address ?? gone } : details;
