/** Grant → entry → open, in this order; nobody else reads, a super admin included, and a grant is no mere row. */
import { adminPerson, as, COMPLAINT, readsForm, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';
import { IN_90_DAYS } from '../helpers/in-90-days';
import { canary, wholeDatabase, whileListening } from '../helpers/canary';

const mark = canary('door');
let running: Running;
let boss: AdminPerson;
let naima: AdminPerson;
let oscar: AdminPerson;
let form: string;
let otherForm: string;
let recordId: string;

const makeForm = async (slug: string): Promise<string> =>
  (
    (
      await as(running, boss)
        .post('/form-guard/forms', { ...COMPLAINT, slug })
        .expect(201)
    ).body as { data: { id: string } }
  ).data.id;
const post = async (slug: string): Promise<string> => {
  const sent = { name: `${mark} name`, email: `${mark}@example.org`, age: 31, message: `${mark} message` };
  const { body } = await running.http.post(`/api/form-guard/forms/${slug}/submissions`).send(sent).expect(201);
  return (body as { data: { reference: string } }).data.reference.replaceAll('-', '');
};
const open = (person: AdminPerson, id = recordId, source = form) =>
  as(running, person).post(`/form-guard/inbox/${source}/${id}/open`);
const audit = async () =>
  (await as(running, boss).get('/form-guard/audit').expect(200)).body as {
    data: { seq: number; event: string; recordId: string; actor: { name: string }; sentence: string }[];
    chain: { intact: boolean; brokenAt: number | null };
  };
const grantsTable = () => running.strapi.db.connection('form_guard_grants');

beforeAll(async () => {
  running = await startStrapi();
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  naima = await adminPerson(running.strapi, 'Naima');
  oscar = await adminPerson(running.strapi, 'Oscar');
  form = await makeForm('police-complaint');
  otherForm = await makeForm('victims-commissioner');
  await readsForm(running, boss, form, [naima]);
  recordId = await post('police-complaint');
});
afterAll(() => running.stop());

test('the named reader reads what was sent, once more with no trace in a cache', async () => {
  const { body, headers } = await open(naima).expect(200);
  expect(JSON.stringify(body)).toContain(`${mark} message`);
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' });
});

test('the opening was on record before, with who, which, what, from where', async () => {
  const { body } = await open(naima).expect(200);
  const [entry] = (await audit()).data;
  expect(entry).toMatchObject({ event: 'submission.opened', recordId, actor: { name: 'naima@example.org (Naima Example)' } });
  expect(entry?.sentence).toMatch(/127\.0\.0\.1|::1/);
  expect((body as { data: { opening: { seq: number } } }).data.opening.seq).toBe(entry?.seq);
});

describe('Everybody else', () => {
  const others: [string, () => AdminPerson][] = [
    ['the other editor', () => oscar],
    ['a super admin who was not named', () => boss],
  ];
  test.each(others)('%s opens, lists and searches nothing', async (_who, person) => {
    for (const answer of [
      await open(person()),
      await as(running, person()).get(`/form-guard/inbox/${form}`),
      await as(running, person()).post(`/form-guard/inbox/${form}/search`, { field: 'email', value: `${mark}@example.org` }),
      await as(running, person()).put(`/form-guard/inbox/${form}/${recordId}`, { state: 'done' }),
    ]) {
      expect(answer.status).toBe(403);
      expect((answer.body as { error: { details: { code: string } } }).error.details.code).toBe('NOT_A_READER');
      expect(answer.text).not.toContain(mark);
    }
  });

  test('without signing in: 401', async () => {
    await running.http.post(`/form-guard/inbox/${form}/${recordId}/open`).expect(401);
    await running.http.get(`/form-guard/inbox/${form}`).expect(401);
  });

  test('a reader of one form is none of another', async () => {
    const other = await post('victims-commissioner');
    await open(naima, other, otherForm).expect(403);
    await open(naima, other, form).expect(404);
  });

  test('an editor who may not name readers names nobody', async () => {
    await as(running, naima)
      .post(`/form-guard/readers/${form}`, { people: [oscar.id], until: IN_90_DAYS, fields: null })
      .expect(403);
    await open(oscar).expect(403);
  });

  test('an admin token of a named reader opens these pages, and nothing that was sent', async () => {
    const permission = { action: 'plugin::form-guard.pages.read', subject: null, properties: {}, conditions: [] };
    const body = { name: 'robot', description: '', lifespan: null, adminPermissions: [permission] };
    await readsForm(running, boss, form, [boss]);
    // The token acts for whoever made it, and they read.
    await open(boss).expect(200);
    const made = await as(running, boss).post('/admin/admin-tokens', body).expect(201);
    const jwt = (made.body as { data: { accessKey: string } }).data.accessKey;
    // It is a token that opens these pages.
    await as(running, { jwt }).get('/form-guard/overview').expect(200);
    for (const answer of [
      await open({ ...boss, jwt }),
      await as(running, { jwt }).get(`/form-guard/inbox/${form}`),
      await as(running, { jwt }).post(`/form-guard/inbox/${form}/search`, { field: 'email', value: `${mark}@example.org` }),
    ]) {
      expect([answer.status, answer.text.includes(mark)]).toEqual([403, false]);
      expect((answer.body as { error: { details: { code: string } } }).error.details.code).toBe('NOT_A_PERSON');
    }
    const { body: page } = await as(running, boss).get(`/form-guard/readers/${form}`).expect(200);
    const grant = (page as { data: { id: string; person: { id: number } }[] }).data.find(({ person }) => person.id === boss.id);
    await as(running, boss).delete(`/form-guard/readers/${form}/${grant?.id}`).expect(200);
  });
});

describe('A super admin', () => {
  test('may name themself, on record, and then reads', async () => {
    await readsForm(running, boss, form, [boss]);
    expect((await audit()).data[0]).toMatchObject({ event: 'reader.named', actor: { name: 'boss@example.org (Boss Example)' } });
    await open(boss).expect(200);
    const { body } = await as(running, boss).get(`/form-guard/readers/${form}`).expect(200);
    const grant = (body as { data: { id: string; person: { id: number } }[] }).data.find(({ person }) => person.id === boss.id);
    await as(running, boss).delete(`/form-guard/readers/${form}/${grant?.id}`).expect(200);
    await open(boss).expect(403);
  });
});

describe('A grant', () => {
  const nameOscar = async (extra: object) => {
    await as(running, boss)
      .post(`/form-guard/readers/${form}`, { people: [oscar.id], until: IN_90_DAYS, fields: null, ...extra })
      .expect(200);
  };
  const removeOscar = async () => {
    const { body } = await as(running, boss).get(`/form-guard/readers/${form}`).expect(200);
    for (const { id, person, status } of (body as { data: { id: string; person: { id: number }; status: string }[] }).data) {
      if (person.id === oscar.id && status !== 'removed')
        await as(running, boss).delete(`/form-guard/readers/${form}/${id}`).expect(200);
    }
  };
  afterEach(removeOscar);

  test('for some fields shows these, and says what is withheld', async () => {
    await nameOscar({ fields: ['name', 'age'] });
    const { body } = await open(oscar).expect(200);
    const { fields, withheld } = (body as { data: { fields: { name: string }[]; withheld: string[] } }).data;
    expect(fields.map(({ name }) => name)).toEqual(['name', 'age']);
    expect(withheld).toEqual(['Your e-mail', 'What happened']);
    expect(JSON.stringify(body)).not.toContain(`${mark} message`);
    await as(running, oscar)
      .post(`/form-guard/inbox/${form}/search`, { field: 'email', value: `${mark}@example.org` })
      .expect(403);
  });

  test('ends at its end', async () => {
    const end = Date.now() + 15_000;
    await nameOscar({ until: new Date(end).toISOString() });
    await open(oscar).expect(200);
    await new Promise((resolve) => setTimeout(resolve, end - Date.now() + 100));
    await open(oscar).expect(403);
  });

  test('must end in the future, and name people and fields that exist; all or none', async () => {
    for (const wrong of [
      { until: '2020-01-01' },
      { until: 'soon' },
      { fields: ['nothing'] },
      { fields: [] },
      { people: [] },
      { people: [oscar.id, 99999] },
      { extra: 1 },
    ]) {
      const answer = await as(running, boss).post(`/form-guard/readers/${form}`, {
        people: [oscar.id],
        until: IN_90_DAYS,
        fields: null,
        ...wrong,
      });
      expect([400, 404]).toContain(answer.status);
    }
    await open(oscar).expect(403);
  });

  test('that somebody wrote with SQL, or changed, grants nothing', async () => {
    const naimas = (await grantsTable().where({ admin_user_id: naima.id }).first()) as Record<string, unknown>;
    const { id: _id, ...copy } = naimas;
    await grantsTable().insert({ ...copy, grant_id: 'forged', admin_user_id: oscar.id });
    await open(oscar).expect(403);
    const { body } = await as(running, boss).get(`/form-guard/readers/${form}`).expect(200);
    expect((body as { data: { status: string; id: string }[] }).data.find(({ id }) => id === 'forged')?.status).toBe('invalid');
    await grantsTable().where({ grant_id: 'forged' }).delete();

    await nameOscar({ until: new Date(Date.now() + 500).toISOString() });
    await grantsTable()
      .where({ admin_user_id: oscar.id })
      .whereNull('removed_at')
      .update({ ends_at: '2099-01-01T00:00:00.000Z' });
    await open(oscar).expect(403);
    await grantsTable().where({ ends_at: '2099-01-01T00:00:00.000Z' }).delete();
  });

  test('that was removed stays removed, also when its row is put back as it was', async () => {
    await nameOscar({});
    const before = (await grantsTable().where({ admin_user_id: oscar.id }).orderBy('id', 'desc').first()) as Record<
      string,
      unknown
    >;
    await removeOscar();
    await grantsTable().where({ id: before.id }).update(before);
    await open(oscar).expect(403);
    await grantsTable().where({ id: before.id }).delete();
    await grantsTable().insert(before);
    await open(oscar).expect(403);
    await grantsTable().where({ id: before.id }).delete();
  });

  test('is suspended when somebody else changes the password or e-mail of the account', async () => {
    await nameOscar({});
    await as(running, oscar).put('/admin/users/me', { firstname: 'Oscar', email: oscar.email }).expect(200);
    await open(oscar).expect(200);
    await as(running, boss).put(`/admin/users/${oscar.id}`, { firstname: 'Oskar' }).expect(200);
    await open(oscar).expect(200);
    await as(running, boss).put(`/admin/users/${oscar.id}`, { password: 'Taken-Over-1' }).expect(200);
    await open(oscar).expect(403);
    expect((await audit()).data[0]).toMatchObject({
      event: 'reader.suspended',
      actor: { name: 'boss@example.org (Boss Example)' },
    });
  });

  test('of somebody whose account was blocked opens nothing', async () => {
    await nameOscar({});
    const change = (data: object) => running.strapi.db.query('admin::user').update({ where: { id: oscar.id }, data });
    await change({ isActive: false });
    await open(oscar).expect(401);
    await change({ isActive: true });
    await open(oscar).expect(200);
    // Strapi lets somebody in who is blocked.
    await change({ blocked: true });
    await open(oscar).expect(403);
    await change({ blocked: false });
  });
});

describe('No record, no disclosure', () => {
  test('if the entry cannot be written nothing is opened', async () => {
    const { connection } = running.strapi.db;
    await connection.schema.renameTable('form_guard_audit', 'form_guard_audit_away');
    try {
      const { result, said } = await whileListening(running.strapi, async () => open(naima));
      expect(result.status).toBe(500);
      expect(result.text).not.toContain(mark);
      expect(said).toContain('form_guard_audit');
      expect(said).not.toContain(mark);
    } finally {
      await connection.schema.renameTable('form_guard_audit_away', 'form_guard_audit');
    }
    await open(naima).expect(200);
  });

  test('nor inside a transaction that could roll the entry back', async () => {
    // The request inherits the transaction of the code that sends it.
    const { result, said } = await whileListening(running.strapi, () =>
      running.strapi.db.transaction(async () => open(naima).then((answer) => answer)),
    );
    const answer = await result;
    expect([answer.status, answer.text.includes(mark)]).toEqual([500, false]);
    expect(said).toContain('DISCLOSURE_IN_TRANSACTION');
  });

  test('an entry that was changed or removed by SQL is noticed, and where', async () => {
    const entries = () => running.strapi.db.connection('form_guard_audit');
    const { seq, actor_name: name } = (await entries().orderBy('seq', 'desc').offset(2).first()) as {
      seq: number;
      actor_name: string;
    };
    expect((await audit()).chain).toMatchObject({ intact: true, brokenAt: null });
    await entries().where({ seq }).update({ actor_name: 'Somebody Else' });
    expect((await audit()).chain).toMatchObject({ intact: false, brokenAt: seq });
    await entries().where({ seq }).update({ actor_name: name });
    expect((await audit()).chain.intact).toBe(true);

    const last = (await entries().orderBy('seq', 'desc').first()) as Record<string, unknown>;
    await entries().where({ seq: last.seq }).delete();
    expect((await audit()).chain.intact).toBe(false);
    await entries().insert(last);
    expect((await audit()).chain.intact).toBe(true);
  });

  test('so are entries that were put beside the chain, and a beginning that was cut off', async () => {
    const entries = () => running.strapi.db.connection('form_guard_audit');
    const { id: _id, ...last } = (await entries().orderBy('seq', 'desc').first()) as Record<string, unknown>;
    for (const seq of [900_000, null]) {
      await entries().insert({ ...last, seq, actor_name: 'Somebody Framed' });
      const { chain, data } = await audit();
      expect([seq, chain.intact, JSON.stringify(data).includes('Somebody Framed')]).toEqual([seq, false, false]);
      await entries().where({ actor_name: 'Somebody Framed' }).delete();
    }
    const first = (await entries().where({ seq: 1 }).first()) as Record<string, unknown>;
    await entries().where({ seq: 1 }).delete();
    expect((await audit()).chain.intact).toBe(false);
    await entries().insert(first);
    expect((await audit()).chain.intact).toBe(true);
  });

  test('a hundred openings at once have a hundred entries in one chain', async () => {
    const before = (await audit()).data[0]?.seq ?? 0;
    const answers = await Promise.all(Array.from({ length: 100 }, () => open(naima)));
    expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200));
    const after = await audit();
    expect(after.data[0]?.seq).toBe(before + 100);
    expect(after.chain.intact).toBe(true);
  });
});

