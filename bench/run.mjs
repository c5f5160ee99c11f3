/**
 * Every benchmark, or those that are named (`node bench/run.mjs list boot`), in one table. Ends with 0 unless one could
 * not run: a ratio that misses its aim is a finding, not a failure.
 */
import { report } from './measure/report.mjs';

const ALL = ['post-form', 'post-wrapped', 'list', 'boot', 'unprotected', 'open', 'attachment', 'sealing'];
const named = process.argv.slice(2).map((name) => name.replace(/\.mjs$/, ''));
const unknown = named.filter((name) => !ALL.includes(name));
if (unknown.length > 0) throw new Error(`There is no benchmark "${unknown.join('", "')}"; there are: ${ALL.join(', ')}.`);

const rows = [];
for (const name of named.length > 0 ? named : ALL) {
  console.error(`${name} …`);
  try {
    const { measure } = await import(`./${name}.mjs`);
    rows.push(...(await measure()));
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}
report(rows);
