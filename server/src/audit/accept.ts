/**
 * A break that is understood is accepted, with a reason, by whoever holds the command line and the root keys: otherwise one bad
 * row would keep everybody out for ever. What was changed is never believed again, and nothing that cannot be vouched for is.
 */
import { statement, within, type Strapi } from '../strapi';
import { sealHead, writeLists, type Relist } from './adopt';
import { say } from '../sentences';
import { asBreaks, asOne, BESIDE, BREAKS, inNumbers, isLost, type Breaks } from './breaks';
import { isAsWritten, merged, without } from './chain';
import { countBeside, entriesAfter, LARGEST, readAll } from './entries';
import { holdHead, isSealed, makeHead, markOf } from './head';
import { listed, readLists } from './lists';
import { AUDIT_TABLE, AUDIT_LISTS, type Entry, type HeadRow } from './model';
import { record, SYSTEM } from './record';

/**
 * A head that is sealed says how many entries there must be; one that is not says nothing. Entries above it that are as they were
 * written are ours: then only the head was put back.
 */
const realEnd = async (strapi: Strapi, head: HeadRow): Promise<number> => {
  let end = (await isSealed(strapi, head)) ? Number(head.seq) : 0;
  for (let after = end; ;) {
    const rows = await entriesAfter(strapi, after, LARGEST);
    for (const row of rows) if (await isAsWritten(row, markOf(strapi))) end = Number(row.seq);
    if (rows.length === 0) return end;
    after = Number(rows.at(-1)?.seq);
  }
};

/** They were never ours; without a number they are no entries, and stand in nobody's way. */
const putAside = async (strapi: Strapi, trx: unknown, end: number): Promise<void> => {
  await within(strapi, trx, AUDIT_TABLE).where('seq', '>', end).update({ seq: null });
};

/** What vouches for the lists: the head, or the newest entry where only the head was changed. */
const voucher = async (strapi: Strapi, head: HeadRow, newest: Entry | undefined): Promise<string | null> => {
  if (newest && (await isAsWritten(newest, markOf(strapi)))) return newest.lists;
  return (await isSealed(strapi, head)) ? head.lists : null;
};

const isVouchedFor = async (strapi: Strapi, vouched: string | null): Promise<boolean> => {
  const lists = await readLists(strapi, await listed(strapi), vouched);
  return lists !== null && !lists.includes(null);
};

const knownBefore = async (strapi: Strapi, vouched: string | null): Promise<Breaks> => {
  const [list] = (await readLists(strapi, [BREAKS], vouched)) ?? [];
  return asBreaks(list ?? {});
};

/** @returns what was accepted, in numbers; null when there is nothing to accept */
export const acceptBreaks = async (strapi: Strapi, reason: string, relist: Relist): Promise<string | null> => {
  await makeHead(strapi);
  return holdHead(strapi, async (found, trx) => {
    const head = found as HeadRow;
    const end = await realEnd(strapi, head);
    await putAside(strapi, trx, end);
    const { broken } = await readAll(strapi, end);
    const [newest] = end > 0 ? await entriesAfter(strapi, end - 1, end, 1) : [];
    const vouched = await voucher(strapi, head, newest);
    const isWhole = await isVouchedFor(strapi, vouched);
    const before = await knownBefore(strapi, isWhole ? vouched : null);
    const beside = await countBeside(strapi);
    const news = [...before.open, ...without(broken, before.accepted), ...(beside > before.beside ? [BESIDE] : [])];
    if (isWhole && (await isSealed(strapi, head)) && news.length === 0) return null;
    const accepted = asOne(merged([...before.accepted, ...broken]));
    // Where everything was put back to an earlier state, a removal of a reader may be among what is lost.
    const lost = before.open.filter(isLost);
    if (!isWhole || lost.length > 0) {
      await statement(strapi, AUDIT_LISTS).delete().execute();
      await writeLists(strapi, end, await relist([...accepted, ...lost]));
    }
    await writeLists(strapi, end, new Map([[BREAKS, { open: [], accepted, beside } satisfies Breaks]]));
    await sealHead(strapi, { seq: end, mark: newest?.mark ?? head.mark });
    const entries = inNumbers(asOne(merged(news))) || say('audit.itsEnd');
    await record(strapi, { event: 'audit.breakAccepted', actor: SYSTEM, details: { entries, reason } });
    return entries;
  });
};
