/** Which demos run on this data: a note for each process, so that its database is not deleted while it runs. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const notes = (home) => path.join(home, '.cache', 'running');

export const noteRunning = (home, url) => {
  mkdirSync(notes(home), { recursive: true });
  writeFileSync(path.join(notes(home), `${process.pid}.json`), JSON.stringify({ pid: process.pid, url }));
};

/** Both, because a process id alone may by now be somebody else's, and so may an address. */
const isAlive = async ({ pid, url }) => {
  try {
    process.kill(pid, 0);
    const { status } = await fetch(`${url}/_health`, { signal: AbortSignal.timeout(2000) });
    return status === 204;
  } catch {
    return false;
  }
};

/** @returns { pid, url } of one that runs now, or null. */
export const runningDemo = async (home) => {
  mkdirSync(notes(home), { recursive: true });
  for (const file of readdirSync(notes(home)).map((name) => path.join(notes(home), name))) {
    const running = JSON.parse(readFileSync(file, 'utf8'));
    if (await isAlive(running)) return running;
    rmSync(file);
  }
  return null;
};
