/**
 * The permissions a page asks Strapi for before it shows itself. They only spare people a dead end: the server checks
 * every request again.
 */
import { PLUGIN_ID } from './plugin-id';

const permission = (uid: string) => [{ action: `plugin::${PLUGIN_ID}.${uid}`, subject: null }];

export const MAY_OPEN_PAGES = permission('pages.read');
export const MAY_MANAGE_FORMS = permission('forms.manage');
export const MAY_NAME_READERS = permission('readers.manage');
export const MAY_DELETE = permission('submissions.delete');
export const MAY_READ_AUDIT = permission('audit.read');
export const MAY_MANAGE_KEYS = permission('keys.manage');
