/** Cuts a stream of bytes into pieces of one size, however they arrive; holds one piece in memory. Pure. */

/** Each chunk is valid until the next one is asked for: whoever needs it longer keeps a copy. */
export type Bytes = AsyncIterable<Uint8Array>;

export interface Piece {
  /** Valid until the next one is asked for: the memory is used again. */
  bytes: Buffer;
  isLast: boolean;
}

/**
 * Every piece but the last is full; the last is empty only when there are no bytes at all. A piece is given out when it is
 * known whether it is the last, so not before more has come, or the end.
 */
export async function* piecesOf(source: Bytes, size: number): AsyncGenerator<Piece> {
  const piece = Buffer.allocUnsafe(size);
  let filled = 0;
  for await (const chunk of source) {
    let taken = 0;
    while (taken < chunk.length) {
      if (filled === size) {
        yield { bytes: piece, isLast: false };
        filled = 0;
      }
      const part = chunk.subarray(taken, taken + size - filled);
      piece.set(part, filled);
      filled += part.length;
      taken += part.length;
    }
  }
  yield { bytes: piece.subarray(0, filled), isLast: true };
}

/** Takes the first bytes off a stream: as many as `wanted`, fewer only when there are no more. */
export const takeFirst = async (source: Bytes, wanted: number): Promise<{ first: Buffer; all: Bytes }> => {
  const chunks = source[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  let length = 0;
  while (length < wanted) {
    const { value, done } = await chunks.next();
    if (done === true) break;
    taken.push(Buffer.from(value));
    length += value.length;
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield* taken;
      for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
    } finally {
      // Whoever stops reading early lets go of the source too.
      await chunks.return?.();
    }
  }
  return { first: Buffer.concat(taken).subarray(0, wanted), all: all() };
};
