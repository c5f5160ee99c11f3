/** The demo sends no mail: Strapi's default provider would try to deliver a password reset to the outside world. */
import type { Core } from '@strapi/strapi';

export default {
  // After the email plugin's own bootstrap, which sets its provider (5.54).
  bootstrap({ strapi }: { strapi: Core.Strapi }): void {
    const send = async (): Promise<void> => void strapi.log.warn('The demo sends no mail.');
    Object.assign(strapi.plugin('email'), { provider: { send } });
  },
};
