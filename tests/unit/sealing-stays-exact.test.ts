/** What makes sealing fast changes no byte of what is written, accepts no text more, and gives no nonce out twice. */
import nodeCrypto, { createSecretKey, randomBytes } from 'node:crypto';
import { decrypt, encrypt, NONCE_BYTES } from '../../server/src/encryption/aes-gcm';
import { formatEnvelope, formatParts, parseEnvelope } from '../../server/src/encryption/envelope';
import { associatedData } from '../../server/src/encryption/place';
import { decodeValues, encodeValues } from '../../server/src/encryption/values';

describe('Nonces', () => {
  const key = createSecretKey(randomBytes(32));
  const place = Buffer.from('place');
  const nonce = () => encrypt(key, Buffer.from('x'), place).subarray(0, NONCE_BYTES);
  afterEach(() => jest.restoreAllMocks());

  test('no two are the same, nor do they share a part', () => {
    const WINDOW = 6;
    const parts = new Set<string>();
    const nonces = Array.from({ length: 5000 }, nonce);
    for (const one of nonces) {
      for (let at = 0; at + WINDOW <= NONCE_BYTES; at += 1) parts.add(one.subarray(at, at + WINDOW).toString('hex'));
    }
    expect(parts.size).toBe(nonces.length * (NONCE_BYTES - WINDOW + 1));
  });

  test('what was sealed does not change when more is sealed', () => {
    const first = encrypt(key, Buffer.from('first'), place);
    const before = first.toString('hex');
    for (let seals = 0; seals < 1000; seals += 1) nonce();
    expect(first.toString('hex')).toBe(before);
    expect(decrypt(key, first, place).toString()).toBe('first');
  });

  test.each([
    ['after a second', 1001],
    ['when the clock was set back', -1001],
  ])('random bytes that were fetched ahead are dropped %s', (_when, milliseconds) => {
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now + 3_600_000);
    nonce();
    const fetched = jest.spyOn(nodeCrypto, 'randomBytes');
    nonce();
    expect(fetched).toHaveBeenCalledTimes(0);
    clock.mockReturnValue(now + 3_600_000 + milliseconds);
    nonce();
    expect(fetched).toHaveBeenCalledTimes(1);
  });
});

describe('An envelope', () => {
  const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  /** How many bits of the last character are past the last byte; they are 0 in what we write. */
  const spareBits = (length: number): number => (length * 6) % 8;
  const isOurs = (body: string): boolean => {
    const last = ALPHABET.indexOf(body.at(-1) ?? '');
    return body.length % 4 !== 1 && last % 2 ** spareBits(body.length) === 0;
  };

  test('is accepted with the one end that we write, of every length', () => {
    for (let length = 1; length <= 12; length += 1) {
      const ends = [...ALPHABET].map((last) => 'A'.repeat(length - 1) + last);
      const accepted = ends.filter((body) => parseEnvelope(`fg1.d1.${body}`) !== null);
      expect(accepted).toEqual(ends.filter(isOurs));
    }
  });

  test('has no character but those that we write, wherever it stands', () => {
    for (let code = 0; code < 0x500; code += 1) {
      const character = String.fromCharCode(code);
      if (ALPHABET.includes(character)) continue;
      for (let at = 0; at <= 8; at += 1) {
        const body = `${'A'.repeat(at)}${character}${'A'.repeat(8 - at)}`;
        expect([code, at, parseEnvelope(`fg1.d1.${body}`)]).toEqual([code, at, null]);
      }
    }
  });

  test.each([
    ['nothing after the key id', 'fg1.d1.'],
    ['no second dot', 'fg1.d1'],
    ['no key id', 'fg1..AAAA'],
    ['a key id that is too long', `fg1.${'d'.repeat(33)}.AAAA`],
    ['something before it', '.fg1.d1.AAAA'],
    ['another format that begins alike', 'fg12.d1.AAAA'],
  ])('is refused with %s', (_what, text) => {
    expect(parseEnvelope(text)).toBeNull();
  });

  test('of any length comes back', () => {
    for (let length = 1; length < 200; length += 1) {
      const bytes = randomBytes(length);
      expect(parseEnvelope(formatEnvelope('d1', bytes))).toEqual({ keyId: 'd1', bytes });
    }
  });

  test('in parts is the same text, also when they are too long to be put together at one place', () => {
    for (const length of [0, 1, 100, 8151, 8152, 8153, 8164, 8165, 20_000, 3]) {
      const parts = [randomBytes(12), randomBytes(length), randomBytes(16)];
      expect(formatParts('d1', parts)).toBe(formatEnvelope('d1', Buffer.concat(parts)));
    }
  });
});

