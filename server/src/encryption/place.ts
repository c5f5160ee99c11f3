/**
 * Where a sealed value belongs. It is bound to that place as associated data, so that a value moved by hand to another
 * record, form or part, or put under another key id, does not open.
 */
import { FORMAT } from './envelope';

export interface Place {
  /** `form:<documentId>`, a content-type UID, or a house name such as `form-guard:grants`. */
  formOrType: string;
  recordId: string;
  /** `values`, `data-key`, `grant`, `file:<field>:<id>`, later `note:<id>`. */
  part: string;
}

const LENGTH_BYTES = 4;

/** Every piece is preceded by its length (4 bytes, big endian): no two places have the same bytes. */
export const associatedData = (place: Place, keyId: string, format = FORMAT): Buffer => {
  const pieces = [format, keyId, place.formOrType, place.recordId, place.part];
  let length = 0;
  for (const piece of pieces) length += LENGTH_BYTES + Buffer.byteLength(piece);
  const bytes = Buffer.allocUnsafe(length);
  let start = 0;
  for (const piece of pieces) {
    const written = bytes.write(piece, start + LENGTH_BYTES);
    bytes.writeUInt32BE(written, start);
    start += LENGTH_BYTES + written;
  }
  return bytes;
};
