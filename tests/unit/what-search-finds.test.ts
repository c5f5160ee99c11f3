/**
 * What exact search takes for equal and what it does not, by the kind of a field and the part of a value; that no text holds
 * it up or makes it throw; and that digests stay what they are.
 */
import { createSecretKey } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { digestOf } from '../../server/src/encryption/blind-index';
import { canonicalFormOf } from '../../server/src/encryption/canonical-forms';
import { isSearchPart, mayBeSearchedBy, SEARCH_KINDS, type SearchKind, type SearchPart } from '../../server/src/search-fields';

const key = createSecretKey(Buffer.alloc(32, 7));
const PARTS: SearchPart[] = ['whole', 'postcode-district', 'last:4'];
const SEARCHES = SEARCH_KINDS.flatMap((kind) => PARTS.map((part) => ({ kind, part }))).filter(({ kind, part }) =>
  mayBeSearchedBy(kind, part),
);
const digest = (kind: SearchKind, part: SearchPart, value: unknown, field = 'f'): string | null =>
  digestOf(key, { field, kind, part }, value);

type Pair = [one: unknown, other: unknown];
interface Table {
  kind: SearchKind;
  part: SearchPart;
  equal: Pair[];
  unequal: Pair[];
  nothing: unknown[];
}

const NOTHING = ['', '  \t\n', null, undefined, [], ['ada'], {}, { toString: () => 'ada' }, () => 'ada', Symbol('ada')];

