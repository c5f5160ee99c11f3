/**
 * Parses a multipart body as a stream and gives its parts out one after the other: the next one, and more of the request,
 * is read when the one before is done. Nothing is kept here, on the disk least of all. What is malformed is refused.
 */
import type { IncomingMessage } from 'node:http';
import { finished, type Readable } from 'node:stream';
import { Dicer } from '@fastify/busboy';
import { refuseBody } from '../errors';
import { readPartHeader, type PartHeader } from './part-header';

export interface Part extends PartHeader {
  content: AsyncIterable<Buffer>;
}

const MAX_PARTS = 2000;
const MAX_EPILOGUE = 64 * 1024;
/** Nobody who sends a form comes in so many pieces that are so small. */
const MAX_PIECES = 20_000;
const SMALL_PIECE = 256;
const HEADERS = { maxHeaderPairs: 16, maxHeaderSize: 16 * 1024 };
const BOUNDARY = /^[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]$/;

const malformed = (): Error => refuseBody('The body is not valid multipart/form-data. Nothing was kept.');
const inPieces = (): Error => refuseBody('The body came in too many small pieces. Nothing was kept.');
const cutOff = (): Error => refuseBody('The body did not arrive whole. Nothing was kept.');

/** @returns null when the content type has no boundary of RFC 2046. */
export const boundaryIn = (contentType: string): string | null => {
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]*)"|([^\s;"]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare ?? '';
  return BOUNDARY.test(boundary) ? boundary : null;
};

/**
 * Every part is used to its end, or `use` throws. Afterwards the request is read to its end and thrown away, so that a
 * browser that is still sending gets to read the answer.
 * @throws what `use` throws; ValidationError BODY_REFUSED when the body is malformed or is cut off
 */
export const readParts = (request: IncomingMessage, boundary: string, use: (part: Part) => Promise<void>): Promise<void> =>
  new Promise((resolve, reject) => {
    const dicer = new Dicer({ boundary, ...HEADERS } as ConstructorParameters<typeof Dicer>[0]);
    const open = new Set<Readable>();
    let announced = 0;
    let named = 0;
    /** The parts that are complete, and then the one that is still coming. */
    let before = Promise.resolve();
    let all = Promise.resolve();
    let failure: Error | undefined;

    const fail = (error: Error): void => {
      if (failure) return;
      failure = error;
      for (const stream of open) stream.destroy(error);
      dicer.destroy();
      request.off('readable', readOn);
      request.resume();
      void all.then(() => reject(error));
    };

    const take = async (part: Part, stream: Readable): Promise<void> => {
      if (failure) return;
      // What is not cared to be read goes by.
      await use(part).then(() => void stream.resume(), fail);
      open.delete(stream);
    };

    dicer.on('part', (stream) => {
      announced += 1;
      if (announced > MAX_PARTS) return fail(malformed());
      open.add(stream);
      // Told by the parser itself, or by whoever reads the part.
      stream.on('error', () => undefined);
      stream.once('header', (header) => {
        named += 1;
        const known = readPartHeader(header as Record<string, string[]>);
        if (!known) return fail(malformed());
        before = all;
        all = all.then(() => take({ ...known, content: stream as AsyncIterable<Buffer> }, stream));
      });
    });
    /** The last boundary was read, and the request came to its end: both, in either order. */
    const reached = { boundary: false, end: false };
    const finish = (): void => {
      if (reached.boundary && reached.end) void all.then(() => failure ?? resolve());
    };
    dicer.on('error', () => fail(malformed()));
    dicer.on('finish', () => {
      // A part without a header is passed over by the parser.
      if (named !== announced) return fail(malformed());
      reached.boundary = true;
      // The parser need not answer to the write that brought its end.
      isWriting = false;
      readOn();
      finish();
    });

    let behind = 0;
    let isWriting = false;
    const read = { pieces: 0, bytes: 0 };
    /** All that has come by now, as one piece: whoever sends byte by byte costs us little more than others. */
    function readOn(): void {
      if (failure || isWriting) return;
      const chunk = request.read() as Buffer | null;
      if (chunk === null) return;
      read.pieces += 1;
      read.bytes += chunk.length;
      if (read.pieces > MAX_PIECES + read.bytes / SMALL_PIECE) return fail(inPieces());
      if (reached.boundary) {
        behind += chunk.length;
        return behind > MAX_EPILOGUE ? fail(malformed()) : readOn();
      }
      isWriting = true;
      dicer.write(chunk, () => {
        void before.then(() => {
          isWriting = false;
          readOn();
        });
      });
    }
    request.on('readable', readOn);
    finished(request, { writable: false }, (error) => {
      if (error) return fail(cutOff());
      reached.end = true;
      if (!failure) dicer.end();
      finish();
    });
  });
