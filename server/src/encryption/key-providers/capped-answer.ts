/** An answer of a key provider is some hundred bytes long. Whatever goes on for longer is not read to its end. */

export const MAX_ANSWER_BYTES = 64 * 1024;

/** Passes the bytes on. @throws an Error once there are more than MAX_ANSWER_BYTES; the source is let go then. */
export async function* capped(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    if (length > MAX_ANSWER_BYTES) throw new Error('The answer is too long');
    yield chunk;
  }
}
