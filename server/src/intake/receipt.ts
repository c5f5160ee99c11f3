/** The answer to somebody who sent a submission: a reference and a date, never a value of what was sent. */
import type { FieldProblem } from '../errors';
import { isRedirect } from '../forms';
import { isOurAnswer } from '../protection';
import { referenceOf } from '../reference';
import type { Context, Strapi } from '../strapi';
import { isStrapiError } from '../strapi-utils';
import type { Receipt } from '../vault';
import { accept } from './accept';
import type { Arrived } from './arrived';
import { answerProblem, bodyOf } from './gate';
import { problemPage, thankYouPage } from './pages';
import { answerSentInAddress, isSentInAddress } from './sent-in-address';

export const receiptBody = ({ recordId, receivedAt }: Receipt) => ({
  data: { reference: referenceOf(recordId), receivedAt },
});

const asPage = (ctx: Context, status: number, html: string): void => {
  isOurAnswer(ctx);
  ctx.status = status;
  ctx.type = 'html';
  ctx.body = html;
};

const statusOf = (error: Error): number => {
  if (isStrapiError(error, 'NotFoundError')) return 404;
  if (isStrapiError(error, 'PayloadTooLargeError')) return 413;
  return isStrapiError(error, 'ForbiddenError') ? 403 : 400;
};

/** `POST /api/form-guard/forms/:slug/submissions` */
export const acceptSubmission =
  (strapi: () => Strapi, arrived: Arrived) =>
  async (ctx: Context): Promise<void> => {
    ctx.set('Cache-Control', 'no-store');
    ctx.set('X-Robots-Tag', 'noindex');
    const read = bodyOf(ctx) ?? {
      isHtmlForm: false,
      problem: { status: 415 as const, message: 'This could not be read. Nothing was kept.' },
    };
    const isEmpty = 'problem' in read || ('body' in read && Object.keys(read.body).length === 0);
    if (isEmpty && isSentInAddress(ctx)) return answerSentInAddress(strapi(), ctx);
    const wantsPage = read.isHtmlForm && ctx.accepts('json', 'html') === 'html';
    if ('problem' in read) {
      if (wantsPage) return asPage(ctx, read.problem.status, problemPage([read.problem.message]));
      return answerProblem(ctx, read.problem);
    }
    try {
      const accepted = await accept(strapi(), ctx, read);
      if (accepted === 'in address') return answerSentInAddress(strapi(), ctx);
      const { form, receipt } = accepted;
      arrived(strapi(), form.id);
      if (wantsPage && isRedirect(form.redirectTo)) {
        ctx.redirect(form.redirectTo);
        ctx.status = 303;
      } else if (wantsPage) {
        asPage(ctx, 201, thankYouPage({ thankYou: form.thankYou, reference: referenceOf(receipt.recordId) }));
      } else {
        ctx.status = 201;
        ctx.body = { data: { ...receiptBody(receipt).data, message: form.thankYou || 'Your message has arrived.' } };
      }
    } catch (error) {
      if (!wantsPage || !isStrapiError(error, 'ApplicationError')) throw error;
      const { errors: problems = [] } = error.details as { errors?: FieldProblem[] };
      asPage(ctx, statusOf(error), problemPage(problems.length > 0 ? problems.map(({ message }) => message) : [error.message]));
    }
  };
