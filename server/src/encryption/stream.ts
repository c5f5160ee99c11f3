/**
 * Sealing and opening files of any size in constant memory: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár
 * 2015, as in Tink and age). Chunks of 64 KiB under a key of this file alone; nonce = prefix ‖ counter ‖ last-chunk flag.
 * A file that was cut, lengthened, reordered, moved or changed in one bit throws in the middle; it never ends as if whole.
 */
import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { decryptCounted, encryptCounted, NONCE_BYTES, TAG_BYTES } from './aes-gcm';
import { letGo, piecesOf, takeFirst, type Bytes } from '../bytes';
import {
  FILE_FORMAT,
  formatFileHeader,
  LONGEST_FILE_HEADER,
  parseFileHeader,
  PREFIX_BYTES,
  SALT_BYTES,
  type FileHeader,
} from './file-header';
import { associatedData, type Place } from './place';

export const CHUNK_BYTES = 64 * 1024;
const MAX_CHUNKS = 2 ** 32;

interface Chunk {
  counter: number;
  isLast: boolean;
}

const nonceOf = (prefix: Buffer, { counter, isLast }: Chunk): Buffer => {
  const nonce = Buffer.alloc(NONCE_BYTES);
  prefix.copy(nonce);
  nonce.writeUInt32BE(counter, PREFIX_BYTES);
  nonce[NONCE_BYTES - 1] = isLast ? 1 : 0;
  return nonce;
};

/** The data key seals nothing of the file itself, so a file counts as one seal under it, however many chunks it has. */
const fileKey = (dataKey: KeyObject, salt: Buffer, place: Buffer): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', dataKey, salt, Buffer.concat([Buffer.from('form-guard file\0'), place]), 32)));

/**
 * What is given out is valid until the next is asked for: the memory is used again, because Node frees that of buffers
 * late, by the tens of megabytes.
 * @throws RangeError for files above 256 TiB, and whatever `source` throws.
 */
export async function* sealStream(
  { keyId, key }: { keyId: string; key: KeyObject },
  place: Place,
  source: Bytes,
): AsyncGenerator<Buffer> {
  const header: FileHeader = { keyId, salt: randomBytes(SALT_BYTES), prefix: randomBytes(PREFIX_BYTES) };
  const data = associatedData(place, keyId, FILE_FORMAT);
  const own = fileKey(key, header.salt, data);
  const sealed = Buffer.allocUnsafe(CHUNK_BYTES + TAG_BYTES);
  let counter = 0;
  yield formatFileHeader(header);
  for await (const { bytes, isLast } of piecesOf(source, CHUNK_BYTES)) {
    if (counter >= MAX_CHUNKS) throw new RangeError('A file has at most 2^32 chunks');
    const { ciphertext, tag } = encryptCounted(own, nonceOf(header.prefix, { counter, isLast }), bytes, data);
    ciphertext.copy(sealed);
    tag.copy(sealed, ciphertext.length);
    yield sealed.subarray(0, ciphertext.length + TAG_BYTES);
    counter += 1;
  }
}

/** What `openStream` throws: the caller turns it into its one fault, and lets errors of the disk pass. */
export class NotOurs extends Error {}

/**
 * @param keyOf finds the data key that the header names. @throws NotOurs after what was whole until there; errors of `keyOf`
 * and of `source` as they are.
 */
export async function* openStream(
  keyOf: (keyId: string) => Promise<KeyObject>,
  place: Place,
  source: Bytes,
): AsyncGenerator<Buffer> {
  const { first, all } = await takeFirst(source, LONGEST_FILE_HEADER);
  try {
    const parsed = parseFileHeader(first);
    if (!parsed) throw new NotOurs('No header of a sealed file');
    const { header, length } = parsed;
    const data = associatedData(place, header.keyId, FILE_FORMAT);
    const own = fileKey(await keyOf(header.keyId), header.salt, data);
    let counter = 0;
    for await (const { bytes, isLast } of piecesOf(after(all, length), CHUNK_BYTES + TAG_BYTES)) {
      // Only a file without a byte has an empty chunk.
      if (counter >= MAX_CHUNKS || (counter > 0 && bytes.length === TAG_BYTES)) throw new NotOurs('Not a chunk that we write');
      yield opened(own, nonceOf(header.prefix, { counter, isLast }), bytes, data);
      counter += 1;
    }
  } finally {
    await letGo(all);
  }
}

const opened = (key: KeyObject, nonce: Buffer, bytes: Buffer, data: Buffer): Buffer => {
  try {
    return decryptCounted(key, nonce, bytes, data);
  } catch {
    throw new NotOurs('A chunk does not open');
  }
};

async function* after(source: Bytes, skipped: number): AsyncGenerator<Uint8Array> {
  let left = skipped;
  for await (const chunk of source) {
    if (left < chunk.length) yield left > 0 ? chunk.subarray(left) : chunk;
    left = Math.max(0, left - chunk.length);
  }
}
