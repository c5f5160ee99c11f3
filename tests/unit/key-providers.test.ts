/**
 * Key providers against servers of their wire protocols: what they bind, what each kind of trouble is called, that none takes
 * longer than it may, and that no fault holds a token, a key or a ciphertext.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inspect, types } from 'node:util';
import { Fault, type FaultCode } from '../../server/src/fault';
import { decrypt, encrypt } from '../../server/src/encryption/aes-gcm';
import { createLocalProvider } from '../../server/src/encryption/key-providers/local';
import { createProvider, keyProviderSchema, type KeyProviderOptions } from '../../server/src/encryption/key-providers/options';
import type { KeyProvider } from '../../server/src/encryption/key-providers/port';
import { associatedData } from '../../server/src/encryption/place';
import { parseRootKeys } from '../../server/src/encryption/root-keys';
import { makeCertificate } from '../helpers/key-servers/certificate';
import { runFarFromPackages } from '../helpers/key-servers/far-from-packages';
import { startKms, type Kms } from '../helpers/key-servers/kms';
import { startTransit, type Transit } from '../helpers/key-servers/transit';
import type { WireAnswer, Wire } from '../helpers/key-servers/wire';

// Jest gives its tests an `Error` of their own, so that an error of Node's network is none to the SDK, which then loses its
// code. Outside of Jest there is one `Error`.
Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, value: unknown): boolean {
    return (this === Error && types.isNativeError(value)) || Function.prototype[Symbol.hasInstance].call(this as object, value);
  },
});

const TIMEOUT_MS = 1500;
/** For a machine that does other things too. */
const SLACK_MS = 700;

const placeOf = (recordId: string): Buffer =>
  associatedData({ formOrType: 'api::contact.contact', recordId, part: 'data-key:values:1' }, 'root');
const PLACE = placeOf('d1');
const ELSEWHERE = placeOf('d2');

/** One provider, its server, and what can happen to both. */
interface World {
  name: string;
  wire: Wire;
  provider(options?: { timeoutMs?: number }): KeyProvider;
  /** What no fault may hold, besides key and ciphertext. */
  secrets(): string[];
  rotate(): void;
  loseKey(): void;
  /** Another key under the same name. */
  replaceKey(): void;
  disableKey(): void;
  /** The token is revoked, the credentials are deleted. */
  revoke(): void;
  expire(): void;
  forbid(): void;
  throttled: WireAnswer;
  /** A success that holds this as the unwrapped key, and everything else that a success has. */
  unwrapped(text: unknown): WireAnswer;
  wrapped(text: unknown): WireAnswer;
  stop(): Promise<void>;
}

const openWorlds: World[] = [];
const opened = <T extends World>(world: T): T => {
  openWorlds.push(world);
  return world;
};
afterEach(async () => {
  await Promise.all(openWorlds.splice(0).map((world) => world.stop()));
});

const vaultWorld = async (): Promise<World & { transit: Transit; token: string }> => {
  const transit = await startTransit();
  transit.makeKey('form-guard');
  const token = transit.makeToken();
  return opened({
    name: 'Vault Transit',
    transit,
    token,
    wire: transit.wire,
    provider: ({ timeoutMs = TIMEOUT_MS } = {}) =>
      createProvider({ type: 'vault-transit', id: 'root', address: transit.wire.url, key: 'form-guard', token, timeoutMs }),
    secrets: () => [token],
    rotate: () => transit.rotate('form-guard'),
    loseKey: () => transit.keys.delete('form-guard'),
    replaceKey: () => transit.makeKey('form-guard'),
    disableKey() {
      transit.rotate('form-guard');
      const key = transit.keys.get('form-guard');
      if (key) key.minDecryptionVersion = 2;
    },
    revoke: () => transit.revoke(token),
    expire: () => transit.setExpiry(token, Date.now() - 1),
    forbid: () => transit.allow(token, []),
    throttled: { status: 429, body: '{"errors":["request path \\"transit\\": rate limit quota exceeded"]}' },
    unwrapped: (plaintext) => ({ status: 200, body: JSON.stringify({ data: { plaintext }, token }) }),
    wrapped: (ciphertext) => ({ status: 200, body: JSON.stringify({ data: { ciphertext }, token }) }),
    stop: () => transit.wire.stop(),
  });
};

const AWS_VARIABLES = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'] as const;
const NOWHERE = path.join(os.tmpdir(), 'form-guard-no-such-file');

const kmsWorld = async (): Promise<World & { kms: Kms; options: KeyProviderOptions }> => {
  const kms = await startKms();
  const key = kms.makeKey({ alias: 'alias/form-guard' });
  const { accessKeyId, credential } = kms.makeCredential({ session: true });
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: credential.secret,
    AWS_SESSION_TOKEN: credential.sessionToken,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: NOWHERE,
    AWS_SHARED_CREDENTIALS_FILE: NOWHERE,
  });
  const options = { type: 'aws-kms', id: 'root', keyId: kms.arnOf(key), endpoint: kms.wire.url, timeoutMs: TIMEOUT_MS } as const;
  return opened({
    name: 'AWS KMS',
    kms,
    options,
    wire: kms.wire,
    provider: ({ timeoutMs = TIMEOUT_MS } = {}) => createProvider({ ...options, timeoutMs }),
    secrets: () => [accessKeyId, credential.secret, credential.sessionToken as string],
    rotate: () => kms.rotate(key),
    loseKey: () => kms.keys.delete(key.id),
    replaceKey: () => key.materials.splice(0, 1, randomBytes(32)),
    disableKey() {
      key.state = 'Disabled';
    },
    revoke: () => kms.credentials.delete(accessKeyId),
    expire() {
      credential.state = 'expired';
    },
    forbid() {
      credential.mayUseKeys = false;
    },
    throttled: { status: 400, body: '{"__type":"ThrottlingException","message":"Rate exceeded"}' },
    unwrapped: (Plaintext) => ({ status: 200, body: JSON.stringify({ Plaintext, KeyId: kms.arnOf(key) }) }),
    wrapped: (CiphertextBlob) => ({ status: 200, body: JSON.stringify({ CiphertextBlob, KeyId: kms.arnOf(key) }) }),
    stop: async () => {
      for (const name of AWS_VARIABLES) delete process.env[name];
      await kms.wire.stop();
    },
  });
};

