/** Only this machine can reach the demo. Its own greeting is printed by demo/start.mjs, so Strapi's banner is off. */
import type { Core } from '@strapi/strapi';

const config = ({ env }: Core.Config.Shared.ConfigParams) => ({
  host: '127.0.0.1',
  port: env.int('PORT', 1337),
  app: { keys: env.array('APP_KEYS') },
  logger: { startup: { enabled: false }, updates: { enabled: false }, config: { level: 'warn' } },
});

export default config;
