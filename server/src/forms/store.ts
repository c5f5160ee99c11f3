/** Forms in the database, as the rest of the plugin reads them. Writing goes through `strapi.documents`, which guard-writes checks. */
import type { FormDefinition } from '../contract';
import { refuseUnknown } from '../errors';
import { say } from '../sentences';
import { holding, within, type Strapi } from '../strapi';
import { FORM, formContentType } from './content-type';

export interface StoredForm extends FormDefinition {
  documentId: string;
  id: `form:${string}`;
  createdAt: string;
  updatedAt: string;
}
type Row = Omit<StoredForm, 'id'>;

const PREFIX = 'form:';
export const formId = (documentId: string): StoredForm['id'] => `${PREFIX}${documentId}`;
export const documentIdOf = (formOrType: string): string | null =>
  formOrType.startsWith(PREFIX) ? formOrType.slice(PREFIX.length) : null;

const toForm = (row: Row): StoredForm => ({
  documentId: row.documentId,
  id: formId(row.documentId),
  title: row.title,
  slug: row.slug,
  intro: row.intro ?? '',
  open: row.open ?? true,
  // A row changed by hand must not take the overview with it.
  fields: Array.isArray(row.fields) ? row.fields : [],
  thankYou: row.thankYou ?? '',
  redirectTo: row.redirectTo ?? '',
  tellReaders: row.tellReaders ?? false,
  keepAddress: row.keepAddress ?? false,
  keepUserAgent: row.keepUserAgent ?? false,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

const rows = (strapi: Strapi) =>
  strapi.db.query(FORM as never) as unknown as {
    findOne(params: { where: Partial<Row> }): Promise<Row | null>;
    findMany(params: { orderBy: Record<string, string> }): Promise<Row[]>;
  };
export const formDocuments = (strapi: Strapi) =>
  strapi.documents(FORM as never) as unknown as {
    create(params: { data: unknown }): Promise<Row>;
    update(params: { documentId: string; data: unknown }): Promise<Row>;
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

type Rules = Pick<StoredForm, 'open' | 'fields' | 'keepAddress' | 'keepUserAgent'>;
interface RulesRow {
  open: boolean | number | null;
  fields: string | StoredForm['fields'];
  keep_address: boolean | number | null;
  keep_user_agent: boolean | number | null;
}

/**
 * What the form says now about what is sent to it, held as it is until the transaction ends: whoever deletes, closes or changes
 * it waits, or was before. Read by the query that holds it, because MariaDB shows others as they were when it began.
 * @returns null when it is not there any more
 */
export const holdForm = async (
  strapi: Strapi,
  trx: unknown,
  documentId: string,
  how: 'forShare' | 'forUpdate',
): Promise<Rules | null> => {
  const rowOfForm = within(strapi, trx, formContentType.schema.collectionName).where({ document_id: documentId });
  const found = (await holding(strapi, rowOfForm, how)) as RulesRow[];
  const [row] = found;
  if (!row) return null;
  return {
    open: Boolean(row.open ?? true),
    fields: typeof row.fields === 'string' ? (JSON.parse(row.fields) as StoredForm['fields']) : row.fields,
    keepAddress: Boolean(row.keep_address),
    keepUserAgent: Boolean(row.keep_user_agent),
  };
};

/** @throws NotFoundError */
export const getForm = async (strapi: Strapi, documentId: string): Promise<StoredForm> => {
  const form = await findForm(strapi, documentId);
  if (!form) throw refuseUnknown(say('form.unknown'));
  return form;
};
