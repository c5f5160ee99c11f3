/** Sealed values of every released format, dated and never changed: whoever upgrades must be able to read what they have. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { DataKeyRow } from '../../server/src/encryption/data-key-rows';
import type { Place } from '../../server/src/encryption/place';
import { keysInMemory, sealerOn } from '../helpers/keys-in-memory';

const FOLDER = path.resolve(__dirname, '../vectors');
interface Frozen {
  rootKeys: string;
  dataKeys: DataKeyRow[];
  place: Place;
  values: Record<string, unknown>;
  sealed: string;
  search: { field: string; value: string; digest: string };
}
interface FrozenFiles {
  rootKeys: string;
  dataKeys: DataKeyRow[];
  files: { place: Place; bytes: number; sha256: string; sealed: string }[];
}

const revive = (value: unknown): unknown => {
  const tagged = value as { $bigint?: string; $date?: string } | null;
  if (typeof tagged?.$bigint === 'string') return BigInt(tagged.$bigint);
  return typeof tagged?.$date === 'string' ? new Date(tagged.$date) : value;
};
const read = (name: string): unknown => JSON.parse(fs.readFileSync(path.join(FOLDER, name), 'utf8'));
const sealerWith = ({ rootKeys, dataKeys }: Pick<Frozen, 'rootKeys' | 'dataKeys'>) =>
  sealerOn(rootKeys, keysInMemory(dataKeys).store);
const named = (format: string): string[] => fs.readdirSync(FOLDER).filter((name) => name.startsWith(`${format}-`));

test('there is one for today, of values and of files', () => {
  expect(Math.min(named('fg1').length, named('fgf1').length)).toBeGreaterThan(0);
});

test.each(named('fgf1'))('%s', async (name) => {
  const frozen = read(name) as FrozenFiles;
  const sealer = sealerWith(frozen);
  for (const { place, bytes, sha256, sealed } of frozen.files) {
    const opened: Buffer[] = [];
    const stored = async function* (): AsyncGenerator<Buffer> {
      yield Buffer.from(sealed, 'base64');
    };
    for await (const chunk of sealer.openFile(place, stored())) opened.push(chunk);
    const content = Buffer.concat(opened);
    expect([content.length, createHash('sha256').update(content).digest('hex')]).toEqual([bytes, sha256]);
  }
});

test.each(named('fg1'))('%s', async (name) => {
  const frozen = read(name) as Frozen;
  const sealer = sealerWith(frozen);
  const values = Object.fromEntries(Object.entries(frozen.values).map(([key, value]) => [key, revive(value)]));
  expect(await sealer.open(frozen.place, frozen.sealed)).toEqual(values);
  const { field, value, digest } = frozen.search;
  const keyIds = frozen.dataKeys.filter(({ purpose }) => purpose === 'search').map(({ keyId }) => keyId);
  expect(await sealer.searchedDigests(keyIds, { field, kind: 'text', part: 'whole' }, value)).toEqual([digest]);
});
