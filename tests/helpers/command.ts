/** Runs the maintainer's command line in the folder of the test app, as a maintainer does. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { APP } from './strapi';

const BIN = path.resolve(__dirname, '../../bin/form-guard.js');

export interface Ended {
  code: number | null;
  /** Standard output, which can be used as it is. */
  out: string;
  /** Standard error, for the person. */
  err: string;
}

export const startCommand = (args: string[], env: Record<string, string | undefined>) => {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: APP,
    env: { ...process.env, FORM_GUARD_KEYS: process.env.TEST_KEYS, TEST_WITHOUT_FORM_GUARD: 'false', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, ...said })));
  return { child, said, ended };
};

export const command = (args: string[], env: Record<string, string | undefined> = {}): Promise<Ended> =>
  startCommand(args, env).ended;
