/**
 * AES-256-GCM over bytes, always with associated data (NIST SP 800-38D): 96-bit random nonce made here and nowhere else,
 * 128-bit tag. The only place in the plugin that encrypts or decrypts.
 */
import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

/** @returns nonce ‖ ciphertext ‖ tag */
export const encrypt = (key: KeyObject, plaintext: Uint8Array, associatedData: Uint8Array): Buffer => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedData);
  const ciphertext = cipher.update(plaintext);
  return Buffer.concat([nonce, ciphertext, cipher.final(), cipher.getAuthTag()]);
};

/** @throws an Error of node:crypto when key, place or a single bit does not fit, or when it is too short to be ours. */
export const decrypt = (key: KeyObject, sealed: Uint8Array, associatedData: Uint8Array): Buffer => {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new Error('Too short for nonce and tag');
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(associatedData);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const plaintext = decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES));
  return Buffer.concat([plaintext, decipher.final()]);
};
