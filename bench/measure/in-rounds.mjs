/**
 * Many small operations in one process, in rounds: each has its turn in every round, forwards and backwards, and every turn
 * lasts about as long, so that whatever else the machine does falls on all alike. A turn ends when its garbage is collected:
 * otherwise the next one, or none that is the median, would pay for it (node:crypto leaves two objects of C++ for each seal
 * and opening, which cost as much to collect as to use).
 */
import { isDeepStrictEqual } from 'node:util';
import v8 from 'node:v8';
import vm from 'node:vm';

const ROUNDS = 25;
const TURN_MS = 25;
const WARM_UP_MS = 300;

v8.setFlagsFromString('--expose-gc');
const gc = vm.runInNewContext('gc');
const collectGarbage = () => gc({ type: 'minor' });

const readable = (value) => {
  if (Array.isArray(value)) return value.map(readable);
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? Buffer.from(value).toString() : value;
};

/** One that does nothing by mistake would be fast. */
const check = async ({ what, run, gives }) => {
  if (!isDeepStrictEqual(readable(await run()), readable(gives)))
    throw new Error(`"${what}" does not give back what it was given.`);
};

const usedMs = (since) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

/** Only what answers with a promise is waited for: waiting takes time too. @returns milliseconds for one, by either clock */
const turn = async ({ run, isAsync }, times) => {
  const [started, used] = [performance.now(), process.cpuUsage()];
  if (isAsync) for (let done = 0; done < times; done += 1) await run();
  else for (let done = 0; done < times; done += 1) run();
  collectGarbage();
  return { wall: (performance.now() - started) / times, processor: usedMs(used) / times };
};

const prepare = async (operation) => {
  await check(operation);
  const prepared = { ...operation, isAsync: operation.run() instanceof Promise };
  const until = performance.now() + WARM_UP_MS;
  let times = 1;
  while (performance.now() < until) times = Math.ceil(TURN_MS / (await turn(prepared, times)).wall);
  return { ...prepared, times };
};

/**
 * @param operations `{ what, run, gives }`: `gives` is what `run` must answer with.
 * @returns the turns of each, by name: milliseconds for one by the clock on the wall, and by that of the processor, which a
 * busy machine falsifies less.
 */
export const inRounds = async (operations) => {
  const prepared = [];
  for (const operation of operations) prepared.push(await prepare(operation));
  const turns = Object.fromEntries(prepared.map(({ what }) => [what, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const one of round % 2 === 0 ? prepared : [...prepared].reverse()) turns[one.what].push(await turn(one, one.times));
  }
  return turns;
};
