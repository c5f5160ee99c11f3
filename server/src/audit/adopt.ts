/**
 * The record begins to vouch for lists: once, when a site comes from a version that had none. What the lists then say is worked out
 * from a chain that is whole. A chain that ever vouched is not adopted again, so deleting the lists brings nothing back.
 */
import { statement, type Strapi } from '../strapi';
import type { Range } from './chain';
import { entriesAfter, LARGEST, readAll } from './entries';
import { holdHead, sealOf } from './head';
import { markOfLists, writeList } from './lists';
import { AUDIT_HEAD, type HeadRow } from './model';

/** What the rooms behind this one know of: lists by what they are about. @param broken entries that nobody can rely on */
export type Relist = (broken: readonly Range[]) => Promise<Map<string, unknown>>;

/** Inside a transaction that holds the head. */
export const writeLists = async (strapi: Strapi, seq: number, lists: ReadonlyMap<string, unknown>): Promise<void> => {
  for (const [about, list] of lists) await writeList(strapi, about, seq, list);
};

/** Inside a transaction that holds the head. */
export const sealHead = async (strapi: Strapi, { seq, mark }: Pick<HeadRow, 'seq' | 'mark'>): Promise<void> => {
  const head = { seq: Number(seq), mark, lists: await markOfLists(strapi) };
  await statement(strapi, AUDIT_HEAD)
    .where({ chain: 1 })
    .update({ ...head, seal: await sealOf(strapi, head) })
    .execute();
};

/** In `bootstrap`. */
export const adoptLists = (strapi: Strapi, relist: Relist): Promise<void> =>
  holdHead(strapi, async (head) => {
    if (!head || head.seal !== null) return;
    let hasVouched = false;
    const { reached, broken } = await readAll(strapi, Number(head.seq), (rows) => {
      hasVouched ||= rows.some(({ lists }) => lists !== null);
    });
    const isAbove = (await entriesAfter(strapi, Number(head.seq), LARGEST, 1)).length > 0;
    if (hasVouched || isAbove || broken.length > 0 || reached.mark !== head.mark) return;
    await writeLists(strapi, Number(head.seq), await relist([]));
    await sealHead(strapi, head);
  });
