/** Files: sealed in chunks of 64 KiB; cut, lengthened, reordered, moved or changed in one bit they do not open as if whole. */
import { createSecretKey, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { takeFirst } from '../../server/src/bytes';
import { LONGEST_FILE_HEADER, parseFileHeader } from '../../server/src/encryption/file-header';
import type { Place } from '../../server/src/encryption/place';
import { CHUNK_BYTES, sealStream } from '../../server/src/encryption/stream';
import { keysInMemory, sealerOn } from '../helpers/keys-in-memory';

const reserved: number[] = [];
const { store } = keysInMemory();
const sealer = sealerOn(`k:${randomBytes(32).toString('base64')}`, {
  ...store,
  reserve: async (keyId, seals) => {
    reserved.push(seals);
    await store.reserve(keyId, seals);
  },
});
/** One after the other, as the vault does it. */
const sealFile = async function* (to: Place, content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* (await sealer.sealFile(to, content)).sealed;
};

const TAG = 16;
const place = { formOrType: 'form:a', recordId: 'r1', part: 'file:cv:0123' };
const pieces = async function* (bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
};
const whole = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const all = [];
  for await (const chunk of chunks) all.push(Buffer.from(chunk));
  return Buffer.concat(all);
};
const seal = (bytes: Buffer, size = 10_000): Promise<Buffer> => whole(sealFile(place, pieces(bytes, size)));
const open = (sealed: Buffer, at = place, size = 8191): Promise<Buffer> => whole(sealer.openFile(at, pieces(sealed, size)));
const UNREADABLE = { code: 'SEALED_VALUE_UNREADABLE' };
const headerLength = (sealed: Buffer): number => parseFileHeader(sealed.subarray(0, LONGEST_FILE_HEADER))?.length ?? 0;

const sizes = [0, 1, 15, 16, 17, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 777];

test.each(sizes)('%d bytes come back as they were, however they are cut up on the way', async (size) => {
  const bytes = randomBytes(size);
  for (const cut of [1000, CHUNK_BYTES, 1_000_000]) {
    const sealed = await seal(bytes, cut);
    expect(sealed.length).toBe(headerLength(sealed) + size + TAG * Math.max(1, Math.ceil(size / CHUNK_BYTES)));
    for (const again of [997, CHUNK_BYTES + TAG, 1_000_000]) expect((await open(sealed, place, again)).equals(bytes)).toBe(true);
  }
});

describe('A file that is not read to its end is closed', () => {
  /** As a file of the store is read. */
  const watched = (sealed: Buffer) => {
    const watch = { isClosed: false };
    const source = (async function* () {
      try {
        yield* pieces(sealed, 8191);
      } finally {
        watch.isClosed = true;
      }
    })();
    return { watch, source };
  };
  const big = (): Promise<Buffer> => seal(randomBytes(3 * CHUNK_BYTES));

  test('when it has no header of ours, or its key is not there', async () => {
    for (const sealed of [
      randomBytes(200_000),
      Buffer.from((await big()).toString('latin1').replace(/d[0-9a-f]{20}/, 'd0'.padEnd(21, '0')), 'latin1'),
    ]) {
      const { watch, source } = watched(sealed);
      await expect(whole(sealer.openFile(place, source))).rejects.toMatchObject(UNREADABLE);
      expect(watch.isClosed).toBe(true);
    }
  });

  test('when whoever reads it goes away, before the first piece or after', async () => {
    for (const read of [0, 1]) {
      const { watch, source } = watched(await big());
      const { all } = await takeFirst(sealer.openFile(place, source), 1);
      const stream = Readable.from(all, { objectMode: false });
      if (read > 0) await once(stream, 'readable');
      stream.destroy();
      await once(stream, 'close');
      expect([read, watch.isClosed]).toEqual([read, true]);
    }
  });
});

test('two seals of one file share nothing but the format and the key id', async () => {
  const bytes = Buffer.alloc(1000);
  const [one, two] = [await seal(bytes), await seal(bytes)];
  const start = headerLength(one) - 39;
  expect(one.subarray(0, start).equals(two.subarray(0, start))).toBe(true);
  expect(one.subarray(start, start + 39).equals(two.subarray(start, start + 39))).toBe(false);
  expect(one.subarray(start + 39).equals(two.subarray(start + 39))).toBe(false);
});

test('every flipped bit of a small file, header included', async () => {
  const sealed = await seal(randomBytes(20));
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const flipped = Buffer.from(sealed);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    await expect(open(flipped)).rejects.toMatchObject(UNREADABLE);
  }
});

test('every length that it can be cut to, and anything after its end', async () => {
  const sealed = await seal(randomBytes(50));
  for (let length = 0; length < sealed.length; length += 1) {
    await expect(open(sealed.subarray(0, length))).rejects.toMatchObject(UNREADABLE);
  }
  for (const more of [1, TAG, 1000, 2 * CHUNK_BYTES]) {
    await expect(open(Buffer.concat([sealed, Buffer.alloc(more)]))).rejects.toMatchObject(UNREADABLE);
  }
});

