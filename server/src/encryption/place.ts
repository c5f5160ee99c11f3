/**
 * Where a sealed value belongs. It is bound to that place as associated data, so that a value moved by hand to another
 * record, form or part, or put under another key id, does not open.
 */
import { FORMAT } from './envelope';

export interface Place {
  /** `form:<documentId>`, a content-type UID, or a house name such as `form-guard:grants`. */
  formOrType: string;
  recordId: string;
  /** `values`, `data-key`, `grant`, later `note:<id>` and `file:<id>:<chunk>`. */
  part: string;
}

/** Every piece is preceded by its length (4 bytes, big endian): no two places have the same bytes. */
export const associatedData = (place: Place, keyId: string): Buffer =>
  Buffer.concat(
    [FORMAT, keyId, place.formOrType, place.recordId, place.part].flatMap((piece) => {
      const bytes = Buffer.from(piece, 'utf8');
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
