/**
 * The create route of a wrapped type: the body read by our gate, errors without values, and a receipt in place of the
 * whole document that Strapi 5.54 echoes to an anonymous sender.
 */
import type { ProtectedType } from '../protection';
import type { Context, Next, Strapi } from '../strapi';
import { withoutValues, type Receipt } from '../vault';
import { answerProblem, bodyOf } from './gate';
import { receiptBody } from './receipt';

export const wrapCreate =
  (strapi: Strapi, { original }: ProtectedType) =>
  async (ctx: Context, next: Next): Promise<void> => {
    const read = bodyOf(ctx);
    ctx.set('Cache-Control', 'no-store');
    ctx.set('X-Robots-Tag', 'noindex');
    if (!read || 'problem' in read) {
      return answerProblem(ctx, read?.problem ?? { status: 415, message: 'This could not be read. Nothing was kept.' });
    }
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
