/**
 * Whichever way a write to a wrapped type comes, its values lie sealed in the vault, its own table keeps a husk, and its
 * reader gets back exactly what was written.
 */
import { adminPerson, as, CONTACT, readsForm, startStrapi, tick, type AdminPerson, type Running } from '../helpers/strapi';
import { canary, wholeDatabase } from '../helpers/canary';

let running: Running;
let boss: AdminPerson;
let reader: AdminPerson;

beforeAll(async () => {
  running = await startStrapi();
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  reader = await adminPerson(running.strapi, 'Reader');
  await readsForm(running, boss, CONTACT, [reader]);
  await tick(running.strapi, `${CONTACT}.create`);
});
afterAll(() => running.stop());

/** One value of each kind of attribute; every text holds the canary. */
const everyKind = (mark: string) => ({
  subject: 'complaint',
  name: `${mark}name`,
  email: `${mark}@example.org`,
  message: `${mark}message\nwith “quotes” and 🦆`,
  phone: '+44 20 7946 0000',
  age: 44,
  amount: 12.5,
  big: '9007199254740993123',
  born: '1980-02-29',
  seenAt: '2022-11-10T09:30:00.000Z',
  urgent: true,
  priority: 'high',
  details: { [`${mark}key`]: [1, { deep: `${mark}json` }], $date: 'not ours' },
  secret: `${mark}secret`,
  code: `${mark}-uid`,
  address: { street: `${mark}street`, city: 'London' },
  children: [{ street: `${mark}one` }, { street: `${mark}two` }],
});

const documents = () =>
  running.strapi.documents(CONTACT as never) as unknown as Record<string, (params: object) => Promise<{ documentId: string }>>;
const query = () =>
  running.strapi.db.query(CONTACT as never) as unknown as Record<
    string,
    (params: object) => Promise<{ documentId: string; id: number }>
  >;

/** What the reader is shown, by field name. */
const opened = async (recordId: string): Promise<Record<string, unknown>> => {
  const { body } = await as(running, reader).post(`/form-guard/inbox/${CONTACT}/${recordId}/open`).expect(200);
  const { fields } = (body as { data: { fields: { name: string; value: unknown }[] } }).data;
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
};

type Write = (data: ReturnType<typeof everyKind>) => Promise<string>;
const newest = async (): Promise<string> => {
  const { body } = await as(running, reader).get(`/form-guard/inbox/${CONTACT}`).expect(200);
  return (body as { data: { recordId: string }[] }).data[0]?.recordId ?? '';
};

const ways: [string, Write][] = [
  [
    'a public POST',
    async (data) =>
      ((await running.http.post('/api/contacts').send({ data }).expect(201)).body as { data: { reference: string } }).data
        .reference,
  ],
  ['strapi.documents', async (data) => (await documents().create!({ data })).documentId],
  [
    'the content manager',
    async (data) => {
      await as(running, boss).post(`/content-manager/collection-types/${CONTACT}`, data).expect(201);
      return newest();
    },
  ],
  [
    'the entity service',
    async (data) =>
      ((await running.strapi.entityService.create(CONTACT as never, { data } as never)) as unknown as { documentId: string })
        .documentId,
  ],
];

describe.each(ways)('A submission that comes by %s', (_way, write) => {
  const mark = canary('write');
  let recordId: string;
  beforeAll(async () => {
    recordId = await write(everyKind(mark));
  });

  test('leaves no value in any table', async () => {
    expect(await wholeDatabase(running.strapi)).not.toContain(mark);
  });

  test('leaves a husk with its plain attribute', async () => {
    const row = (await query().findOne!({ where: { documentId: recordId }, populate: true })) as unknown as Record<
      string,
      unknown
    >;
    expect(row).toMatchObject({ documentId: recordId, subject: 'complaint' });
    for (const field of Object.keys(everyKind(mark)).filter((name) => name !== 'subject')) {
      expect([field, row[field] ?? null]).toEqual([field, field === 'children' ? [] : null]);
    }
  });

  test('gives its reader back exactly what was written, plain attributes too', async () => {
    expect(await opened(recordId)).toMatchObject(everyKind(mark));
  });
});

