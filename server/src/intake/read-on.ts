/**
 * An answer to somebody who is still sending: it goes out whole at once, and what still comes is read and thrown away for a
 * moment before the connection ends. Node (20) ends it with the answer; the sender's system, met by a reset while it sends,
 * then throws the answer away unread.
 */
import { Readable } from 'node:stream';
import type { Context } from '../strapi';

/** Enough for what is under way when the answer goes out, little enough for somebody who never stops. */
const MOST_BYTES = 4 * 1024 * 1024;
const MOST_MS = 2000;

const readOn = (request: Context['req']): Promise<void> =>
  new Promise((resolve) => {
    let left = MOST_BYTES;
    const stop = (): void => {
      clearTimeout(timer);
      request.off('data', count);
      resolve();
    };
    const count = (chunk: Buffer): void => {
      left -= chunk.length;
      if (left < 0) stop();
    };
    const timer = setTimeout(stop, MOST_MS);
    for (const over of ['end', 'close', 'error']) request.once(over, stop);
    request.on('data', count);
    request.resume();
  });

/** Called when the answer is there and nothing has been sent of it. */
export const answerWhileReading = (ctx: Context): void => {
  const { body, req } = ctx;
  if (req.complete || body === null || body === undefined || body instanceof Readable) return;
  const answer = Buffer.isBuffer(body) || typeof body === 'string' ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
  async function* answerAndReadOn(): AsyncGenerator<Buffer> {
    yield answer;
    await readOn(req);
  }
  const { type } = ctx;
  ctx.body = Readable.from(answerAndReadOn());
  ctx.type = type;
  ctx.length = answer.length;
};