test('a place has the bytes that it always had', () => {
  const place = { formOrType: 'form:ä', recordId: '🦆', part: '' };
  const written = ['00000003', 'fg1', '00000001', 'k', '00000007', 'form:ä', '00000004', '🦆', '00000000'];
  const hex = written.map((piece) => (piece.startsWith('0000') ? piece : Buffer.from(piece).toString('hex'))).join('');
  expect(associatedData(place, 'k').toString('hex')).toBe(hex);
  // Whatever was sealed just before.
  for (const [other, keyId, format] of [
    [{ ...place, formOrType: 'form:a' }, 'k', 'fg1'],
    [place, 'l', 'fg1'],
    [place, 'k', 'fgf1'],
  ] as const) {
    expect(associatedData(other, keyId, format).toString('hex')).not.toBe(hex);
    expect(associatedData(place, 'k').toString('hex')).toBe(hex);
  }
  const long = { ...place, part: 'p'.repeat(70_000) };
  expect(associatedData(long, 'k').subarray(-70_004, -70_000).toString('hex')).toBe('00011170');
});

describe('Values', () => {
  const written = (values: Record<string, unknown>): string => encodeValues(values).toString().trimEnd();

  test('are written as they always were', () => {
    const values = { b: 1n, a: [undefined, { d: 'é"\ud800', c: undefined }], B: new Date(0), 10: true, 9: null, '': -0 };
    const text =
      '{"9":null,"10":true,"":0,"B":{"$date":"1970-01-01T00:00:00.000Z"},"a":[null,{"d":"é\\"\\ud800"}],"b":{"$bigint":"1"}}';
    expect(written(values)).toBe(text);
    expect(written({ $date: 'x', a: { b: { $c: 1 } } })).toBe('{"$object":{"$date":"x","a":{"b":{"$object":{"$c":1}}}}}');
  });

  test.each([0, 1, 2, 31, 32, 33, 500])('%d keys are in order', (length) => {
    const keys = Array.from({ length }, () => `k${randomBytes(6).toString('hex')}`);
    const values = Object.fromEntries(keys.map((key) => [key, key]));
    expect(Object.keys(JSON.parse(written(values)) as object)).toEqual([...keys].sort());
    expect(decodeValues(encodeValues(values))).toEqual(values);
  });

  test.each([
    ['letters of two, three and four bytes', { a: 'é', b: 'Ω≈ç', c: '🦆', d: ['ñ', { e: 'ü', f: 1 }] }],
    ['keys with such letters', { é: 1, 'Ã©': 2, 'Ã\u0083Â©': 3, z: { ключ: 'значение' } }],
    ['an own key that means something to objects', { é: 1, inner: JSON.parse('{"__proto__":"ü","ö":{"__proto__":{"x":"ß"}}}') }],
    ['half a letter beside whole ones', { a: '\ud83d é', b: 'é \udd86', 'é\ud83d': 'x' }],
    ['what looks like half a letter', { a: 'C:\\udata\\é', b: '\\ud83d', c: 'é' }],
    ['what is escaped', { a: '\u0000\u001f"\\/\u007f\u0080\u00ff\u2028', é: '\n\t' }],
    ['texts that look like tags', { é: { $date: 'ü' }, $object: 'ß', d: { $bigint: 'é' } }],
  ])('come back as they were: %s', (_, values) => {
    const opened = decodeValues(encodeValues(values));
    expect(opened).toStrictEqual(values);
    expect(written(opened)).toBe(written(values));
  });

  test('fill their bucket with spaces and nothing else', () => {
    for (let length = 0; length < 600; length += 1) {
      const bytes = encodeValues({ a: 'é'.repeat(length) });
      const end = Buffer.byteLength(written({ a: 'é'.repeat(length) }));
      expect([bytes.length % 256, bytes.length - end < 256, bytes.subarray(end).every((byte) => byte === 0x20)]).toEqual([
        0,
        true,
        true,
      ]);
    }
  });

  test('a key called __proto__ keeps a date in it, and changes no prototype', () => {
    const hostile = JSON.parse('{"a":{"__proto__":{"toString":1}}}') as { a: Record<string, unknown> };
    Object.defineProperty(hostile.a, '__proto__', { value: { when: new Date(5) }, enumerable: true });
    const back = decodeValues(encodeValues(hostile)) as { a: object };
    expect(Object.getPrototypeOf(back.a)).toBe(Object.prototype);
    expect(Object.getOwnPropertyDescriptor(back.a, '__proto__')?.value).toEqual({ when: new Date(5) });
  });
});
