/** What this process saw last of the record, or wrote itself: a database that is put back while it runs is noticed. */
import type { Strapi } from '../strapi';

interface Seen {
  seq: number;
  mark: string;
}
const seen = new WeakMap<Strapi, Seen>();

export const lastSeen = (strapi: Strapi): Seen | undefined => seen.get(strapi);
export const see = (strapi: Strapi, { seq, mark }: Seen): void => void seen.set(strapi, { seq, mark });

/** Never back: of two that were written at once the later one counts. */
export const sawWritten = (strapi: Strapi, written: Seen): void => {
  if (written.seq > (lastSeen(strapi)?.seq ?? 0)) see(strapi, written);
};
