/**
 * A guard takes hold of something inside Strapi. When that is called otherwise, or behaves otherwise, the server stops
 * before it listens, with a sentence that names the guard and the version. Each row changes one thing in a copy of
 * Strapi, its definition and its uses, so that Strapi itself would go on working.
 */
import fs from 'node:fs';
import path from 'node:path';
import { changed, everywhere, startWith, withEach, type Started } from '../helpers/another-strapi/change';
import { HELD, UNPROTECTED } from '../helpers/another-strapi/held';
import { CHANGED, TRIED, type Row } from '../helpers/another-strapi/tried';
import { makeSite, type Site } from '../helpers/site';
import { CONTACT } from '../helpers/strapi';

const SOURCES = path.resolve(__dirname, '../../server/src');
const GUARDED = {
  TEST_WITHOUT_FORM_GUARD: 'false',
  TEST_FORM_GUARD: JSON.stringify({ protect: { [CONTACT]: { plain: ['subject'], search: ['email'] } } }),
};
const EVERYTHING = { ...GUARDED, TEST_GRAPHQL: 'true', TEST_DOCUMENTATION: 'true' };
const heldRows: Row[] = HELD.flatMap(({ guards, where, names, rename, says, with: on }) =>
  names.map((name) => ({
    what: `${where}, ${name}`,
    guards,
    says: says?.(name) ?? `${where} has no function "${name}"`,
    changes: rename(name),
    with: on,
  })),
);

const ROWS = [...heldRows, ...TRIED, ...CHANGED];
const SENTENCE =
  /^.*Form Guard: the guard "([^"]+)" does not fit this Strapi \(5\.54\.0\): (.*)\. Nothing is served without it\..*$/m;

let site: Site;
let beside: Site;
let results: Started[];
const resultOf = (row: Row): Started => results[ROWS.indexOf(row)] as Started;

beforeAll(async () => {
  site = await makeSite({ ownStrapi: true });
  beside = await site.twin();
  // Before anything starts: a row that changes nothing is a mistake in the table.
  for (const { changes } of ROWS) changed(site, changes);
  results = await withEach(ROWS, [site, beside], async (row, copy) => {
    const started = await startWith(copy, row.changes, { ...GUARDED, ...row.with });
    const { boot, seconds } = started;
    const [, guard, what] = SENTENCE.exec(boot.said) ?? [];
    const end = boot.port === null ? `ended with ${boot.code} after ${seconds.toFixed(1)} s` : 'LISTENS';
    const said = guard ? `${guard}: ${what}` : `no sentence, but: ${/^.*rror.*$/m.exec(boot.said)?.[0] ?? ''}`;
    process.stdout.write(`    ${row.what} | ${end} | ${said}\n`);
    return started;
  });
}, 900_000);
afterAll(async () => {
  await site.remove();
  await beside.remove();
});

