/** Each promise of SECURITY.md names the tests that show it: they are there, under the names that it says. */
import fs from 'node:fs';
import path from 'node:path';
import { TABLE } from '../leaks/rows';

const ROOT = path.resolve(__dirname, '../..');
const FOLDERS = ['behaviour', 'unit', 'browser', 'leaks'];
const text = fs.readFileSync(path.join(ROOT, 'SECURITY.md'), 'utf8');
const [, chapter = ''] = /## What we promise[^\n]*\n([^]*?)\n## /.exec(text) ?? [];
const promises = chapter
  .split(/\n(?=- )/)
  .map((one) => one.trim().replace(/\s+/g, ' '))
  .filter((one) => one.startsWith('- '));

/** `behaviour/name`, then further names in the same folder; `leaks/` with rows of its table. */
const namesIn = (promise: string): string[] => {
  let folder = '';
  return [...promise.matchAll(/`(?:([a-z]+)\/)?([a-z][a-z0-9-]+-[a-z0-9-]+)?`/g)].flatMap(([, prefix, name]) => {
    folder = prefix ?? folder;
    return name && folder ? [`${folder}/${name}`] : [];
  });
};
const rowsIn = (promise: string): string[] => promise.match(/\bP\d\d\b/g) ?? [];

test('there are promises', () => expect(promises.length).toBeGreaterThan(40));

test.each(promises)('%s', (promise) => {
  const names = namesIn(promise);
  expect(names.length + rowsIn(promise).length).toBeGreaterThan(0);
  for (const name of names) {
    expect(FOLDERS).toContain(name.split('/')[0]);
    expect([name, fs.existsSync(path.join(ROOT, 'tests', `${name}.test.ts`))]).toEqual([name, true]);
  }
  for (const id of rowsIn(promise)) expect(TABLE.map((row) => row.id)).toContain(id);
});
