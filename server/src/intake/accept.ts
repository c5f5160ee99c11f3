/** A submission to one of the plugin's own forms, step by step. */
import { isEqual } from 'lodash';
import { DEFAULT_FILE_KINDS } from '../contract';
import { findBySlug, findForm, holdForm, readAnswers, type SentFiles, type StoredForm } from '../forms';
import { refuse, refuseBody, refuseUnknown } from '../errors';
import { beDiscreet } from '../protection';
import { searchOfField } from '../search-fields';
import { transaction, type Context, type Strapi } from '../strapi';
import { newRecordId, vaultOf, type Receipt } from '../vault';
import type { Sent } from './read-body';
import { receive } from './receive';
import type { FileRules } from './receive-files';
import { isSentInAddress } from './sent-in-address';

export interface Accepted {
  form: StoredForm;
  receipt: Receipt;
}

const unknownForm = (): Error => refuseUnknown('There is no form at this address. Nothing was kept.');
const closedForm = (): Error => refuse('FORM_CLOSED', 'This form is closed. Nothing was kept.');

const findOpenForm = async (strapi: Strapi, slug: string): Promise<StoredForm> => {
  const form = await findBySlug(strapi, slug);
  if (!form) throw unknownForm();
  if (!form.open) throw closedForm();
  return form;
};

const stillOpen = async (strapi: Strapi, { documentId }: StoredForm): Promise<StoredForm> => {
  const form = await findForm(strapi, documentId);
  if (!form) throw unknownForm();
  if (!form.open) throw closedForm();
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

/** An editor who saves again and again. */
const TRIES = 3;
const changedForm = (): Error =>
  refuse(
    'FORM_CHANGED',
    'This form was changed while you were sending. Nothing was kept. Load the page again, and send it again.',
  );

class Changed extends Error {
  constructor(readonly now: NonNullable<Awaited<ReturnType<typeof holdForm>>>) {
    super('The form was changed');
  }
}

/**
 * The form is held and read again in the transaction that stores: one that was deleted or closed while somebody was sending
 * takes nothing, and what an editor changed holds for what is kept.
 */
const storeUnlessChanged = async (
  strapi: Strapi,
  { documentId, fields, keepAddress, keepUserAgent }: StoredForm,
  write: () => Promise<Receipt>,
): Promise<{ receipt: Receipt } | { now: Changed['now'] }> => {
  try {
    return await transaction(strapi, async (trx) => {
      // Written before anything is read: SQLite lets a reader of another process not become a writer.
      const receipt = await write();
      const now = await holdForm(strapi, trx, documentId, 'forShare');
      if (!now) throw unknownForm();
      if (!now.open) throw closedForm();
      if (!isEqual({ ...now, open: true }, { open: true, fields, keepAddress, keepUserAgent })) throw new Changed(now);
      return { receipt };
    });
  } catch (error) {
    if (error instanceof Changed) return { now: error.now };
    throw error;
  }
};

/** @throws NotFoundError, PolicyError FORM_CLOSED, FORM_CHANGED, ValidationError BODY_REFUSED, PayloadTooLargeError BODY_TOO_LARGE */
export const accept = async (strapi: Strapi, ctx: Context, sent: Sent): Promise<Accepted | 'in address'> => {
  const form = await findOpenForm(strapi, ctx.params.slug ?? '');
  const names = form.fields.map(({ name }) => name);
  beDiscreet(ctx, { names });
  if (isSentInAddress(ctx, names)) return 'in address';
  // Known before the files come: they are sealed for this one record.
  const record = { formOrType: form.id, recordId: newRecordId() };
  const isJson = !form.fields.some(({ name }) => name === 'data');
  const receipt = await receive(
    strapi,
    ctx,
    sent,
    { ...record, rules: fileRules(form), isJson, mayBeFields: true },
    async (body, received) => {
      // A file may have taken its time to come.
      let rules = await stillOpen(strapi, form);
      if (received.files.length > 0 && !isEqual(fileRules(rules), fileRules(form))) throw changedForm();
      for (let tries = 0; tries < TRIES; tries += 1) {
        const answers = check(rules, body, received.values);
        const values = { ...answers, ...senderOf(rules, ctx) };
        const search = rules.fields.flatMap(searchOfField);
        // Sealed before the transaction begins: it may need a key, and holds the database no longer than it must.
        const write = await vaultOf(strapi).prepare({ ...record, values, search, files: received.files });
        const stored = await storeUnlessChanged(strapi, rules, write);
        if ('receipt' in stored) return stored.receipt;
        // Its files may have been held against other rules.
        if (received.files.length > 0) throw changedForm();
        rules = { ...rules, ...stored.now };
      }
      throw changedForm();
    },
  );
  return { form, receipt };
};
