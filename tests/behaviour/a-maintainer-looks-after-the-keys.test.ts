/**
 * The command line: new root keys, new data keys, none of the old ones, and what opens where a key is lost. It says what it
 * did in numbers, shows no value and no key, and changes nothing when it is called wrongly.
 */
import { randomBytes } from 'node:crypto';
import { canary } from '../helpers/canary';
import { command } from '../helpers/command';
import { bootToEnd } from '../helpers/process';
import { adminPerson, as, COMPLAINT, PROTECT_CONTACT, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

const rootKey = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
const [older, newer] = [rootKey('old'), rootKey('new')];
const mark = canary('cli');
let running: Running;
let boss: AdminPerson;
let form: string;
const env = (keys: string) => ({ TEST_FORM_GUARD: JSON.stringify(PROTECT_CONTACT), FORM_GUARD_KEYS: keys });
const again = async (keys: string): Promise<void> => {
  running = await running.again({ env: { FORM_GUARD_KEYS: keys } });
};
const send = (count: number): Promise<unknown> =>
  Promise.all(
    Array.from({ length: count }, (_, number) =>
      running.http
        .post('/api/form-guard/forms/police-complaint/submissions')
        .send({ name: mark, email: `${mark}-${number}@example.org`, message: mark })
        .expect(201),
    ),
  );

beforeAll(async () => {
  running = await startStrapi({ env: { FORM_GUARD_KEYS: older } });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  form = ((await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201)).body as { data: { id: string } }).data.id;
  await send(20);
});
afterAll(() => running.stop());

test('what is no command changes nothing and says what there is', async () => {
  for (const args of [
    ['keys'],
    ['keys', 'shred', form],
    ['keys', 'shred', form, '--confirm', 'another'],
    ['doctor', 'now'],
    ['rm'],
  ]) {
    const { code, err } = await command(args, env(older));
    expect([args, code, err]).toEqual([args, 2, expect.stringContaining('Usage: form-guard <command>')]);
  }
  const { code, err } = await command(['keys', 'rotate', 'form:nothing'], env(older));
  expect([code, err]).toEqual([2, expect.stringMatching(/There are no keys of "form:nothing"\. There are: .*form:/)]);
});

test('new data keys, beside a server that runs', async () => {
  const { code, out, err } = await command(['keys', 'rotate'], env(older));
  expect([code, out]).toEqual([0, expect.stringContaining(`${form}: 20 of 20 sealed anew`)]);
  expect(out + err).not.toContain(mark);
  const list = await command(['keys', 'list'], env(older));
  expect(list.out).toMatch(new RegExp(`${form}: current key since \\d{4}-.*, 1 older key, 20 of 20 sealed anew`));
  // The server that was running all the while seals under the new keys at once.
  await send(1);
  const rows = (await running.strapi.db.connection('form_guard_vault').distinct('key_id')) as unknown[];
  expect(rows).toHaveLength(1);
  const gone = await command(['keys', 'destroy-older', form], env(older));
  expect([gone.code, gone.out]).toEqual([0, '2 older keys destroyed.\n']);
});

test('a new root key: in front of the old one, then without it', async () => {
  const alone = await bootToEnd(env(newer));
  expect([alone.code, alone.said]).toEqual([1, expect.stringMatching(/root key "old" that FORM_GUARD_KEYS does not hold/)]);
  const both = await command(['keys', 'rewrap'], env(`${newer},${older}`));
  expect([both.code, both.out]).toEqual([0, expect.stringMatching(/^\d+ keys wrapped anew\.\n$/)]);
  expect((await command(['keys', 'rewrap'], env(newer))).out).toBe('0 keys wrapped anew.\n');
  const { code, out } = await command(['doctor'], env(newer));
  expect([code, out]).toEqual([0, expect.stringContaining('21 of 21 open.')]);
});

test('a lost root key: the doctor says how many open, and why the others do not', async () => {
  const lost = await command(['doctor'], env(rootKey('new')));
  expect(lost.code).toBe(1);
  expect(lost.out).toContain(`${form}: 21 submissions, 21 do not open; 0 attachments, 0 do not open`);
  expect(lost.out).toContain('21 because the root key is not there');
  expect(lost.out).toContain('0 of 21 open.');
  expect(lost.out + lost.err).not.toContain(mark);

  // The current key is there, one from before is not: the site runs, and says so.
  running = await running.again({ env: { FORM_GUARD_KEYS: newer } });
  const table = () => running.strapi.db.connection('form_guard_data_keys').where({ form_or_type: form });
  const wrapped = (await table().where({ state: 'current', purpose: 'values' }).first()) as { key_id: string; wrapped: string };
  await again(newer);
  await table()
    .where({ key_id: wrapped.key_id })
    .update({ state: 'decrypt-only', wrapped: wrapped.wrapped.replace('fg1.new.', 'fg1.lost.') });
  await again(newer);
  await send(1);
  const { body } = await as(running, boss).get('/form-guard/overview').expect(200);
  const finding = (body as { data: { findings: { code: string; message: string }[] } }).data.findings.find(
    ({ code }) => code === 'ROOT_KEY_MISSING',
  );
  expect(finding?.message).toMatch(/^21 submissions and attachments cannot be opened/);
  const half = await command(['doctor'], env(newer));
  expect([half.code, half.out]).toEqual([1, expect.stringContaining('1 of 22 open.')]);
  await table().where({ key_id: wrapped.key_id }).update({ wrapped: wrapped.wrapped });
  expect((await command(['doctor'], env(newer))).out).toContain('22 of 22 open.');
});

test('shredding is confirmed by naming the form twice, and leaves nothing that opens', async () => {
  const { code, out } = await command(['keys', 'shred', form, '--confirm', form], env(newer));
  expect([code, out]).toEqual([0, 'The keys of 22 submissions and 0 attachments are destroyed.\n']);
  const doctor = await command(['doctor'], env(newer));
  expect(doctor.out).toContain('22 because the key was destroyed');
});
