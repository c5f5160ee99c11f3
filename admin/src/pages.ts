/** Where each page of this plugin lives. No address ever holds a value of a submission: only ids. */
import type { FormOrTypeId } from '../../server/src/contract';
import { PLUGIN_ID } from './plugin-id';

const ROOT = `/plugins/${PLUGIN_ID}`;

export const overviewPage = ROOT;
export const formsPage = `${ROOT}/forms`;
export const newFormPage = `${formsPage}/new`;
export const formPage = (documentId: string) => `${formsPage}/${encodeURIComponent(documentId)}`;
export const inboxPage = (id: FormOrTypeId) => `${ROOT}/inbox/${encodeURIComponent(id)}`;
export const submissionPage = (id: FormOrTypeId, recordId: string) => `${inboxPage(id)}/${encodeURIComponent(recordId)}`;
/** What was deleted there and can still be taken back. */
export const binPage = (id: FormOrTypeId) => `${ROOT}/bin/${encodeURIComponent(id)}`;
export const readersPage = (id: FormOrTypeId) => `${ROOT}/readers/${encodeURIComponent(id)}`;
/** The same page, with people to be picked at once. */
export const sharePage = (id: FormOrTypeId) => `${readersPage(id)}?share`;
export const whoCanReadWhatPage = `${ROOT}/who-can-read`;
export const whoCanReadPage = (id: FormOrTypeId) => `${whoCanReadWhatPage}/${encodeURIComponent(id)}`;
/** Of Strapi: where somebody without an account is invited. */
export const usersPage = '/settings/users';
export const auditPage = `${ROOT}/audit`;
export const keysPage = `${ROOT}/keys`;
export const auditPageOf = (id: FormOrTypeId) => `${auditPage}?formOrType=${encodeURIComponent(id)}`;

/** `form:abc` is edited at `forms/abc`; a wrapped content type is not edited here. */
export const formPageOf = (id: FormOrTypeId): string | null =>
  id.startsWith('form:') ? formPage(id.slice('form:'.length)) : null;
