/** Forms in the database, as the rest of the plugin reads them. */
import { record, type Actor } from '../audit';
import type { FormDefinition } from '../contract';
import { refuse, refuseBody, refuseUnknown } from '../errors';
import { transaction, type Strapi } from '../strapi';
import { FORM } from './content-type';
import { checkDefinition } from './definition';

export interface StoredForm extends FormDefinition {
  documentId: string;
  id: `form:${string}`;
  createdAt: string;
  updatedAt: string;
}
interface Row {
  documentId: string;
  slug: string;
  title: string;
  definition: FormDefinition;
  createdAt: string;
  updatedAt: string;
}

const PREFIX = 'form:';
export const formId = (documentId: string): StoredForm['id'] => `${PREFIX}${documentId}`;
export const documentIdOf = (formOrType: string): string | null =>
  formOrType.startsWith(PREFIX) ? formOrType.slice(PREFIX.length) : null;

const toForm = ({ documentId, slug, title, definition, createdAt, updatedAt }: Row): StoredForm => ({
  ...definition,
  slug,
  title,
  documentId,
  id: formId(documentId),
  createdAt,
  updatedAt,
});

const rows = (strapi: Strapi) =>
  strapi.db.query(FORM as never) as unknown as {
    findOne(params: { where: Partial<Row> }): Promise<Row | null>;
    findMany(params: { orderBy: Record<string, string> }): Promise<Row[]>;
  };
const documents = (strapi: Strapi) =>
  strapi.documents(FORM as never) as unknown as {
    create(params: { data: object }): Promise<Row>;
    update(params: { documentId: string; data: object }): Promise<Row>;
    delete(params: { documentId: string }): Promise<unknown>;
  };

const findRow = async (strapi: Strapi, where: Partial<Row>): Promise<StoredForm | null> => {
  const row = await rows(strapi).findOne({ where });
  return row && toForm(row);
};
export const findBySlug = (strapi: Strapi, slug: string): Promise<StoredForm | null> => findRow(strapi, { slug });
export const findForm = (strapi: Strapi, documentId: string): Promise<StoredForm | null> => findRow(strapi, { documentId });
export const listForms = async (strapi: Strapi): Promise<StoredForm[]> =>
  (await rows(strapi).findMany({ orderBy: { title: 'asc' } })).map(toForm);

/** @throws NotFoundError */
export const getForm = async (strapi: Strapi, documentId: string): Promise<StoredForm> => {
  const form = await findForm(strapi, documentId);
  if (!form) throw refuseUnknown('There is no such form.');
  return form;
};

const checkSlug = async (strapi: Strapi, slug: string, documentId?: string): Promise<void> => {
  const other = await findBySlug(strapi, slug);
  if (other && other.documentId !== documentId) {
    const problem = { path: ['slug'], message: `Another form, “${other.title}”, has this address already.` };
    throw refuseBody(`The form was not saved. ${problem.message}`, [problem], 'FORM_REFUSED');
  }
};

/** @throws ValidationError FORM_REFUSED */
export const createForm = async (strapi: Strapi, body: unknown, actor: Actor): Promise<StoredForm> => {
  const { title, slug, ...definition } = checkDefinition(body);
  await checkSlug(strapi, slug);
  return transaction(strapi, async () => {
    const row = await documents(strapi).create({ data: { title, slug, definition } });
    const formOrType = formId(row.documentId);
    await record(strapi, { event: 'form.created', actor, formOrType, details: { title } });
    return getForm(strapi, row.documentId);
  });
};

/** @throws ValidationError FORM_REFUSED, NotFoundError */
export const changeForm = async (strapi: Strapi, documentId: string, body: unknown, actor: Actor): Promise<StoredForm> => {
  await getForm(strapi, documentId);
  const { title, slug, ...definition } = checkDefinition(body);
  await checkSlug(strapi, slug, documentId);
  return transaction(strapi, async () => {
    await documents(strapi).update({ documentId, data: { title, slug, definition } });
    const details = { title, open: definition.open };
    await record(strapi, { event: 'form.changed', actor, formOrType: formId(documentId), details });
    return getForm(strapi, documentId);
  });
};

/** Only a form without submissions: those of a deleted form would have no name any more. @throws PolicyError FORM_IN_USE */
export const deleteForm = async (strapi: Strapi, documentId: string, submissions: number, actor: Actor): Promise<void> => {
  const { title } = await getForm(strapi, documentId);
  if (submissions > 0) {
    throw refuse(
      'FORM_IN_USE',
      `“${title}” has ${submissions} ${submissions === 1 ? 'submission' : 'submissions'}, so it was not deleted. Close it instead: nobody can send it any more, and readers keep what came.`,
    );
  }
  await transaction(strapi, async () => {
    await documents(strapi).delete({ documentId });
    await record(strapi, { event: 'form.deleted', actor, formOrType: formId(documentId), details: { title } });
  });
};
