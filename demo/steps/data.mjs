/**
 * What the demo keeps between starts, in the folder `data` of its home (demo/, or the one that FORM_GUARD_DEMO_DATA names).
 * A note written last says that everything was sown; without it the folder is half sown and is begun anew. `--reset`
 * deletes this folder, the demo's key and its secrets, and nothing else.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runningDemo } from './running.mjs';
import { makeSecretsOnce } from './secrets.mjs';

const writePrivate = (file, content) => {
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

/** A database is not pulled away from under a demo that runs on it. */
const remove = async (home, names) => {
  const running = await runningDemo(home);
  if (running)
    throw new Error(
      `A demo runs already on this data (${running.url}, process ${running.pid}). Stop it first; nothing was deleted.`,
    );
  for (const name of names) rmSync(path.join(home, name), { recursive: true, force: true });
};

/** @param ownKey the home has a root key among its secrets, instead of the plugin's own in demo/.form-guard */
export const prepareData = async (home, { reset, ownKey }) => {
  const folder = path.join(home, 'data');
  const note = path.join(folder, 'sown.json');
  const credentials = path.join(folder, 'credentials.json');
  if (reset) {
    await remove(home, ['data', '.form-guard', '.env']);
    console.log('Everything of the last demo was deleted; it begins anew.');
  } else if (existsSync(folder) && !existsSync(note)) {
    await remove(home, ['data']);
    console.log('The first start was interrupted before everything was there, so it begins anew.');
  }
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  makeSecretsOnce(home, { ownKey });
  return {
    credentials,
    isSeeded: () => existsSync(note),
    markSeeded: (submissions) => writePrivate(note, { at: new Date().toISOString(), submissions }),
    keepPeople: (people) => writePrivate(credentials, people),
    people: () => JSON.parse(readFileSync(credentials, 'utf8')),
  };
};
