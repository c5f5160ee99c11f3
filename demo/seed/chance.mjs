/** Chance that is the same at every first start: a small seeded generator (mulberry32). Never used for anything secret. */
export const makeChance = (seed) => {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (from, to) => from + Math.floor(next() * (to - from + 1));
  return {
    whole,
    likely: (share) => next() < share,
    pick: (list) => list[whole(0, list.length - 1)],
    some: (list, share) => list.filter(() => next() < share),
  };
};