const TABLES: Table[] = [
  {
    kind: 'text',
    part: 'whole',
    equal: [
      ['  Ada   Lovelace ', 'ada lovelace'],
      ['ﬁne', 'FINE'],
      ['Cafe\u0301', 'CAFÉ'],
      ['J\u030c', '\u01f0'],
      ['I\u0307\u0316', '\u0130\u0316'],
      ['Ａｄａ', 'ada'],
      ['a\u00a0b', 'a\nb'],
      [12, '12'],
      [12n, 12],
      [true, 'True'],
      [new Date('2026-11-25T10:00:00Z'), '2026-11-25T10:00:00.000Z'],
    ],
    unequal: [
      ['ada', 'adam'],
      ['a b', 'ab'],
      ['resume', 'résumé'],
      ['straße', 'strasse'],
      ['ada', 'аda'],
      ['a\u0000', 'a'],
      [1, '1.0'],
      ['a' + '\u0301'.repeat(40), 'a' + '\u0301'.repeat(41)],
    ],
    nothing: [...NOTHING, new Date(NaN)],
  },
  {
    kind: 'email',
    part: 'whole',
    equal: [
      [' Ada@Example.ORG ', 'ada@example.org'],
      ['ada@münchen.example', 'ada@xn--mnchen-3ya.example'],
      ['ADA@MÜNCHEN.example', 'ada@XN--MNCHEN-3YA.EXAMPLE'],
      ['ada@mu\u0308nchen.example', 'ada@münchen.example'],
      ['ada＠example.org', 'ada@example.org'],
      ['ada@例え。テスト', 'ada@xn--r8jz45g.xn--zckzah'],
      ['jörg@example.org', 'JO\u0308RG@example.org'],
    ],
    unequal: [
      ['a.da@example.org', 'ada@example.org'],
      ['ada+list@example.org', 'ada@example.org'],
      ['ada@example.org', 'ada@example.com'],
      ['ada@example.org', 'ada@mail.example.org'],
      ['ada@faß.example', 'ada@fass.example'],
      ['jörg@example.org', 'jorg@example.org'],
      ['ada@example.org/elsewhere', 'ada@example.org'],
      ['ada@example.org?x', 'ada@example.org'],
      ['ada@münchen.example/elsewhere', 'ada@münchen.example'],
      ['ada@münch%65n.example', 'ada@münchen.example'],
      ['ada@1.2.3', 'ada@1.2.0.3'],
      ['ada@127。1', 'ada@127.0.0.1'],
      ['ada@b@example.org', 'b@example.org'],
      ['ada@' + 'ü'.repeat(300), 'ada@' + 'ü'.repeat(301)],
    ],
    nothing: [...NOTHING, 12, true],
  },
  {
    kind: 'phone',
    part: 'whole',
    equal: [
      ['+44 20 7946 0000', '0044 (20) 79 46-00.00'],
      ['+44 (0)20 7946 0000', '+442079460000'],
      ['0044 (0) 20 7946 0000', '+44 20 7946 0000'],
      ['(+44) 20/7946/0000', '+44 20 7946 0000'],
      ['+00 44 20 7946 0000', '+44 20 7946 0000'],
      ['＋４４ ２０ ７９４６ ００００', '+44 20 7946 0000'],
      ['+٤٤ ٢٠ ٧٩٤٦ ٠٠٠٠', '+44 20 7946 0000'],
      ['०२० ७९४६ ००००', '020 7946 0000'],
      ['(0)20 7946 0000', '020 7946 0000'],
      ['020 7946 0000 ext. 12', '020 7946 0000x12'],
      ['020 7946 0000 (Extension 12)', '020 7946 0000 #12'],
      ['+44 20 7946 0000;ext=12', '+44 20 7946 0000 extn 12'],
      [2079460000, '2079460000'],
      [442079460000n, 442079460000],
      ['1-800-555-FLOWERS', '1800 555 flowers'],
    ],
    unequal: [
      ['+44 20 7946 0000', '020 7946 0000'],
      ['+44 20 7946 0000', '44 20 7946 0000'],
      ['+44 20 7946 0000', '+44 20 7946 0001'],
      ['+44 020 7946 0000', '+44 20 7946 0000'],
      ['+020 7946 0000', '+20 7946 0000'],
      ['020 7946 0000 x12', '020 7946 0000'],
      ['020 7946 0000 x12', '020 7946 0000 12'],
      ['020 7946 0000 x12', '020 7946 0000 x012'],
      ['1 800 555 FLOWERS', '1 800 555 FLOWERPOTS'],
      ['0800 123 FLOW', '0800 123'],
      ['020 7946 (0) 0000', '020 7946 0000'],
    ],
    nothing: [...NOTHING, '12345', '999', '+44 20', '00', '000000000', 'none', 'x12', '12345 x 678901', true, new Date(0)],
  },
  {
    kind: 'number',
    part: 'whole',
    equal: [
      [12, '12'],
      [12, '012.00'],
      [12n, '+12'],
      [0.1, '.1'],
      [1e21, '1000000000000000000000'],
      [1500, '1.5E3'],
      [-0, '0'],
      ['-0.00', 0],
      ['−5', -5],
      ['１２', '١٢'],
      ['9007199254740993', 9007199254740993n],
      ['0e999999999999', 0],
    ],
    unequal: [
      [1, -1],
      [1, 10],
      [0.1, 0.10000000000000002],
      ['9007199254740993', '9007199254740992'],
      ['1e3', '1e4'],
    ],
    nothing: [
      ...NOTHING,
      NaN,
      Infinity,
      -Infinity,
      '1,000',
      '1 000',
      '0x10',
      'twelve',
      '.',
      '-',
      '1e',
      '1e9999999999',
      '1-2',
      true,
    ],
  },
  {
    kind: 'boolean',
    part: 'whole',
    equal: [
      [true, 'TRUE'],
      [true, 1],
      [true, ' on '],
      [true, 'yes'],
      [false, 'off'],
      [false, 0],
      [false, 'No'],
    ],
    unequal: [[true, false]],
    nothing: [...NOTHING, 2, -1, 'maybe', 'truee', new Date(0)],
  },
  {
    kind: 'date',
    part: 'whole',
    equal: [
      ['2026-11-25', new Date('2026-11-25T00:00:00Z')],
      ['2026-11-25', new Date('2026-11-25T23:59:59.999Z')],
      ['2026-11-25', '2026-11-25T10:30:00.000Z'],
      ['2026-11-25', '2026-11-26T00:30:00+01:00'],
      ['2026-11-25', '2026-11-24T23:30:00-0100'],
      ['2026-11-25', ' 2026-11-25 10:30 '],
      ['2026-11-25', '2026-11-25t10:30:00z'],
      ['2028-02-29', '2028-02-29T12:00Z'],
      ['0001-01-01', '0001-01-01T00:00:00Z'],
      ['+010000-01-01', new Date('+010000-01-01T00:00:00Z')],
    ],
    unequal: [
      ['2026-11-25', '2026-11-26'],
      ['2026-11-25', '2026-11-25T00:30:00+01:00'],
      ['2026-11-25', '0026-11-25'],
      ['1926-11-25', '0026-11-25'],
    ],
    nothing: [
      ...NOTHING,
      '2026-02-30',
      '2026-13-01',
      '25/11/2026',
      '20261125',
      '2026-11-25T25:00:00Z',
      '2026-11-25T10:60:00Z',
      '2026-11-25T10:00:00+01:99',
      '2026-11-25 and more',
      '-000000-01-01',
      new Date(NaN),
      20261125,
      true,
    ],
  },
  {
    kind: 'text',
    part: 'postcode-district',
    equal: [
      ['SW1A 1AA', 'sw1a'],
      ['sw1a1aa', 'SW1A 2AB'],
      ['SW 1A 1AA', 'SW1A'],
      ['M1 1AE', 'M1'],
      ['M11AE', 'M1 9ZZ'],
      ['B33 8TH', 'b33'],
      ['ec1v 9HX', 'EC1V'],
      ['JE2 3AB', 'JE2'],
      ['ＳＷ１Ａ　１ＡＡ', 'SW1A'],
    ],
    unequal: [
      ['SW1A 1AA', 'SW1 1AA'],
      ['M1 1AE', 'M11 1AE'],
      ['E1 6AN', 'E16 6AN'],
    ],
    nothing: [
      ...NOTHING,
      '12345',
      '1234 AB',
      '75008',
      'K1A 0B1',
      'D02 AF30',
      'D02',
      'HM 12',
      'AD100',
      'SW1A 1CA',
      'SW1A 1A',
      'SW1A 1AAA',
      'QQ1 1AA',
      '10 Downing Street, SW1A 1AA',
      'SW',
      112,
    ],
  },
  {
    kind: 'text',
    part: 'last:4',
    equal: [
      ['AB-12 34', '1234'],
      ['DE89 3704 0044 0532 0130 00', '3000'],
      ['order no. Ä1b2', 'a\u0308-1/B.2'],
      ['\u1112\u1161\u11ab abc', '한abc'],
      ['\u1112.\u1161.\u11ab.abc', '한abc'],
      [123456, '3456'],
      ['1️⃣2️⃣3️⃣4️⃣', '1234'],
      ['ab𝟙𝟚𝟛𝟜', '1234'],
    ],
    unequal: [
      ['1234', '1235'],
      ['01234', '12340'],
    ],
    nothing: [...NOTHING, '123', 'abc', '---', '🦆🦆🦆🦆'],
  },
  {
    kind: 'phone',
    part: 'last:8',
    equal: [
      ['+44 20 7946 0012', '020 7946 0012'],
      ['+44 (0)20 7946 0012 x7', '79460012'],
      ['0044 20 7946 0012', '+44 20 7946 0012'],
      ['07946 0012 x12', '07946 0012'],
      ['+44 20 0046 0012', '0046 0012'],
    ],
    unequal: [['79460012', '79460013']],
    nothing: [...NOTHING, '7946001', '+44 20 12', true],
  },
];

