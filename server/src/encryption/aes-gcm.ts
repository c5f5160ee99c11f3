/**
 * AES-256-GCM over bytes, always with associated data (NIST SP 800-38D), 128-bit tag. The nonce is 96 random bits made here;
 * only the chunks of one file, under a key of that file alone, bring a counted one. The only place that encrypts or decrypts.
 */
import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
const OPTIONS = { authTagLength: TAG_BYTES };

/** @param nonce must never come twice under one key: see stream.ts, which counts it, before using this elsewhere. */
export const encryptCounted = (
  key: KeyObject,
  nonce: Uint8Array,
  plaintext: Uint8Array,
  associatedData: Uint8Array,
): { ciphertext: Buffer; tag: Buffer } => {
  if (nonce.length !== NONCE_BYTES) throw new Error('A nonce has 12 bytes');
  const cipher = createCipheriv(ALGORITHM, key, nonce, OPTIONS);
  cipher.setAAD(associatedData);
  const ciphertext = cipher.update(plaintext);
  // GCM holds nothing back: this gives no more bytes, it only makes the tag.
  cipher.final();
  return { ciphertext, tag: cipher.getAuthTag() };
};

/** @throws an Error of node:crypto when key, nonce, place or a single bit does not fit, or when it is too short to be ours. */
export const decryptCounted = (key: KeyObject, nonce: Uint8Array, sealed: Uint8Array, associatedData: Uint8Array): Buffer => {
  if (nonce.length !== NONCE_BYTES || sealed.length < TAG_BYTES) throw new Error('Too short for nonce and tag');
  const end = sealed.length - TAG_BYTES;
  return decryptParts(key, nonce, sealed.subarray(0, end), sealed.subarray(end), associatedData);
};

const decryptParts = (
  key: KeyObject,
  nonce: Uint8Array,
  ciphertext: Uint8Array,
  tag: Uint8Array,
  associatedData: Uint8Array,
): Buffer => {
  const decipher = createDecipheriv(ALGORITHM, key, nonce, OPTIONS);
  decipher.setAAD(associatedData);
  decipher.setAuthTag(tag);
  const plaintext = decipher.update(ciphertext);
  // Checks the tag; before it has, nobody may see the plaintext.
  decipher.final();
  return plaintext;
};

/**
 * Nonces are cut from a block of random bytes, because asking for 12 costs as much as encrypting a submission. They are as
 * random as if each were asked for by itself: they come from the same generator, `given` moves on before the bytes are used,
 * and nothing moves it back; another process or worker thread has a block of its own. They are no secret (each is stored in
 * front of what it sealed), so nothing is gained by wiping them. A block is dropped after a second: of a virtual machine that
 * is stopped and started twice from one image, both would have it.
 */
const NONCES_IN_BLOCK = 64;
const BLOCK_LASTS_MS = 1000;
let block = Buffer.alloc(0);
let given = 0;
let filledAt = 0;

const takeNonce = (): Buffer => {
  const now = Date.now();
  if (given === block.length || Math.abs(now - filledAt) > BLOCK_LASTS_MS) {
    block = randomBytes(NONCES_IN_BLOCK * NONCE_BYTES);
    given = 0;
    filledAt = now;
  }
  given += NONCE_BYTES;
  return block.subarray(given - NONCE_BYTES, given);
};

/** @returns nonce, ciphertext and tag, to be written one behind the other */
export const encryptInParts = (key: KeyObject, plaintext: Uint8Array, associatedData: Uint8Array): Buffer[] => {
  const nonce = takeNonce();
  const { ciphertext, tag } = encryptCounted(key, nonce, plaintext, associatedData);
  return [nonce, ciphertext, tag];
};

/** @returns nonce ‖ ciphertext ‖ tag */
export const encrypt = (key: KeyObject, plaintext: Uint8Array, associatedData: Uint8Array): Buffer =>
  Buffer.concat(encryptInParts(key, plaintext, associatedData));

/** Again and again the same memory: views of what is sealed would cost as much as a part of opening it. */
const NONCE = Buffer.alloc(NONCE_BYTES);
const TAG = Buffer.alloc(TAG_BYTES);

/** @throws an Error of node:crypto, as above. */
export const decrypt = (key: KeyObject, sealed: Uint8Array, associatedData: Uint8Array): Buffer => {
  const end = sealed.length - TAG_BYTES;
  if (end < NONCE_BYTES) throw new Error('Too short for nonce and tag');
  for (let at = 0; at < NONCE_BYTES; at += 1) NONCE[at] = sealed[at] as number;
  for (let at = 0; at < TAG_BYTES; at += 1) TAG[at] = sealed[end + at] as number;
  return decryptParts(key, NONCE, sealed.subarray(NONCE_BYTES, end), TAG, associatedData);
};
