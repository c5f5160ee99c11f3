/** The pure parts of sealing: format, place, values, root keys, digests. */
import { createSecretKey, randomBytes } from 'node:crypto';
import { decrypt, encrypt } from '../../server/src/encryption/aes-gcm';
import { digestOf } from '../../server/src/encryption/blind-index';
import { formatEnvelope, MAX_ENVELOPE_LENGTH, parseEnvelope } from '../../server/src/encryption/envelope';
import type { DataKeyRow } from '../../server/src/encryption/data-key-rows';
import { associatedData } from '../../server/src/encryption/place';
import { parseRootKeys } from '../../server/src/encryption/root-keys';
import { decodeValues, encodeValues } from '../../server/src/encryption/values';
import { keysInMemory, sealerOn } from '../helpers/keys-in-memory';

const newKey = () => createSecretKey(randomBytes(32));

describe('AES-GCM', () => {
  const key = newKey();
  const text = Buffer.from('hello');
  const aad = Buffer.from('place');

  test('gives back what it was given, and two seals of the same differ', () => {
    const [one, two] = [encrypt(key, text, aad), encrypt(key, text, aad)];
    expect(decrypt(key, one, aad)).toEqual(text);
    expect(one.equals(two)).toBe(false);
  });

  test('refuses another key, another place, and every flipped bit', () => {
    const sealed = encrypt(key, text, aad);
    expect(() => decrypt(newKey(), sealed, aad)).toThrow();
    expect(() => decrypt(key, sealed, Buffer.from('elsewhere'))).toThrow();
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const flipped = Buffer.from(sealed);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => decrypt(key, flipped, aad)).toThrow();
    }
    expect(() => decrypt(key, sealed.subarray(0, 27), aad)).toThrow();
  });
});

describe('The envelope', () => {
  const bytes = randomBytes(40);
  test('is not made of more than it would be read with', () => {
    const most = Buffer.alloc(((MAX_ENVELOPE_LENGTH - 'fg1.k1.'.length) / 4) * 3);
    expect(parseEnvelope(formatEnvelope('k1', most))?.bytes).toHaveLength(most.length);
    expect(() => formatEnvelope('k1', Buffer.alloc(most.length + 3))).toThrow(/more than 12 MiB .*VALUES_NOT_SEALABLE/);
  });
  test('has one text for one value', () => {
    const text = formatEnvelope('d1', bytes);
    expect(parseEnvelope(text)).toEqual({ keyId: 'd1', bytes });
  });
  test.each([
    ['no text', 7],
    ['empty', ''],
    ['another format', `fg2.d1.${bytes.toString('base64url')}`],
    ['a strange key id', `fg1.d/1.${bytes.toString('base64url')}`],
    ['padding', `fg1.d1.${bytes.toString('base64')}=`],
    ['another alphabet', 'fg1.d1.++//'],
    ['four parts', `fg1.d1.${bytes.toString('base64url')}.x`],
    ['a text that decodes alike', 'fg1.d1.AB'],
    ['too long', `fg1.d1.${'A'.repeat(MAX_ENVELOPE_LENGTH)}`],
  ])('refuses %s', (_what, text) => {
    expect(parseEnvelope(text)).toBeNull();
  });
});

test('no two places have the same bytes', () => {
  const places = [
    { formOrType: 'a', recordId: 'bc', part: 'd' },
    { formOrType: 'ab', recordId: 'c', part: 'd' },
    { formOrType: 'a', recordId: 'b', part: 'cd' },
    { formOrType: 'a', recordId: 'bc', part: '' },
  ];
  const all = places
    .flatMap((place) => [associatedData(place, 'k'), associatedData(place, 'k2')])
    .map((bytes) => bytes.toString('hex'));
  expect(new Set(all).size).toBe(all.length);
});

