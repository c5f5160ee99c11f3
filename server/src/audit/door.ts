/**
 * Whether the record can be relied on enough to open anything. Asked each time, so it asks little: does the head vouch for
 * the lists, is the newest entry there as it was written, is nothing above it, is what this process saw last still there, and is there
 * a break that nobody accepted. The rest is read in the background (verify.ts).
 */
import { refuse } from '../errors';
import { say } from '../sentences';
import { table, type Strapi } from '../strapi';
import { breaksElsewhere, knownBreaks, noteBreaks, openBreaks, type Breaks } from './breaks';
import { withAddresses } from './addresses';
import { isAsWritten, isIn, type Range } from './chain';
import { entriesAfter } from './entries';
import { headOf, holdHead, markOf } from './head';
import { AUDIT, type AuditRow, type HeadRow } from './model';
import { lastSeen, sawWritten, see } from './seen';

interface Newest {
  head: HeadRow;
  top: number;
  isThere: boolean;
}

export const newestOf = async (strapi: Strapi): Promise<Newest | null> => {
  // The topmost row is read before the head: whoever writes meanwhile moves the head no later than the row.
  // Those without a number come first on PostgreSQL.
  const [top] = await table<AuditRow>(strapi, AUDIT).findMany({ where: { seq: { $gt: 0 } }, orderBy: { seq: 'desc' }, limit: 1 });
  const head = await headOf(strapi);
  if (!head) return null;
  const seq = Number(head.seq);
  const isTop = top !== undefined && Number(top.seq) === seq;
  const [row] = isTop ? await withAddresses(strapi, [top]) : await entriesAfter(strapi, seq - 1, seq, 1);
  const isThere = seq === 0 || (row !== undefined && row.mark === head.mark && (await isAsWritten(row, markOf(strapi))));
  return { head, top: Number(top?.seq ?? 0), isThere };
};

/** @returns what is wrong with the newest end, as far as entries go; null when there is no head or something above it */
const newestEnd = async (strapi: Strapi, accepted: readonly Range[]): Promise<{ head: HeadRow; broken: Range[] } | null> => {
  const newest = await newestOf(strapi);
  if (!newest || newest.top > Number(newest.head.seq)) return null;
  const seq = Number(newest.head.seq);
  return { head: newest.head, broken: newest.isThere || isIn(accepted, seq) ? [] : [{ from: seq, to: seq }] };
};

const wentBack = async (strapi: Strapi, head: HeadRow, accepted: readonly Range[]) => {
  // A transaction may see less than what others have committed since it began.
  const last = strapi.db.inTransaction() ? undefined : lastSeen(strapi);
  if (!last || isIn(accepted, last.seq)) return [];
  const [row] = last.seq === Number(head.seq) ? [head] : await entriesAfter(strapi, last.seq - 1, last.seq, 1);
  return last.seq === 0 || row?.mark === last.mark
    ? []
    : [{ from: Math.min(Number(head.seq) + 1, last.seq), to: last.seq, mark: last.mark }];
};

export interface State {
  /** null: nobody vouches for what is known. */
  breaks: Breaks | null;
  /** Why the door is shut; empty: it is not. */
  shutBy: Range[];
  /** There is something above the newest entry, or no head that says which one that is. */
  isAbove: boolean;
}

const SOMEWHERE: Range[] = [{ from: 0, to: 0 }];

/** @param found what somebody found besides, to be remembered */
export const stateOfRecord = async (strapi: Strapi, found: readonly Range[] = []): Promise<State> => {
  const known = await knownBreaks(strapi);
  if (!known) return { breaks: null, shutBy: SOMEWHERE, isAbove: false };
  const quick = await newestEnd(strapi, known.accepted);
  const end = quick?.broken.length === 0 ? quick : await holdHead(strapi, () => newestEnd(strapi, known.accepted));
  if (!end) return { breaks: known, shutBy: SOMEWHERE, isAbove: true };
  const all = [...found, ...end.broken, ...(await wentBack(strapi, end.head, known.accepted))];
  if (all.length > 0) await noteBreaks(strapi, all);
  const now = { seq: Number(end.head.seq), mark: end.head.mark };
  if (!strapi.db.inTransaction()) (all.length > 0 ? see : sawWritten)(strapi, now);
  const breaks = await openBreaks(strapi);
  if (!breaks) return { breaks: null, shutBy: SOMEWHERE, isAbove: false };
  return { breaks, shutBy: await breaksElsewhere(strapi, breaks.open), isAbove: false };
};

/** Whether nobody is let in now, for a page that says who may read. */
export const isShut = async (strapi: Strapi): Promise<boolean> => (await stateOfRecord(strapi)).shutBy.length > 0;

const toldShut = new WeakSet<Strapi>();

/** @throws PolicyError RECORD_BROKEN */
export const assertRecordHolds = async (strapi: Strapi): Promise<void> => {
  const { shutBy } = await stateOfRecord(strapi);
  if (shutBy.length === 0) return void toldShut.delete(strapi);
  if (!toldShut.has(strapi))
    strapi.log.error(
      'Form Guard: the record of what happened is not as it was written, so submissions are not opened. Find out who can write to the database; then "form-guard audit accept-break".',
    );
  toldShut.add(strapi);
  throw refuse('RECORD_BROKEN', say('record.broken'));
};