describe.each(TABLES)('$kind, $part', ({ kind, part, equal, unequal, nothing }) => {
  test.each(equal)('%p is %p', (one, other) => {
    expect(digest(kind, part, one)).toMatch(/^[0-9a-f]{32}$/);
    expect(digest(kind, part, one)).toBe(digest(kind, part, other));
  });
  test.each(unequal)('%p is not %p', (one, other) => {
    expect(digest(kind, part, one)).not.toBe(digest(kind, part, other));
  });
  test.each(nothing.map((value) => [value]))('there is nothing to search for in %p', (value) => {
    expect(digest(kind, part, value)).toBeNull();
  });
});
test('every kind has its table', () => {
  expect(new Set(TABLES.filter(({ part }) => part === 'whole').map(({ kind }) => kind))).toEqual(new Set(SEARCH_KINDS));
});

describe('The same text', () => {
  test('has another digest in every field, kind and part', () => {
    // Each of the three is a whole text, e-mail, phone number and number, and has last digits.
    for (const text of ['12345678', '1', '20261125']) {
      const all = ['f', 'g', 'f\0', 'whole\0f', 'last:4\0f', ' of a part\0last:4\0f'].flatMap((field) =>
        SEARCHES.map(({ kind, part }) => digest(kind, part, text, field)).filter((found) => found !== null),
      );
      expect(all.length).toBeGreaterThan(12);
      expect(new Set(all).size).toBe(all.length);
    }
  });
  test('cannot be written so that it passes for another kind', () => {
    const email = digest('email', 'whole', 'ada@example.org');
    for (const text of [
      ' email ada@example.org',
      'email ada@example.org',
      '\0email ada@example.org',
      '\ufeff email ada@example.org',
    ])
      expect(digest('text', 'whole', text)).not.toBe(email);
  });
  test('has another digest under another key', () => {
    const other = createSecretKey(Buffer.alloc(32, 8));
    for (const { kind, part } of SEARCHES.filter(({ kind }) => kind === 'text' || kind === 'phone')) {
      expect(digestOf(other, { field: 'f', kind, part }, 'SW1A1AA')).not.toBe(digest(kind, part, 'SW1A1AA') ?? '');
    }
  });
});