describe('Whole chunks', () => {
  const bytes = randomBytes(3 * CHUNK_BYTES + 100);
  const parts = async (): Promise<{ header: Buffer; chunks: Buffer[] }> => {
    const sealed = await seal(bytes);
    const start = headerLength(sealed);
    const chunks = [];
    for await (const chunk of pieces(sealed.subarray(start), CHUNK_BYTES + TAG)) chunks.push(chunk);
    return { header: sealed.subarray(0, start), chunks };
  };
  const changes: [string, (chunks: Buffer[]) => Buffer[]][] = [
    ['the last one missing', (chunks) => chunks.slice(0, -1)],
    ['the last two missing', (chunks) => chunks.slice(0, -2)],
    ['the first one missing', (chunks) => chunks.slice(1)],
    ['one in the middle missing', (chunks) => chunks.filter((_, index) => index !== 1)],
    ['two swapped', ([a, b, ...rest]) => [b, a, ...rest] as Buffer[]],
    ['one twice', ([a, ...rest]) => [a, a, ...rest] as Buffer[]],
    ['the last one twice', (chunks) => [...chunks, chunks.at(-1) as Buffer]],
    ['none', () => []],
  ];
  test.each(changes)('%s', async (_what, change) => {
    const { header, chunks } = await parts();
    await expect(open(Buffer.concat([header, ...chunks]))).resolves.toHaveLength(bytes.length);
    await expect(open(Buffer.concat([header, ...change(chunks)]))).rejects.toMatchObject(UNREADABLE);
  });

  test('of another file do not fit, nor does its header', async () => {
    const [one, two] = [await parts(), await parts()];
    const [, ...rest] = one.chunks;
    await expect(open(Buffer.concat([one.header, two.chunks[0] as Buffer, ...rest]))).rejects.toMatchObject(UNREADABLE);
    await expect(open(Buffer.concat([two.header, ...one.chunks]))).rejects.toMatchObject(UNREADABLE);
  });

  test('what comes before the damage is given out, and then it throws', async () => {
    const { header, chunks } = await parts();
    (chunks[2] as Buffer)[5] = ((chunks[2] as Buffer)[5] ?? 0) ^ 1;
    let given = 0;
    const reading = (async () => {
      for await (const chunk of sealer.openFile(place, pieces(Buffer.concat([header, ...chunks]), 5000))) given += chunk.length;
    })();
    await expect(reading).rejects.toMatchObject(UNREADABLE);
    expect(given).toBe(2 * CHUNK_BYTES);
  });
});

test.each([
  ['another record', { ...place, recordId: 'r2' }],
  ['another field', { ...place, part: 'file:photo:0123' }],
  ['another file', { ...place, part: 'file:cv:0124' }],
  ['another form', { ...place, formOrType: 'form:b' }],
])('a file moved to %s does not open', async (_what, elsewhere) => {
  await expect(open(await seal(randomBytes(100)), elsewhere)).rejects.toMatchObject(UNREADABLE);
});

test('an empty chunk after full ones is none that we write', async () => {
  const key = { keyId: 'k', key: createSecretKey(randomBytes(32)) };
  const honest = await whole(sealStream(key, place, pieces(randomBytes(CHUNK_BYTES), CHUNK_BYTES)));
  expect(honest.length).toBe(headerLength(honest) + CHUNK_BYTES + TAG);
});

test('an envelope of values is no file, and a file no envelope', async () => {
  const values = await sealer.seal(place, { a: 1 });
  await expect(open(Buffer.from(values))).rejects.toMatchObject(UNREADABLE);
  await expect(sealer.open(place, (await seal(Buffer.from('x'))).toString('latin1'))).rejects.toMatchObject(UNREADABLE);
});

test('a file is one seal under its data key, however many chunks it has', async () => {
  const before = reserved.length;
  for (let files = 0; files < 5; files += 1) await seal(randomBytes(5 * CHUNK_BYTES));
  expect(reserved.length).toBe(before);
});

test('errors of the disk and of the sender stay what they are', async () => {
  const broken = async function* (): AsyncGenerator<Buffer> {
    yield randomBytes(100_000);
    throw new Error('EIO');
  };
  await expect(whole(sealFile(place, broken()))).rejects.toThrow('EIO');
  const sealed = await seal(randomBytes(200_000));
  const half = async function* (): AsyncGenerator<Buffer> {
    yield sealed.subarray(0, 100_000);
    throw new Error('EIO');
  };
  await expect(whole(sealer.openFile(place, half()))).rejects.toThrow('EIO');
});

test('a hundred megabytes take a few hundred kilobytes of memory at a time', async () => {
  const chunk = randomBytes(CHUNK_BYTES);
  const many = async function* (): AsyncGenerator<Buffer> {
    for (let sent = 0; sent < 1600; sent += 1) yield chunk;
  };
  const longest = { pull: 0 };
  let length = 0;
  for await (const sealed of sealFile(place, many())) {
    longest.pull = Math.max(longest.pull, sealed.length);
    length += sealed.length;
  }
  expect(length).toBeGreaterThan(100_000_000);
  expect(longest.pull).toBe(CHUNK_BYTES + TAG);
});
