/**
 * Seals what is written through `strapi.documents` (REST, GraphQL, content manager, code): in front of every document
 * middleware of any plugin, so that none of them sees a value. Strapi 5.54 hands out one repository object per type;
 * its methods are replaced in place.
 */
import { randomBytes } from 'node:crypto';
import { record } from '../audit';
import { Fault, refuse } from '../errors';
import { currentActor, type ProtectedType } from '../protection';
import { transaction, type Context, type Strapi } from '../strapi';
import { checkValues } from './check-values';
import { takeValues } from './take-values';
import { vaultOf, type Receipt } from './vault';
import { whileSealed } from './writing';

interface Params {
  documentId?: string;
  status?: string;
  data?: unknown;
}
type Method = (params?: Params) => Promise<unknown>;
type Repository = Record<string, Method>;

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

/** What the sender will be told; read by intake/ when the request is answered. */
const noteReceipt = (strapi: Strapi, receipt: Receipt): void => {
  const ctx = strapi.requestContext.get() as Context | undefined;
  if (ctx) ctx.state.formGuardReceipt = receipt;
};

export const sealDocuments = (strapi: Strapi, type: ProtectedType): void => {
  const { uid, sealedFields, search, original } = type;
  const repository = strapi.documents(uid as never) as unknown as Repository;
  if (strapi.documents(uid as never) !== (repository as unknown)) {
    throw new Fault('STRAPI_NOT_AS_EXPECTED', `strapi.documents("${uid}") is not one object, so its writes cannot be sealed`);
  }
  const hasDrafts = (original.options as { draftAndPublish?: boolean } | undefined)?.draftAndPublish === true;
  const method = (name: string): Method => {
    const found = repository[name];
    if (typeof found !== 'function') {
      throw new Fault('STRAPI_NOT_AS_EXPECTED', `strapi.documents("${uid}") has no "${name}", so its writes cannot be sealed`);
    }
    return found;
  };
  const [create, update, remove] = [method('create'), method('update'), method('delete')];
  const draft = (params: Params): boolean => hasDrafts && params.status !== 'published';

  repository.create = async (params = {}) => {
    if (!isObject(params.data)) return create(params);
    const checked = await checkValues(strapi, type, params.data, { on: 'creation', isDraft: draft(params) });
    const { values } = takeValues(checked, sealedFields);
    const { husk } = takeValues(params.data, sealedFields);
    const recordId = typeof husk.documentId === 'string' ? husk.documentId : newDocumentId();
    // Sealed before the transaction begins: it may need a key, and holds the database no longer than it must.
    const write = await vaultOf(strapi).prepare({ formOrType: uid, recordId, values, search });
    const actor = currentActor(strapi);
    return transaction(strapi, async () => {
      noteReceipt(strapi, await write());
      const made = await whileSealed(uid, () => create({ ...params, data: { ...husk, documentId: recordId } }));
      if (actor.kind === 'admin') {
        await record(strapi, { event: 'submission.entered', actor, formOrType: uid, recordId, details: {} });
      }
      return made;
    });
  };

  repository.update = async (params = {}) => {
    const { documentId } = params;
    if (!isObject(params.data) || !documentId) return update(params);
    const given = takeValues(params.data, sealedFields);
    const checked = await checkValues(strapi, type, given.values, { on: 'update', isDraft: draft(params) });
    const { values } = takeValues(checked, sealedFields);
    const fields = Object.keys(values);
    const actor = currentActor(strapi);
    // Whoever edits husks need not be a reader, and what somebody sent us is not ours to write over.
    if (fields.length > 0 && actor.kind === 'admin') {
      throw refuse(
        'SUBMISSION_NOT_EDITED',
        `What a submission says is not changed here (${fields.join(', ')}). Nothing was saved.`,
      );
    }
    return transaction(strapi, async () => {
      const updated = await whileSealed(uid, () => update({ ...params, data: given.husk }));
      if (updated && fields.length > 0) {
        await vaultOf(strapi).amend({ formOrType: uid, recordId: documentId, values, search });
        await record(strapi, { event: 'submission.changed', actor, formOrType: uid, recordId: documentId, details: { fields } });
      }
      return updated;
    });
  };

  repository.delete = async (params = {}) => {
    const { documentId } = params;
    return transaction(strapi, async () => {
      const removed = await remove(params);
      const left = documentId && (await strapi.db.query(uid as never).count({ where: { documentId } as never }));
      if (documentId && left === 0 && (await vaultOf(strapi).has(uid, documentId))) {
        await vaultOf(strapi).erase(uid, documentId);
        const actor = currentActor(strapi);
        await record(strapi, { event: 'submission.erased', actor, formOrType: uid, recordId: documentId, details: {} });
      }
      return removed;
    });
  };

  repository.clone = async () => {
    throw refuse(
      'SUBMISSION_NOT_COPIED',
      'A submission cannot be copied: its values are sealed for this one record. Nothing was changed.',
    );
  };

  // Drafts and published rows of one document share one sealed record, so these only touch the husk.
  for (const name of ['publish', 'unpublish', 'discardDraft']) {
    const original = repository[name];
    if (original) repository[name] = (params) => whileSealed(uid, () => original(params));
  }
};
