/**
 * Sees to it that node_modules holds what package-lock.json lists, for `npm run demo` and `npm test`: `npm ci` when it is
 * missing or the lock has changed since, nothing otherwise. Uses nothing but Node, because nothing else may be there yet.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const NPM_NOTE = '.package-lock.json';

const readText = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : null);

/** What an installation depends on: the lock, and the kind of Node that native code (better-sqlite3) was compiled for. */
const stateOf = (root) => {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  return `${lock} ${process.platform}-${process.arch} abi-${process.versions.modules}\n`;
};

/** npm's own note lists every package of the lock (somebody ran `npm ci` by hand), and the compiled one loads. */
const isThere = (root) => {
  const note = readText(path.join(root, 'node_modules', NPM_NOTE));
  if (note === null) return false;
  const installed = JSON.parse(note).packages;
  const listed = JSON.parse(readText(path.join(root, 'package-lock.json'))).packages;
  const fits = Object.entries(listed).every(([where, { version, optional, link }]) => {
    if (where === '' || link) return true;
    return installed[where] ? installed[where].version === version : optional;
  });
  const load = "new (require('better-sqlite3'))(':memory:').close()";
  return fits && spawnSync(process.execPath, ['-e', load], { cwd: root, stdio: 'ignore' }).status === 0;
};

/** better-sqlite3 may have to be compiled. With Node's own headers at hand, node-gyp need not fetch them. */
const withHeaders = (environment) => {
  const prefix = path.resolve(path.dirname(process.execPath), '..');
  const isHere = existsSync(path.join(prefix, 'include', 'node', 'node.h'));
  return isHere ? { ...environment, npm_config_nodedir: prefix } : environment;
};

/** The npm that runs us, if one does; else the one on the path. `--include=dev`: NODE_ENV=production would leave half out. */
const runNpmCi = (root) =>
  new Promise((resolve, reject) => {
    const own = process.env.npm_execpath ?? '';
    const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
    const options = { cwd: root, env: withHeaders(process.env), stdio: ['ignore', 'ignore', 'inherit'] };
    const npm = /^npm-cli\.c?js$/.test(path.basename(own))
      ? spawn(process.execPath, [own, ...args], options)
      : spawn('npm', args, { ...options, shell: process.platform === 'win32' });
    const stop = () => npm.kill('SIGTERM');
    process.once('SIGTERM', stop);
    npm.once('error', reject);
    npm.once('exit', (code, signal) => {
      process.removeListener('SIGTERM', stop);
      if (code === 0) resolve();
      else
        reject(new Error(`"npm ci" failed (${signal ?? `exit ${code}`}). What it said stands above; nothing else was started.`));
    });
  });

/** @returns whether something had to be installed. @throws when `npm ci` fails */
export const ensureInstalled = async (root) => {
  const stamp = path.join(root, 'node_modules', '.form-guard-installed');
  const state = stateOf(root);
  if (readText(stamp) === state) return false;
  const missing = !isThere(root);
  if (missing) {
    console.log('Installing what package-lock.json lists with "npm ci"; this takes some minutes, once …');
    await runNpmCi(root);
  }
  writeFileSync(stamp, state);
  return missing;
};
