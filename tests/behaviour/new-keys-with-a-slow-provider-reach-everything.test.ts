/**
 * Whoever holds the root keys may be slow or away. New keys then still reach everything, "done" is said when nothing is left under an
 * older key, two people at once are told so, one form that cannot go on holds up no other, and the overview says what it cannot tell.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { SYSTEM } from '../../server/src/audit';
import { vaultOf } from '../../server/src/vault';
import { whileListening } from '../helpers/canary';
import { startTransit } from '../helpers/key-servers/transit';
import { adminPerson, as, COMPLAINT, readsForm, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

const LIFETIME = 2;
const SENT = 60;
let transit: Awaited<ReturnType<typeof startTransit>>;
let running: Running;
let boss: AdminPerson;
let forms: string[] = [];

const make = async (slug: string): Promise<string> => {
  const { body } = await as(running, boss)
    .post('/form-guard/forms', { ...COMPLAINT, slug })
    .expect(201);
  return (body as { data: { id: string } }).data.id;
};
const send = (slug: string, name: string) =>
  running.http
    .post(`/api/form-guard/forms/${slug}/submissions`)
    .send({ name, email: `${name}@example.org`, message: name })
    .expect(201);

beforeAll(async () => {
  transit = await startTransit();
  transit.makeKey('form-guard');
  const config = {
    keyLifetimeSeconds: LIFETIME,
    keyProvider: {
      type: 'vault-transit',
      id: 'vault1',
      address: transit.wire.url,
      key: 'form-guard',
      token: transit.makeToken(),
      timeoutMs: 2000,
    },
  };
  running = await startStrapi({ config });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  forms = [await make('one'), await make('other')];
  for (const form of forms) await readsForm(running, boss, form, [boss]);
  for (let number = 0; number < SENT; number += 1) await send('one', `a${number}`);
  await send('other', 'bob');
});
beforeEach(() => {
  transit.wire.set('fair');
  transit.wire.slow(0);
});
afterAll(async () => {
  await running.stop();
  await transit.wire.stop();
});

const [ONE, OTHER] = [() => forms[0] as string, () => forms[1] as string];
const vault = () => vaultOf(running.strapi);
const jobOf = async (form: string) => (await vault().keys.summarise(form)).job;
const rows = (table: string, where: object) => running.strapi.db.connection(table).where(where);
const currentKey = async (form: string): Promise<string> =>
  (
    (await rows('form_guard_data_keys', { form_or_type: form, purpose: 'values', state: 'current' }).first()) as {
      key_id: string;
    }
  ).key_id;
const underKey = async (form: string, keyId: string): Promise<number> =>
  ((await rows('form_guard_vault', { form_or_type: form, key_id: keyId })) as unknown[]).length;
const finished = async (form: string): Promise<void> => {
  while ((await jobOf(form))?.phase !== 'done') await pause(20);
};
const rotate = (form: string) => as(running, boss).post(`/form-guard/keys/${form}/rotate`);

test('work that is looked for while keys are being made is found once they are there, and not said to be done before', async () => {
  const before = await currentKey(ONE());
  transit.wire.slow(150);
  let isOver = false;
  const ticks = (async () => {
    while (!isOver) {
      await vault().worker.start();
      await pause(10);
    }
  })();
  const said: string[] = [];
  const rotating = vault().keys.rotate(ONE(), SYSTEM);
  const looking = (async () => {
    while (!isOver) {
      const job = await jobOf(ONE());
      if (job?.phase === 'done') said.push(`${job.done} done, ${await underKey(ONE(), before)} under the older key`);
      await pause(10);
    }
  })();
  await rotating;
  await finished(ONE());
  isOver = true;
  await Promise.all([ticks, looking]);
  expect(await currentKey(ONE())).not.toBe(before);
  expect(await underKey(ONE(), await currentKey(ONE()))).toBe(SENT);
  expect(await jobOf(ONE())).toMatchObject({ phase: 'done', total: SENT, done: SENT, unreadable: 0 });
  expect(said.filter((one) => !one.endsWith(' 0 under the older key'))).toEqual([]);
});

test('two people who change the keys at once: one does, the others are told, and everything follows', async () => {
  transit.wire.slow(150);
  const answers = await Promise.all([1, 2, 3].map(() => rotate(ONE())));
  const statuses = answers.map(({ status }) => status);
  expect(statuses).toContain(200);
  expect(statuses.filter((status) => ![200, 409].includes(status))).toEqual([]);
  expect(statuses).toContain(409);
  for (const { status, body } of answers) {
    const { error } = body as { error?: { message: string; details: object } };
    if (status === 409)
      expect(error).toMatchObject({
        message: expect.stringContaining('at the same moment'),
        details: { code: 'KEYS_CHANGED_MEANWHILE' },
      });
  }
  await finished(ONE());
  expect(await underKey(ONE(), await currentKey(ONE()))).toBe(SENT);
});

test('where new keys cannot be made, the work is as it was before', async () => {
  const before = [await jobOf(ONE()), await jobOf(OTHER()), await currentKey(ONE())];
  await pause(LIFETIME * 1000 + 200);
  transit.wire.set('cut');
  expect((await rotate(ONE())).status).toBe(503);
  expect((await rotate(OTHER())).status).toBe(503);
  expect([await jobOf(ONE()), await jobOf(OTHER()), await currentKey(ONE())]).toEqual(before);
});

test('a form whose keys do not open holds up no other', async () => {
  for (const form of forms) await vault().keys.rotate(form, SYSTEM);
  const keyId = await currentKey(ONE());
  const { wrapped } = (await rows('form_guard_data_keys', { key_id: keyId }).first()) as { wrapped: string };
  await rows('form_guard_data_keys', { key_id: keyId }).update({ wrapped: `${wrapped.slice(0, -8)}AAAAAAAA` });
  const { said } = await whileListening(running.strapi, async () => {
    vault().worker.startInBackground();
    await finished(OTHER());
    await vault().worker.start();
  });
  expect(said).toContain(`could not go on sealing anew "${ONE()}"`);
  expect(await underKey(OTHER(), await currentKey(OTHER()))).toBe(1);
  expect((await jobOf(ONE()))?.phase).not.toBe('done');
  await rows('form_guard_data_keys', { key_id: keyId }).update({ wrapped });
  vault().worker.startInBackground();
  await finished(ONE());
  expect(await underKey(ONE(), keyId)).toBe(SENT);
});

test('while the provider is away the overview says so, and shows what needs no key', async () => {
  await pause(LIFETIME * 1000 + 200);
  transit.wire.set('cut');
  const { status, body } = await as(running, boss).get('/form-guard/overview');
  expect(status).toBe(200);
  const { sources, findings } = (body as { data: { sources: Record<string, unknown>[]; findings: { code: string }[] } }).data;
  expect(findings.map(({ code }) => code)).toContain('KEY_PROVIDER_AWAY');
  expect(findings.map(({ code }) => code)).not.toContain('NOBODY_READS');
  expect(sources.find(({ id }) => id === ONE())).toMatchObject({ submissions: SENT, readers: null, youMayRead: false });
  transit.wire.set('fair');
  const again = (await as(running, boss).get('/form-guard/overview').expect(200)).body as typeof body;
  const now = (again as { data: { sources: Record<string, unknown>[]; findings: { code: string }[] } }).data;
  expect(now.findings.map(({ code }) => code)).not.toContain('KEY_PROVIDER_AWAY');
  expect(now.sources.find(({ id }) => id === ONE())).toMatchObject({ submissions: SENT, readers: 1, youMayRead: true });
});
