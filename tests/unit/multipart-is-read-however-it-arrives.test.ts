/** A multipart body gives the same parts however it is cut up on the way, and however slowly they are read. */
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
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
