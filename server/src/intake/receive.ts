/** The body of a submission, read now if it has files in it, while `use` stores it or refuses it. */
import type { Context, Strapi } from '../strapi';
import { vaultOf } from '../vault';
import type { Sent } from './read-body';
import { readMultipart } from './read-multipart';
import { createReceiver, type ReceivedFiles, type RecordToBe } from './receive-files';

/**
 * Whatever happens in it, afterwards there are no files but those of a stored record.
 * @throws ValidationError BODY_REFUSED, PayloadTooLargeError BODY_TOO_LARGE, and what `use` throws
 */
export const receive = async <Result>(
  strapi: Strapi,
  ctx: Context,
  sent: Sent,
  { isJson, mayBeFields, ...record }: RecordToBe & { isJson: boolean; mayBeFields: boolean },
  use: (body: Record<string, unknown>, received: ReceivedFiles) => Promise<Result>,
): Promise<Result> => {
  if ('body' in sent) return use(sent.body, { values: {}, files: [] });
  const { take, received } = createReceiver(strapi, record);
  try {
    const body = await readMultipart(ctx.req, sent.boundary, { isJson, mayBeFields, take });
    return await use(body, received);
  } finally {
    await vaultOf(strapi).files.settle(received.files);
  }
};
