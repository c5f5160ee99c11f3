/** Prints rows as one table; BENCH_SQL=true lists the statements of one request on both sides as well. */
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ms = (value) => `${value.toFixed(2)} ms`;
const HEAD = ['what', 'with', 'without', 'ratio', 'lowest–highest', 'aim', '', 'SQL with / without'];

const cells = ({ what, aim, statements, ...row }) => [
  what,
  ms(row.with),
  ms(row.without),
  `${row.ratio.toFixed(3)}×`,
  `${row.lowest.toFixed(3)}–${row.highest.toFixed(3)}`,
  `≤ ${aim.toFixed(2)}×`,
  row.ratio <= aim ? 'met' : 'not met',
  statements ? `${statements.with.length} / ${statements.without.length}` : '',
];

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