describe('The copy of Strapi', () => {
  test('is the one that runs, unchanged, with the plugin', async () => {
    const boot = await site.boot(EVERYTHING);
    await boot.stop();
    expect(boot.port).toEqual(expect.any(Number));
    expect(boot.said()).toContain('[it listens]');
    expect(boot.strapiFiles.length).toBeGreaterThan(500);
    const strays = boot.strapiFiles.filter((file) => !file.startsWith(site.root) && !/@strapi\/[^/]+\/node_modules\//.test(file));
    expect(strays).toEqual([]);
  });

  test.each([
    ['every held function is called otherwise', heldRows],
    ['everything that a guard changes is called otherwise', CHANGED],
  ])('runs without the plugin also when %s', async (_what, rows) => {
    const changes = new Map(rows.flatMap((row) => row.changes).map((one) => [`${one.in} ${one.what}`, one]));
    const { boot } = await startWith(site, [...changes.values()], { ...EVERYTHING, TEST_WITHOUT_FORM_GUARD: 'true' });
    expect(boot.said).toContain('[it listens]');
    expect(boot.port).toEqual(expect.any(Number));
  });

  test('cannot be changed without a change', () => {
    expect(() => changed(site, everywhere('core')('nothingOfThisName'))).toThrow('There is nothing like');
  });
});

const stops = (row: Row): void => {
  const { boot, changed: files } = resultOf(row);
  expect(boot.port).toBeNull();
  expect(boot.code).toBeGreaterThan(0);
  expect(boot.said).not.toContain('[it listens]');
  const loaded = files.filter((file) => boot.said.includes(`[loaded ${file}]`));
  expect(loaded).not.toEqual([]);
  const [sentence, guard, what] = SENTENCE.exec(boot.said) ?? [`no sentence in: ${boot.said.slice(-600)}`];
  expect(sentence).toMatch(SENTENCE);
  expect(row.guards).toContain(guard);
  expect(what).toContain(row.says);
  expect(sentence).toContain('[STRAPI_NOT_AS_EXPECTED]');
};

describe('A function that a guard holds', () => {
  test.each(heldRows.map((row) => [row.what, row] as const))('%s', (_what, row) => stops(row));
});
describe('Something that is still there and does something else', () => {
  test.each(TRIED.map((row) => [row.what, row] as const))('%s', (_what, row) => stops(row));
});
describe('Something that a guard changes', () => {
  test.each(CHANGED.map((row) => [row.what, row] as const))('%s', (_what, row) => stops(row));
});

describe('The table', () => {
  /** What guards really hold in a boot with everything on, and in one where nothing is protected. */
  const heldIn = async (env: Record<string, string>): Promise<[string, string, string[]][]> => {
    const twin = await site.twin();
    try {
      // The bundle calls its parameters as it likes.
      const tell = (head: string, told: string): string =>
        `${head}process.stderr.write('[held] ' + JSON.stringify([${told}]) + '\\n');\n`;
      twin.rewrite('dist/server/index.js', (text) =>
        text
          .replace(
            /(const holdFunctions = \(\w+, (\w+), (\w+), \w+, (\w+)\) => \{\n)/,
            (_all, head: string, guard: string, where: string, names: string) => tell(head, `${guard}, ${where}, ${names}`),
          )
          .replace(
            /(const guardRoutes = \(\w+, (\w+), (\w+), \w+\) => \{\n)/,
            (_all, head: string, guard: string, handlers: string) => tell(head, `${guard}, 'a route', ${handlers}`),
          ),
      );
      const boot = await twin.boot(env);
      await boot.stop();
      return [...new Set(boot.said().match(/(?<=\[held\] ).*$/gm))].map((line) => JSON.parse(line) as [string, string, string[]]);
    } finally {
      await twin.remove();
    }
  };

  test('has a row for every function that a guard holds', async () => {
    const held = [...(await heldIn(EVERYTHING)), ...(await heldIn({ ...EVERYTHING, ...UNPROTECTED }))];
    expect(held.length).toBeGreaterThan(20);
    const rows = [
      ...HELD.flatMap(({ guards, where, names }) =>
        guards.flatMap((guard) => names.map((name) => `${guard}: ${where}, ${name}`)),
      ),
      ...CHANGED.flatMap(({ guards, what }) => guards.map((guard) => `${guard}: ${what}`)),
    ];
    const missing = held.flatMap(([guard, where, names]) =>
      names.map((name) => `${guard}: ${where}, ${name}`).filter((one) => !rows.includes(one)),
    );
    expect([...new Set(missing)]).toEqual([]);
  });

  test('has a row for every sentence that a guard says after trying', () => {
    const files = fs.readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const sentences = files
      .filter((name) => !name.endsWith('hold.ts') && !name.endsWith('index.ts'))
      .flatMap((name) => {
        const text = fs.readFileSync(path.join(SOURCES, name), 'utf8');
        const found = [...text.matchAll(/notAsExpected\(\s*strapi,\s*\w+,\s*([`'"])((?:(?!\1).)*)\1/g)].map(
          ([, , said]) => said ?? '',
        );
        const calls = text.match(/notAsExpected\(/g)?.length ?? 0;
        return found.length === calls ? found : [...found, `${name}: ${calls} calls, of which ${found.length} could be read`];
      });
    expect(sentences.length).toBeGreaterThan(5);
    // What stands between ${ and } is known only at boot.
    const said = results.map(({ boot }) => SENTENCE.exec(boot.said)?.[2] ?? '');
    const unsaid = sentences.filter((sentence) => {
      const parts = sentence.split(/\$\{[^}]*\}/).filter((part) => part.trim() !== '');
      return !said.some((one) => parts.every((part) => one.includes(part)));
    });
    expect(unsaid).toEqual([]);
  });
});