const thrownBy = async (work: Promise<unknown>): Promise<Fault> => {
  const error = await work.then(
    () => new Error('Nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof Fault) return error;
  throw error instanceof Error ? error : new Error(inspect(error));
};

const formsOf = (bytes: Uint8Array): string[] =>
  (['base64', 'base64url', 'hex', 'latin1', 'utf8'] as const).map((encoding) => Buffer.from(bytes).toString(encoding));

/** Not even the first ten characters of a secret are anywhere in it. */
const expectClean = (fault: Fault, secrets: string[]): void => {
  const everything = [
    inspect(fault, { depth: 20, showHidden: true, maxStringLength: null }),
    JSON.stringify(fault, Object.getOwnPropertyNames(fault)),
    fault.stack,
  ].join('\n');
  expect(everything).toContain(fault.message);
  expect(secrets.filter((secret) => everything.includes(secret.slice(0, 10)))).toEqual([]);
  expect(fault.cause).toBeUndefined();
};

const timed = async <T>(work: () => Promise<T>): Promise<{ result: T; took: number }> => {
  const start = performance.now();
  const result = await work();
  return { result, took: performance.now() - start };
};

const answer = (status: number, body: string, headers: Record<string, string> = {}): WireAnswer => ({ status, body, headers });
const HTML = '<!doctype html><html><body>Please sign in</body></html>';

type Expected = FaultCode | null;
const UNAVAILABLE: Expected = 'KEY_PROVIDER_UNAVAILABLE';
const REFUSED: Expected = 'KEY_PROVIDER_REFUSED';
const UNKNOWN: Expected = 'ROOT_KEY_UNKNOWN';

interface Situation {
  title: string;
  arrange: (world: World) => unknown;
  wrap: Expected;
  unwrap: Expected;
  /** Requests that one call makes. */
  requests?: number;
  timeoutMs?: number;
}

const SITUATIONS: Situation[] = [
  { title: 'works', arrange: () => undefined, wrap: null, unwrap: null, requests: 1 },
  { title: 'is down', arrange: ({ wire }) => wire.stop(), wrap: UNAVAILABLE, unwrap: UNAVAILABLE },
  { title: 'says nothing', arrange: ({ wire }) => wire.set('silent'), wrap: UNAVAILABLE, unwrap: UNAVAILABLE, timeoutMs: 300 },
  { title: 'drips', arrange: ({ wire }) => wire.set('dripping'), wrap: UNAVAILABLE, unwrap: UNAVAILABLE, timeoutMs: 300 },
  { title: 'hangs up', arrange: ({ wire }) => wire.set('cut'), wrap: UNAVAILABLE, unwrap: UNAVAILABLE },
  { title: 'hangs up half-way', arrange: ({ wire }) => wire.set('cut in the middle'), wrap: UNAVAILABLE, unwrap: UNAVAILABLE },
  { title: 'hangs up once', arrange: ({ wire }) => wire.set('cut', 1), wrap: null, unwrap: null, requests: 2 },
  {
    title: 'fails once',
    arrange: ({ wire }) => wire.set(answer(500, '{}'), 1),
    wrap: null,
    unwrap: null,
    requests: 2,
  },
  ...[500, 502, 503, 504].map((status) => ({
    title: `answers ${status}`,
    arrange: ({ wire }: World) => wire.set(answer(status, HTML)),
    wrap: UNAVAILABLE,
    unwrap: UNAVAILABLE,
    requests: 2,
  })),
  { title: 'throttles', arrange: ({ wire, throttled }) => wire.set(throttled), wrap: UNAVAILABLE, unwrap: UNAVAILABLE },
  { title: 'answers 429', arrange: ({ wire }) => wire.set(answer(429, HTML)), wrap: UNAVAILABLE, unwrap: UNAVAILABLE },
  {
    title: 'answers with a page',
    arrange: ({ wire }) => wire.set(answer(200, HTML)),
    wrap: REFUSED,
    unwrap: REFUSED,
    requests: 1,
  },
  {
    title: 'answers with nothing',
    arrange: ({ wire }) => wire.set(answer(200, '')),
    wrap: REFUSED,
    unwrap: REFUSED,
    requests: 1,
  },
  { title: 'answers {}', arrange: ({ wire }) => wire.set(answer(200, '{}')), wrap: REFUSED, unwrap: REFUSED, requests: 1 },
  { title: 'answers null', arrange: ({ wire }) => wire.set(answer(200, 'null')), wrap: REFUSED, unwrap: REFUSED, requests: 1 },
  { title: 'answers []', arrange: ({ wire }) => wire.set(answer(200, '[[]]')), wrap: REFUSED, unwrap: REFUSED, requests: 1 },
  { title: 'never stops answering', arrange: ({ wire }) => wire.set('endless'), wrap: REFUSED, unwrap: REFUSED, requests: 1 },
  {
    title: 'refuses with a page',
    arrange: ({ wire }) => wire.set(answer(403, HTML)),
    wrap: REFUSED,
    unwrap: REFUSED,
    requests: 1,
  },
  {
    title: 'finds the request bad, with a page',
    arrange: ({ wire }) => wire.set(answer(400, HTML)),
    wrap: REFUSED,
    unwrap: REFUSED,
    requests: 1,
  },
  {
    title: 'sends on to somebody else',
    arrange: ({ wire }) => wire.set(answer(307, '', { location: 'http://127.0.0.1:9/' })),
    wrap: REFUSED,
    unwrap: REFUSED,
    requests: 1,
  },
  { title: 'knows the token no more', arrange: (world) => world.revoke(), wrap: REFUSED, unwrap: REFUSED, requests: 1 },
  { title: 'finds the token expired', arrange: (world) => world.expire(), wrap: REFUSED, unwrap: REFUSED, requests: 1 },
  { title: 'does not allow it', arrange: (world) => world.forbid(), wrap: REFUSED, unwrap: REFUSED, requests: 1 },
  { title: 'has lost the key', arrange: (world) => world.loseKey(), wrap: REFUSED, unwrap: REFUSED, requests: 1 },
  { title: 'has another key there', arrange: (world) => world.replaceKey(), wrap: null, unwrap: UNKNOWN, requests: 1 },
  { title: 'has rotated the key', arrange: (world) => world.rotate(), wrap: null, unwrap: null, requests: 1 },
];

/** Text that is not the base64 of 32 bytes. */
const NO_KEYS: [string, unknown][] = [
  ['31 bytes', randomBytes(31).toString('base64')],
  ['33 bytes', randomBytes(33).toString('base64')],
  ['no byte', ''],
  ['null', null],
  ['a number', 32],
  ['a list', [randomBytes(32).toString('base64')]],
  ['no base64', '!'.repeat(44)],
];

describe.each([
  ['Vault Transit', vaultWorld],
  ['AWS KMS', kmsWorld],
] as const)('%s', (name, makeWorld) => {
  let world: World;
  let key: Buffer;
  let wrapped: Buffer;

  beforeEach(async () => {
    world = await makeWorld();
    key = randomBytes(32);
    wrapped = await world.provider({ timeoutMs: 20_000 }).wrap(key, PLACE);
  });
  const secrets = (): string[] => {
    const prefix = /^vault:v\d+:/.exec(wrapped.toString('latin1'))?.[0] ?? '';
    const inside = prefix ? Buffer.from(wrapped.toString('latin1').slice(prefix.length), 'base64') : wrapped;
    return [...world.secrets(), ...formsOf(key), ...formsOf(inside)];
  };

  describe.each(SITUATIONS)('that $title', (situation) => {
    test.each(['wrap', 'unwrap'] as const)('%s', async (deed) => {
      const { timeoutMs = TIMEOUT_MS } = situation;
      const provider = world.provider({ timeoutMs });
      // The first wrap of a provider asks Vault twice: it proves that places are bound.
      await provider.wrap(key, PLACE).catch(() => undefined);
      world.wire.requests.length = 0;
      await situation.arrange(world);
      const ask = (): Promise<Buffer> => (deed === 'wrap' ? provider.wrap(key, PLACE) : provider.unwrap('root', wrapped, PLACE));
      const expected = situation[deed];
      if (expected === null) {
        const result = await ask();
        if (deed === 'unwrap') expect(result.equals(key)).toBe(true);
        else expect(formsOf(result).some((text) => text.includes(key.toString('latin1')))).toBe(false);
      } else {
        const { result: fault, took } = await timed(() => thrownBy(ask()));
        expect(fault.code).toBe(expected);
        expect(fault.status).toBe(expected === 'ROOT_KEY_UNKNOWN' ? 500 : 503);
        expect(took).toBeLessThan(timeoutMs + SLACK_MS);
        expect(fault.message).toMatch(/^Form Guard: .+\. .+ \[[A-Z_]+\]$/);
        expectClean(fault, secrets());
      }
      if (situation.requests !== undefined) expect(world.wire.requests).toHaveLength(situation.requests);
      else expect(world.wire.requests.length).toBeLessThanOrEqual(2);
    });
  });

  test('opens what it wrapped, and wraps the same key differently each time', async () => {
    const provider = world.provider();
    expect(provider.name).toBe(name);
    expect(provider.keyIds).toEqual(['root']);
    const again = await provider.wrap(key, PLACE);
    expect(again.equals(wrapped)).toBe(false);
    for (const each of [wrapped, again]) expect((await provider.unwrap('root', each, PLACE)).equals(key)).toBe(true);
  });

  test('opens nothing at another place', async () => {
    const fault = await thrownBy(world.provider().unwrap('root', wrapped, ELSEWHERE));
    expect(fault.code).toBe('ROOT_KEY_UNKNOWN');
    expectClean(fault, secrets());
  });

  test('opens nothing in which one bit is another', async () => {
    const provider = world.provider();
    const text = wrapped.toString('latin1');
    const prefix = /^vault:v\d+:/.exec(text)?.[0] ?? '';
    const bytes = prefix ? Buffer.from(text.slice(prefix.length), 'base64') : wrapped;
    for (let at = 0; at < bytes.length; at += 5) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const sent = prefix ? Buffer.from(prefix + changed.toString('base64')) : changed;
      const fault = await thrownBy(provider.unwrap('root', sent, PLACE));
      expect(fault.code).toBe('ROOT_KEY_UNKNOWN');
      expectClean(fault, [...secrets(), ...formsOf(changed)]);
    }
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['a short text', Buffer.from('vault:v1:AAAA')],
    ['bytes', randomBytes(60)],
    ['a very long text', Buffer.alloc(100_000, 'A')],
  ])('opens no ciphertext that is %s', async (_what, bytes) => {
    const fault = await thrownBy(world.provider().unwrap('root', bytes, PLACE));
    expect(fault.code).toBe('ROOT_KEY_UNKNOWN');
  });

  test('opens nothing under another id, and asks nobody', async () => {
    world.wire.requests.length = 0;
    const fault = await thrownBy(world.provider().unwrap('older', wrapped, PLACE));
    expect(fault.code).toBe('ROOT_KEY_UNKNOWN');
    expect(fault.message).toContain('"older"');
    expect(world.wire.requests).toHaveLength(0);
  });

  test.each(NO_KEYS)('takes %s for no key', async (_what, text) => {
    world.wire.set(world.unwrapped(text));
    const fault = await thrownBy(world.provider().unwrap('root', wrapped, PLACE));
    expect(fault.code).toBe('KEY_PROVIDER_REFUSED');
    expectClean(fault, [...secrets(), ...(typeof text === 'string' && text.length > 9 ? [text] : [])]);
  });

  test.each<[string, (plain: Buffer) => unknown]>([
    ['null', () => null],
    ['an empty text', () => ''],
    ['the key itself', (plain) => plain.toString('base64')],
    ['the key itself in the right form', (plain) => `vault:v1:${plain.toString('base64')}`],
    ['a very long text', () => `vault:v1:${'A'.repeat(20_000)}`],
  ])('takes %s for no wrapped key', async (_what, text) => {
    world.wire.set(world.wrapped(text(key)));
    const fault = await thrownBy(world.provider().wrap(key, PLACE));
    expect(fault.code).toBe('KEY_PROVIDER_REFUSED');
    expectClean(fault, secrets());
  });

  test('works again when the server is back, without a new start', async () => {
    const provider = world.provider();
    await world.wire.stop();
    expect((await thrownBy(provider.unwrap('root', wrapped, PLACE))).code).toBe('KEY_PROVIDER_UNAVAILABLE');
    await world.wire.startAgain();
    expect((await provider.unwrap('root', wrapped, PLACE)).equals(key)).toBe(true);
  });

  test('opens what every version of the key has wrapped', async () => {
    const provider = world.provider();
    const all: Buffer[] = [wrapped];
    for (let version = 2; version <= 4; version += 1) {
      world.rotate();
      all.push(await provider.wrap(key, PLACE));
    }
    for (const each of all) expect((await provider.unwrap('root', each, PLACE)).equals(key)).toBe(true);
  });

  test('keeps many calls at once apart', async () => {
    const provider = world.provider({ timeoutMs: 20_000 });
    const many = Array.from({ length: 40 }, (_, index) => ({ bytes: randomBytes(32), place: placeOf(`d${index}`) }));
    const opened = await Promise.all(
      many.map(async ({ bytes, place }) => provider.unwrap('root', await provider.wrap(bytes, place), place)),
    );
    expect(opened.map((bytes, index) => bytes.equals(many[index]?.bytes ?? Buffer.alloc(0)))).toEqual(many.map(() => true));
  });

  test('refuses to open under a key that may not be used any more', async () => {
    world.disableKey();
    const fault = await thrownBy(world.provider().unwrap('root', wrapped, PLACE));
    expect(fault.code).toBe('KEY_PROVIDER_REFUSED');
    expectClean(fault, secrets());
  });
});

describe('Vault Transit', () => {
  const key = randomBytes(32);
  const optionsOf = (transit: Transit, more: Record<string, unknown> = {}): KeyProviderOptions =>
    ({
      type: 'vault-transit',
      id: 'root',
      address: transit.wire.url,
      key: 'form-guard',
      timeoutMs: TIMEOUT_MS,
      ...more,
    }) as KeyProviderOptions;

  test('is told token, namespace, key and place, and gives back its own text', async () => {
    const { transit, token } = await vaultWorld();
    const wrapped = await createProvider(optionsOf(transit, { token })).wrap(key, PLACE);
    expect(wrapped.toString('latin1')).toMatch(/^vault:v1:[A-Za-z0-9+/]+=*$/);
    const [first] = transit.wire.requests;
    expect(first).toMatchObject({ method: 'POST', path: '/v1/transit/encrypt/form-guard' });
    expect(first?.headers).toMatchObject({ 'x-vault-token': token, 'x-vault-request': 'true' });
    expect(first?.headers).not.toHaveProperty('x-vault-namespace');
    expect(JSON.parse(first?.body ?? '')).toEqual({
      plaintext: key.toString('base64'),
      associated_data: PLACE.toString('base64'),
    });
  });

  test('is asked in its namespace and at its mount', async () => {
    const transit = await startTransit({ mount: 'team/transit' });
    try {
      transit.makeKey('form-guard');
      const token = transit.makeToken({ namespace: 'web/eu' });
      const inside = createProvider(optionsOf(transit, { token, namespace: 'web/eu/', mount: 'team/transit' }));
      expect((await inside.unwrap('root', await inside.wrap(key, PLACE), PLACE)).equals(key)).toBe(true);
      const outside = createProvider(optionsOf(transit, { token, mount: 'team/transit' }));
      expect((await thrownBy(outside.wrap(key, PLACE))).code).toBe('KEY_PROVIDER_REFUSED');
      const elsewhere = createProvider(optionsOf(transit, { token, namespace: 'web/eu', mount: 'transit' }));
      const fault = await thrownBy(elsewhere.wrap(key, PLACE));
      expect([fault.code, fault.message]).toEqual(['KEY_PROVIDER_REFUSED', expect.stringContaining('keyProvider.mount')]);
    } finally {
      await transit.wire.stop();
    }
  });

  test('waits for nobody while it is sealed, and works when it is unsealed', async () => {
    const { transit, provider } = await vaultWorld();
    const wrapped = await provider().wrap(key, PLACE);
    transit.seal();
    const fault = await thrownBy(provider().unwrap('root', wrapped, PLACE));
    expect([fault.code, fault.message]).toEqual(['KEY_PROVIDER_UNAVAILABLE', expect.stringContaining('sealed')]);
    transit.unseal();
    expect((await provider().unwrap('root', wrapped, PLACE)).equals(key)).toBe(true);
  });

  test.each([
    [301, 'KEY_PROVIDER_REFUSED', 'another address'],
    [401, 'KEY_PROVIDER_REFUSED', 'token'],
    [404, 'KEY_PROVIDER_REFUSED', 'keyProvider.mount'],
    [405, 'KEY_PROVIDER_REFUSED', '(405)'],
    [408, 'KEY_PROVIDER_UNAVAILABLE', '(408)'],
    [412, 'KEY_PROVIDER_UNAVAILABLE', '(412)'],
    [413, 'KEY_PROVIDER_REFUSED', '(413)'],
    [473, 'KEY_PROVIDER_REFUSED', '(473)'],
    [599, 'KEY_PROVIDER_UNAVAILABLE', '(599)'],
    [400, 'KEY_PROVIDER_REFUSED', 'not an answer of the Transit engine'],
    [200, 'KEY_PROVIDER_REFUSED', 'not an answer of the Transit engine'],
  ])('says what %s with a page means', async (status, code, sentence) => {
    const { wire, provider } = await vaultWorld();
    const wrapped = await provider().wrap(key, PLACE);
    wire.set(answer(status, HTML));
    for (const work of [provider().wrap(key, PLACE), provider().unwrap('root', wrapped, PLACE)]) {
      const fault = await thrownBy(work);
      expect([fault.code, fault.message]).toEqual([code, expect.stringContaining(sentence)]);
    }
  });

  test('never makes a key that is not there', async () => {
    const { transit, provider } = await vaultWorld();
    transit.keys.delete('form-guard');
    const fault = await thrownBy(provider().wrap(key, PLACE));
    expect([fault.code, fault.message]).toEqual(['KEY_PROVIDER_REFUSED', expect.stringContaining('keyProvider.key')]);
    expect(transit.keys.size).toBe(0);
  });

  test.each([
    ['a pair of keys', { type: 'rsa-2048' as const }],
    ['a derived key', { derived: true }],
  ])('says what kind of key it needs instead of %s', async (_what, kind) => {
    const { transit, provider } = await vaultWorld();
    transit.makeKey('form-guard', kind);
    const fault = await thrownBy(provider().wrap(key, PLACE));
    expect([fault.code, fault.message]).toEqual(['KEY_PROVIDER_REFUSED', expect.stringContaining('aes256-gcm96')]);
  });

  test('says that a version of the key may not decrypt any more', async () => {
    const { disableKey, provider } = await vaultWorld();
    const wrapped = await provider().wrap(key, PLACE);
    disableKey();
    const fault = await thrownBy(provider().unwrap('root', wrapped, PLACE));
    expect([fault.code, fault.message]).toEqual(['KEY_PROVIDER_REFUSED', expect.stringContaining('min_decryption_version')]);
  });

  test('of a version that leaves associated data unread wraps nothing', async () => {
    const { transit, provider } = await vaultWorld();
    transit.leaveAssociatedDataUnread();
    const old = provider();
    for (let time = 0; time < 2; time += 1) {
      const fault = await thrownBy(old.wrap(key, PLACE));
      expect([fault.code, fault.message]).toEqual(['KEY_PROVIDER_REFUSED', expect.stringContaining('1.13')]);
    }
  });

  test('proves once that places are bound', async () => {
    const { transit, provider } = await vaultWorld();
    const one = provider();
    await one.wrap(key, PLACE);
    await one.wrap(key, PLACE);
    expect(transit.wire.requests.map(({ path }) => path.split('/')[3])).toEqual(['encrypt', 'decrypt', 'encrypt']);
  });

  describe('with its token in a file', () => {
    let folder: string;
    let file: string;
    beforeEach(() => {
      folder = fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-token-'));
      file = path.join(folder, 'token');
    });
    afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

    test('takes the token that is there now', async () => {
      const { transit, token } = await vaultWorld();
      fs.writeFileSync(file, `${token}\n`);
      const provider = createProvider(optionsOf(transit, { tokenFile: file }));
      const wrapped = await provider.wrap(key, PLACE);
      transit.revoke(token);
      expect((await thrownBy(provider.unwrap('root', wrapped, PLACE))).code).toBe('KEY_PROVIDER_REFUSED');
      fs.writeFileSync(file, transit.makeToken());
      expect((await provider.unwrap('root', wrapped, PLACE)).equals(key)).toBe(true);
    });

    test.each([
      ['is not there', undefined],
      ['is empty', ''],
      ['holds two lines', 'hvs.canarytokenone\nhvs.canarytokentwo\n'],
      ['holds letters that no header may have', 'hvs.canarytökenüñ\u0001'],
      ['holds JSON', '{ "token": "hvs.canarytoken" }'],
    ])('refuses a file that %s, and sends nothing', async (_what, text) => {
      const { transit } = await vaultWorld();
      if (text !== undefined) fs.writeFileSync(file, text);
      const fault = await thrownBy(createProvider(optionsOf(transit, { tokenFile: file })).wrap(key, PLACE));
      expect([fault.code, fault.message]).toEqual(['KEY_PROVIDER_REFUSED', expect.stringContaining('keyProvider.tokenFile')]);
      expectClean(fault, ['hvs.canary', ...formsOf(key)]);
      expect(transit.wire.requests).toHaveLength(0);
    });
  });

  describe('over TLS', () => {
    const tls = makeCertificate();
    let transit: Transit;
    beforeEach(async () => {
      transit = await startTransit({ tls });
      transit.makeKey('form-guard');
    });
    afterEach(() => transit.wire.stop());

    test('with a certificate that nobody vouches for gets no token', async () => {
      const token = transit.makeToken();
      const fault = await thrownBy(createProvider(optionsOf(transit, { token })).wrap(key, PLACE));
      expect([fault.code, fault.message]).toEqual(['KEY_PROVIDER_REFUSED', expect.stringContaining('NODE_EXTRA_CA_CERTS')]);
      expectClean(fault, [token, ...formsOf(key)]);
      expect(transit.wire.requests).toHaveLength(0);
    });

    test('with a certificate of an authority of one’s own works', async () => {
      const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-ca-')), 'ca.pem');
      fs.writeFileSync(file, tls.cert);
      const said = await runFarFromPackages(
        `const { createVaultTransit } = require('./encryption/key-providers/vault-transit');
        const provider = createVaultTransit({ id: 'root', address: process.env.ADDRESS, key: 'form-guard', token: process.env.TOKEN });
        const key = Buffer.alloc(32, 7);
        const place = Buffer.from('place');
        console.log((await provider.unwrap('root', await provider.wrap(key, place), place)).equals(key));`,
        { ADDRESS: transit.wire.url, TOKEN: transit.makeToken(), NODE_EXTRA_CA_CERTS: file },
      );
      fs.rmSync(path.dirname(file), { recursive: true });
      expect(said).toBe('true');
    });
  });
});

describe('AWS KMS', () => {
  const key = randomBytes(32);

  test('is told the key and a digest of the place, and no name', async () => {
    const { kms, options, provider } = await kmsWorld();
    const wrapped = await provider().wrap(key, PLACE);
    await provider().unwrap('root', wrapped, PLACE);
    const [encrypt, decrypt] = kms.wire.requests;
    expect([encrypt, decrypt].map((request) => request?.headers['x-amz-target'])).toEqual([
      'TrentService.Encrypt',
      'TrentService.Decrypt',
    ]);
    for (const request of [encrypt, decrypt]) {
      const body = JSON.parse(request?.body ?? '') as Record<string, unknown>;
      expect(body.KeyId).toBe((options as { keyId: string }).keyId);
      expect(body.EncryptionContext).toEqual({ 'form-guard': expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) });
      expect(request?.body).not.toContain('contact');
      expect(request?.headers.authorization).toContain('/eu-central-1/kms/aws4_request');
    }
  });

  test('binds a place of any length', async () => {
    const { provider } = await kmsWorld();
    const long = randomBytes(100_000);
    const wrapped = await provider().wrap(key, long);
    expect((await provider().unwrap('root', wrapped, long)).equals(key)).toBe(true);
    expect((await thrownBy(provider().unwrap('root', wrapped, long.subarray(1)))).code).toBe('ROOT_KEY_UNKNOWN');
  });

  test('is found by an alias, in the region that is configured', async () => {
    const { kms, options } = await kmsWorld();
    const byAlias = createProvider({ ...options, keyId: 'alias/form-guard', region: kms.region } as KeyProviderOptions);
    expect((await byAlias.unwrap('root', await byAlias.wrap(key, PLACE), PLACE)).equals(key)).toBe(true);
  });

  test('opens nothing when its alias points to another key', async () => {
    const { kms, options } = await kmsWorld();
    const byAlias = createProvider({ ...options, keyId: 'alias/form-guard', region: kms.region } as KeyProviderOptions);
    const wrapped = await byAlias.wrap(key, PLACE);
    kms.makeKey({ alias: 'alias/form-guard' });
    expect((await thrownBy(byAlias.unwrap('root', wrapped, PLACE))).code).toBe('ROOT_KEY_UNKNOWN');
  });

  test('opens nothing that another key of the account has wrapped', async () => {
    const { kms, options, provider } = await kmsWorld();
    const other = createProvider({ ...options, keyId: kms.arnOf(kms.makeKey()) } as KeyProviderOptions);
    const wrapped = await other.wrap(key, PLACE);
    expect((await thrownBy(provider().unwrap('root', wrapped, PLACE))).code).toBe('ROOT_KEY_UNKNOWN');
  });

  test.each([
    ['PendingDeletion', 'deletion'],
    ['PendingImport', 'key material'],
    ['Unavailable', 'key store'],
    ['Disabled', 'Enable'],
  ] as const)('says what to do about a key that is %s', async (state, deed) => {
    const { kms, provider } = await kmsWorld();
    const wrapped = await provider().wrap(key, PLACE);
    for (const each of kms.keys.values()) each.state = state;
    for (const work of [provider().wrap(key, PLACE), provider().unwrap('root', wrapped, PLACE)]) {
      const fault = await thrownBy(work);
      expect([fault.code, fault.message]).toEqual(['KEY_PROVIDER_REFUSED', expect.stringContaining(deed)]);
    }
  });

  test('says what kind of key it needs instead of a pair of keys', async () => {
    const { kms, options } = await kmsWorld();
    const rsa = createProvider({ ...options, keyId: kms.arnOf(kms.makeKey({ spec: 'RSA_2048' })) } as KeyProviderOptions);
    const fault = await thrownBy(rsa.wrap(key, PLACE));
    expect([fault.code, fault.message]).toEqual(['KEY_PROVIDER_REFUSED', expect.stringContaining('SYMMETRIC_DEFAULT')]);
  });

  test.each(['KMSInternalException', 'KeyUnavailableException', 'DependencyTimeoutException', 'RequestLimitExceeded'])(
    'takes %s for something that passes',
    async (type) => {
      const { kms, provider } = await kmsWorld();
      kms.wire.set(answer(type.startsWith('Request') ? 400 : 500, JSON.stringify({ __type: `com.amazonaws.kms#${type}` })));
      expect((await thrownBy(provider().wrap(key, PLACE))).code).toBe('KEY_PROVIDER_UNAVAILABLE');
    },
  );

  test('takes a page of a proxy for no answer of KMS', async () => {
    const { kms, provider } = await kmsWorld();
    for (const status of [200, 400, 403]) {
      kms.wire.set(answer(status, HTML));
      const fault = await thrownBy(provider().wrap(key, PLACE));
      expect([fault.code, fault.message]).toEqual(['KEY_PROVIDER_REFUSED', expect.stringContaining('not an answer of KMS')]);
    }
  });

  test('says that there are no credentials, and sends nothing', async () => {
    const { kms, provider } = await kmsWorld();
    for (const name of AWS_VARIABLES) delete process.env[name];
    const fault = await thrownBy(provider().wrap(key, PLACE));
    expect([fault.code, fault.message]).toEqual(['KEY_PROVIDER_REFUSED', expect.stringContaining('credentials')]);
    expect(kms.wire.requests).toHaveLength(0);
  });

  test('says that the secret key is another one', async () => {
    const { provider, secrets } = await kmsWorld();
    process.env.AWS_SECRET_ACCESS_KEY = `canary${randomBytes(12).toString('hex')}`;
    const fault = await thrownBy(provider().wrap(key, PLACE));
    expect([fault.code, fault.message]).toEqual(['KEY_PROVIDER_REFUSED', expect.stringContaining('InvalidSignatureException')]);
    expectClean(fault, [...secrets(), process.env.AWS_SECRET_ACCESS_KEY]);
  });

  test('does not wait for credentials that do not come, and uses them once they do', async () => {
    const { kms, provider: providerOf, secrets } = await kmsWorld();
    const [AccessKeyId, SecretAccessKey, Token] = secrets();
    for (const name of AWS_VARIABLES) delete process.env[name];
    process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI = `${kms.wire.url}/credentials`;
    try {
      kms.wire.set('silent');
      const provider = providerOf({ timeoutMs: 300 });
      const { result: fault, took } = await timed(() => thrownBy(provider.wrap(key, PLACE)));
      expect(kms.wire.requests.map(({ path: at }) => at)).toEqual(['/credentials']);
      expect(fault.code).toBe('KEY_PROVIDER_UNAVAILABLE');
      expect(took).toBeLessThan(300 + SLACK_MS);

      await kms.wire.stop();
      await kms.wire.startAgain();
      const Expiration = new Date(Date.now() + 3_600_000).toISOString();
      kms.wire.set(answer(200, JSON.stringify({ AccessKeyId, SecretAccessKey, Token, Expiration })), 1);
      let wrapped: Buffer | undefined;
      for (let time = 0; time < 30 && !wrapped; time += 1) wrapped = await provider.wrap(key, PLACE).catch(() => undefined);
      expect((await provider.unwrap('root', wrapped ?? Buffer.alloc(0), PLACE)).equals(key)).toBe(true);
    } finally {
      delete process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI;
    }
  });

  test('says which package to install when it is missing', async () => {
    const said = await runFarFromPackages(
      `const { createAwsKms } = require('./encryption/key-providers/aws-kms');
      const provider = createAwsKms({ id: 'root', keyId: 'alias/form-guard', region: 'eu-central-1' });
      for (const call of [provider.wrap(Buffer.alloc(32), Buffer.alloc(1)), provider.unwrap('root', Buffer.alloc(60), Buffer.alloc(1))])
        await call.catch(({ code, status, message }) => console.log(JSON.stringify([code, status, message])));`,
    );
    const faults = said.split('\n').map((line) => JSON.parse(line) as unknown[]);
    expect(faults).toHaveLength(2);
    for (const fault of faults)
      expect(fault).toEqual(['KEY_PROVIDER_REFUSED', 503, expect.stringContaining('npm install @aws-sdk/client-kms')]);
  });
});

