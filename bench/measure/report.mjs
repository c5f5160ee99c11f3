/** Prints rows as one table; BENCH_SQL=true lists the statements of one request on both sides as well. */
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const time = (ms) => (ms < 0.1 ? `${(ms * 1000).toFixed(1)} µs` : `${ms.toFixed(2)} ms`);
const HEAD = ['what', 'with', 'without', 'ratio', 'lowest–highest', 'aim', '', 'SQL with / without'];

/** Something that has a limit of its own, and no ratio to another site: the greatest of all rounds, and the median. */
const limitCells = ({ what, unit, most, middle, ...row }) => [
  what,
  `${row.with.toFixed(1)} ${unit}`,
  row.without === undefined ? '' : `${row.without.toFixed(1)} ${unit}`,
  '',
  `median ${middle.toFixed(1)}`,
  `≤ ${most} ${unit}`,
  row.with <= most ? 'met' : 'not met',
  '',
];

const ratioCells = ({ what, aim, statements, ...row }) => [
  what,
  time(row.with),
  time(row.without),
  `${row.ratio.toFixed(3)}×`,
  `${row.lowest.toFixed(3)}–${row.highest.toFixed(3)}`,
  ...(aim === undefined ? ['', ''] : [`≤ ${aim.toFixed(2)}×`, row.ratio <= aim ? 'met' : 'not met']),
  statements ? `${statements.with.length} / ${statements.without.length}` : '',
];

const cells = (row) => (row.most === undefined ? ratioCells(row) : limitCells(row));

export const report = (rows) => {
  console.log(`Medians. Node ${process.version}, SQLite, ${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown processor'}\n`);
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  for (const line of lines)
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
  if (process.env.BENCH_SQL !== 'true') return;
  for (const { what, statements } of rows.filter((row) => row.statements)) {
    for (const side of ['with', 'without']) {
      console.log(`\n${what}, ${side}:`);
      for (const sql of statements[side]) console.log(`  ${sql}`);
    }
  }
};

/** When the file is run by itself, and not by run.mjs. */
export const reportAlone = async (url, measure) => {
  if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(url)) report(await measure());
};
