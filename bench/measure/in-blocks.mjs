/**
 * Many requests to two Strapis that are alive at the same time, one with the plugin and one without, in short blocks in turns
 * (A B, B A, …). What counts is the processor time that each server itself has used for its block, garbage and all: a
 * machine that has other things to do meanwhile falsifies that far less than the clock. Several pairs of fresh processes,
 * because two equal processes differ by some percent.
 */
import { makeApp } from './app.mjs';
import { compare, median } from './medians.mjs';
import { startSite } from './site.mjs';

const SIDES = ['with', 'without'];
const PAIRS = Number(process.env.BENCH_PAIRS ?? 3);
const BLOCKS = Number(process.env.BENCH_BLOCKS ?? 24);
const IN_A_BLOCK = 20;
const WARM_UP = 150;

const each = async (deed) => {
  const ends = await Promise.allSettled(SIDES.map(deed));
  const failed = ends.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
  return Object.fromEntries(SIDES.map((side, index) => [side, ends[index].value]));
};

const check = async (site, { what, length, ...call }) => {
  if (length === undefined) return;
  const answer = JSON.parse((await site.request(call)).body);
  const rows = answer.data ?? answer.results ?? answer;
  if (rows.length !== length) throw new Error(`${what}: ${rows.length} rows instead of ${length}.`);
};

const block = async (site, callOf, count) => {
  const before = await site.ask('usage');
  for (let sent = 0; sent < count; sent += 1) await site.request(callOf());
  return ((await site.ask('usage')) - before) / count;
};

/** @returns by the name of the request, the milliseconds of processor time of one, block by block */
const measurePair = async (app, index, { config, prepare }) => {
  const sites = {};
  try {
    await each(async (side) => {
      sites[side] = await startSite(app, { file: `${side}-${index}.db`, config, withPlugin: side === 'with' });
      await sites[side].listen();
    });
    const calls = await each((side) => prepare(sites[side], side));
    const times = {};
    for (const what of Object.keys(calls.with)) {
      const of = (side) => calls[side][what];
      await each((side) => check(sites[side], { what, ...of(side)() }));
      await each((side) => block(sites[side], of(side), WARM_UP));
      times[what] = { with: [], without: [] };
      for (let round = 0; round < BLOCKS; round += 1) {
        for (const side of round % 2 === 0 ? SIDES : [...SIDES].reverse())
          times[what][side].push(await block(sites[side], of(side), IN_A_BLOCK));
      }
      times[what].statements = await each((side) => sites[side].statementsOf(of(side)()));
    }
    return times;
  } finally {
    await Promise.all(Object.values(sites).map((site) => site.stop()));
  }
};

/** Blocks that ran one after the other are compared with one another: what slowed the one down slowed the other. */
const ratioOf = (pair) => median(pair.with.map((ms, index) => ms / pair.without[index]));

/**
 * @param prepare fills a site (`with` or `without` the plugin) and returns, by name, functions that each give the next request to measure.
 * @returns a row of the table for each.
 */
export const inBlocks = async ({ aim, config, prepare }) => {
  const { app, remove } = makeApp();
  try {
    const pairs = [];
    for (let index = 0; index < PAIRS; index += 1) pairs.push(await measurePair(app, index, { config, prepare }));
    return Object.keys(pairs[0]).map((what) => {
      const all = pairs.map((pair) => pair[what]);
      const ratios = all.map(ratioOf);
      const { statements } = all.at(-1);
      return {
        what,
        aim,
        ...compare(all),
        ratio: median(ratios),
        lowest: Math.min(...ratios),
        highest: Math.max(...ratios),
        statements,
      };
    });
  } finally {
    remove();
  }
};