describe('Root keys of this process', () => {
  const keyText = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
  const [one, two] = [keyText('one'), keyText('two')];
  const provider = createLocalProvider(parseRootKeys(`${two},${one}`));
  const key = randomBytes(32);

  test('bind the place as it is given, and open what stands in the database already', async () => {
    const rootKeys = parseRootKeys(one);
    const local = createLocalProvider(rootKeys);
    expect(decrypt(rootKeys.current.key, await local.wrap(key, PLACE), PLACE).equals(key)).toBe(true);
    expect((await local.unwrap('one', encrypt(rootKeys.current.key, key, PLACE), PLACE)).equals(key)).toBe(true);
  });

  test('wrap under the first one, and open under each', async () => {
    expect(provider.name).toBe('FORM_GUARD_KEYS');
    expect(provider.keyIds).toEqual(['two', 'one']);
    const wrapped = await provider.wrap(key, PLACE);
    expect((await provider.unwrap('two', wrapped, PLACE)).equals(key)).toBe(true);
    const before = await createLocalProvider(parseRootKeys(one)).wrap(key, PLACE);
    expect((await provider.unwrap('one', before, PLACE)).equals(key)).toBe(true);
  });

  test('open nothing at another place, under another key, or with another bit', async () => {
    const wrapped = await provider.wrap(key, PLACE);
    const changed = Buffer.from(wrapped);
    changed[20] = (changed[20] ?? 0) ^ 1;
    const secrets = [one, two].map((text) => text.split(':')[1] as string);
    for (const [id, bytes, place] of [
      ['two', wrapped, ELSEWHERE],
      ['one', wrapped, PLACE],
      ['two', changed, PLACE],
      ['two', wrapped.subarray(0, 5), PLACE],
      ['three', wrapped, PLACE],
    ] as const) {
      const fault = await thrownBy(provider.unwrap(id, bytes, place));
      expect(fault.code).toBe('ROOT_KEY_UNKNOWN');
      expect(fault.message).toContain(`"${id}"`);
      expectClean(fault, [...secrets, ...formsOf(key), ...formsOf(wrapped)]);
    }
  });
});

