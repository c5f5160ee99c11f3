/** The public addresses of a form: where a website reads its questions, and where answers are sent. */
import { PLUGIN_ID } from '../plugin-id';
import { backendUrl } from '../requests/backend-url';

export const sendAddress = (slug: string): string => `${publicAddress(slug)}/submissions`;

export const publicAddress = (slug: string): string => `${backendUrl()}/api/${PLUGIN_ID}/forms/${encodeURIComponent(slug)}`;
