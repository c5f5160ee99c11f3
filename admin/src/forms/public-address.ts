/** The public address of a form: a website reads its questions there, and sends the answers to it. */
import { PLUGIN_ID } from '../plugin-id';
import { backendUrl } from '../requests/backend-url';

export const publicAddress = (slug: string): string => `${backendUrl()}/api/${PLUGIN_ID}/forms/${encodeURIComponent(slug)}`;
