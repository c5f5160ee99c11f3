/**
 * Seals what is written through `strapi.documents` (REST, GraphQL, content manager, code): in front of every document
 * middleware of any plugin, so that none of them sees a value. Strapi 5.54 hands out one repository object per type;
 * its methods are replaced in place.
 */
import { randomBytes } from 'node:crypto';
import { record } from '../audit';
import { refuse } from '../errors';
import { currentActor, holdFunctions, notAsExpected, type ProtectedType } from '../protection';
import { say } from '../sentences';
import { transaction, type Context, type Strapi } from '../strapi';
import { checkFiles } from './check-files';
import { checkValues } from './check-values';
import { takeHanded } from './handed-files';
import { deletingOne, takingAlong } from './take-along';
import { takeValues } from './take-values';
import { vaultOf } from './vault';
import type { Receipt } from './write-records';
import { whileSealed } from './writing';

interface Params {
  documentId?: string;
  status?: string;
  data?: unknown;
}
type Method = (params?: Params, ...rest: unknown[]) => Promise<unknown>;
type Repository = Record<'create' | 'update' | 'delete' | 'clone', Method> &
  Partial<Record<'publish' | 'unpublish' | 'discardDraft', Method>>;

const GUARD = 'seal-documents';
const CHANGING = ['create', 'update', 'delete', 'clone'] as const;
const PUBLISHING = ['publish', 'unpublish', 'discardDraft'] as const;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const ALPHABET = `${LETTERS}0123456789`;
/** Of the shape of Strapi's own document ids: 24 characters, a letter first; 124 random bits. */
export const newDocumentId = (): string =>
  [...randomBytes(48)]
    // 252 = 7 × 36: no remainder is more likely than another.
    .filter((byte) => byte < 252)
    .slice(0, 24)
    .map((byte, index) => (index === 0 ? (LETTERS[byte % 26] as string) : (ALPHABET[byte % 36] as string)))
    .join('');

const isObject = (data: unknown): data is Record<string, unknown> =>
  data !== null && typeof data === 'object' && !Array.isArray(data);

/** Of everything that a request has written, by type and in its order. */
const receipts = new WeakMap<object, Map<string, Receipt[]>>();
const noteReceipt = (strapi: Strapi, uid: string, receipt: Receipt): void => {
  const ctx = strapi.requestContext.get() as Context | undefined;
  if (!ctx) return;
  const all = receipts.get(ctx) ?? new Map<string, Receipt[]>();
  receipts.set(ctx, all.set(uid, [...(all.get(uid) ?? []), receipt]));
};

/**
 * What the sender will be told, when the request is answered.
 * @param documentId of the document that the route answers with, if it says so
 */
export const receiptOf = (ctx: Context, uid: string, documentId: unknown): Receipt | undefined => {
  const all = receipts.get(ctx)?.get(uid) ?? [];
  // A lifecycle of the site may write more of its kind, after the one that it belongs to.
  return all.find(({ recordId }) => recordId === documentId) ?? all[0];
};

const plainUpdates = new WeakMap<Strapi, Map<string, Method>>();
/** Strapi's own update of a wrapped type, for what leaves the vault for good. */
export const plainUpdate = (strapi: Strapi, uid: string): Method =>
  plainUpdates.get(strapi)?.get(uid) ?? (() => Promise.reject(new Error(`"${uid}" is not wrapped`)));

export const sealDocuments = (strapi: Strapi, type: ProtectedType): void => {
  const { uid, sealedFields, search, original } = type;
  const repository = strapi.documents(uid as never) as unknown as Repository;
  if (strapi.documents(uid as never) !== (repository as unknown)) {
    throw notAsExpected(strapi, GUARD, `strapi.documents("${uid}") is not one object, so its writes cannot be sealed`);
  }
  const hasDrafts = (original.options as { draftAndPublish?: boolean } | undefined)?.draftAndPublish === true;
  const methods = [...CHANGING, ...(hasDrafts ? PUBLISHING : [])] as const;
  const { create, update, delete: remove } = holdFunctions(strapi, GUARD, `strapi.documents("${uid}")`, repository, methods);
  plainUpdates.set(strapi, (plainUpdates.get(strapi) ?? new Map<string, Method>()).set(uid, update.bind(repository)));
  const draft = (params: Params): boolean => hasDrafts && params.status !== 'published';

  repository.create = async (params = {}, ...rest) => {
    if (!isObject(params.data)) return create(params, ...rest);
    const handed = takeHanded(strapi, uid);
    checkFiles(type, params.data, { handed, isDraft: draft(params), on: 'creation' });
    const checked = await checkValues(strapi, type, params.data, { on: 'creation', isDraft: draft(params) });
    const values = { ...takeValues(checked, sealedFields).values, ...handed?.values };
    const { husk } = takeValues(params.data, sealedFields);
    const recordId = handed?.recordId ?? (typeof husk.documentId === 'string' ? husk.documentId : newDocumentId());
    // Sealed before the transaction begins: it may need a key, and holds the database no longer than it must.
    const write = await vaultOf(strapi).prepare({ formOrType: uid, recordId, values, search, files: handed?.files ?? [] });
    const actor = currentActor(strapi);
    return transaction(strapi, async () => {
      noteReceipt(strapi, uid, await write());
      const made = await whileSealed(uid, () => create({ ...params, data: { ...husk, documentId: recordId } }, ...rest));
      if (actor.kind === 'admin') {
        await record(strapi, { event: 'submission.entered', actor, formOrType: uid, recordId, details: {} });
      }
      return made;
    });
  };

  repository.update = async (params = {}, ...rest) => {
    const { documentId } = params;
    if (!isObject(params.data) || !documentId) return update(params, ...rest);
    checkFiles(type, params.data, { handed: null, isDraft: draft(params), on: 'update' });
    const given = takeValues(params.data, sealedFields);
    const checked = await checkValues(strapi, type, given.values, { on: 'update', isDraft: draft(params) });
    const { values } = takeValues(checked, sealedFields);
    const fields = Object.keys(values);
    const actor = currentActor(strapi);
    // Whoever edits husks need not be a reader, and what somebody sent us is not ours to write over.
    if (fields.length > 0 && actor.kind === 'admin') {
      throw refuse('SUBMISSION_NOT_EDITED', say('submission.notEdited', { fields: fields.join(', ') }));
    }
    return takingAlong(strapi, async () => {
      const updated = await whileSealed(uid, () => update({ ...params, data: given.husk }, ...rest));
      if (updated && fields.length > 0) {
        await vaultOf(strapi).amend({ formOrType: uid, recordId: documentId, values, search });
        await record(strapi, { event: 'submission.changed', actor, formOrType: uid, recordId: documentId, details: { fields } });
      }
      return updated;
    });
  };

  repository.delete = (params, ...rest) => deletingOne(strapi, type, params?.documentId, () => remove(params, ...rest));

  repository.clone = async () => {
    throw refuse('SUBMISSION_NOT_COPIED', say('submission.notCopied'));
  };

  // Drafts and published rows of one document share one sealed record, so these only touch the husk.
  for (const name of PUBLISHING) {
    const original = repository[name];
    if (original) repository[name] = (...asked) => takingAlong(strapi, () => whileSealed(uid, () => original(...asked)));
  }
};
