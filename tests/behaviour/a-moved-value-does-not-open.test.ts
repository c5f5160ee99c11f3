/** Whoever can write to the database can destroy a sealed value, but not move, swap or change one unnoticed. */
import {
  adminPerson,
  as,
  COMPLAINT,
  CONTACT,
  readsForm,
  startStrapi,
  tick,
  type AdminPerson,
  type Running,
} from '../helpers/strapi';

let running: Running;
let boss: AdminPerson;
let form: string;
const records: string[] = [];
const others: string[] = [];

const post = async (name: string): Promise<string> => {
  const sent = { name, email: `${name}@example.org`, message: `from ${name}` };
  const { body } = await running.http.post('/api/form-guard/forms/police-complaint/submissions').send(sent).expect(201);
  return (body as { data: { reference: string } }).data.reference.replaceAll('-', '');
};
const open = (record: string, source = form) => as(running, boss).post(`/form-guard/inbox/${source}/${record}/open`);
const vault = () => running.strapi.db.connection('form_guard_vault');
const sealedOf = async (record: string): Promise<string> =>
  ((await vault().where({ record_id: record }).first()) as { sealed: string }).sealed;

beforeAll(async () => {
  running = await startStrapi();
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  form = ((await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201)).body as { data: { id: string } }).data.id;
  await readsForm(running, boss, form, [boss]);
  await readsForm(running, boss, CONTACT, [boss]);
  await tick(running.strapi, `${CONTACT}.create`);
  for (const name of ['ada', 'bob', 'cyd']) records.push(await post(name));
  for (const name of ['dan', 'eve']) {
    const { body } = await running.http
      .post('/api/contacts')
      .send({ data: { name, email: `${name}@example.org` } })
      .expect(201);
    others.push((body as { data: { reference: string } }).data.reference);
  }
});
afterAll(() => running.stop());

/** Runs with a changed row, then puts it back. */
const whileChanged = async (record: string, change: Record<string, unknown>, run: () => Promise<void>): Promise<void> => {
  const before = (await vault().where({ record_id: record }).first()) as Record<string, unknown>;
  await vault().where({ id: before.id }).update(change);
  await run();
  await vault().where({ id: before.id }).update(before);
};
const expectUnreadable = async (record: string, source = form): Promise<void> => {
  const answer = await open(record, source);
  expect(answer.status).toBe(500);
  expect(answer.text).not.toMatch(/fg1|ada|bob|dan|eve/);
  expect((await open(records[2] as string)).status).toBe(200);
};

test('a value moved from one record to another does not open; the rest do', async () => {
  const [ada, bob] = records as [string, string];
  await whileChanged(bob, { sealed: await sealedOf(ada) }, () => expectUnreadable(bob));
});

test('a value moved from one form to another type does not open', async () => {
  const [dan] = others as [string];
  await whileChanged(dan, { sealed: await sealedOf(records[0] as string) }, () => expectUnreadable(dan, CONTACT));
});

test('two records that swap their ids do not open', async () => {
  const [ada, bob] = records as [string, string];
  const [a, b] = [await sealedOf(ada), await sealedOf(bob)];
  await vault().where({ record_id: ada }).update({ sealed: b });
  await vault().where({ record_id: bob }).update({ sealed: a });
  await expectUnreadable(ada);
  await expectUnreadable(bob);
  await vault().where({ record_id: ada }).update({ sealed: a });
  await vault().where({ record_id: bob }).update({ sealed: b });
});

test('a record moved to a form whose reader one is does not open', async () => {
  await whileChanged(others[1] as string, { form_or_type: form }, () => expectUnreadable(others[1] as string));
});

test('one flipped bit anywhere does not open', async () => {
  const [ada] = records as [string];
  const sealed = await sealedOf(ada);
  const [format, key, body = ''] = sealed.split('.');
  const bytes = Buffer.from(body, 'base64url');
  for (const at of [0, 5, 12, 40, Math.floor(bytes.length / 2), bytes.length - 17, bytes.length - 1]) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    await whileChanged(ada, { sealed: `${format}.${key}.${flipped.toString('base64url')}` }, () => expectUnreadable(ada));
  }
});

test.each([
  ['cut short', (text: string) => text.slice(0, -4)],
  ['with something after it', (text: string) => `${text}AAAA`],
  ['under another key id', (text: string) => text.replace(/\.d[0-9a-f]+\./, '.d00000000000000000000.')],
  ['of another format', (text: string) => text.replace('fg1', 'fg2')],
  ['empty', () => ''],
  ['clear text', () => '{"name":"mallory"}'],
])('a value %s does not open', async (_what, change) => {
  const [ada] = records as [string];
  await whileChanged(ada, { sealed: change(await sealedOf(ada)) }, () => expectUnreadable(ada));
});

test('an amendment never writes over a value that does not open', async () => {
  const [dan] = others as [string];
  await whileChanged(dan, { sealed: (await sealedOf(dan)).slice(0, -8) }, async () => {
    const before = await sealedOf(dan);
    await expect(
      running.strapi.documents(CONTACT as never).update({ documentId: dan, data: { message: 'new' } as never }),
    ).rejects.toMatchObject({ code: 'SEALED_VALUE_UNREADABLE' });
    expect(await sealedOf(dan)).toBe(before);
  });
  await open(dan, CONTACT).expect(200);
});

test('a data key wrapped for one form does not serve another', async () => {
  const keys = () => running.strapi.db.connection('form_guard_data_keys');
  const [one, two] = (await keys().where({ purpose: 'values' })) as { id: number; wrapped: string }[];
  await keys().where({ id: one?.id }).update({ wrapped: two?.wrapped });
  await expect(running.again()).rejects.toMatchObject({ code: 'ROOT_KEY_UNKNOWN' });
});