describe('Values', () => {
  const values = {
    text: 'a\u2028ä🦆',
    number: -0.1,
    big: 9007199254740993n,
    yes: true,
    none: null,
    date: new Date('2022-11-10T09:30:00.123Z'),
    list: [1, [2, { a: null }]],
    $tag: 'looks like ours',
    nested: { $date: 'is not a date', $bigint: 5 },
    empty: {},
  };
  test('come back as they were', () => {
    expect(decodeValues(encodeValues(values))).toEqual(values);
  });
  test('a key called __proto__ comes back as a key', () => {
    const hostile = JSON.parse('{"a":{"__proto__":{"polluted":1}}}') as Record<string, unknown>;
    const back = decodeValues(encodeValues(hostile)) as { a: object };
    expect(Object.keys(back.a)).toEqual(['__proto__']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
  test('do not tell their length within a bucket, nor the order of their keys', () => {
    expect(encodeValues({ a: 'x' })).toHaveLength(encodeValues({ a: 'x'.repeat(200) }).length);
    expect(encodeValues({ a: 1, b: 2 })).toEqual(encodeValues({ b: 2, a: 1 }));
  });
  test.each([
    ['NaN', NaN],
    ['a function', () => 1],
    ['a class', new Map()],
    ['a bad date', new Date('x')],
  ])('refuse %s', (_what, value) => {
    expect(() => encodeValues({ value })).toThrow(/VALUES_NOT_SEALABLE/);
  });
});

test('the first root key is the current one', () => {
  const [a, b] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
  const keys = parseRootKeys(`new:${a}, old:${b}`);
  expect([keys.current.keyId, [...keys.byId.keys()]]).toEqual(['new', ['new', 'old']]);
});

describe('Search digests', () => {
  const key = newKey();
  test('are the same for the same value in another spelling, and for nothing else', () => {
    const search = (field: string) => ({ field, kind: 'text', part: 'whole' }) as const;
    const digest = (value: unknown, field = 'email') => digestOf(key, search(field), value);
    expect(digest('  Ada@Example.ORG ')).toBe(digest('ada@example.org'));
    expect(digest('ﬁne   words')).toBe(digest('fine words'));
    expect(digest('ada@example.org', 'other')).not.toBe(digest('ada@example.org'));
    expect(digestOf(newKey(), search('email'), 'ada@example.org')).not.toBe(digest('ada@example.org'));
    expect(digest('ada@example.org')).toMatch(/^[0-9a-f]{32}$/);
    expect([digest(''), digest(null), digest(['a'])]).toEqual([null, null, null]);
    expect([digest(12), digest(true)]).toEqual([digest('12'), digest('true')]);
  });
});

describe('The keyring and the sealer', () => {
  const rootKeys = `k:${randomBytes(32).toString('base64')}`;
  const place = { formOrType: 'form:a', recordId: 'r', part: 'values' };

  test('two instances that start at once share one data key', async () => {
    const { rows, store } = keysInMemory();
    const [one, two] = [sealerOn(rootKeys, store), sealerOn(rootKeys, store)];
    const [a, b] = await Promise.all([one.seal(place, { x: 1 }), two.seal(place, { x: 2 })]);
    expect(rows).toHaveLength(1);
    expect([await two.open(place, a), await one.open(place, b)]).toEqual([{ x: 1 }, { x: 2 }]);
  });

  test('seals are counted before they are made, and a worn key gives way to a new one', async () => {
    const { rows, store } = keysInMemory();
    const sealer = sealerOn(rootKeys, store);
    const old = await sealer.seal(place, { x: 1 });
    expect(rows[0]?.seals).toBeGreaterThan(0);
    (rows[0] as DataKeyRow).seals = 2 ** 31;
    const later = sealerOn(rootKeys, store);
    const fresh = await later.seal(place, { x: 2 });
    expect(rows.map(({ state, generation }) => [state, generation])).toEqual([
      ['decrypt-only', 1],
      ['current', 2],
    ]);
    expect(fresh.split('.')[1]).not.toBe(old.split('.')[1]);
    expect([await later.open(place, old), await later.open(place, fresh)]).toEqual([{ x: 1 }, { x: 2 }]);
  });

  test('whatever is wrong is one fault, and it holds nothing', async () => {
    const { rows, store } = keysInMemory();
    const sealer = sealerOn(rootKeys, store);
    const sealed = await sealer.seal(place, { secret: 'canary' });
    const fault = { code: 'SEALED_VALUE_UNREADABLE', status: 500, message: expect.not.stringContaining('canary') };
    await expect(sealer.open({ ...place, recordId: 's' }, sealed)).rejects.toMatchObject(fault);
    await expect(sealer.open({ ...place, part: 'note:1' }, sealed)).rejects.toMatchObject(fault);
    await expect(sealer.open(place, 'canary')).rejects.toMatchObject(fault);
    const elsewhere = sealerOn(`k:${randomBytes(32).toString('base64')}`, store);
    await expect(elsewhere.open(place, sealed)).rejects.toMatchObject(fault);
    rows.length = 0;
    await expect(sealerOn(rootKeys, store).open(place, sealed)).rejects.toMatchObject(fault);
  });

  test('a database that is down is not called an unreadable value', async () => {
    const { store } = keysInMemory();
    const sealed = await sealerOn(rootKeys, store).seal(place, { x: 1 });
    const down = { ...store, find: () => Promise.reject(new Error('connection refused')) };
    await expect(sealerOn(rootKeys, down).open(place, sealed)).rejects.toThrow('connection refused');
  });
});
