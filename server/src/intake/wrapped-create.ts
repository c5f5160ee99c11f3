/**
 * The create route of a wrapped type: the body read by our gate, errors without values, and a receipt in place of the
 * whole document that Strapi 5.54 echoes to an anonymous sender.
 */
import { Fault } from '../errors';
import { discreetMiddleware, hideAddress, type ProtectedType } from '../protection';
import { attributesOf, HOSTS_OWN, type Context, type Next, type Strapi } from '../strapi';
import { handOver, newDocumentId, receiptOf, wereTaken, withoutValues } from '../vault';
import type { Arrived } from './arrived';
import { answerProblem, bodyOf } from './gate';
import type { Problem } from './read-body';
import { receiptBody } from './receipt';
import { receive } from './receive';
import { answerSentInAddress, isSentInAddress } from './sent-in-address';
import { wrappedFileRules } from './wrapped-files';

/** A sender fills in the site's own attributes; what Strapi adds to a row (locale, dates, ids) is not theirs to choose. */
const strangeNames = (original: ProtectedType['original'], data: unknown): Problem | null => {
  if (data === null || typeof data !== 'object') return null;
  const attributes = attributesOf(original);
  const own = Object.keys(attributes).filter((name) => !HOSTS_OWN.includes(name));
  if (Object.keys(data).every((name) => own.includes(name))) return null;
  const shown = own.filter((name) => !attributes[name]?.private);
  return {
    status: 400,
    message: `Something in the submission does not belong here. It may hold: ${shown.join(', ')}. Nothing was kept.`,
  };
};

const create = async (strapi: Strapi, ctx: Context, { uid, original }: ProtectedType, next: Next): Promise<void> => {
  // A sender chooses nothing about the answer; only a draft stays a draft.
  hideAddress(ctx, ctx.path, ctx.query.status === 'draft' ? { status: 'draft' } : {});
  try {
    await next();
  } catch (error) {
    throw withoutValues(strapi, original, error);
  }
  if (ctx.status >= 400) return;
  const answered = ctx.body as { data?: { documentId?: unknown } | null } | null | undefined;
  const receipt = receiptOf(ctx, uid, answered?.data?.documentId);
  ctx.status = 201;
  ctx.body = receipt ? receiptBody(receipt) : { data: { reference: null } };
};

/** Around the handler: what the site's own code throws, a lifecycle or a controller, reaches no other code with a value. */
export const cleanCreate =
  (strapi: Strapi, { original }: ProtectedType) =>
  (ctx: Context, next: Next): Promise<unknown> =>
    discreetMiddleware(ctx, () =>
      next().catch((error: unknown) => {
        throw withoutValues(strapi, original, error);
      }),
    );

export const wrapCreate =
  (strapi: Strapi, type: ProtectedType, arrived: Arrived) =>
  async (ctx: Context, next: Next): Promise<void> => {
    const read = bodyOf(ctx);
    if (isSentInAddress(ctx, Object.keys(attributesOf(type.original)))) return answerSentInAddress(strapi, ctx);
    ctx.set('Cache-Control', 'no-store');
    ctx.set('X-Robots-Tag', 'noindex');
    if (!read || 'problem' in read) {
      return answerProblem(ctx, read?.problem ?? { status: 415, message: 'This could not be read. Nothing was kept.' });
    }
    const { uid, original } = type;
    const record = { formOrType: uid, recordId: newDocumentId() };
    await receive(
      strapi,
      ctx,
      read,
      { ...record, rules: wrappedFileRules(type), isJson: true, mayBeFields: false },
      async (sent, received) => {
        const body = 'boundary' in read ? { data: sent } : sent;
        const problem = strangeNames(original, body.data);
        if (problem) return answerProblem(ctx, problem);
        ctx.request.body = body;
        const hasFiles = received.files.length > 0;
        if (hasFiles) handOver(ctx, { uid, recordId: record.recordId, ...received });
        await create(strapi, ctx, type, next);
        if (ctx.status < 400) arrived(strapi, uid);
        if (hasFiles && ctx.status < 400 && !wereTaken(ctx)) {
          throw new Fault(
            'FILES_NOT_STORED',
            `the controller of "${uid}" answered without creating a document, so the files that came with it were not kept`,
          );
        }
      },
    );
  };
