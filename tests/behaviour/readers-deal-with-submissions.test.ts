/**
 * Readers say how far a submission is, who deals with it and until when, and write notes to one another. All of it is on
 * record, notes are sealed with the rest, and nothing of it is for anybody else.
 */
import { vaultOf } from '../../server/src/vault';
import type { Disclosure, History, InboxPage, Note } from '../../server/src/contract';
import { canary, wholeDatabase } from '../helpers/canary';
import { command } from '../helpers/command';
import { adminPerson, as, COMPLAINT, CONTACT, readsForm, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

jest.setTimeout(120_000);
const mark = canary('note');
let running: Running;
let boss: AdminPerson;
let ana: AdminPerson;
let ben: AdminPerson;
let some: AdminPerson;
let stranger: AdminPerson;
let form: string;
let contact: string;
let references: string[];

const inbox = (query = '', source = form) => as(running, ana).get(`/form-guard/inbox/${source}${query}`);
const rowsOf = async (query = ''): Promise<string[]> =>
  ((await inbox(query).expect(200)).body as InboxPage).data.map(({ recordId }) => recordId);
const put = (recordId: string, body: object, who = ana) => as(running, who).put(`/form-guard/inbox/${form}/${recordId}`, body);
const opened = async (recordId: string, who = ana): Promise<Disclosure> =>
  ((await as(running, who).post(`/form-guard/inbox/${form}/${recordId}/open`).expect(200)).body as { data: Disclosure }).data;
const note = (recordId: string, text: unknown, who = ana, source = form) =>
  as(running, who).post(`/form-guard/inbox/${source}/${recordId}/notes`, { text });
const history = async (recordId: string): Promise<History> =>
  ((await as(running, ana).get(`/form-guard/inbox/${form}/${recordId}/history`).expect(200)).body as { data: History }).data;

beforeAll(async () => {
  running = await startStrapi();
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  [ana, ben, some, stranger] = [
    await adminPerson(running.strapi, 'Ana'),
    await adminPerson(running.strapi, 'Ben'),
    await adminPerson(running.strapi, 'Some'),
    await adminPerson(running.strapi, 'Stranger'),
  ];
  form = ((await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201)).body as { data: { id: string } }).data.id;
  await readsForm(running, boss, form, [ana, ben]);
  await readsForm(running, boss, form, [some], ['message']);
  await readsForm(running, boss, CONTACT, [ana]);
  references = [];
  for (let number = 0; number < 5; number += 1) {
    const sent = { name: `Sender ${number}`, email: `sender-${number}@example.org`, message: 'Hello' };
    await running.http.post('/api/form-guard/forms/police-complaint/submissions').send(sent).expect(201);
    references = await rowsOf();
  }
  const contacts = running.strapi.documents(CONTACT as never) as unknown as {
    create(p: object): Promise<{ documentId: string }>;
  };
  const data = { name: 'Sender', email: 'sender@example.org', subject: 'complaint', message: 'Hello' };
  contact = (await contacts.create({ data })).documentId;
});
afterAll(() => running.stop());

test('a submission is given to somebody, with a day and a state, on record', async () => {
  const [first = ''] = references;
  const { body } = await put(first, { state: 'open', assignedTo: ben.id, dueOn: '2026-12-24' }).expect(200);
  const row = { state: 'open', assignedTo: { id: ben.id, name: 'Ben Example' }, dueOn: '2026-12-24' };
  expect((body as { data: object }).data).toMatchObject({ recordId: first, ...row });
  expect(await opened(first)).toMatchObject({ ...row, colleagues: [{ name: 'Ana Example' }, { name: 'Ben Example' }, {}] });
  expect((await history(first)).map(({ sentence }) => sentence)).toEqual([
    expect.stringMatching(/^Opened a submission \(all answers\)/),
    'Set the day by which a submission is to be dealt with: Dec 24, 2026.',
    'Gave a submission to ben@example.org (Ben Example) to deal with.',
    'Set a submission to “In progress”.',
  ]);
  await put(first, { assignedTo: null, dueOn: null }).expect(200);
  expect(await opened(first)).toMatchObject({ assignedTo: null, dueOn: null, state: 'open' });
});

test('the list is filtered and put in order', async () => {
  const [a = '', b = '', c = '', d = '', e = ''] = references;
  await put(a, { state: 'new', assignedTo: ana.id, dueOn: '2020-01-02' });
  await put(b, { state: 'open', assignedTo: ben.id, dueOn: '2020-01-01' });
  await put(c, { state: 'done', assignedTo: ben.id, dueOn: '2020-01-03' });
  await put(d, { dueOn: '2999-01-01' });
  expect(await rowsOf('?order=oldest')).toEqual([e, d, c, b, a]);
  expect(await rowsOf('?order=due')).toEqual([b, a, c, d]);
  expect(await rowsOf('?due=overdue')).toEqual([b, a]);
  expect(await rowsOf('?due=overdue&state=done')).toEqual([c]);
  expect(await rowsOf('?assigned=me')).toEqual([a]);
  expect(await rowsOf('?assigned=nobody')).toEqual([d, e]);
  expect(await rowsOf(`?assigned=${ben.id}`)).toEqual([b, c]);
  expect(await rowsOf(`?assigned=${ben.id}&state=open`)).toEqual([b]);
  expect(await rowsOf('?pageSize=2&page=2')).toEqual([c, d]);
  expect(await opened(c)).toMatchObject({ newer: b, older: d });
  expect(await opened(a)).toMatchObject({ newer: null, older: b });
  expect(await opened(e)).toMatchObject({ newer: d, older: null });
});