test('people are found by parts of their names, a full name among them', async () => {
  const find = async (text: string) =>
    (
      (
        await as(running, boss)
          .get(`/form-guard/people?q=${encodeURIComponent(text)}`)
          .expect(200)
      ).body as { data: { email: string }[] }
    ).data;
  for (const text of ['osc', 'Oscar Example', 'example oscar', oscar.email]) {
    expect((await find(text)).map(({ email }) => email)).toEqual([oscar.email]);
  }
  expect(await find('nobody here')).toEqual([]);
  await as(running, naima).get('/form-guard/people?q=').expect(403);
});

test('states, search and lists carry no value', async () => {
  const list = await as(running, naima).get(`/form-guard/inbox/${form}?page=1&pageSize=5`).expect(200);
  expect(list.text).not.toContain(mark);
  expect((list.body as { data: object[] }).data[0]).toEqual({
    recordId,
    reference: expect.stringMatching(/^(\w{4}-){3}\w{4}$/),
    receivedAt: expect.any(String),
    assignedTo: null,
    dueOn: null,
    state: 'new',
  });
  const found = await as(running, naima)
    .post(`/form-guard/inbox/${form}/search`, { field: 'email', value: ` ${mark.toUpperCase()}@Example.org` })
    .expect(200);
  expect((found.body as { data: { recordId: string }[] }).data.map((row) => row.recordId)).toEqual([recordId]);
  await as(running, naima).put(`/form-guard/inbox/${form}/${recordId}`, { state: 'done' }).expect(200);
  await as(running, naima).put(`/form-guard/inbox/${form}/${recordId}`, { state: 'lost' }).expect(400);
  await as(running, naima).put(`/form-guard/inbox/${form}/NOTHERE`, { state: 'done' }).expect(404);
  expect(await wholeDatabase(running.strapi)).not.toContain(mark);
});
