/** Sealed values of every released format, dated and never changed: whoever upgrades must be able to read what they have. */
import fs from 'node:fs';
import path from 'node:path';
import { createKeyring, type DataKeyRow, type DataKeyStore } from '../../server/src/encryption/keyring';
import type { Place } from '../../server/src/encryption/place';
import { parseRootKeys } from '../../server/src/encryption/root-keys';
import { createSealer } from '../../server/src/encryption/sealer';

const FOLDER = path.resolve(__dirname, '../vectors');
interface Frozen {
  rootKeys: string;
  dataKeys: DataKeyRow[];
  place: Place;
  values: Record<string, unknown>;
  sealed: string;
  search: { field: string; value: string; digest: string };
}

const revive = (value: unknown): unknown => {
  const tagged = value as { $bigint?: string; $date?: string } | null;
  if (typeof tagged?.$bigint === 'string') return BigInt(tagged.$bigint);
  return typeof tagged?.$date === 'string' ? new Date(tagged.$date) : value;
};
const keysOf = (rows: DataKeyRow[]): DataKeyStore => ({
  findCurrent: async (formOrType, purpose) =>
    rows.find((row) => row.formOrType === formOrType && row.purpose === purpose) ?? null,
  find: async (keyId) => rows.find((row) => row.keyId === keyId) ?? null,
  add: () => Promise.reject(new Error('A frozen value needs no new key')),
  retire: async () => undefined,
  reserve: async () => undefined,
});

const vectors = fs.readdirSync(FOLDER).filter((name) => name.startsWith('fg'));
test('there is one for today', () => expect(vectors.length).toBeGreaterThan(0));

test.each(vectors)('%s', async (name) => {
  const frozen = JSON.parse(fs.readFileSync(path.join(FOLDER, name), 'utf8')) as Frozen;
  const sealer = createSealer(createKeyring({ rootKeys: parseRootKeys(frozen.rootKeys), store: keysOf(frozen.dataKeys) }));
  const values = Object.fromEntries(Object.entries(frozen.values).map(([key, value]) => [key, revive(value)]));
  expect(await sealer.open(frozen.place, frozen.sealed)).toEqual(values);
  expect(await sealer.digest(frozen.place.formOrType, frozen.search.field, frozen.search.value)).toBe(frozen.search.digest);
});
