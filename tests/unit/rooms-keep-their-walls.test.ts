/** Rooms import each other only through their index, only in the allowed direction; only disclosure opens. */
import fs from 'node:fs';
import path from 'node:path';
import { importsIn, readProgram, swallowsIn } from '../helpers/source-rules';

/** Where an error is met and something else is done on purpose: file, function, and why that loses and opens nothing. */
const GOES_ON: Record<string, string> = {
  'intake/file-type.ts known': 'what is damaged is of no known type, and is refused as that',
  'intake/gate.ts takeIn': 'what cannot be read is answered with its problem',
  'intake/multipart.ts take': 'the whole request is refused with the first problem',
  'intake/office-type.ts textOf': 'a part that cannot be unpacked says nothing of the kind of the file',
  'intake/part-header.ts extended': 'a name that cannot be decoded is left as it came',
  'intake/read-body.ts parse': 'what cannot be parsed is answered with its problem',
  'intake/read-body.ts readBody': 'what cannot be read is answered with its problem',
  'encryption/kept.ts put': 'whoever waits for the value gets the error; here it is only forgotten',
  'encryption/kept.ts renew': 'the older value is valid for a while yet; whoever asks next tries again',
  'encryption/key-providers/vault-faults.ts member': 'what is no JSON says nothing, and is judged by its status',
  'encryption/key-providers/vault-transit.ts post': 'the answer was refused; closing its connection may fail',
  'encryption/sealer.ts renewOne': 'counted as unreadable; a fault of another kind is thrown by whyUnreadable',
  'encryption/sealer.ts whyNot': 'the reason is what is asked for; a fault of another kind is thrown by whyUnreadable',
  'vault/archive/read-archive.ts whyFileNot':
    'the reason is what is asked for; a fault of another kind is thrown by whyUnreadable',
  'vault/file-store/disk.ts namesIn': 'unlessMissing throws everything but a missing folder',
  'vault/file-store/disk.ts listed': 'unlessMissing throws everything but a missing file',
  'vault/file-store/disk.ts keep': 'unlessMissing throws everything but a missing file',
  'vault/file-store/disk.ts read': 'unlessMissing throws everything but a missing file',
  'vault/files.ts whyNot': 'the reason is what is asked for; a fault of another kind is thrown by whyUnreadable',
  'vault/moving/library.ts fromElsewhere': 'null is thrown on as NotInLibrary',
  'vault/moving/move-out.ts moveOne': 'the submission stays, counted with the reason; leave throws what is no matter of it',
  'vault/reseal.ts resealFiles': 'counted as unreadable; a fault of another kind is thrown by whyUnreadable',
  'vault/sweep-bin.ts sweepBin': 'the others are erased all the same, and what failed is thrown at the end',
  'vault/sweep-bin.ts task': 'told to the operator and tried again in an hour',
  'vault/work.ts workOnAll': 'handed back by form or type, for whoever asked',
  'vault/work.ts startInBackground': 'told to the operator and tried again in ten seconds',
  'vault/work.ts stop': 'whoever started the work has its error; here the end of it is waited for',
  'disclosure/remind-readers.ts task': 'told to the operator; a mail opens nothing',
  'disclosure/references-in.ts unpacked': 'what does not unpack is nothing that a spreadsheet program could show, either',
  'disclosure/suspended.ts sendOrSay': 'told to the operator; a mail opens nothing',
  'protection/try-account-secrets.ts tryAccountSecrets': 'a refusal is what is hoped for; anything else stops the boot',
  'protection/upload-address.ts asServed': 'an address that cannot be decoded leads to no file',
  'disclosure/tell-others.ts sendLater': 'told to the operator; a mail opens nothing',
  'disclosure/remind-readers.ts remindReaders':
    'one mailbox that fails keeps no other reader from being told; a mail opens nothing',
  'disclosure/tell-readers.ts tell': 'one mailbox that fails keeps no other reader from being told; a mail opens nothing',
  'disclosure/tell-readers.ts createTellReaders': 'told to the operator; a mail opens nothing',
  'protection/clean-error.ts detailsOf': 'details that cannot be read are left out of the error',
  'protection/sending-pages.ts pageIn': 'what is no address names no page',
  'protection/close-log.ts decoded': 'what cannot be decoded is judged as it stands',
  'protection/close-scopes.ts tryScopes': 'a refusal is what is hoped for; anything else stops the boot',
  'protection/guard-registration.ts guardRegistration': 'a try with nothing behind it; that it never came stops the boot',
  'protection/try-queries.ts tryQueries': 'a refusal is what is hoped for; anything else stops the boot',
  'audit/address.ts digestIn': 'an entry whose details are no JSON names no address; its mark says that it was changed',
  'audit/in-turn.ts inTurn': 'the error is for whoever made the call before; this one goes on in its turn',
  'audit/list.ts detailsOf': 'an entry whose details are no JSON is shown as such',
  'audit/verify.ts startInBackground': 'told to the operator and tried again',
  'audit/verify.ts stop': 'whoever started it has its error; here the end of it is waited for',
  'audit/list.ts sentenceOf': 'an entry whose details are no JSON is shown as such',
};

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
const read = (file: string): string => fs.readFileSync(file, 'utf8');
const importsOf = (file: string): string[] => importsIn(file, read(file));

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

