/** Rooms import each other only through their index, only in the allowed direction; only disclosure opens. */
import fs from 'node:fs';
import path from 'node:path';

const SRC = path.resolve(__dirname, '../../server/src');
const MAY_CALL = JSON.parse(fs.readFileSync(path.resolve(SRC, '../walls.json'), 'utf8')) as Record<string, string[]>;
const rooms = fs
  .readdirSync(SRC, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const files = (dir: string): string[] =>
  fs
    .readdirSync(dir, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? files(path.join(dir, entry.name)) : [path.join(dir, entry.name)]));
const importsOf = (file: string): string[] =>
  [...fs.readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)].map((match) => match[1] as string);

test('every room has its walls', () => {
  expect(rooms.sort()).toEqual(Object.keys(MAY_CALL).sort());
});

describe.each(rooms)('%s', (room) => {
  test.each(files(path.join(SRC, room)).map((file) => [path.relative(SRC, file), file]))('%s', (_name, file) => {
    for (const imported of importsOf(file as string).filter((name) => name.startsWith('.'))) {
      const target = path.relative(SRC, path.resolve(path.dirname(file as string), imported)).split(path.sep);
      const other = target[0] as string;
      if (!rooms.includes(other) || other === room) continue;
      expect(MAY_CALL[room]).toContain(other);
      expect(target).toHaveLength(1);
    }
  });
});

test('encryption knows no Strapi, and only it knows node:crypto ciphers', () => {
  for (const file of files(SRC)) {
    const text = fs.readFileSync(file, 'utf8');
    if (file.includes(`${path.sep}encryption${path.sep}`))
      expect([file, importsOf(file).filter((name) => name.includes('strapi'))]).toEqual([file, []]);
    else expect([file, /createCipheriv|createDecipheriv/.test(text)]).toEqual([file, false]);
  }
});

test('nothing but the disclosure room opens', () => {
  // `vaultOf(strapi).open(…)`, `….files.open(…)`, and `{ open } = vaultOf(strapi)`.
  const OPENS = /vaultOf\([^)]*\)\s*(?:\.files)?\s*\.open\(|\bopen\b[^}]*\}\s*=\s*vaultOf\(/;
  const openers = files(SRC).filter((file) => OPENS.test(fs.readFileSync(file, 'utf8')));
  expect(openers.map((file) => path.relative(SRC, file)).sort()).toEqual(
    ['download.ts', 'export.ts', 'open.ts'].map((name) => path.join('disclosure', name)),
  );
});

test('no room that guards catches an error and goes on', () => {
  for (const room of ['intake', 'encryption', 'vault', 'disclosure', 'protection', 'audit']) {
    for (const file of files(path.join(SRC, room))) {
      for (const match of fs.readFileSync(file, 'utf8').matchAll(/catch\s*(?:\([^)]*\))?\s*\{([\s\S]*?)\n\s*\}/g)) {
        expect([path.relative(SRC, file), /throw|return/.test(match[1] ?? '')]).toEqual([path.relative(SRC, file), true]);
      }
    }
  }
});
