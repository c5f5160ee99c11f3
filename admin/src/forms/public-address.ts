/** The public addresses of a form: where a website reads its questions, and where answers are sent. */
import { PLUGIN_ID } from '../plugin-id';

export const sendAddress = (slug: string): string => `${publicAddress(slug)}/submissions`;

export function publicAddress(slug: string): string {
  // Set by Strapi's admin before anything is rendered, always absolute; its types call it the server's Strapi.
  const { backendURL } = window.strapi as unknown as { backendURL?: string };
  return `${backendURL ?? window.location.origin}/api/${PLUGIN_ID}/forms/${encodeURIComponent(slug)}`;
}
