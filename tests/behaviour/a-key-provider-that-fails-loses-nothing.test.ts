/**
 * Root keys with a key provider (Vault Transit, over its wire protocol): what intake, opening and the boot do while it is
 * down, slow, wrong, or takes the token no more. What is cached goes on; what cannot be sealed is not taken; nothing is lost.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { canary, whileListening, wholeDatabase } from '../helpers/canary';
import { startTransit } from '../helpers/key-servers/transit';
import { adminPerson, as, COMPLAINT, readsForm, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

const mark = canary('provider');
let transit: Awaited<ReturnType<typeof startTransit>>;
let token: string;
let running: Running;
let boss: AdminPerson;
let form: string;
let first: string;
const LIFETIME = 2;

const config = () => ({
  keyLifetimeSeconds: LIFETIME,
  keyProvider: { type: 'vault-transit', id: 'vault1', address: transit.wire.url, key: 'form-guard', token, timeoutMs: 400 },
});
const post = () =>
  running.http
    .post('/api/form-guard/forms/police-complaint/submissions')
    .send({ name: mark, email: 'ada@example.org', message: mark });
const open = (record: string) => as(running, boss).post(`/form-guard/inbox/${form}/${record}/open`);
const stored = async (): Promise<number> => running.strapi.db.query('form-guard::vault' as never).count();

beforeAll(async () => {
  transit = await startTransit();
  transit.makeKey('form-guard');
  token = transit.makeToken();
  running = await startStrapi({ config: config() });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  form = ((await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201)).body as { data: { id: string } }).data.id;
  await readsForm(running, boss, form, [boss]);
  const { body } = await post().expect(201);
  first = (body as { data: { reference: string } }).data.reference.replaceAll('-', '');
});
afterAll(async () => {
  await running.stop();
  await transit.wire.stop();
});

test('the provider wraps the data keys, and its token is nowhere to be found', async () => {
  const rows = (await running.strapi.db.connection('form_guard_data_keys').select('wrapped')) as { wrapped: string }[];
  expect(rows.map(({ wrapped }) => wrapped.split('.')[1])).toEqual(rows.map(() => 'vault1'));
  expect(JSON.stringify(running.strapi.config.get('plugin::form-guard'))).not.toContain(token);
  expect(await wholeDatabase(running.strapi)).not.toContain(token);
  await open(first).expect(200);
});

type Trouble = [what: string, begin: () => void, end: () => void];
const troubles: Trouble[] = [
  ['says nothing', () => transit.wire.set('silent'), () => transit.wire.set('fair')],
  ['breaks the connection', () => transit.wire.set('cut'), () => transit.wire.set('fair')],
  ['answers 500', () => transit.wire.set({ status: 500, body: '{"errors":["x"]}' }), () => transit.wire.set('fair')],
  ['answers something else', () => transit.wire.set({ status: 200, body: '<html>' }), () => transit.wire.set('fair')],
  ['is sealed', () => transit.seal(), () => transit.unseal()],
  ['takes the token no more', () => transit.setExpiry(token, 0), () => transit.setExpiry(token, Date.now() + 3_600_000)],
];

test.each(troubles)('a provider that %s', async (what, begin, end) => {
  await post().expect(201);
  await open(first).expect(200);
  const before = await stored();
  begin();
  // What is in memory goes on without asking.
  expect([what, (await post()).status, (await open(first)).status]).toEqual([what, 201, 200]);
  await pause(LIFETIME * 1000 + 300);
  const { said } = await whileListening(running.strapi, async () => {
    const refused = await post();
    expect([what, refused.status]).toEqual([what, 503]);
    expect(refused.text).not.toContain(mark);
    expect((await open(first)).status).toBe(503);
  });
  expect(said).toMatch(/KEY_PROVIDER_(UNAVAILABLE|REFUSED)/);
  expect(said).not.toContain(mark);
  expect(said).not.toContain(token);
  expect(await stored()).toBe(before + 1);
  end();
  // A retry of the sender, and of the reader, is all that is needed.
  expect([what, (await post()).status, (await open(first)).status]).toEqual([what, 201, 200]);
});

test('a boot without the provider stops with a sentence, and the next one has everything', async () => {
  transit.wire.set('cut');
  await expect(running.again({ config: config() })).rejects.toThrow(/Vault Transit at http.* cannot be reached/);
  transit.wire.set('fair');
  running = await running.again({ config: config() });
  await open(first).expect(200);
});

test('a root key that was rotated inside the provider, and a key of another', async () => {
  transit.rotate('form-guard');
  running = await running.again({ config: config() });
  await open(first).expect(200);
  transit.keys.get('form-guard')?.versions.fill(Buffer.alloc(32, 1));
  await expect(running.again({ config: config() })).rejects.toThrow(/does not open under root key "vault1"/);
});
