/**
 * "Who can read this?" is answered as the server would answer: for everybody whom the page lists, a real request is made as
 * them, and who got a value is who the page said would.
 */
import { canary } from '../helpers/canary';
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
import type { PossibleReader, WhoCanRead } from '../../server/src/contract';

const mark = canary('who');
let running: Running;
let boss: AdminPerson;
let people: Record<string, AdminPerson>;
/** By what the page lists: a request header, or nothing. */
const secrets = new Map<string, string>();
let form: string;
const records = new Map<string, string>();

const nameOf = ({ kind, id }: Pick<PossibleReader, 'kind' | 'id'>): string => `${kind} ${id}`;
const asked = async (source: string): Promise<PossibleReader[]> => {
  const { body } = await as(running, boss)
    .get(`/form-guard/who-can-read/${encodeURIComponent(source)}`)
    .expect(200);
  return (body as { data: WhoCanRead }).data.readers;
};
const of = (readers: PossibleReader[], person: AdminPerson): PossibleReader | undefined =>
  readers.find(({ kind, id }) => kind === 'person' && id === person.id);

/** Every address at which somebody could try to read. @returns whether a value came back */
const reallyReads = async (source: string, reader: PossibleReader): Promise<boolean> => {
  const header = secrets.get(nameOf(reader));
  const recordId = records.get(source) ?? '';
  const gets = [
    '/api/contacts?populate=*',
    `/api/contacts/${recordId}`,
    '/api/form-guard/forms',
    '/api/form-guard/forms/police-complaint/submissions',
    `/content-manager/collection-types/${CONTACT}`,
    `/content-manager/collection-types/${CONTACT}/${recordId}`,
    `/form-guard/inbox/${source}`,
  ];
  const answers: string[] = [];
  const send = async (method: 'get' | 'post', url: string): Promise<void> => {
    const call = running.http[method](url);
    if (header) call.set('Authorization', header);
    answers.push((await call).text);
  };
  for (const url of gets) await send('get', url);
  await send('post', `/form-guard/inbox/${source}/${recordId}/open`);
  return answers.join().includes(mark);
};

beforeAll(async () => {
  running = await startStrapi();
  const { strapi } = running;
  boss = await adminPerson(strapi, 'Boss', 'strapi-super-admin');
  const names = ['Named', 'Some', 'Ended', 'Off', 'Nobody', 'NoPages', 'Forged', 'Removed'];
  people = {};
  for (const name of names)
    people[name] = await adminPerson(strapi, name, name === 'NoPages' ? 'strapi-author' : 'strapi-editor');
  form = ((await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201)).body as { data: { id: string } }).data.id;

  const sent = { name: mark, email: 'ada@example.org', message: mark };
  const posted = await running.http.post('/api/form-guard/forms/police-complaint/submissions').send(sent).expect(201);
  records.set(form, (posted.body as { data: { reference: string } }).data.reference.replace(/[^0-9A-Z]/g, ''));
  const contacts = strapi.documents(CONTACT as never) as unknown as { create(p: object): Promise<{ documentId: string }> };
  const data = { name: mark, email: 'ada@example.org', subject: 'complaint', message: mark };
  records.set(CONTACT, (await contacts.create({ data })).documentId);

  const { Named, Some, Ended, Off, NoPages, Forged, Removed } = people as Record<string, AdminPerson>;
  for (const source of [form, CONTACT]) {
    await readsForm(running, boss, source, [Named, Off, NoPages, Removed] as AdminPerson[]);
    await readsForm(running, boss, source, [Some] as AdminPerson[], ['message']);
    const grants = await as(running, boss).get(`/form-guard/readers/${source}`);
    const removed = (grants.body as { data: { id: string; person: { id: number } }[] }).data.find(
      ({ person }) => person.id === Removed?.id,
    );
    await as(running, boss).delete(`/form-guard/readers/${source}/${removed?.id}`).expect(200);
    const soon = new Date(Date.now() + 1200).toISOString();
    await as(running, boss)
      .post(`/form-guard/readers/${source}`, { people: [Ended?.id], until: soon, fields: null })
      .expect(200);
    // A row of another's, changed to be about somebody else: its mark does not fit.
    const [row] = (await strapi.db.connection('form_guard_grants').where({ form_or_type: source }).limit(1)) as object[];
    await strapi.db
      .connection('form_guard_grants')
      .insert({ ...row, id: undefined, grant_id: `forged ${source}`, admin_user_id: Forged?.id });
  }
  await strapi.db.query('admin::user').update({ where: { id: Off?.id }, data: { isActive: false } });
  const author = await strapi.db.query('admin::role').findOne({ where: { code: 'strapi-author' } });
  await strapi.db
    .query('admin::permission')
    .deleteMany({ where: { action: 'plugin::form-guard.pages.read', role: { id: author.id } } });
  for (const person of [boss, ...Object.values(people)]) secrets.set(`person ${person.id}`, `Bearer ${person.jwt}`);

  // Every box ticked for everybody, past every guard; and tokens of every kind.
  for (const action of ['find', 'findOne', 'update']) {
    await tick(strapi, `${CONTACT}.${action}`);
    await tick(strapi, `${CONTACT}.${action}`, 'authenticated');
  }
  const role = await strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: 'authenticated' } });
  const visitor = (await strapi.plugin('users-permissions').service('user').add({
    username: 'vera',
    email: 'vera@example.org',
    password: 'Correct-Horse-1',
    role: role.id,
    confirmed: true,
    provider: 'local',
  })) as {
    id: number;
  };
  secrets.set(`visitors ${role.id}`, `Bearer ${strapi.plugin('users-permissions').service('jwt').issue({ id: visitor.id })}`);
  const tokens = strapi.service('admin::api-token') as { create(token: object): Promise<{ id: number; accessKey: string }> };
  for (const type of ['read-only', 'full-access', 'custom']) {
    const own = { permissions: ['api::article.article.find'] };
    const made = await tokens.create({
      name: type,
      type: 'custom',
      kind: 'content-api',
      lifespan: null,
      description: '',
      ...own,
    });
    secrets.set(`apiToken ${made.id}`, `Bearer ${made.accessKey}`);
    const row = await strapi.db.query('admin::api-token-permission').create({ data: { action: `${CONTACT}.find` } });
    await strapi.db
      .query('admin::api-token')
      .update({ where: { id: made.id }, data: { type, permissions: { connect: [row.id] } } });
  }
  const assistant = await as(running, boss).post('/admin/admin-tokens', {
    name: 'assistant',
    description: '',
    lifespan: null,
    adminPermissions: [],
  });
  const { id, accessKey } = (assistant.body as { data: { id: number; accessKey: string } }).data;
  secrets.set(`adminToken ${id}`, `Bearer ${accessKey}`);
  await strapi.db.query('admin::transfer-token').create({ data: { name: 'push', description: '', accessKey: 'no key' } });
  await new Promise((resolve) => setTimeout(resolve, 1300));
});
afterAll(() => running.stop());

