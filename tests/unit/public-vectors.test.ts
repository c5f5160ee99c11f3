/**
 * Our AES-256-GCM and HKDF-SHA256 against public test vectors, which lie in tests/vectors: those of the standards, and those
 * of Wycheproof (aes_gcm_test.json and hkdf_sha256_test.json).
 */
import { createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { decryptCounted, encryptCounted, NONCE_BYTES, TAG_BYTES } from '../../server/src/encryption/aes-gcm';
import { derivedKey } from '../../server/src/encryption/derived-key';

const OURS = path.resolve(__dirname, '../vectors');
const PUBLIC = path.join(OURS, 'wycheproof');
const KEY_BYTES = 32;

const read = (folder: string, name: string): unknown => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Sealed {
  key: string;
  nonce: string;
  associatedData: string;
  plaintext: string;
  ciphertext: string;
  tag: string;
}
const opens = ({ key, nonce, associatedData, ciphertext, tag }: Sealed): string =>
  decryptCounted(createSecretKey(bytes(key)), bytes(nonce), bytes(ciphertext + tag), bytes(associatedData)).toString('hex');
const seals = ({ key, nonce, associatedData, plaintext }: Sealed): string => {
  const { ciphertext, tag } = encryptCounted(createSecretKey(bytes(key)), bytes(nonce), bytes(plaintext), bytes(associatedData));
  return ciphertext.toString('hex') + tag.toString('hex');
};
const resealed = (sealed: Sealed): Sealed => {
  const both = seals(sealed);
  const end = both.length - TAG_BYTES * 2;
  return { ...sealed, ciphertext: both.slice(0, end), tag: both.slice(end) };
};
const isRefused = (run: () => unknown): boolean => {
  try {
    run();
    return false;
  } catch {
    return true;
  }
};

describe('AES-256-GCM', () => {
  const { cases } = read(OURS, 'aes-256-gcm-specification.json') as { cases: (Sealed & { name: string })[] };
  test.each(cases)('is that of the specification, $name', (sealed) => {
    expect(seals(sealed)).toBe(sealed.ciphertext + sealed.tag);
    expect(opens(sealed)).toBe(sealed.plaintext);
  });
  test.each(cases)('opens nothing in which one bit is another, $name', (sealed) => {
    for (const part of ['key', 'nonce', 'associatedData', 'ciphertext', 'tag'] as const) {
      for (let bit = 0; bit < sealed[part].length * 4; bit += 1) {
        const flipped = bytes(sealed[part]);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(isRefused(() => opens({ ...sealed, [part]: flipped.toString('hex') }))).toBe(true);
      }
    }
  });
  test('opens only under nonces of 96 bits, tags of 128 and keys of 256', () => {
    expect(cases).toHaveLength(4);
    for (const sealed of cases) {
      for (let length = 0; length <= 64; length += 1) {
        const nonce = randomBytes(length).toString('hex');
        // What node:crypto itself would seal and open under such a nonce.
        const other = (): string => opens(resealed({ ...sealed, nonce }));
        if (length !== NONCE_BYTES) expect(other).toThrow();
        else expect(other()).toBe(sealed.plaintext);
        if (length < TAG_BYTES) expect(() => opens({ ...sealed, tag: sealed.tag.slice(0, length * 2) })).toThrow();
        const key = randomBytes(length).toString('hex');
        if (length !== KEY_BYTES) expect(() => seals({ ...sealed, key })).toThrow();
      }
    }
  });
});

interface Derived {
  ikm: string;
  salt: string;
  info: string;
  length: number;
  okm: string;
}
const derives = ({ ikm, salt, info, length }: Derived): string =>
  Buffer.from(hkdfSync('sha256', bytes(ikm), bytes(salt), bytes(info), length)).toString('hex');
const hmac = (key: Uint8Array, ...data: Uint8Array[]): Buffer => createHmac('sha256', key).update(Buffer.concat(data)).digest();
/** RFC 5869, section 2, written out: extract with a salt of zeros, and expand to one block. */
const oneBlockWithoutSalt = (ikm: Uint8Array, info: Uint8Array): string =>
  hmac(hmac(Buffer.alloc(32), ikm), info, Buffer.of(1)).toString('hex');
const ourKey = (ikm: Uint8Array, use: string): string => derivedKey(createSecretKey(ikm), use).export().toString('hex');

describe('HKDF-SHA256', () => {
  const { cases } = read(OURS, 'hkdf-sha256-rfc5869.json') as { cases: (Derived & { name: string; prk: string })[] };
  test.each(cases)('is that of RFC 5869, $name', (derived) => {
    expect(hmac(derived.salt === '' ? Buffer.alloc(32) : bytes(derived.salt), bytes(derived.ikm)).toString('hex')).toBe(
      derived.prk,
    );
    expect(derives(derived)).toBe(derived.okm);
  });
  test('of a derived key has no salt, and its use as info', () => {
    const [withoutSalt, ...others] = cases.filter(({ salt, info }) => salt === '' && info === '');
    expect(others).toEqual([]);
    const { ikm, okm } = withoutSalt as Derived;
    expect(ourKey(bytes(ikm), '')).toBe(okm.slice(0, KEY_BYTES * 2));
    expect(oneBlockWithoutSalt(bytes(ikm), Buffer.alloc(0))).toBe(okm.slice(0, KEY_BYTES * 2));
  });
  test.each(['form-guard mark', 'form-guard blind index\0email', 'form-guard blind index of a part\0last:4\0phone', 'ü 🦆'])(
    'of a derived key is written out the same, for %j',
    (use) => {
      const ikm = randomBytes(32);
      expect(ourKey(ikm, use)).toBe(oneBlockWithoutSalt(ikm, Buffer.from(use)));
      expect(ourKey(ikm, use)).not.toBe(ourKey(ikm, `${use} `));
    },
  );
});

interface Wycheproof<Group> {
  algorithm: string;
  numberOfTests: number;
  testGroups: Group[];
}
interface Case {
  tcId: number;
  comment: string;
  result: 'valid' | 'invalid';
}
interface AeadGroup {
  keySize: number;
  ivSize: number;
  tagSize: number;
  tests: (Case & { key: string; iv: string; aad: string; msg: string; ct: string; tag: string })[];
}
interface HkdfGroup {
  keySize: number;
  tests: (Case & { ikm: string; salt: string; info: string; size: number; okm: string })[];
}

const count = (result: Case['result'], tests: Case[]): number => tests.filter((one) => one.result === result).length;
const idsOf = (tests: Case[]): number[] => tests.map(({ tcId }) => tcId);

describe('Wycheproof, AES-GCM', () => {
  const { algorithm, numberOfTests, testGroups } = read(PUBLIC, 'aes_gcm_test.json') as Wycheproof<AeadGroup>;
  const sealedOf = ({ key, iv, aad, msg, ct, tag }: AeadGroup['tests'][number]): Sealed => ({
    key,
    nonce: iv,
    associatedData: aad,
    plaintext: msg,
    ciphertext: ct,
    tag,
  });
  const isOurs = ({ keySize, ivSize, tagSize }: AeadGroup): boolean =>
    keySize === KEY_BYTES * 8 && ivSize === NONCE_BYTES * 8 && tagSize === TAG_BYTES * 8;
  const [ours, others] = [testGroups.filter(isOurs), testGroups.filter((group) => !isOurs(group))];
  const [inside, outside] = [ours.flatMap(({ tests }) => tests), others.flatMap(({ tests }) => tests)];

  test('is whole, and has both kinds of what we take and of what we do not', () => {
    say(
      `Wycheproof ${algorithm}: ${numberOfTests} tests in ${testGroups.length} groups. Of our sizes: ${ours.length} group(s), ` +
        `${count('valid', inside)} valid, ${count('invalid', inside)} invalid. Outside of them: ${others.length} groups ` +
        `(${others.filter(({ keySize }) => keySize !== 256).length} by key, ` +
        `${others.filter(({ keySize, ivSize }) => keySize === 256 && ivSize !== 96).length} by nonce alone), ${outside.length} tests.`,
    );
    expect([algorithm, inside.length + outside.length]).toEqual(['AES-GCM', numberOfTests]);
    for (const tests of [inside, outside]) {
      expect(count('valid', tests)).toBeGreaterThan(0);
      expect(count('invalid', tests)).toBeGreaterThan(0);
    }
  });
  test('every valid one of our sizes is sealed and opened as it says', () => {
    const wrong = inside.filter((one) => {
      const sealed = sealedOf(one);
      return one.result === 'valid' && (seals(sealed) !== one.ct + one.tag || opens(sealed) !== one.msg);
    });
    expect(idsOf(wrong)).toEqual([]);
  });
  test('every invalid one is refused', () => {
    const wrong = [...inside, ...outside].filter((one) => one.result === 'invalid' && !isRefused(() => opens(sealedOf(one))));
    expect(idsOf(wrong)).toEqual([]);
  });
  test('every one of another nonce or key is refused, valid or not', () => {
    expect(idsOf(outside.filter((one) => !isRefused(() => opens(sealedOf(one)))))).toEqual([]);
    const otherKeys = others.filter(({ keySize }) => keySize !== KEY_BYTES * 8).flatMap(({ tests }) => tests);
    expect(idsOf(otherKeys.filter((one) => !isRefused(() => seals(sealedOf(one)))))).toEqual([]);
  });
});

describe('Wycheproof, HKDF-SHA256', () => {
  const { algorithm, numberOfTests, testGroups } = read(PUBLIC, 'hkdf_sha256_test.json') as Wycheproof<HkdfGroup>;
  const all = testGroups.flatMap(({ tests }) => tests);
  const derivedOf = ({ ikm, salt, info, size, okm }: HkdfGroup['tests'][number]): Derived => ({
    ikm,
    salt,
    info,
    length: size,
    okm,
  });
  /** What a derived key can be asked for: no salt, an info that is text, and of the output the first 32 bytes. */
  const ours = all.filter(
    ({ salt, info, size, result }) =>
      result === 'valid' && salt === '' && size >= KEY_BYTES && Buffer.from(bytes(info).toString()).equals(bytes(info)),
  );

  test('is whole, and has some that a derived key can be asked for', () => {
    say(
      `Wycheproof ${algorithm}: ${numberOfTests} tests in ${testGroups.length} groups, ${count('valid', all)} valid, ` +
        `${count('invalid', all)} invalid; ${ours.length} of them for a derived key.`,
    );
    expect([algorithm, all.length]).toEqual(['HKDF-SHA-256', numberOfTests]);
    expect(Math.min(count('valid', all), count('invalid', all), ours.length)).toBeGreaterThan(0);
  });
  test('every valid one is derived as it says', () => {
    expect(idsOf(all.filter((one) => one.result === 'valid' && derives(derivedOf(one)) !== one.okm))).toEqual([]);
  });
  test('every invalid one is refused', () => {
    expect(idsOf(all.filter((one) => one.result === 'invalid' && !isRefused(() => derives(derivedOf(one)))))).toEqual([]);
  });
  test('every one without salt is our derived key', () => {
    const wrong = ours.filter(({ ikm, info, okm }) => ourKey(bytes(ikm), bytes(info).toString()) !== okm.slice(0, KEY_BYTES * 2));
    expect(idsOf(wrong)).toEqual([]);
  });
});