test.each(['state=solved', 'assigned=everybody', 'assigned=-1', 'due=soon', 'order=random', 'state[]=new'])(
  'a filter that does not exist is refused: %s',
  async (query) => {
    expect((await inbox(`?${query}`).expect(400)).text).toContain('Nothing was looked up.');
  },
);

test('a reference finds its submission, however it is written, and no address holds it', async () => {
  const [first = ''] = references;
  const search = (value: string) =>
    as(running, ana).post(`/form-guard/inbox/${form}/search`, { field: 'form-guard:reference', value });
  const { reference } = await opened(first);
  for (const written of [reference, reference.toLowerCase(), ` ${first} `]) {
    expect(((await search(written).expect(200)).body as InboxPage).data.map(({ recordId }) => recordId)).toEqual([first]);
  }
  expect(((await search('7777 7777 7777 7777').expect(200)).body as InboxPage).data).toEqual([]);
});

test('notes are read by readers of all answers, and by nobody else', async () => {
  const [first = '', second = ''] = references;
  const { body } = await note(first, `  Called back. ${mark}  `).expect(200);
  expect((body as { data: Note[] }).data).toMatchObject([{ by: 'ana@example.org (Ana Example)', text: `Called back. ${mark}` }]);
  await note(first, 'And wrote a letter.', ben).expect(200);
  expect((await opened(first, ben)).notes?.map(({ text }) => text)).toEqual([`Called back. ${mark}`, 'And wrote a letter.']);
  expect((await opened(second)).notes).toEqual([]);
  expect(await opened(first, some)).toMatchObject({ notes: null, fields: [{ name: 'message' }] });
  expect(JSON.stringify(await opened(first, some))).not.toContain(mark);
  await note(first, 'x', some).expect(403);
  for (const who of [stranger, boss]) await note(first, 'x', who).expect(403);
  expect((await history(first))[1]?.sentence).not.toContain(mark);
  await note(contact, mark, ana, CONTACT).expect(200);
});

test('notes lie sealed: no table, log or record holds their words', async () => {
  expect(await wholeDatabase(running.strapi)).not.toContain(mark);
});

test('two notes at once are both there, and a change of the keys or of a value loses none', async () => {
  const [, , third = ''] = references;
  await Promise.all(Array.from({ length: 8 }, (_, number) => note(third, `Note ${number}`).expect(200)));
  await vaultOf(running.strapi).amend({ formOrType: form, recordId: third, values: { message: 'Amended' }, search: [] });
  const before = (await opened(third)).notes;
  expect(before?.map(({ text }) => text).sort()).toEqual(Array.from({ length: 8 }, (_, number) => `Note ${number}`));
  expect((await command(['keys', 'rotate', form], {})).code).toBe(0);
  expect(await opened(third)).toMatchObject({ notes: before });
  const values = (await opened(third)).fields;
  expect(values.find(({ name }) => name === 'message')?.value).toBe('Amended');
  expect(values.map(({ name }) => name).sort()).toEqual(['age', 'email', 'message', 'name']);
});

test('unprotect leaves a submission with notes where it is, and says so', async () => {
  const { out } = await command(['unprotect', CONTACT, '--confirm', CONTACT], {});
  expect(out).toContain('colleagues wrote notes to it');
  expect(await vaultOf(running.strapi).has(CONTACT, contact)).toBe(true);
});

test.each([
  ['an empty note', ' '],
  ['no text', undefined],
  ['a number', 7],
  ['a list', ['x']],
  ['too long a note', 'x'.repeat(5001)],
])('%s is refused, and nothing is written', async (_what, text) => {
  const [, , , fourth = ''] = references;
  await note(fourth, text).expect(400);
  expect((await opened(fourth)).notes).toEqual([]);
});

test.each([
  ['nothing', {}],
  ['a state that does not exist', { state: 'solved' }],
  ['a day that is none', { dueOn: '2026-13-01' }],
  ['a moment', { dueOn: '2026-12-01T00:00:00Z' }],
  ['a name', { assignedTo: 'Ben' }],
  ['something else', { receivedAt: '2020-01-01' }],
  ['what is sealed', { sealed: 'fg1.x.y' }],
])('a change of %s is refused, and nothing is changed', async (_what, body) => {
  const [, , , fourth = ''] = references;
  const before = await inbox();
  await put(fourth, body).expect(400);
  expect((await inbox()).body).toEqual(before.body);
});

test('only somebody who may read can be given a submission', async () => {
  const [first = ''] = references;
  for (const id of [stranger.id, boss.id, 99_999]) {
    const { body } = await put(first, { assignedTo: id, state: 'spam' }).expect(403);
    expect((body as { error: { details: object } }).error.details).toMatchObject({ code: 'NOT_A_READER' });
  }
  expect((await opened(first)).state).not.toBe('spam');
});

test.each(['open', 'history', 'notes', ''])('whoever is not named gets nothing: %s', async (what) => {
  const [first = ''] = references;
  const address = `/form-guard/inbox/${form}/${first}${what && '/'}${what}`;
  const method = { open: 'post', history: 'get', notes: 'post', '': 'put' }[what] as 'get';
  const body = { notes: { text: 'x' }, '': { state: 'spam' } }[what as 'notes'];
  for (const who of [stranger, boss]) {
    const answer = await as(running, who)[method](address, body).expect(403);
    expect(answer.text).not.toContain(mark);
  }
});