describe('strapi.db.query', () => {
  const scalars = (mark: string) => {
    const { address: _address, children: _children, ...data } = everyKind(mark);
    return data;
  };

  test('create seals', async () => {
    const mark = canary('dbcreate');
    const { documentId } = await query().create!({ data: scalars(mark) });
    expect(await wholeDatabase(running.strapi)).not.toContain(mark);
    expect(await opened(documentId)).toMatchObject({ email: `${mark}@example.org`, age: 44, urgent: true });
  });

  test('createMany seals each', async () => {
    const marks = [canary('many'), canary('many')];
    await query().createMany!({ data: marks.map(scalars) });
    const database = await wholeDatabase(running.strapi);
    for (const mark of marks) expect(database).not.toContain(mark);
    const { body } = await as(running, reader)
      .post(`/form-guard/inbox/${CONTACT}/search`, { field: 'email', value: `${marks[1]}@EXAMPLE.org ` })
      .expect(200);
    expect((body as { data: unknown[] }).data).toHaveLength(1);
  });

  test('update and updateMany seal what they change and keep the rest', async () => {
    const before = canary('before');
    const after = canary('after');
    const last = canary('last');
    const { documentId, id } = await query().create!({ data: scalars(before) });
    await query().update!({ where: { id }, data: { message: after } });
    expect(await opened(documentId)).toMatchObject({ message: after, name: `${before}name`, age: 44 });
    await query().updateMany!({ where: { documentId }, data: { secret: last, subject: 'question' } });
    expect(await opened(documentId)).toMatchObject({ message: after, secret: last });
    const database = await wholeDatabase(running.strapi);
    for (const mark of [before, after, last]) expect(database).not.toContain(mark);
  });

  test('components that were written before, as an import does, are taken into the vault', async () => {
    const mark = canary('component');
    const component = running.strapi.db.query('shared.address' as never) as unknown as ReturnType<typeof query>;
    const { id } = await component.create!({ data: { street: `${mark}street`, city: 'London' } });
    const data = { ...scalars(mark), address: { id, __pivot: { field: 'address', component_type: 'shared.address' } } };
    const { documentId } = await query().create!({ data });
    expect(await wholeDatabase(running.strapi)).not.toContain(mark);
    expect(await opened(documentId)).toMatchObject({ address: { street: `${mark}street`, city: 'London' } });
  });

  test('a sealed attribute in the query builder is refused, and nothing is written', async () => {
    const mark = canary('builder');
    const builder = () =>
      running.strapi.db.queryBuilder(CONTACT as never) as unknown as { insert(data: object): { execute(): Promise<unknown> } };
    expect(() => builder().insert({ email: mark })).toThrow(/SEALED_FIELD_WRITE/);
    expect(() => builder().insert({ seen_at: mark })).toThrow(/SEALED_FIELD_WRITE/);
    expect(await wholeDatabase(running.strapi)).not.toContain(mark);
  });
});

describe('An update', () => {
  test('changes what it names and keeps the rest, unseen', async () => {
    const before = canary('keep');
    const after = canary('new');
    const { documentId } = await documents().create!({ data: everyKind(before) });
    await documents().update!({ documentId, data: { message: after, age: 45 } });
    expect(await opened(documentId)).toMatchObject({
      message: after,
      age: 45,
      name: `${before}name`,
      address: { city: 'London' },
    });
    expect(await wholeDatabase(running.strapi)).not.toContain(after);
  });

  test('from the content manager, which shows sealed fields empty, wipes nothing', async () => {
    const mark = canary('wipe');
    const { documentId } = await documents().create!({ data: everyKind(mark) });
    const empty = {
      subject: 'question',
      name: null,
      email: '',
      message: null,
      age: null,
      details: null,
      address: null,
      children: [],
      topic: { connect: [], disconnect: [] },
    };
    await as(running, boss).put(`/content-manager/collection-types/${CONTACT}/${documentId}`, empty).expect(200);
    expect(await opened(documentId)).toMatchObject({
      name: `${mark}name`,
      email: `${mark}@example.org`,
      age: 44,
      children: [{}, {}],
    });
    expect((await query().findOne!({ where: { documentId } })) as unknown as object).toMatchObject({ subject: 'question' });
  });

  test('of a sealed value from the content manager is refused, and one from code is on record', async () => {
    const mark = canary('staff');
    const { documentId } = await documents().create!({ data: everyKind(mark) });
    const forged = { subject: 'question', message: 'forged' };
    const { text } = await as(running, boss)
      .put(`/content-manager/collection-types/${CONTACT}/${documentId}`, forged)
      .expect(403);
    expect(text).toContain('not changed here (message)');
    expect(await opened(documentId)).toMatchObject({ message: everyKind(mark).message });
    await documents().update!({ documentId, data: { message: 'from code' } });
    const { body } = await as(running, boss).get('/form-guard/audit').expect(200);
    expect((body as { data: object[] }).data[0]).toMatchObject({
      event: 'submission.changed',
      actor: { kind: 'system' },
      recordId: documentId,
    });
    await as(running, boss)
      .post(`/content-manager/collection-types/${CONTACT}`, { name: 'By hand', email: 'by@hand.org' })
      .expect(201);
    const after = await as(running, boss).get('/form-guard/audit').expect(200);
    expect((after.body as { data: object[] }).data[0]).toMatchObject({ event: 'submission.entered', actor: { kind: 'admin' } });
  });

  test('two updates at once lose nothing', async () => {
    const mark = canary('race');
    const { documentId } = await documents().create!({ data: everyKind(mark) });
    await Promise.all([
      documents().update!({ documentId, data: { message: `${mark}m2` } }),
      documents().update!({ documentId, data: { secret: `${mark}s2` } }),
      documents().update!({ documentId, data: { phone: '0123456789' } }),
    ]);
    expect(await opened(documentId)).toMatchObject({ message: `${mark}m2`, secret: `${mark}s2`, phone: '0123456789' });
  });
});

