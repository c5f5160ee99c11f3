/** The server's addresses for this plugin. Ids are always encoded; a searched value is never part of an address. */
import type { FormOrTypeId, InboxFilter } from '../../../server/src/contract';
import { PLUGIN_ID } from '../plugin-id';

const ROOT = `/${PLUGIN_ID}`;
const at = (...parts: string[]) => [ROOT, ...parts.map(encodeURIComponent)].join('/');

function withQuery(address: string, query: Record<string, string | number | null>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== '') search.set(name, String(value));
  }
  return search.size === 0 ? address : `${address}?${search.toString()}`;
}

export const INBOX_FILTERS = ['state', 'assigned', 'due', 'order'] as const satisfies readonly (keyof InboxFilter)[];
export type InboxFilterName = (typeof INBOX_FILTERS)[number];

export interface PageQuery {
  page: number;
  pageSize: number;
}

export const overviewAddress = at('overview');
export const formsAddress = at('forms');
export const formAddress = (documentId: string) => at('forms', documentId);
export const formDefinitionAddress = (documentId: string) => at('forms', documentId, 'definition');
export const inboxAddress = (id: FormOrTypeId, query: PageQuery & Record<InboxFilterName, string | null>) =>
  withQuery(at('inbox', id), { ...query });
export const searchAddress = (id: FormOrTypeId) => at('inbox', id, 'search');
export const submissionAddress = (id: FormOrTypeId, recordId: string) => at('inbox', id, recordId);
export const openAddress = (id: FormOrTypeId, recordId: string) => at('inbox', id, recordId, 'open');
export const notesAddress = (id: FormOrTypeId, recordId: string) => at('inbox', id, recordId, 'notes');
export const historyAddress = (id: FormOrTypeId, recordId: string) => at('inbox', id, recordId, 'history');
export const exportAddress = (id: FormOrTypeId) => at('inbox', id, 'export');
export const countExportAddress = (id: FormOrTypeId) => at('inbox', id, 'export', 'count');
export const fileAddress = (id: FormOrTypeId, recordId: string, file: string) => at('inbox', id, recordId, 'files', file);
export const binAddress = (id: FormOrTypeId, query: PageQuery) => withQuery(at('bin', id), { ...query });
export const takeBackAddress = (id: FormOrTypeId, recordId: string) => at('bin', id, recordId, 'take-back');
export const eraseAddress = (id: FormOrTypeId, recordId: string) => at('bin', id, recordId, 'erase');
export const readersAddress = (id: FormOrTypeId) => at('readers', id);
export const grantAddress = (id: FormOrTypeId, grantId: string) => at('readers', id, grantId);
export const confirmAddress = (id: FormOrTypeId, grantId: string) => at('readers', id, grantId, 'confirm');
export const mayNameAddress = (role: number) => at('roles', String(role), 'may-name');
export const peopleAddress = (q: string) => withQuery(at('people'), { q });
export const whoCanReadWhatAddress = at('who-can-read');
export const whoCanReadAddress = (id: FormOrTypeId) => at('who-can-read', id);
export const auditAddress = (query: PageQuery & { formOrType: string | null }) => withQuery(at('audit'), { ...query });
export const publicationsAddress = at('publications');
export const publicationAddress = (id: FormOrTypeId) => at('publications', id);
export const locksAddress = at('locks');
export const keysAddress = at('keys');
export const rotateKeysAddress = (id: FormOrTypeId) => at('keys', id, 'rotate');
export const destroyOlderKeysAddress = (id: FormOrTypeId) => at('keys', id, 'destroy-older');
