/** How a mail to somebody who works in the admin is sent. What it says is never a value. */
import { PLUGIN_ID, type Strapi } from '../strapi';

interface EmailService {
  send(mail: { to: string; subject: string; text: string }): Promise<unknown>;
}

export const mailer = (strapi: Strapi): EmailService | undefined =>
  strapi.plugin('email')?.service('email') as EmailService | undefined;

/** Where the admin is, without a slash at its end. */
export const adminAddress = (strapi: Strapi): string =>
  strapi.config.get<string>('admin.absoluteUrl', '/admin').replace(/\/+$/, '');

/** Of a page of this plugin about a form or type. */
export const addressOf = (strapi: Strapi, page: 'inbox' | 'readers', formOrType: string): string =>
  `${adminAddress(strapi)}/plugins/${PLUGIN_ID}/${page}/${encodeURIComponent(formOrType)}`;
