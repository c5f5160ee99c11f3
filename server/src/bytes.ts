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

/** Lets go of what is not read to its end: a file, for example, is closed. */
export const letGo = async (source: Bytes): Promise<void> => {
  await source[Symbol.asyncIterator]().return?.();
};

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
  const begun = Buffer.concat(taken);
  let isGiven = begun.length === 0;
  const rest: AsyncIterator<Uint8Array> = {
    async next() {
      if (isGiven) return chunks.next();
      isGiven = true;
      return { value: begun, done: false };
    },
    // No generator: one that nobody has begun to read does nothing when it is let go of, and the source stays open.
    async return() {
      await chunks.return?.();
      return { value: undefined, done: true };
    },
  };
  return { first: begun.subarray(0, wanted), all: { [Symbol.asyncIterator]: () => rest } };
};

/** The last bytes of what passes, at the cost of a copy of each byte, however small the pieces are. */
export const lastBytes = (most: number): { add(chunk: Uint8Array): void; bytes(): Buffer } => {
  const held = Buffer.allocUnsafe(2 * most);
  let filled = 0;
  return {
    add(chunk) {
      const part = chunk.subarray(Math.max(0, chunk.length - most));
      if (filled + part.length > held.length) {
        held.copyWithin(0, filled - most, filled);
        filled = most;
      }
      held.set(part, filled);
      filled += part.length;
    },
    bytes: () => held.subarray(Math.max(0, filled - most), filled),
  };
};
