/** The libraries of bench/libraries/package.json at their best: keys read beforehand, and the fastest call that each has. */
import { randomBytes } from 'node:crypto';
import cloak from '@47ng/cloak';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { gcm } from '@noble/ciphers/aes.js';
import createFormSg from '@opengovsg/formsg-sdk';
import { compactDecrypt, CompactEncrypt, generateSecret } from 'jose';
import sodium from 'libsodium-wrappers';

const cloakText = () => {
  const key = cloak.parseKeySync(cloak.generateKey());
  return (text) => cloak.decryptStringSync(cloak.encryptStringSync(text, key), key);
};

const nobleGcm = (place) => {
  const key = randomBytes(32);
  return (bytes) => {
    const nonce = randomBytes(12);
    return gcm(key, nonce, place).decrypt(gcm(key, nonce, place).encrypt(bytes));
  };
};

const joseJwe = async () => {
  const key = await generateSecret('A256GCM');
  const header = { alg: 'dir', enc: 'A256GCM' };
  return async (bytes) =>
    (await compactDecrypt(await new CompactEncrypt(bytes).setProtectedHeader(header).encrypt(key), key)).plaintext;
};

const sodiumBox = async () => {
  await sodium.ready;
  const { publicKey, privateKey } = sodium.crypto_box_keypair();
  return (bytes) => sodium.crypto_box_seal_open(sodium.crypto_box_seal(bytes, publicKey), publicKey, privateKey);
};

const hpke = async (place) => {
  const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
  const { publicKey, privateKey } = await suite.kem.generateKeyPair();
  return async (bytes) => {
    const { ct, enc } = await suite.seal({ recipientPublicKey: publicKey }, bytes, place);
    return suite.open({ recipientKey: privateKey, enc }, ct, place);
  };
};

const formSgBox = () => {
  const { crypto } = createFormSg({ mode: 'test' });
  const { publicKey, secretKey } = crypto.generate();
  return (responses) =>
    crypto.decrypt(secretKey, { encryptedContent: crypto.encrypt(responses, publicKey), version: 1 }).responses;
};

/** A list of answers is the only form in which FormSG's SDK gives back what it opens. */
const asFormSg = (fields) =>
  Object.entries(fields).map(([name, answer]) => ({ _id: name, question: name, answer, fieldType: 'textfield' }));

/**
 * @param bytes the whole submission. @param fields the text of each field by name. @param place associated data.
 * @returns operations for in-rounds.mjs
 */
export const libraryOperations = async ({ bytes, fields, place }) => {
  const texts = Object.values(fields);
  const each = texts.map((text) => Buffer.from(text));
  const cloaked = cloakText();
  const noble = nobleGcm(place);
  const jose = await joseJwe();
  const box = await sodiumBox();
  const sealedTo = await hpke(place);
  const formSg = formSgBox();
  const responses = asFormSg(fields);
  return [
    { what: 'cloak, a field each', run: () => texts.map(cloaked), gives: texts },
    { what: '@noble/ciphers GCM, a field each', run: () => each.map(noble), gives: each },
    { what: 'jose JWE dir A256GCM', run: () => jose(bytes), gives: bytes },
    { what: 'jose JWE dir A256GCM, a field each', run: () => Promise.all(each.map(jose)), gives: each },
    { what: 'libsodium sealed box', run: () => box(bytes), gives: bytes },
    { what: 'HPKE X25519, AES-256-GCM (@hpke/core)', run: () => sealedTo(bytes), gives: bytes },
    { what: 'FormSG SDK, NaCl box', run: () => formSg(responses), gives: responses },
  ];
};
