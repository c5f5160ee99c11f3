/** What anybody would write with node:crypto and nothing else: AES-256-GCM with a random nonce, associated data and a tag. */
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const encrypt = (key, bytes, place) => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  cipher.setAAD(place);
  const ciphertext = cipher.update(bytes);
  cipher.final();
  return { nonce, ciphertext, tag: cipher.getAuthTag() };
};

const decrypt = (key, { nonce, ciphertext, tag }, place) => {
  const decipher = createDecipheriv(ALGORITHM, key, nonce);
  decipher.setAAD(place);
  decipher.setAuthTag(tag);
  const bytes = decipher.update(ciphertext);
  decipher.final();
  return bytes;
};

const toText = ({ nonce, ciphertext, tag }) => Buffer.concat([nonce, ciphertext, tag]).toString('base64url');
const fromText = (text) => {
  const all = Buffer.from(text, 'base64url');
  const end = all.length - TAG_BYTES;
  return { nonce: all.subarray(0, NONCE_BYTES), ciphertext: all.subarray(NONCE_BYTES, end), tag: all.subarray(end) };
};

/** @returns operations for in-rounds.mjs; the parameters are those of libraries/index.mjs. */
export const nodeOperations = ({ bytes, fields, place }) => {
  const key = createSecretKey(randomBytes(32));
  const texts = Object.values(fields);
  const each = texts.map((text) => Buffer.from(text));
  const roundTrip = (some) => decrypt(key, encrypt(key, some, place), place);
  const textRoundTrip = (text) => decrypt(key, fromText(toText(encrypt(key, Buffer.from(text), place))), place).toString();
  const digest = () => createHmac('sha256', key).update(fields.email).digest('hex');
  const derived = () => Buffer.from(hkdfSync('sha256', key, '', 'bench', 32)).toString('hex');
  return [
    { what: 'node:crypto AES-256-GCM', run: () => roundTrip(bytes), gives: bytes },
    { what: 'node:crypto GCM, a field each', run: () => each.map(roundTrip), gives: each },
    { what: 'node:crypto GCM and base64url, a field each', run: () => texts.map(textRoundTrip), gives: texts },
    { what: 'HMAC-SHA256', run: digest, gives: digest() },
    { what: 'HKDF-SHA256, one derived key', run: derived, gives: derived() },
  ];
};
