/** A multipart body gives the same parts however it is cut up on the way, and however slowly they are read. */
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { lastBytes } from '../../server/src/bytes';
import { readParts } from '../../server/src/intake/multipart';
import { BOUNDARY, filePart, multipart, textPart } from '../helpers/attachments';

let state = 11;
const random = (below: number): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % below;

const cut = (bytes: Buffer, most: number): Buffer[] => {
  const chunks = [];
  for (let at = 0; at < bytes.length;) {
    const size = 1 + random(most);
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
};
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, random(3)));
const asRequest = (chunks: Buffer[]): IncomingMessage =>
  Readable.from(chunks, { objectMode: false }) as unknown as IncomingMessage;

/** Bytes that are full of what could be the beginning of a boundary. */
const awkward = (length: number): Buffer => {
  const pieces = ['\r\n', '--', BOUNDARY.slice(0, 10), `\r\n--${BOUNDARY.slice(0, -1)}`, 'x', '\0', '\r', '-'];
  let text = '';
  while (text.length < length) text += pieces[random(pieces.length)] as string;
  return Buffer.from(text.slice(0, length));
};

test.each([1, 7, 100, 5000, 70_000])('in pieces of up to %d bytes', async (most) => {
  for (let round = 0; round < (most === 1 ? 3 : 25); round += 1) {
    const sizes = Array.from({ length: 1 + random(6) }, () => random(most === 1 ? 300 : ([0, 1, 100, 40_000][random(4)] ?? 0)));
    const contents = sizes.map(awkward);
    const parts = contents.map((content, index) => filePart(`f${index}`, `n${index}`, content));
    const seen: [string, string | undefined, string][] = [];
    await readParts(
      asRequest(cut(multipart(textPart('first', 'a'), ...parts), most)),
      BOUNDARY,
      async ({ name, fileName, content }) => {
        const chunks: Buffer[] = [];
        if (random(2) === 0) await pause();
        for await (const chunk of content) {
          chunks.push(chunk);
          if (most > 100 && random(4) === 0) await pause();
        }
        seen.push([name, fileName, Buffer.concat(chunks).toString('hex')]);
      },
    );
    expect(seen).toEqual([
      ['first', undefined, Buffer.from('a').toString('hex')],
      ...contents.map((content, index) => [`f${index}`, `n${index}`, content.toString('hex')]),
    ]);
  }
});

test('a part that is not read goes by', async () => {
  const seen: string[] = [];
  const body = multipart(filePart('a', 'a', awkward(200_000)), textPart('b', 'b'));
  await readParts(asRequest(cut(body, 5000)), BOUNDARY, async ({ name }) => void seen.push(name));
  expect(seen).toEqual(['a', 'b']);
});

test('whatever damage is done to it, it ends, with an answer or a refusal', async () => {
  const whole = multipart(textPart('a', 'hello'), filePart('b', 'b.txt', awkward(3000)), textPart('c', ''));
  let [read, refused] = [0, 0];
  for (let round = 0; round < 400; round += 1) {
    const damaged = Buffer.from(whole);
    for (let flips = random(4); flips > 0; flips -= 1) damaged[random(damaged.length)] = random(256);
    const sent = random(3) === 0 ? damaged.subarray(0, random(damaged.length)) : damaged;
    const reading = readParts(asRequest(cut(sent, 1 + random(2000))), BOUNDARY, async ({ content }) => {
      for await (const _chunk of content) if (random(20) === 0) await pause();
    });
    await reading.then(
      () => (read += 1),
      (error: { details?: { code: string } }) => {
        expect(error.details?.code).toBe('BODY_REFUSED');
        refused += 1;
      },
    );
  }
  expect(Math.min(read, refused)).toBeGreaterThan(10);
});

/** As HTTP gives a body whose chunks are one byte each: all that is in a packet at once, a byte at a time. */
const byteByByte = (bytes: Buffer): IncomingMessage => {
  let at = 0;
  return new Readable({
    highWaterMark: 64 * 1024,
    read() {
      const end = Math.min(bytes.length, at + 8192);
      while (at < end) this.push(bytes.subarray(at, (at += 1)));
      if (at === bytes.length) this.push(null);
    },
  }) as unknown as IncomingMessage;
};

test('byte by byte a body costs little more than in large pieces, and twice as much twice as much', async () => {
  const cost = async (length: number, request: (bytes: Buffer) => IncomingMessage): Promise<number> => {
    const bytes = multipart(filePart('a', 'a', Buffer.alloc(length, 'x')));
    const stream = request(bytes);
    const from = process.cpuUsage();
    let pieces = 0;
    await readParts(stream, BOUNDARY, async ({ content }) => {
      for await (const _ of content) pieces += 1;
    });
    expect(pieces).toBeLessThan(length / 100);
    const { user, system } = process.cpuUsage(from);
    return user + system;
  };
  await cost(100_000, byteByByte);
  const isSlow = async (): Promise<boolean> => (await cost(800_000, byteByByte)) > 12 * (await cost(200_000, byteByByte));
  expect([await isSlow(), await isSlow(), await isSlow()]).toContain(false);
});

test('who sends in tens of thousands of tiny pieces, each after the other, is refused', async () => {
  async function* dripping(): AsyncGenerator<Buffer> {
    yield multipart(filePart('a', 'a', '')).subarray(0, -60);
    for (let piece = 0; piece < 60_000; piece += 1) yield Buffer.from('x');
  }
  const stream = Readable.from(dripping(), { objectMode: false, highWaterMark: 1 }) as unknown as IncomingMessage;
  const refused = readParts(stream, BOUNDARY, async ({ content }) => {
    for await (const _ of content);
  });
  await expect(refused).rejects.toThrow('too many small pieces');
});

test('the last bytes are kept whatever the pieces are', () => {
  const bytes = awkward(5000);
  for (const most of [1, 3, 64, 5000, 9000]) {
    for (const size of [1, 2, 63, 64, 65, 4999, 5000]) {
      const last = lastBytes(most);
      for (let at = 0; at < bytes.length; at += size) last.add(bytes.subarray(at, at + size));
      expect(last.bytes().equals(bytes.subarray(-most))).toBe(true);
    }
  }
  expect(lastBytes(0).bytes()).toHaveLength(0);
});