describe('Parts', () => {
  test.each(['last:2', 'last:9', 'last:04', 'last:4 ', 'last:', 'LAST:4', 'first:4', 'toString', '', null, 4])(
    '%p is none',
    (part) => {
      expect(isSearchPart(part)).toBe(false);
    },
  );
  test.each([...PARTS, 'last:3', 'last:8'])('%s is one', (part) => {
    expect(isSearchPart(part)).toBe(true);
  });
  test.each<[SearchKind, SearchPart]>([
    ['date', 'last:4'],
    ['boolean', 'postcode-district'],
    ['number', 'last:4'],
    ['email', 'last:4'],
    ['phone', 'postcode-district'],
    ['text', 'last:2'],
    ['text', 'last:1000'],
    ['text', 'tail' as SearchPart],
  ])('a %s has no %s, and says so rather than find nothing', (kind, part) => {
    expect(() => digest(kind, part, 'canary 12345678')).toThrow(/"f" is a .+, which has no part .+\[CONFIG_INVALID\]/);
    expect(() => digest(kind, part, 'canary 12345678')).not.toThrow(/canary/);
  });
});

/** Mulberry32: the same strings on every run, so that a failure comes again. */
const numbersFrom = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};
const PIECES = [
  ...[
    'a',
    'B',
    'x',
    'ext',
    'EXTN',
    'é',
    'e\u0301',
    'J\u030c',
    'İ',
    'ß',
    'ẞ',
    'Σ',
    'ﬁ',
    'Ⅳ',
    'ﷺ',
    'ｶ',
    '\uff9e',
    '\u1112',
    '\u1161',
    '\u11ab',
  ],
  ...[
    '\u0301',
    '\u0316',
    '\u0344',
    '\u0345',
    '\u034f',
    '\u0f73',
    '\u3099',
    '\u0301'.repeat(29),
    '\u0316\u0301'.repeat(20),
    'A\u0344',
  ],
  ...[' ', '  ', '\u00a0', '\ufeff', '\u200b', '\u00ad', '\t', '\u2028', '\u3000', '\0', '\ud83e', '\udd86', '🦆', '\ufffd'],
  ...['@', '＠', '.', '。', '%61', '/', '?', '#', ':', 'xn--', 'münchen', 'example.org', '-', '−'],
  ...['+', '＋', '0', '00', '(0)', '( 0 )', '44', '7', '٤', '７', '𝟙', '½', '²', '1e', 'e9', '.', ','],
  ...['2026-11-25', '-02-30', 'T10:30', 'Z', '+01:00', 'SW1A', '1AA', 'on', 'true', '9'.repeat(12)],
];
const stringsFrom = (seed: number, count: number): string[] => {
  const next = numbersFrom(seed);
  return Array.from({ length: count }, () => Array.from({ length: 1 + next(9) }, () => PIECES[next(PIECES.length)]).join(''));
};

