/**
 * The create route of a wrapped type: the body read by our gate, errors without values, and a receipt in place of the
 * whole document that Strapi 5.54 echoes to an anonymous sender.
 */
import type { ProtectedType } from '../protection';
import { attributesOf, HOSTS_OWN, type Context, type Next, type Strapi } from '../strapi';
import { withoutValues, type Receipt } from '../vault';
import { answerProblem, bodyOf } from './gate';
import type { Problem } from './read-body';
import { receiptBody } from './receipt';

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

export const wrapCreate =
  (strapi: Strapi, { original }: ProtectedType) =>
  async (ctx: Context, next: Next): Promise<void> => {
    const read = bodyOf(ctx);
    ctx.set('Cache-Control', 'no-store');
    ctx.set('X-Robots-Tag', 'noindex');
    if (!read || 'problem' in read) {
      return answerProblem(ctx, read?.problem ?? { status: 415, message: 'This could not be read. Nothing was kept.' });
    }
    const problem = strangeNames(original, read.body.data);
    if (problem) return answerProblem(ctx, problem);
    // A sender chooses nothing about the answer; only a draft stays a draft.
    ctx.query = ctx.query.status === 'draft' ? { status: 'draft' } : {};
    try {
      await next();
    } catch (error) {
      throw withoutValues(strapi, original, error);
    }
    if (ctx.status >= 400) return;
    const receipt = ctx.state.formGuardReceipt as Receipt | undefined;
    ctx.status = 201;
    ctx.body = receipt ? receiptBody(receipt) : { data: { reference: null } };
  };
