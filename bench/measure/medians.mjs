/** What is reported: medians, and how far apart the ratios of several measurements lie. Pure. */
export const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** @param pairs measured at different times: `{ with: number[], without: number[] }` in milliseconds. */
export const compare = (pairs) => {
  const ratios = pairs.map((pair) => median(pair.with) / median(pair.without));
  return {
    with: median(pairs.map((pair) => median(pair.with))),
    without: median(pairs.map((pair) => median(pair.without))),
    ratio: median(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
  };
};
