/**
 * The door for attachments. In the order of the one for values: may this person read that field → write down that they do →
 * open. A file that is damaged breaks the connection where the damage begins; it never ends as if it were whole.
 */
import { Readable } from 'node:stream';
import { record } from '../audit';
import { takeFirst } from '../bytes';
import type { DisclosedFile } from '../contract';
import { Fault, refuseUnknown } from '../errors';
import { actorOf, type AdminUser } from '../protection';
import { say } from '../sentences';
import type { Context, Strapi } from '../strapi';
import { formerNamesOf, todaysName, vaultOf } from '../vault';
import { downloadHeaders } from './download-headers';
import { assertMayRead } from './grants';
import { rememberPieces } from './handed-out';
import { refuseInTransaction } from './open';
import type { Source } from './sources';

export const asStream = (strapi: Strapi, ctx: Context, content: AsyncIterable<Uint8Array | string>): Readable => {
  const stream = Readable.from(content, { objectMode: false });
  // Koa 2 would say so on the terminal only, and leave the connection open for ever.
  stream.once('error', (error) => {
    strapi.log.error(error);
    ctx.res.destroy();
  });
  return stream;
};

/**
 * @throws PolicyError NOT_A_READER, NotFoundError, Fault SEALED_VALUE_UNREADABLE, DISCLOSURE_IN_TRANSACTION
 */
export const downloadFile = async (
  strapi: Strapi,
  ctx: Context,
  source: Source,
  { recordId, fileId }: { recordId: string; fileId: string },
): Promise<Readable> => {
  const granted = await assertMayRead(strapi, source.id, (ctx.state.user as AdminUser).id);
  const { files, find, open } = vaultOf(strapi);
  const row = await find(source.id, recordId);
  const file = row && (await files.find({ formOrType: source.id, recordId, fileId }));
  // A field that was not named in the grant answers like one that is not there.
  const field = file && todaysName(file.field, formerNamesOf(strapi, source.id));
  if (!file || !field || (granted !== null && !granted.includes(field))) throw refuseUnknown(say('attachment.unknown'));
  refuseInTransaction(strapi);
  await record(strapi, {
    event: 'attachment.opened',
    actor: actorOf(ctx),
    formOrType: source.id,
    recordId,
    from: ctx.request.ip,
    details: { file: fileId, field },
  });
  const listed = ((await open(row))[field] ?? []) as DisclosedFile[];
  const described = listed.find((one) => one.file === fileId);
  if (!described) throw new Fault('SEALED_VALUE_UNREADABLE', `file ${fileId} is not among those of record ${recordId}`);
  // A file that is damaged at its beginning is a plain fault still.
  const { all } = await takeFirst(files.open(file), 1);
  const stream = asStream(strapi, ctx, rememberPieces(strapi, all));
  ctx.body = stream;
  ctx.compress = false;
  for (const [name, value] of Object.entries(downloadHeaders(described))) ctx.set(name, value);
  return stream;
};
