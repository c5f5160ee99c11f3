/** The server killed in the middle of 500 concurrent posts: what was answered as received is there, whole, and opens. */
import { adminPerson, as, COMPLAINT, CONTACT, PROTECT_CONTACT, readsForm, startStrapi, tick } from '../helpers/strapi';
import { canary } from '../helpers/canary';
import { serve } from '../helpers/process';

const values = (name: string) => ({ name, email: `${name}@example.org`, message: `${name} `.repeat(50) });

test.each([
  ['a form', '/api/form-guard/forms/police-complaint/submissions', (name: string): object => values(name)],
  ['a wrapped type', '/api/contacts', (name: string): object => ({ data: values(name) })],
])('%s', async (_what, path, body) => {
  const running = await startStrapi();
  let { strapi } = running;
  let boss = await adminPerson(strapi, 'Boss', 'strapi-super-admin');
  const form = ((await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201)).body as { data: { id: string } }).data
    .id;
  const source = path.includes('forms') ? form : CONTACT;
  await tick(strapi, `${CONTACT}.create`);
  await readsForm(running, boss, source, [boss]);

  const env = {
    FORM_GUARD_KEYS: process.env.TEST_KEYS,
    TEST_FORM_GUARD: JSON.stringify(PROTECT_CONTACT),
    TEST_WITHOUT_FORM_GUARD: 'false',
  };
  // The same database from a second process, which is the one to be killed; this one only looks afterwards.
  const served = await serve(env);
  const received = new Map<string, string>();
  const posts = Array.from({ length: 500 }, async (_, index) => {
    const name = canary(`n${index}`);
    try {
      const answer = await fetch(`http://127.0.0.1:${served.port}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body(name)),
      });
      if (answer.status !== 201) return;
      const { data } = (await answer.json()) as { data: { reference: string } };
      received.set(data.reference.replaceAll('-', ''), name);
      if (received.size === 120) await served.kill('SIGKILL');
    } catch {
      // Cut off by the kill: not answered as received.
    }
  });
  await Promise.all(posts);
  expect(received.size).toBeGreaterThanOrEqual(120);
  expect(received.size).toBeLessThan(500);

  const again = await running.again();
  strapi = again.strapi;
  boss = { ...boss };
  for (const [record, name] of received) {
    const { body: opened } = await as(again, boss).post(`/form-guard/inbox/${source}/${record}/open`).expect(200);
    const { fields } = (opened as { data: { fields: { name: string; value: unknown }[] } }).data;
    expect(Object.fromEntries(fields.map((field) => [field.name, field.value]))).toMatchObject({
      name,
      email: `${name}@example.org`,
    });
  }

  // None in part: as many husks as records, and as many digests as records; every one opens.
  const count = async (table: string, where: object) =>
    Number(((await strapi.db.connection(table).where(where).count({ n: '*' }).first()) as { n: string }).n);
  const records = (await strapi.db.connection('form_guard_vault').where({ form_or_type: source }).select('record_id')) as {
    record_id: string;
  }[];
  expect(await count('form_guard_digests', { form_or_type: source })).toBe(records.length);
  if (source === CONTACT) expect(await count('contacts', {})).toBe(records.length);
  for (const { record_id: record } of records)
    await as(again, boss).post(`/form-guard/inbox/${source}/${record}/open`).expect(200);
  await again.stop();
});
