/**
 * Starts Strapi in this process, as `strapi start` does: no file is watched, and Strapi itself ends on Ctrl-C and SIGTERM.
 * Nothing is sent to anyone outside this machine.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { noteRunning } from './running.mjs';

const HOST = '127.0.0.1';

/** @returns the address, once the server answers. Strapi ends the process when it cannot start. */
export const startServer = async (demo, port) => {
  console.log('Starting Strapi …');
  Object.assign(process.env, {
    NODE_ENV: 'development',
    PORT: String(port),
    STRAPI_TELEMETRY_DISABLED: 'true',
  });
  // Somebody's real keys are not for a demo: the plugin makes one in demo/.form-guard.
  delete process.env.FORM_GUARD_KEYS;
  // Before the import: Strapi reads .env from the working directory when it is loaded.
  process.chdir(demo);
  const { createStrapi } = createRequire(import.meta.url)('@strapi/strapi');
  await createStrapi({ appDir: demo, distDir: path.join(demo, 'dist') }).start();
  const url = `http://${HOST}:${port}`;
  noteRunning(demo, url);
  return url;
};
