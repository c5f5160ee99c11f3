/** Deleting a submission: to the bin, back from it, or for good. Each needs the right, and stands on record; no value is opened. */
import { onRecord, record } from '../audit';
import type { BinnedRow, BinPage } from '../contract';
import { refuseUnknown } from '../errors';
import { pageOf } from '../paging';
import { actorOf } from '../protection';
import { referenceOf } from '../reference';
import { say } from '../sentences';
import { configOf, type Context, type Strapi } from '../strapi';
import { deleteHusk, vaultOf, type BinnedRow as Binned } from '../vault';
import { assertMayDelete } from './may-delete';
import { recordIdIn, type Source } from './sources';

const DAY_MS = 24 * 60 * 60_000;

const toRow = (strapi: Strapi, { recordId, receivedAt, binnedAt, binnedBy }: Binned): BinnedRow => ({
  recordId,
  reference: referenceOf(recordId),
  receivedAt,
  deletedAt: binnedAt,
  deletedBy: binnedBy,
  erasedAt: new Date(new Date(binnedAt).getTime() + configOf(strapi).binDays * DAY_MS).toISOString(),
});

const named = (ctx: Context, source: Source) => ({
  formOrType: source.id,
  recordId: recordIdIn(source, ctx.params.recordId ?? ''),
});
const gone = (): Error => refuseUnknown(say('submission.unknownUnchanged'));

/** A submission from the inbox, to the bin. @throws PolicyError MAY_NOT_DELETE, NotFoundError */
export const deleteSubmission = async (strapi: Strapi, ctx: Context, source: Source): Promise<void> => {
  await assertMayDelete(strapi, source.id);
  const { formOrType, recordId } = named(ctx, source);
  if (!(await vaultOf(strapi).find(formOrType, recordId))) throw gone();
  // Of a wrapped type it is its entry that is deleted; the submission goes with it.
  if (source.kind === 'type' && (await deleteHusk(strapi, formOrType, recordId))) return;
  const actor = actorOf(ctx);
  await onRecord(strapi, async () => {
    if (!(await vaultOf(strapi).bin.put(formOrType, recordId, actor.name ?? '', null))) throw gone();
    await record(strapi, { event: 'submission.binned', actor, formOrType, recordId, details: {} });
  });
};

/** @throws PolicyError MAY_NOT_DELETE, NotFoundError */
export const takeBack = async (strapi: Strapi, ctx: Context, source: Source): Promise<void> => {
  await assertMayDelete(strapi, source.id, 'takeBack');
  const { formOrType, recordId } = named(ctx, source);
  await onRecord(strapi, async () => {
    if (!(await vaultOf(strapi).bin.takeBack(formOrType, recordId))) throw refuseUnknown(say('submission.notInBin'));
    await record(strapi, { event: 'submission.restored', actor: actorOf(ctx), formOrType, recordId, details: {} });
  });
};

/** What is in the bin, and nothing that somebody took back while this page was looked at. @throws PolicyError MAY_NOT_DELETE, NotFoundError */
export const eraseNow = async (strapi: Strapi, ctx: Context, source: Source): Promise<void> => {
  await assertMayDelete(strapi, source.id, 'erase');
  const { formOrType, recordId } = named(ctx, source);
  await onRecord(strapi, async () => {
    if (!(await vaultOf(strapi).bin.erase(formOrType, recordId))) throw refuseUnknown(say('submission.notInBin'));
    const details = { from: 'bin' } as const;
    await record(strapi, { event: 'submission.erased', actor: actorOf(ctx), formOrType, recordId, details });
  });
};

/** Without a value, and without a word of who sent it. */
export const listBin = async (strapi: Strapi, ctx: Context, source: Source): Promise<BinPage> => {
  await assertMayDelete(strapi, source.id, 'look');
  const { bin } = vaultOf(strapi);
  const { pagination, slice } = pageOf(ctx.query, await bin.count(source.id));
  const { id, kind, label } = source;
  return {
    data: (await bin.list(source.id, slice)).map((row) => toRow(strapi, row)),
    pagination,
    days: configOf(strapi).binDays,
    source: { id, kind, label },
  };
};