/** Every character that Unicode or we may turn into another, join, drop or move: the rest stays where it is. */
const CHANGEABLE = Array.from({ length: 0x110000 }, (_, codePoint) => String.fromCodePoint(codePoint)).filter(
  (one) =>
    one.normalize('NFKD') !== one ||
    one.toLowerCase() !== one ||
    /[\p{M}\p{N}\p{Z}\p{Cc}\p{Cf}\p{ASCII}\u1100-\u11ff]/u.test(one),
);

describe.each(SEARCHES)('A canonical form of $kind, $part', ({ kind, part }) => {
  const form = (value: unknown): string => canonicalFormOf(kind, part, value);
  /** One expectation for many, because a hundred thousand take longer than what they look at. */
  const changedBy = (texts: Iterable<string>): string[] => {
    const changed: string[] = [];
    for (const text of texts) {
      const once = form(text);
      if (form(once) !== once || /^\s|\s$/u.test(once)) changed.push(JSON.stringify(text));
    }
    return changed;
  };

  test('is its own canonical form and has no space at its ends, of every character that could change', () => {
    expect(changedBy(CHANGEABLE.flatMap((one) => [one, `ab1${one}\u0316\u030c234`, `ada@b${one}c.example`]))).toEqual([]);
  });

  test.each([1, 2, 3])('is its own canonical form, of many strings made of what is awkward (%d)', (seed) => {
    expect(changedBy(stringsFrom(seed, 10_000))).toEqual([]);
  });

  test('is the same whichever way Unicode writes the text', () => {
    const differ = stringsFrom(4, 10_000)
      // Past thirty marks in a row, two ways of writing them are two texts.
      .filter((text) => !/[\p{M}\uff9e]{10}/u.test(text))
      .filter((text) => form(text.normalize('NFD')) !== form(text.normalize('NFC')));
    expect(differ.map((text) => JSON.stringify(text))).toEqual([]);
  });
});

