/**
 * A site in a temporary folder: the fixture app, the built plugin, a database of its own, and Strapi in processes of their
 * own, several at once if wanted. What it logs, mails, tells other plugins and leaves in its temporary folder can be read.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeDatabase } from '../../helpers/database';

const ROOT = path.resolve(__dirname, '../../..');
const APP = 'tests/leaks/app';
const PLUGIN = ['package.json', 'strapi-server.js', 'bin', 'dist/server'];
const PATIENCE_MS = 60_000;

export type Env = Record<string, string | undefined>;

export interface Process {
  /** Null when it ended before it listened. */
  port: number | null;
  said(): string;
  /** What other plugins have seen in this process. */
  seen(): string;
  stop(): Promise<void>;
}

export interface Site {
  app: string;
  database: Awaited<ReturnType<typeof makeDatabase>>;
  /** The folder in which its processes put temporary files. */
  temporary: string;
  /** Mails that it wrote. */
  outbox(): string;
  start(env: Env): Promise<Process>;
  /** One of Strapi's commands, to its end. */
  command(args: string[], env: Env, typed?: string): Promise<{ code: number | null; said: string }>;
  /** One of the plugin's. */
  maintain(args: string[], env: Env): Promise<{ code: number | null; said: string }>;
  remove(): Promise<void>;
}

const textOf = (file: string): string => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '');

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('close', () => resolve());
  });

const listen = (child: ChildProcess): (() => string) => {
  const said: Buffer[] = [];
  for (const out of [child.stdout, child.stderr]) out?.on('data', (chunk: Buffer) => said.push(chunk));
  return () => Buffer.concat(said).toString();
};

export const makeSite = async (): Promise<Site> => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-leaks-'));
  const app = path.join(root, APP);
  const temporary = path.join(root, 'tmp');
  const outbox = path.join(root, 'outbox');
  fs.mkdirSync(temporary);
  fs.cpSync(path.join(ROOT, APP), app, { recursive: true });
  for (const name of PLUGIN) fs.cpSync(path.join(ROOT, name), path.join(root, name), { recursive: true });
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'));
  const database = await makeDatabase();
  let started = 0;

  const environment = (env: Env): { seen: string; all: Env } => {
    started += 1;
    const seen = path.join(root, `seen-${started}`);
    const own = { ...database.env, TMPDIR: temporary, LEAKS_OUTBOX: outbox, LEAKS_SEEN: seen };
    return { seen, all: { ...process.env, FORM_GUARD_KEYS: process.env.TEST_KEYS, ...own, ...env } };
  };

  const toItsEnd = (
    command: string,
    args: string[],
    env: Env,
    typed?: string,
  ): Promise<{ code: number | null; said: string }> => {
    const child = spawn(process.execPath, [command, ...args], {
      cwd: app,
      env: environment(env).all,
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: PATIENCE_MS,
    });
    const said = listen(child);
    child.stdin.write(typed ?? '');
    if (typed === undefined) child.stdin.end();
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, said: said() })));
  };

  return {
    app,
    database,
    temporary,
    outbox: () => textOf(outbox),
    start(env) {
      const { seen, all } = environment(env);
      const child = spawn(process.execPath, [path.join(__dirname, 'serve.js')], {
        cwd: app,
        env: all,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      const said = listen(child);
      const stop = async (): Promise<void> => {
        child.kill('SIGKILL');
        await ended(child);
      };
      return new Promise((resolve) => {
        const answer = (port: number | null) => resolve({ port, said, seen: () => textOf(seen), stop });
        // In development Strapi sends its own messages: "reload" and "stop".
        child.on('message', (message: { port?: number }) => {
          if (message.port !== undefined) answer(message.port);
        });
        child.once('close', () => answer(null));
      });
    },
    command: (args, env, typed) => toItsEnd(path.join(ROOT, 'node_modules/@strapi/strapi/bin/strapi.js'), args, env, typed),
    maintain: (args, env) => toItsEnd(path.join(root, 'bin/form-guard.js'), args, env),
    async remove() {
      await database.remove();
      fs.rmSync(root, { recursive: true, force: true });
    },
  };
};
