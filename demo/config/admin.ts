/** The admin's secrets come from demo/.env, made at the first start. */
import type { Core } from '@strapi/strapi';

const config = ({ env }: Core.Config.Shared.ConfigParams) => ({
  auth: { secret: env('ADMIN_JWT_SECRET') },
  apiToken: { salt: env('API_TOKEN_SALT') },
  transfer: { token: { salt: env('TRANSFER_TOKEN_SALT') } },
  secrets: { encryptionKey: env('ENCRYPTION_KEY') },
  // Off in this demo only: whoever tries it out changes between three people, and Strapi 5.54 answers 429 after a few
  // logins. A real site keeps it on.
  rateLimit: { enabled: false },
  autoOpen: false,
  flags: { nps: false, promoteEE: false },
});

export default config;