test('separators change no phone number, spaces and case no address, a shifted point no number, a zone no moment', () => {
  const next = numbersFrom(5);
  for (let round = 0; round < 2_000; round += 1) {
    const digits = String(1 + next(9)) + String(next(1e9)).padStart(9, '0');
    const spread = [...digits].map((digit) => digit + (['', ' ', '-', '.', ' / ', ')'][next(6)] ?? '')).join('');
    expect(digest('phone', 'whole', `00${spread}`)).toBe(digest('phone', 'whole', `+${digits}`));
    const address = `p${next(1e6)}.x+${next(99)}@Example${next(99)}.org`;
    expect(digest('email', 'whole', `\t${address.toUpperCase()} `)).toBe(digest('email', 'whole', address));
    const number = next(1e6) - 5e5;
    expect(digest('number', 'whole', `${number}0.00e-1`)).toBe(digest('number', 'whole', number));
    const moment = new Date(next(2 ** 32) * 1000);
    const minutes = next(24 * 60);
    const local = new Date(moment.getTime() + minutes * 60_000).toISOString().slice(0, 19);
    const zone = `+${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    expect(digest('date', 'whole', local + zone)).toBe(digest('date', 'whole', moment));
  }
});

describe('However long a text is', () => {
  /** Each takes quadratic time, or an exception, in some plain way of doing what is done here. */
  const LONG: Record<string, (length: number) => string> = {
    'marks out of order': (length) => 'a' + '\u0301'.repeat(length / 2) + '\u0316'.repeat(length / 2),
    'marks of half width': (length) => 'a' + '\u0301'.repeat(length / 2) + '\uff9e'.repeat(length / 2),
    'marks that are two': (length) => '\u0344\u0316'.repeat(length / 2),
    'capitals with marks': (length) => 'Σ\u0301İ\u0316'.repeat(length / 4),
    spaces: (length) => `a${' '.repeat(length)}b`,
    'spaces and signs': (length) => '( 0 '.repeat(length / 4),
    zeros: (length) => `${'0'.repeat(length / 2)}1${'0'.repeat(length / 2)}.5`,
    'zeros, ones': (length) => '0001'.repeat(length / 4),
    'an almost extension': (length) => '1x'.repeat(length / 2),
    hashes: (length) => '#'.repeat(length),
    'digits of another script': (length) => '९'.repeat(length),
    'a domain of many letters': (length) =>
      `a@${Array.from({ length }, (_, at) => String.fromCharCode(0x4e00 + (at % 20_000))).join('')}`,
    'many signs @': (length) => '@'.repeat(length),
    'long ligatures': (length) => 'ﷺ'.repeat(length / 10),
    'halves of pairs': (length) => '\ud83e'.repeat(length),
    NUL: (length) => '\0'.repeat(length),
    jamo: (length) => '\u1112.\u1161.\u11ab.'.repeat(length / 6),
    'a date with a tail': (length) => `2026-11-25T10:30:00.${'0'.repeat(length)}Z`,
  };
  /** V8 keeps texts of more than 128 KiB apart, which costs something once: both are above that. */
  const LENGTH = 140_000;
  const millisecondsOf = (run: () => unknown): number => {
    const from = performance.now();
    run();
    return performance.now() - from;
  };

  test.each(Object.entries(LONG))('ten times as many %s take at most thirty times as long, and throw nothing', (_name, make) => {
    const [short, long] = [make(LENGTH), make(LENGTH * 10)];
    // Quadratic time is a hundred times as long, every time; what is linear is not interrupted every time.
    const slow = SEARCHES.filter(({ kind, part }) =>
      [1, 2, 3].every(
        // Another text each time, because V8 remembers what it found in the last one.
        (turn) =>
          millisecondsOf(() => digest(kind, part, `${long}${turn}`)) >
          30 * millisecondsOf(() => digest(kind, part, `${short}${turn}`)),
      ),
    );
    expect(slow).toEqual([]);
  });
});

test('a domain is turned into ASCII as long as DNS knows one, because longer ones take quadratic time', () => {
  const form = (domain: string): string => canonicalFormOf('email', 'whole', `ada@${domain}`);
  expect(form('ü'.repeat(253))).toMatch(/^ada@xn--[a-z0-9]+$/);
  expect(form('ü'.repeat(254))).toBe(`ada@${'ü'.repeat(254)}`);
});

interface FrozenDigests {
  key: string;
  digests: { field: string; kind: SearchKind; part: SearchPart; value: string; form: string; digest: string }[];
}
const FROZEN = path.resolve(__dirname, '../vectors/search-2026-11-25.json');

describe('Digests that were made stay findable', () => {
  const { key: hex, digests } = JSON.parse(fs.readFileSync(FROZEN, 'utf8')) as FrozenDigests;
  const frozenKey = createSecretKey(Buffer.from(hex, 'hex'));
  test.each(digests)('$kind, $part: $value', ({ value, form, digest: frozen, ...search }) => {
    expect(canonicalFormOf(search.kind, search.part, value)).toBe(form);
    expect(digestOf(frozenKey, search, value)).toBe(frozen);
  });
  test('there is one of every kind and part', () => {
    const named = digests.map(({ kind, part }) => `${kind} ${part.replace(/\d/, 'N')}`);
    expect(new Set(named)).toEqual(new Set(SEARCHES.map(({ kind, part }) => `${kind} ${part.replace(/\d/, 'N')}`)));
  });
});
