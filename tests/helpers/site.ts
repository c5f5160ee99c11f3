/**
 * A site in a temporary folder, as somebody has it who installed Strapi and this plugin: the app, the built plugin and
 * node_modules. With a Strapi of its own, whose files a test may change; nothing of the repository is touched.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeDatabase } from './database';

const ROOT = path.resolve(__dirname, '../..');
const APP_FOLDERS = ['config', 'public', 'src', 'package.json'];
/** Not what only the admin's bundle and type checkers read, nor what the documentation plugin wrote when another test ran. */
const isForServer = (file: string): boolean =>
  !/(\/dist\/admin$|\.map$|\.mjs$|\.d\.ts$|\/tests\/app\/src\/extensions$)/.test(file);

export interface Boot {
  child: ChildProcess;
  /** The port; null when it ended before it listened. */
  port: number | null;
  /** Files of Strapi that were loaded, when it listens. */
  strapiFiles: string[];
  /** The exit code, when it has ended. */
  code: number | null;
  said(): string;
  stop(): Promise<void>;
}
const PATIENCE_MS = 60_000;

type Env = Record<string, string | undefined>;

export interface Site {
  root: string;
  app: string;
  /** Starts it on its own database and waits until it listens or has ended. */
  boot(env?: Env): Promise<Boot>;
  /** One command of Strapi, for example `export`, on its database. @throws with what it said when it fails */
  strapi(args: string[], env?: Env): Promise<string>;
  /** The same, linked file by file: what is written in one of the two must be written with `rewrite`. */
  twin(): Promise<Site>;
  /** Changes the text of a file, here and in no twin. @throws when there is nothing to change */
  rewrite(file: string, change: (text: string) => string): void;
  remove(): Promise<void>;
}

const linkTree = (from: string, to: string): void => {
  fs.mkdirSync(to, { recursive: true });
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) fs.symlinkSync(fs.readlinkSync(source), target);
    else fs.linkSync(source, target);
  }
};

/**
 * Node looks for a module from the real path of who asks. So whatever asks for Strapi must really lie in this folder
 * (Strapi itself, the plugin, the app); everything else asks for no Strapi and may be a link.
 */
const installOwnStrapi = (modules: string): void => {
  const from = path.join(ROOT, 'node_modules');
  fs.mkdirSync(path.join(modules, '@strapi'), { recursive: true });
  for (const name of fs.readdirSync(from)) {
    if (name !== '@strapi') fs.symlinkSync(path.join(from, name), path.join(modules, name));
  }
  for (const name of fs.readdirSync(path.join(from, '@strapi'))) {
    const source = path.join(from, '@strapi', name);
    const nested = path.join(source, 'node_modules');
    const target = path.join(modules, '@strapi', name);
    fs.cpSync(source, target, { recursive: true, filter: (file) => file !== nested && isForServer(file) });
    if (fs.existsSync(nested)) fs.symlinkSync(nested, path.join(target, 'node_modules'));
  }
};

/** As npm has it where the newest version of one package lies at the root: every other package has a copy of its own. */
const giveOwnUtils = (modules: string): void => {
  for (const name of fs.readdirSync(path.join(modules, '@strapi'))) {
    const nested = path.join(modules, '@strapi', name, 'node_modules');
    if (name === 'utils' || !fs.existsSync(path.join(modules, '@strapi', name, 'dist'))) continue;
    if (fs.existsSync(nested)) {
      const real = fs.realpathSync(nested);
      fs.rmSync(nested);
      for (const one of fs.readdirSync(real)) {
        fs.mkdirSync(nested, { recursive: true });
        fs.symlinkSync(path.join(real, one), path.join(nested, one));
      }
    }
    fs.cpSync(path.join(modules, '@strapi/utils'), path.join(nested, '@strapi/utils'), { recursive: true });
  }
};

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) =>
    child.exitCode !== null || child.signalCode !== null ? resolve(child.exitCode) : child.once('exit', resolve),
  );

const spawnIn = (root: string, args: string[], env: Env) => {
  const child = spawn(process.execPath, args, {
    cwd: path.join(root, 'tests/app'),
    env: { ...process.env, FORM_GUARD_KEYS: process.env.TEST_KEYS, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let text = '';
  for (const out of [child.stdout, child.stderr]) out?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, said: () => text };
};

/** `close` comes after the last of what it had to say. */
const run = (root: string, args: string[], env: Env): Promise<{ code: number | null; said: string }> => {
  const { child, said } = spawnIn(root, args, env);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said: said() })));
};

const start = (root: string, env: Env): Promise<Boot> => {
  const { child, said } = spawnIn(root, [path.join(root, 'tests/helpers/serve-site.js')], env);
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended(child);
  };
  return new Promise((resolve) => {
    // One that neither listens nor ends is ended; then it has no code.
    const impatient = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    child.once('message', (message) => {
      clearTimeout(impatient);
      const { port, strapiFiles } = message as { port: number; strapiFiles: string[] };
      resolve({ child, port, strapiFiles, code: null, said, stop });
    });
    child.once('close', (code) => {
      clearTimeout(impatient);
      resolve({ child, port: null, strapiFiles: [], code, said, stop });
    });
  });
};

const siteIn = async (root: string): Promise<Site> => {
  const database = await makeDatabase();
  return {
    root,
    app: path.join(root, 'tests/app'),
    boot: (env = {}) => start(root, { ...database.env, ...env }),
    async strapi(args, env = {}) {
      const command = path.join(root, 'node_modules/@strapi/strapi/bin/strapi.js');
      const { code, said } = await run(root, [command, ...args], { ...database.env, ...env });
      if (code !== 0) throw new Error(`strapi ${args[0]} ended with ${code}: ${said}`);
      return said;
    },
    async twin() {
      const other = fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-site-'));
      linkTree(root, other);
      return siteIn(other);
    },
    rewrite(file, change) {
      const at = path.join(root, file);
      const before = fs.readFileSync(at, 'utf8');
      const after = change(before);
      if (after === before) throw new Error(`There is nothing to change in ${file}`);
      // Not written into: a twin has the same file.
      fs.rmSync(at);
      fs.writeFileSync(at, after);
    },
    async remove() {
      await database.remove();
      fs.rmSync(root, { recursive: true, force: true });
    },
  };
};

/** @param ownUtils with a Strapi of its own: whether each of its packages has its own copy of `@strapi/utils` */
export const makeSite = async ({ ownStrapi = false, ownUtils = false } = {}): Promise<Site> => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-site-'));
  const copy = (name: string) =>
    fs.cpSync(path.join(ROOT, name), path.join(root, name), { recursive: true, filter: isForServer });
  for (const name of ['package.json', 'strapi-server.js', 'dist/server', 'tests/helpers/serve-site.js']) copy(name);
  for (const name of APP_FOLDERS) copy(path.join('tests/app', name));
  const modules = path.join(root, 'node_modules');
  if (ownStrapi) installOwnStrapi(modules);
  else fs.symlinkSync(path.join(ROOT, 'node_modules'), modules);
  if (ownUtils) giveOwnUtils(modules);
  return siteIn(root);
};
