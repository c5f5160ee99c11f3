/**
 * A typical submission (8 fields, about 1 KB) sealed and opened again by the sealer as it ships, values to text and back,
 * against node:crypto on bytes that are ready, and against libraries that sites use for the like. What is not marked "a field
 * each" has the submission in one piece. The digest for search is compared with what it is made of. The libraries are none
 * of the plugin's: they are installed in bench/libraries when this is run for the first time.
 * Several fresh processes, one after the other, because how V8 compiles the same code differs from one to the next.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { ensureInstalled } from '../tests/ensure-installed.mjs';
import { ensureBuilt } from './measure/built.mjs';
import { compare } from './measure/medians.mjs';
import { reportAlone } from './measure/report.mjs';
import { DIGEST, OURS } from './measure/sealing-names.mjs';

const PROCESSES = Number(process.env.BENCH_PAIRS ?? 7);
const AIMS = { 'node:crypto AES-256-GCM': 2, 'cloak, a field each': 1 / 5 };

/** @returns the turns of one process: for each operation, by name, `{ wall, processor }[]` in milliseconds */
const turnsOfOne = async () => {
  const child = fork(path.join(import.meta.dirname, 'measure/sealing-process.mjs'));
  const sent = once(child, 'message');
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The process that seals ended with ${code}.`);
  const [turns] = await sent;
  return turns;
};

export const measure = async () => {
  await ensureInstalled(path.join(import.meta.dirname, 'libraries'));
  ensureBuilt();
  const processes = [];
  for (let index = 0; index < PROCESSES; index += 1) processes.push(await turnsOfOne());
  const compared = (one, other, clock) => {
    const times = (turns) => turns.map((each) => each[clock]);
    return compare(processes.map((turns) => ({ with: times(turns[one]), without: times(turns[other]) })));
  };
  const others = Object.keys(processes[0]).filter((what) => what !== OURS && what !== DIGEST);
  return others.flatMap((what) => {
    const ours = what.startsWith('HMAC') || what.startsWith('HKDF') ? DIGEST : OURS;
    const row = { what: `${ours}, against ${what}`, aim: AIMS[what], ...compared(ours, what, 'wall') };
    if (row.aim === undefined) return [row];
    return [row, { ...row, what: '… processor time', ...compared(ours, what, 'processor') }];
  });
};

await reportAlone(import.meta.url, measure);