test.each(['form', 'type'])('whoever is said to read a %s does, and nobody else', async (kind) => {
  const source = kind === 'form' ? form : CONTACT;
  const readers = await asked(source);
  const really: [string, boolean][] = [];
  for (const reader of readers) really.push([nameOf(reader), await reallyReads(source, reader)]);
  expect(really).toEqual(readers.map((reader) => [nameOf(reader), reader.reads]));
  expect(readers.filter(({ reads }) => reads).map(({ name }) => name)).toEqual(['Named Example', 'Some Example']);
  const kinds = new Set(readers.map((reader) => reader.kind));
  expect([...kinds].sort()).toEqual(['adminToken', 'apiToken', 'person', 'public', 'transferToken', 'visitors']);
  expect(readers.filter((one) => !['public', 'transferToken'].includes(one.kind)).every((one) => secrets.has(nameOf(one)))).toBe(
    // Strapi's own two tokens, whose keys nobody was shown, are there besides.
    readers.filter(({ kind: what }) => what === 'apiToken').length === 3,
  );
});

test.each(['form', 'type'])('each with its reason, for a %s', async (kind) => {
  const source = kind === 'form' ? form : CONTACT;
  const readers = await asked(source);
  const because = (name: string) => of(readers, people[name] as AdminPerson)?.because;
  expect(Object.fromEntries(Object.keys(people).map((name) => [name, because(name)]))).toEqual({
    Named: 'named',
    Some: 'named',
    Ended: 'ended',
    Off: 'inactive',
    Nobody: 'notNamed',
    NoPages: 'noPages',
    Forged: 'forged',
    Removed: 'notNamed',
  });
  expect(of(readers, people.Some as AdminPerson)?.fields).toEqual([kind === 'form' ? 'What happened' : 'Message']);
  expect(of(readers, boss)).toMatchObject({ reads: false, because: 'notNamed', mayName: true });
  expect(of(readers, people.Named as AdminPerson)).toMatchObject({ mayName: false, givenBy: expect.stringContaining('Boss') });
  const others = readers.filter(({ kind: what }) => what !== 'person').map((one) => one.because);
  const closed = kind === 'form' ? 'noAddress' : 'closed';
  expect(new Set(others)).toEqual(new Set([closed, 'notAPerson', 'sealed']));
});

test('the whole site is one list of the same, for those alone who may name readers', async () => {
  const { body } = await as(running, boss).get('/form-guard/who-can-read').expect(200);
  const { data } = body as { data: WhoCanRead[] };
  expect(data.map(({ formOrType, submissions }) => [formOrType, submissions])).toEqual([
    [form, 1],
    [CONTACT, 1],
  ]);
  for (const one of data) expect(one.readers).toEqual(await asked(one.formOrType));
  expect(JSON.stringify(data)).not.toContain(mark);
  await as(running, people.Nobody as AdminPerson)
    .get('/form-guard/who-can-read')
    .expect(403);
  await as(running, people.Named as AdminPerson)
    .get(`/form-guard/who-can-read/${form}`)
    .expect(403);
  await running.http.get('/form-guard/who-can-read').expect(401);
});

/** The last: the record is changed for good. */
test('after the record was changed nobody reads, and everybody who would says why', async () => {
  const table = () => running.strapi.db.connection('form_guard_audit');
  const named = { ...((await table().where({ event: 'form.created' }).first()) as { id: number }) };
  await table().where({ id: named.id }).update({ actor_name: 'Somebody else' });
  const { chain } = (await as(running, boss).get('/form-guard/audit').expect(200)).body as { chain: { isShut: boolean } };
  expect(chain.isShut).toBe(true);
  for (const source of [form, CONTACT]) {
    const { body } = await as(running, boss).get(`/form-guard/who-can-read/${source}`).expect(200);
    const { isShut, readers } = (body as { data: WhoCanRead }).data;
    expect([isShut, readers.filter(({ reads }) => reads)]).toEqual([true, []]);
    const Named = people.Named as AdminPerson;
    expect(of(readers, Named)).toMatchObject({ reads: false, because: 'shut', fields: null });
    expect(await reallyReads(source, of(readers, Named) as PossibleReader)).toBe(false);
    expect((await as(running, boss).get(`/form-guard/readers/${source}`).expect(200)).body).toMatchObject({ isShut: true });
  }
});
