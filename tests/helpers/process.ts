/** A Strapi in a process of its own, from the built plugin: to be killed, or to see a boot that stops. */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { APP } from './strapi';

const SERVE = path.join(__dirname, 'serve.js');

export interface Served {
  child: ChildProcess;
  port: number;
  said(): string;
  kill(signal?: NodeJS.Signals): Promise<void>;
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) =>
    child.exitCode !== null || child.signalCode !== null ? resolve(child.exitCode) : child.once('exit', resolve),
  );

const start = (env: Record<string, string | undefined>) => {
  const child = spawn(process.execPath, [SERVE], {
    cwd: APP,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  for (const out of [child.stdout, child.stderr]) out?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { child, said: () => said };
};

/** Waits until it listens. @throws with what it said when it ends before */
export const serve = (env: Record<string, string | undefined>): Promise<Served> => {
  const { child, said } = start(env);
  const kill = async (signal: NodeJS.Signals = 'SIGKILL') => {
    child.kill(signal);
    await ended(child);
  };
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve({ child, port: (message as { port: number }).port, said, kill }));
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${said()}`)));
  });
};

/** Boots and waits for the end: for boots that must stop. A boot that succeeds is killed and answers code null. */
export const bootToEnd = async (env: Record<string, string | undefined>): Promise<{ code: number | null; said: string }> => {
  const { child, said } = start(env);
  child.once('message', () => child.kill('SIGKILL'));
  const code = await ended(child);
  return { code, said: said() };
};