describe('The option keyProvider', () => {
  const vault = {
    type: 'vault-transit',
    id: 'root',
    address: 'https://vault.example.org:8200',
    key: 'form-guard',
    token: 'hvs.x',
  };
  const kms = { type: 'aws-kms', id: 'root', keyId: 'arn:aws:kms:eu-central-1:111122223333:key/0b1c-2d' };
  const refusal = (value: unknown): string => {
    try {
      keyProviderSchema.validateSync(value, { strict: true });
      return 'fine';
    } catch (error) {
      return (error as Error).message;
    }
  };

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a Vault', vault],
    ['an OpenBao with everything', { ...vault, mount: 'team/transit', namespace: 'web/', timeoutMs: 500 }],
    ['a token file', { ...vault, token: undefined, tokenFile: '/run/vault/token' }],
    ['a Vault on this machine', { ...vault, address: 'http://127.0.0.1:8200' }],
    ['another name of this machine', { ...vault, address: 'http://localhost:8200/' }],
    ['this machine in IPv6', { ...vault, address: 'http://[::1]:8200' }],
    ['a Vault behind a path', { ...vault, address: 'https://gate.example.org/vault' }],
    ['a KMS', kms],
    ['a KMS alias', { ...kms, keyId: 'alias/form-guard', region: 'us-gov-west-1' }],
    ['a KMS alias by ARN', { ...kms, keyId: 'arn:aws-cn:kms:cn-north-1:111122223333:alias/form-guard' }],
    ['a KMS key of many regions', { ...kms, keyId: 'mrk-1234abcd12ab34cd56ef1234567890ab', region: 'eu-west-1' }],
    ['a KMS endpoint', { ...kms, endpoint: 'https://vpce-1.kms.eu-central-1.vpce.amazonaws.com' }],
  ])('may be %s', (_what, value) => {
    expect(refusal(value)).toBe('fine');
  });

  test.each<[string, unknown, string]>([
    ['a text', 'vault-transit', 'whose type is'],
    ['null', null, 'whose type is'],
    ['a list', [vault], 'whose type is'],
    ['of another type', { ...vault, type: 'vault' }, 'whose type is'],
    ['of no type', { ...vault, type: undefined }, 'whose type is'],
    ['misspelt', { ...vault, adress: 'x' }, 'does not exist: adress'],
    ['of both', { ...vault, region: 'eu-central-1' }, 'does not exist: region'],
    ['without an id', { ...vault, id: undefined }, 'keyProvider.id is missing'],
    ['with an id that no envelope can hold', { ...vault, id: 'a.b' }, 'keyProvider.id must be 1 to 32'],
    ['without an address', { ...vault, address: undefined }, 'keyProvider.address is missing'],
    ['with a plain address', { ...vault, address: 'http://vault.example.org:8200' }, '"https://"'],
    ['with an address that looks like this machine', { ...vault, address: 'http://127.0.0.1.example.org' }, '"https://"'],
    ['with a user that looks like this machine', { ...vault, address: 'http://localhost@vault.example.org' }, '"https://"'],
    ['with a password in the address', { ...vault, address: 'https://u:canarypass@vault.example.org' }, 'without a name'],
    ['with a query', { ...vault, address: 'https://vault.example.org/?x=1' }, '"?"'],
    ['with a file', { ...vault, address: 'file:///etc/passwd' }, '"https://"'],
    ['without a key', { ...vault, key: undefined }, 'keyProvider.key is missing'],
    ['with a key that is a path', { ...vault, key: '../../sys/seal' }, 'keyProvider.key must be'],
    ['with a mount that climbs', { ...vault, mount: 'transit/../sys' }, 'keyProvider.mount must be'],
    ['with a mount that has a query', { ...vault, mount: 'transit?x' }, 'keyProvider.mount must be'],
    ['with a namespace of two lines', { ...vault, namespace: 'a\r\nX-Vault-Token: b' }, 'keyProvider.namespace must be'],
    ['without a token', { ...vault, token: undefined }, 'either token or tokenFile'],
    ['with two tokens', { ...vault, tokenFile: '/run/token' }, 'either token or tokenFile'],
    ['with an empty token', { ...vault, token: '' }, 'keyProvider.token must be'],
    ['with a token of two lines', { ...vault, token: 'canarytoken\ncanarytoken' }, 'keyProvider.token must be'],
    ['with a token that is no text', { ...vault, token: { canarytoken: 1 } }, 'keyProvider.token must be a text'],
    ['with a token file somewhere', { ...vault, token: undefined, tokenFile: 'token' }, 'absolute path'],
    ['with no time', { ...vault, timeoutMs: 0 }, 'at least 100'],
    ['with all the time', { ...vault, timeoutMs: Infinity }, 'keyProvider.timeoutMs must be'],
    ['with a time that is a text', { ...vault, timeoutMs: '3000' }, 'must be a number'],
    ['without a KMS key', { ...kms, keyId: undefined }, 'keyProvider.keyId is missing'],
    ['with an ARN of something else', { ...kms, keyId: 'arn:aws:s3:::bucket' }, 'keyProvider.keyId must be'],
    ['with two regions', { ...kms, region: 'us-east-1' }, 'another one than in the ARN'],
    ['with a region that is a host', { ...kms, keyId: 'alias/x', region: 'evil.example.org/#' }, 'keyProvider.region must be'],
    ['with a plain endpoint', { ...kms, endpoint: 'http://kms.example.org' }, '"https://"'],
  ])('may not be %s', (_what, value, sentence) => {
    const said = refusal(value);
    expect(said).toContain(sentence);
    expect(said).toMatch(/^Form Guard: keyProvider/);
    expect(said).not.toContain('canary');
  });
});
