/**
 * The site that is measured: the app of the tests and the types of `bench/app`, in a temporary folder whose root looks
 * like this repository, so that Strapi finds the plugin as it finds it in the tests. The build is copied as well: a
 * rebuild meanwhile changes nothing.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBuilt, ROOT } from './built.mjs';

const COPIED = ['package.json', 'strapi-server.js', 'dist/server/index.js'];
// So that an interrupted run leaves no folder behind.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/** @returns the folder of the app, in which databases may lie too, and `remove`. */
export const makeApp = () => {
  ensureBuilt();
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-bench-'));
  const remove = () => fs.rmSync(root, { recursive: true, force: true });
  process.once('exit', remove);
  for (const name of COPIED) fs.cpSync(path.join(ROOT, name), path.join(root, name));
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'));
  const app = path.join(root, 'tests/app');
  for (const from of ['tests/app', 'bench/app']) fs.cpSync(path.join(ROOT, from), app, { recursive: true });
  fs.mkdirSync(path.join(app, 'public/uploads'), { recursive: true });
  return { app, remove };
};
