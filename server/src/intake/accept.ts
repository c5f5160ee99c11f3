/** A submission to one of the plugin's own forms, step by step. */
import { DEFAULT_FILE_KINDS } from '../contract';
import { findBySlug, readAnswers, type SentFiles, type StoredForm } from '../forms';
import { refuse, refuseBody, refuseUnknown } from '../errors';
import { beDiscreet } from '../protection';
import { searchOfField } from '../search-fields';
import type { Context, Strapi } from '../strapi';
import { newRecordId, vaultOf, type Receipt } from '../vault';
import type { Sent } from './read-body';
import { receive } from './receive';
import type { FileRules } from './receive-files';
import { isSentInAddress } from './sent-in-address';

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

const fileRules = ({ fields }: StoredForm): FileRules =>
  new Map(
    fields
      .filter(({ type }) => type === 'file')
      .map(({ name, label, accept = DEFAULT_FILE_KINDS, maxBytes = Infinity, maxFiles = 1 }) => [
        name,
        { label, accept, maxBytes, maxFiles },
      ]),
  );

const check = (form: StoredForm, body: Record<string, unknown>, files: SentFiles): Record<string, unknown> => {
  const read = readAnswers(form.fields, fieldsOf(form, body), files);
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

/** @throws NotFoundError, PolicyError FORM_CLOSED, ValidationError BODY_REFUSED, PayloadTooLargeError BODY_TOO_LARGE */
export const accept = async (strapi: Strapi, ctx: Context, sent: Sent): Promise<Accepted | 'in address'> => {
  const form = await findOpenForm(strapi, ctx.params.slug ?? '');
  const names = form.fields.map(({ name }) => name);
  beDiscreet(ctx, { names });
  if (isSentInAddress(ctx, names)) return 'in address';
  // Known before the files come: they are sealed for this one record.
  const record = { formOrType: form.id, recordId: newRecordId() };
  const isJson = !form.fields.some(({ name }) => name === 'data');
  const receipt = await receive(strapi, ctx, sent, { ...record, rules: fileRules(form), isJson }, (body, received) => {
    const answers = check(form, body, received.values);
    const values = { ...answers, ...senderOf(form, ctx) };
    const search = form.fields.flatMap(searchOfField);
    return vaultOf(strapi).store({ ...record, values, search, files: received.files });
  });
  return { form, receipt };
};
