/**
 * Starts Strapi in this process, as `strapi start` does: no file is watched, and Strapi itself ends on Ctrl-C and SIGTERM.
 * Nothing is sent to anyone outside this machine.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { noteRunning } from './running.mjs';

const HOST = '127.0.0.1';

/** @returns the address, once the server answers. Strapi ends the process when it cannot start. */
export const startServer = async (demo, home, port) => {
  console.log('Starting Strapi …');
  Object.assign(process.env, {
    NODE_ENV: 'development',
    ENV_PATH: path.join(home, '.env'),
    FORM_GUARD_DEMO_DATA: home,
    PORT: String(port),
    STRAPI_TELEMETRY_DISABLED: 'true',
  });
  // Somebody's real keys are not for a demo: it has its own, from .env or made by the plugin in demo/.form-guard.
  delete process.env.FORM_GUARD_KEYS;
  // Before the import: Strapi reads ENV_PATH when it is loaded.
  process.chdir(demo);
  const { createStrapi } = createRequire(import.meta.url)('@strapi/strapi');
  // As `strapi develop`, where the Content-Type Builder writes into the site's sources: a test asks for it in a copy of them.
  const autoReload = process.env.FORM_GUARD_DEMO_DEVELOP === 'true';
  await createStrapi({ appDir: demo, distDir: path.join(demo, 'dist'), autoReload }).start();
  const url = `http://${HOST}:${port}`;
  noteRunning(home, url);
  return url;
};
