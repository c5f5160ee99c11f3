/**
 * What stands before the chunks of a sealed file: `fgf1` ‖ length of the key id (1 byte) ‖ key id ‖ salt ‖ nonce prefix.
 * One grammar, one parser; every bit of it goes into the key, the nonce or the associated data of every chunk. Pure.
 */
import { KEY_ID } from './envelope';

export const FILE_FORMAT = 'fgf1';
export const SALT_BYTES = 32;
export const PREFIX_BYTES = 7;
const LONGEST_KEY_ID = 32;

export interface FileHeader {
  keyId: string;
  /** Makes the key of this one file. */
  salt: Buffer;
  /** The first bytes of every nonce. */
  prefix: Buffer;
}

export const formatFileHeader = ({ keyId, salt, prefix }: FileHeader): Buffer =>
  Buffer.concat([Buffer.from(FILE_FORMAT), Buffer.from([keyId.length]), Buffer.from(keyId), salt, prefix]);

const START = FILE_FORMAT.length + 1;
export const LONGEST_FILE_HEADER = START + LONGEST_KEY_ID + SALT_BYTES + PREFIX_BYTES;

/** @param bytes the first ones, LONGEST_FILE_HEADER if the file is that long. @returns null when they are not ours. */
export const parseFileHeader = (bytes: Buffer): { header: FileHeader; length: number } | null => {
  if (bytes.subarray(0, FILE_FORMAT.length).toString('latin1') !== FILE_FORMAT) return null;
  const keyIdEnd = START + (bytes[START - 1] ?? 0);
  const keyId = bytes.subarray(START, keyIdEnd).toString('latin1');
  const length = keyIdEnd + SALT_BYTES + PREFIX_BYTES;
  if (!KEY_ID.test(keyId) || bytes.length < length) return null;
  // Copies: the chunk that they were cut from is large and need not stay.
  const salt = Buffer.from(bytes.subarray(keyIdEnd, keyIdEnd + SALT_BYTES));
  const prefix = Buffer.from(bytes.subarray(keyIdEnd + SALT_BYTES, length));
  return { header: { keyId, salt, prefix }, length };
};
