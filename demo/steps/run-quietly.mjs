/** Runs a program of node_modules and keeps what it says to itself, unless it fails. */
import { spawn } from 'node:child_process';

/** @throws with everything the program said */
export const runQuietly = (script, args, { cwd, env }) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const out of [child.stdout, child.stderr]) out.setEncoding('utf8').on('data', (text) => (said += text));
    const stop = () => child.kill('SIGTERM');
    process.once('SIGTERM', stop);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.removeListener('SIGTERM', stop);
      if (code === 0) resolve();
      else reject(new Error(`This failed (${signal ?? `exit ${code}`}): ${args.join(' ')}\n${said}`));
    });
  });
