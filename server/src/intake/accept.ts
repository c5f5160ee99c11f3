/** A submission to one of the plugin's own forms, step by step. */
import { findBySlug, readAnswers, type StoredForm } from '../forms';
import { refuse, refuseBody, refuseUnknown } from '../errors';
import type { Context, Strapi } from '../strapi';
import { vaultOf, type Receipt } from '../vault';

export interface Accepted {
  form: StoredForm;
  receipt: Receipt;
}

const findOpenForm = async (strapi: Strapi, slug: string): Promise<StoredForm> => {
  const form = await findBySlug(strapi, slug);
  if (!form) throw refuseUnknown('There is no form at this address. Nothing was kept.');
  if (!form.open) throw refuse('FORM_CLOSED', 'This form is closed. Nothing was kept.');
  return form;
};

/** The fields may stand alone or, as Strapi's own API has it, under `data`. */
const fieldsOf = (form: StoredForm, body: Record<string, unknown>): Record<string, unknown> => {
  const { data } = body;
  const isWrapped = Object.keys(body).length === 1 && data !== null && typeof data === 'object' && !Array.isArray(data);
  return isWrapped && !form.fields.some(({ name }) => name === 'data') ? (data as Record<string, unknown>) : body;
};

const check = (form: StoredForm, body: Record<string, unknown>): Record<string, unknown> => {
  const read = readAnswers(form.fields, fieldsOf(form, body));
  if ('answers' in read) return read.answers;
  throw refuseBody(
    `The form was not accepted, nothing was kept. ${read.problems.map(({ message }) => message).join(' ')}`,
    read.problems,
  );
};

/** Nothing about the sender is kept unless the form says so; then it is sealed with the answers. */
const senderOf = ({ keepAddress, keepUserAgent }: StoredForm, ctx: Context): Record<string, unknown> => {
  if (!keepAddress && !keepUserAgent) return {};
  return {
    _sender: {
      ...(keepAddress ? { address: ctx.request.ip } : {}),
      ...(keepUserAgent ? { userAgent: ctx.get('user-agent').slice(0, 500) } : {}),
    },
  };
};

/** @throws NotFoundError, PolicyError FORM_CLOSED, ValidationError BODY_REFUSED */
export const accept = async (strapi: Strapi, ctx: Context, body: Record<string, unknown>): Promise<Accepted> => {
  const form = await findOpenForm(strapi, ctx.params.slug ?? '');
  const answers = check(form, body);
  const values = { ...answers, ...senderOf(form, ctx) };
  const search = form.fields.filter(({ searchable }) => searchable).map(({ name }) => name);
  const receipt = await vaultOf(strapi).store({ formOrType: form.id, values, search });
  return { form, receipt };
};