describe('The rules of the original attributes still hold', () => {
  const good = () => ({ name: 'Ada', email: `${canary('ok')}@example.org` });
  test.each([
    ['required', { email: 'a@example.org' }, /name must be text/],
    ['too short', { ...good(), name: 'A' }, /at least 2 characters/],
    ['too long', { ...good(), name: 'A'.repeat(81) }, /at most 80 characters/],
    ['e-mail', { ...good(), email: 'nobody' }, /email must be an e-mail address/],
    ['pattern', { ...good(), phone: 'ring me' }, /phone must be text, in the form/],
    ['number', { ...good(), age: 'old' }, /age must be a whole number/],
    ['smallest', { ...good(), age: 3 }, /at least 16/],
    ['enumeration', { ...good(), priority: 'urgent' }, /one of: low, high/],
    ['date', { ...good(), born: 'yesterday' }, /born must be a date/],
    ['component', { ...good(), address: { city: 'London' } }, /street must be text/],
  ])('%s', async (_rule, data, message) => {
    const count = await query().count!({});
    const { body } = await running.http.post('/api/contacts').send({ data }).expect(400);
    expect((body as { error: { message: string } }).error.message).toMatch(message);
    expect(await query().count!({})).toBe(count);
  });

  test('unique is not held, because its answer would tell a stranger who has written', async () => {
    const twice = { name: 'Ada', email: `${canary('twice')}@example.org` };
    await running.http.post('/api/contacts').send({ data: twice }).expect(201);
    await running.http.post('/api/contacts').send({ data: twice }).expect(201);
  });
});

test('deleting a submission takes its values from the vault, on record', async () => {
  const { documentId } = await documents().create!({ data: everyKind(canary('gone')) });
  await documents().delete!({ documentId });
  await as(running, reader).post(`/form-guard/inbox/${CONTACT}/${documentId}/open`).expect(404);
  const { body } = await as(running, boss).get('/form-guard/audit').expect(200);
  expect((body as { data: { event: string; recordId: string }[] }).data[0]).toMatchObject({
    event: 'submission.erased',
    recordId: documentId,
  });
});

test('a submission cannot be copied', async () => {
  const { documentId } = await documents().create!({ data: everyKind(canary('copy')) });
  await expect(documents().clone!({ documentId })).rejects.toMatchObject({ details: { code: 'SUBMISSION_NOT_COPIED' } });
});

test('a write that fails half way leaves neither husk nor sealed record', async () => {
  const mark = canary('half');
  const unsubscribe = running.strapi.db.lifecycles.subscribe({
    models: [CONTACT],
    afterCreate() {
      throw new Error('a lifecycle of the site fails');
    },
  });
  const count = async () => [await query().count!({}), await running.strapi.db.query('form-guard::vault' as never).count()];
  const before = await count();
  await expect(documents().create!({ data: everyKind(mark) })).rejects.toThrow('a lifecycle of the site fails');
  unsubscribe();
  expect(await count()).toEqual(before);
});
