/**
 * `npm run demo`: from a fresh clone to a running Strapi with Form Guard and invented submissions, without a question.
 * Every step does only what is not done yet, so that a second start takes seconds.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from '../tests/ensure-installed.mjs';
import { announce } from './steps/announce.mjs';
import { buildWhatChanged } from './steps/build.mjs';
import { prepareData } from './steps/data.mjs';
import { endWithNpm } from './steps/parent.mjs';
import { pickPort } from './steps/port.mjs';
import { readOptions } from './steps/options.mjs';
import { startServer } from './steps/server.mjs';

const demo = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(demo);
/** Where data, secrets and key are kept: here, or in a folder of its own (tests/browser). */
const home = path.resolve(process.env.FORM_GUARD_DEMO_DATA || demo);

const run = async () => {
  endWithNpm();
  const { reset, port: wanted } = readOptions(process.argv.slice(2));
  const data = await prepareData(home, { reset, ownKey: home !== demo });
  await ensureInstalled(root);
  await buildWhatChanged(root, demo);
  const port = await pickPort(wanted);
  const url = await startServer(demo, home, port);
  if (!data.isSeeded()) {
    const { seed } = await import('./seed/seed.mjs');
    data.markSeeded(await seed(url, data));
  }
  announce(url, data.people(), data.credentials);
};

run().catch((error) => {
  console.error(`\nThe demo did not start. ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
