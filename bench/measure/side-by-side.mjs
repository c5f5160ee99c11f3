/**
 * The same question to two Strapis that are alive at the same time, one with the plugin and one without, in turns
 * (A B, B A, …), after warming up. Several pairs of fresh processes, because two equal processes differ by some percent.
 */
import { makeApp } from './app.mjs';
import { compare } from './medians.mjs';
import { startSite } from './site.mjs';

const SIDES = ['with', 'without'];
const PAIRS = Number(process.env.BENCH_PAIRS ?? 3);

/** Both to the end, even when one fails: a Strapi that is still starting could not be stopped. */
const bothDo = async (deed) => {
  const ends = await Promise.allSettled(SIDES.map(deed));
  const failed = ends.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
  return Object.fromEntries(SIDES.map((side, index) => [side, ends[index].value]));
};

/** A list that is empty by mistake would be fast. */
const checkLength = async (site, { length, ...call }) => {
  if (length === undefined) return;
  const { data, results } = JSON.parse((await site.request(call)).body);
  if ((data ?? results).length !== length)
    throw new Error(`${call.path} answered ${(data ?? results).length} rows instead of ${length}.`);
};

const measurePair = async (app, index, { config, prepare, rounds, warmUp }) => {
  const sites = {};
  try {
    await bothDo(async (side) => {
      sites[side] = await startSite(app, { file: `${side}-${index}.db`, config, withPlugin: side === 'with' });
      await sites[side].listen();
    });
    const callOf = await bothDo((side) => prepare[side](sites[side]));
    await bothDo((side) => checkLength(sites[side], callOf[side](0)));
    let sent = 0;
    const once = (side) => sites[side].request(callOf[side]((sent += 1)));
    for (let round = 0; round < warmUp; round += 1) for (const side of SIDES) await once(side);
    const pair = { with: [], without: [] };
    for (let round = 0; round < rounds; round += 1) {
      for (const side of round % 2 === 0 ? SIDES : [...SIDES].reverse()) pair[side].push((await once(side)).ms);
    }
    const statements = await bothDo((side) => sites[side].statementsOf(callOf[side]((sent += 1))));
    return { pair, statements };
  } finally {
    await Promise.all(Object.values(sites).map((site) => site.stop()));
  }
};

/**
 * @param prepare for each side: fills the site and returns `(number) => request`, the request to measure; `number` is
 * another one each time.
 * @returns a row of the table.
 */
export const sideBySide = async ({ what, aim, config = {}, prepare, rounds = 300, warmUp = 100 }) => {
  const { app, remove } = makeApp();
  try {
    const pairs = [];
    let statements;
    for (let index = 0; index < PAIRS; index += 1) {
      const measured = await measurePair(app, index, { config, prepare, rounds, warmUp });
      pairs.push(measured.pair);
      ({ statements } = measured);
    }
    return { what, aim, ...compare(pairs), statements };
  } finally {
    remove();
  }
};
