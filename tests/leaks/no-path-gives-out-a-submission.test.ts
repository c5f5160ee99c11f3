/**
 * Every known path by which submissions leave a Strapi, tried with every setting wrong: on plain Strapi, where each must get
 * something out, so that the test is known to bite; and on guarded sites, where none may. Prints the table.
 */
import { client } from '../helpers/database';
import { exportOf } from './rows/operations';
import { TABLE } from './rows';
import { COLUMNS, rowsOf, tryEverything, type Column, type Results, type Run } from './site/columns';
import { isLeak, tableAsText } from './site/print';
import { isTried } from './site/row';

const results: Results = {
  plain: new Map(),
  guarded: new Map(),
  empty: new Map(),
  before: new Map(),
  transfer: new Map(),
  second: new Map(),
  imported: new Map(),
};
const run: Run = { table: TABLE, results, told: {}, cannotAsk: {}, exportOf, remove: () => undefined };

beforeAll(() => tryEverything(run), 1_800_000);
afterAll(() => {
  run.remove();
  process.stdout.write(tableAsText(TABLE, results));
});

const probesOf = (column: Column, id: string) => {
  const outcome = results[column].get(id);
  if (!outcome) throw new Error('It was not tried');
  if ('error' in outcome) throw new Error(outcome.error);
  return outcome.probes;
};

test('Every path of the list is in the table', () => {
  const ids = Array.from({ length: 93 }, (_, index) => `P${String(index + 1).padStart(2, '0')}`);
  expect(TABLE.map(({ id }) => id)).toEqual(ids);
  expect(TABLE.filter((row) => !isTried(row)).map(({ id }) => id)).toEqual(['P49', 'P50', 'P51', 'P52', 'P53']);
});

test.each(Object.entries(COLUMNS) as [Column, string][])('%s: every credential of the attacks is good', (column) => {
  expect(run.cannotAsk[column]).toEqual([]);
});

describe(COLUMNS.plain, () => {
  test.each(rowsOf(TABLE, 'plain').map(({ id, what }) => [id, what]))('%s leaks: %s', (id) => {
    const tried = probesOf('plain', id).filter(({ guardedOnly }) => !guardedOnly);
    const bitesNot = tried.filter(({ leaked }) => !leaked).map(({ what, evidence }) => `${what} → ${evidence}`);
    // Some paths are a matter of the database.
    if (client === 'sqlite') expect(tried.length).toBeGreaterThan(0);
    expect(bitesNot).toEqual([]);
  });
});

test.each(['guarded', 'before', 'second'] as const)('%s: all the while the site tells nobody', (column) => {
  const leaks = run.told[column]?.filter(({ leaked }) => leaked).map(({ what, evidence }) => `${what} → ${evidence}`);
  expect(leaks).toEqual([]);
});

describe.each(Object.entries(COLUMNS).filter(([column]) => column !== 'plain') as [Column, string][])('%s: %s', (column) => {
  test.each(rowsOf(TABLE, column).map(({ id, what }) => [id, what]))('%s gives nothing out: %s', (id) => {
    const leaks = probesOf(column, id).filter((probe) => isLeak(probe, column));
    expect(leaks.map(({ kind, what, evidence }) => `${kind} ${what} → ${evidence}`)).toEqual([]);
  });
});
