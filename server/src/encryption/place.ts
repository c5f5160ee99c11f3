/**
 * Where a sealed value belongs. It is bound to that place as associated data, so that a value moved by hand to another
 * record, form or part, or put under another key id, does not open.
 */
import { toByteText } from './byte-text';
import { FORMAT } from './envelope';

export interface Place {
  /** `form:<documentId>`, a content-type UID, or a house name such as `form-guard:grants`. */
  formOrType: string;
  recordId: string;
  /** `values`, `data-key`, `grant`, `file:<field>:<id>`, later `note:<id>`. */
  part: string;
}

const withLength = (piece: string): string => {
  const bytes = toByteText(piece);
  const { length } = bytes;
  return String.fromCharCode(length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255) + bytes;
};

/** What all values have in common that are sealed under one key, which mostly are opened one after the other. */
let head = { format: '', keyId: '', formOrType: '', pieces: '' };
const headOf = (format: string, keyId: string, formOrType: string): string => {
  if (head.keyId !== keyId || head.formOrType !== formOrType || head.format !== format) {
    head = { format, keyId, formOrType, pieces: withLength(format) + withLength(keyId) + withLength(formOrType) };
  }
  return head.pieces;
};

/** Every piece is preceded by its length (4 bytes, big endian): no two places have the same bytes. */
export const associatedData = ({ formOrType, recordId, part }: Place, keyId: string, format = FORMAT): Buffer =>
  Buffer.from(headOf(format, keyId, formOrType) + withLength(recordId) + withLength(part), 'latin1');