/** Files beside the real ones that try a way round; none of them is written. */
const WAYS_ROUND: [what: string, text: string][] = [
  ['as it is written', `export const read = (s: Strapi, row: never) => vaultOf(s).open(row);`],
  ['by a variable', `export const read = (s: Strapi, row: never) => { const v = vaultOf(s); return v.open(row); };`],
  ['by an optional call', `export const read = (s: Strapi, row: never) => vaultOf(s)?.open?.(row);`],
  ['by a name in brackets', `export const read = (s: Strapi, row: never) => vaultOf(s)['open'](row);`],
  ['taken apart', `export const read = (s: Strapi, row: never) => { const { open: go } = vaultOf(s); return go(row); };`],
  [
    'taken apart, of a variable',
    `export const read = (s: Strapi) => { const v = vaultOf(s); const { files: { open } } = v; return open; };`,
  ],
  ['handed on, not called', `export const read = (s: Strapi) => [1].map(() => vaultOf(s).open);`],
  [
    'by a parameter',
    `import type { Vault } from '../vault/vault';\nexport const read = (vault: Vault, row: never) => vault.open(row);`,
  ],
  ['the files', `export const read = (s: Strapi, file: never) => { const { files } = vaultOf(s); return files.open(file); };`],
];

test('nothing but the disclosure room opens, whichever way it is written', () => {
  const mayOpen = ['download.ts', 'export.ts', 'open.ts'].map((name) => path.join('disclosure', name));
  const names = WAYS_ROUND.map((_way, index) => path.join('exposure', `way-round-${index}.ts`));
  const head = `import type { Strapi } from '../strapi';\nimport { vaultOf } from '../vault';\n`;
  const extra = Object.fromEntries(WAYS_ROUND.map(([, text], index) => [names[index] as string, `${head}${text}`]));
  const openers = readProgram(SRC, extra).openers();
  expect(openers.filter((name) => !names.includes(name))).toEqual(mayOpen);
  expect(WAYS_ROUND.filter((_way, index) => !openers.includes(names[index] as string)).map(([what]) => what)).toEqual([]);
});

test.each([
  ['imported', `import { vaultOf } from '../vault';`],
  ['in other quotes', `import { vaultOf } from "../vault";`],
  ['for what it does', `import '../vault';`],
  ['exported on', `export * from '../vault';`],
  ['exported on by name', `export { vaultOf } from '../vault';`],
  ['loaded while running', `const vault = await import('../vault');`],
  ['loaded in a function', `const go = () => require('../vault');`],
  ['by a template', 'const vault = import(`../vault`);'],
  ['for its types', `type Vault = import('../vault').Vault;`],
  ['under a name of its own', `import vault = require('../vault');`],
])('an import is seen: %s', (_what, text) => {
  expect(importsIn('a.ts', text)).toEqual(['../vault']);
});

test('a module whose name is worked out is nobody’s', () => {
  expect(importsIn('a.ts', "const name = '../va' + 'ult'; import(name);")).toEqual(['(name)']);
  for (const file of files(SRC)) {
    expect([path.relative(SRC, file), importsOf(file).filter((name) => name.startsWith('('))]).toEqual([
      path.relative(SRC, file),
      [],
    ]);
  }
});

test.each([
  ['nothing', 'const f = () => { try { g(); } catch {} };'],
  ['a line in the log', 'const f = () => { try { g(); } catch (error) { log(error); } };'],
  ['a line in the log, and back', 'const f = () => { try { g(); } catch (error) { log(error); return; } };'],
  ['another value', 'const f = () => { try { return g(); } catch { return null; } };'],
  ['nothing, in a chain', 'const f = () => g().catch(() => undefined);'],
  ['a named function', 'const f = () => g().catch(log);'],
  ['the second half of then', 'const f = () => g().then(go, () => undefined);'],
  ['what is thrown later', 'const f = () => { try { g(); } catch (error) { later(() => { throw error; }); } };'],
  ['all of them at once', 'const f = () => Promise.allSettled([g()]);'],
])('an error that is caught for good is seen: %s', (_what, text) => {
  expect(swallowsIn('a.ts', text)).toEqual(['f']);
});

test('an error that is thrown on is not', () => {
  expect(swallowsIn('a.ts', 'const f = () => { try { g(); } catch (error) { if (!known(error)) throw error; } };')).toEqual([]);
  expect(swallowsIn('a.ts', 'const f = () => g().catch((error) => { throw clean(error); });')).toEqual([]);
});

test('no room that guards catches an error and goes on, but where it is said why', () => {
  const found: string[] = [];
  for (const room of ['intake', 'encryption', 'vault', 'disclosure', 'protection', 'audit']) {
    for (const file of files(path.join(SRC, room))) {
      for (const where of swallowsIn(file, read(file))) found.push(`${path.relative(SRC, file)} ${where}`);
    }
  }
  expect(found.filter((one) => !(one in GOES_ON))).toEqual([]);
  expect(Object.keys(GOES_ON).filter((one) => !found.includes(one))).toEqual([]);
});
