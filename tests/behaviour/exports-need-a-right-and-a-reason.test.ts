/**
 * Submissions leave the system as a table only for a named reader who has the right to export and says why; the act and each
 * submission in it stand on record before a value is opened, and no cell runs as a formula.
 */
import type { Readable } from 'node:stream';
import { strFromU8, unzipSync } from 'fflate';
import { vaultOf } from '../../server/src/vault';
import type { AuditEntry, History } from '../../server/src/contract';
import { canary, wholeDatabase } from '../helpers/canary';
import { adminPerson, as, COMPLAINT, CONTACT, readsForm, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

jest.setTimeout(120_000);
const mark = canary('export');
const REASON = 'The ombudsman asked for them';
let running: Running;
let boss: AdminPerson;
let may: AdminPerson;
let some: AdminPerson;
let mayNot: AdminPerson;
let form: string;
const messages = ['=cmd|calc', '+1', '-2+3', '@SUM(A1)', '\t=x', ' =1+1', '-5', 'line one\r\nline "two", three', 'ça va ?'];

const exported = (who: AdminPerson, body: object = { reason: REASON }, source = form) =>
  as(running, who).post(`/form-guard/inbox/${source}/export`, body);
/** RFC 4180, as a spreadsheet program reads it. */
const cellsIn = (csv: string): string[][] =>
  csv
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .slice(0, -1)
    .map((line) => [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map((match) => (match[1] ?? '').replace(/""/g, '"')));
const audit = async (): Promise<AuditEntry[]> =>
  ((await as(running, boss).get('/form-guard/audit?pageSize=100')).body as { data: AuditEntry[] }).data;

beforeAll(async () => {
  running = await startStrapi();
  const { strapi } = running;
  boss = await adminPerson(strapi, 'Boss', 'strapi-super-admin');
  [may, mayNot] = [await adminPerson(strapi, 'May'), await adminPerson(strapi, 'MayNot', 'strapi-author')];
  some = await adminPerson(strapi, 'Some');
  const role = await strapi.db.query('admin::role').findOne({ where: { code: 'strapi-editor' } });
  await strapi.db
    .query('admin::permission')
    .create({ data: { action: 'plugin::form-guard.submissions.export', properties: {}, conditions: [], role: role.id } });
  form = ((await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201)).body as { data: { id: string } }).data.id;
  await readsForm(running, boss, form, [may, mayNot]);
  await readsForm(running, boss, form, [some], ['email']);
  await readsForm(running, boss, CONTACT, [may]);
  for (const message of messages) {
    const sent = { name: mark, email: `${mark}@example.org`, message, age: 41 };
    await running.http.post('/api/form-guard/forms/police-complaint/submissions').send(sent).expect(201);
  }
  const contacts = strapi.documents(CONTACT as never) as unknown as { create(p: object): Promise<unknown> };
  const data = { name: mark, email: 'x@example.org', subject: 'complaint', message: '=1', children: [{ street: mark }] };
  await contacts.create({ data });
});
afterAll(() => running.stop());

test('all that a reader may read is a table, newest first', async () => {
  const answer = await exported(may).expect(200);
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="submissions.csv"',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  const [head, ...lines] = cellsIn(answer.text);
  expect(head).toEqual(['Reference', 'Received', 'State', 'Your name', 'Your e-mail', 'Your age', 'What happened']);
  expect(lines).toHaveLength(messages.length);
  for (const line of lines) expect(line.slice(2, 6)).toEqual(['new', mark, `${mark}@example.org`, '41']);
});

test('no cell begins as a formula does, and every other is as it was written', async () => {
  const [, ...lines] = cellsIn((await exported(may)).text);
  expect(lines.map((line) => line.at(-1)).reverse()).toEqual([
    "'=cmd|calc",
    "'+1",
    "'-2+3",
    "'@SUM(A1)",
    // Spaces around an answer are not kept.
    "'=x",
    "'=1+1",
    '-5',
    'line one\nline "two", three',
    'ça va ?',
  ]);
});

test('the act stands on record with its reason, and in the history of each submission', async () => {
  const before = (await audit()).length;
  const { text } = await exported(may, { reason: `  ${REASON} `, filter: { state: 'new' } }).expect(200);
  const entries = (await audit()).slice(0, -before);
  expect(entries.at(-1)).toMatchObject({ event: 'submissions.exported', actor: { name: 'may@example.org (May Example)' } });
  expect(entries.at(-1)?.sentence).toMatch(
    new RegExp(`^Exported ${messages.length} submissions \\(all answers\\) from .*\\. The reason given: ${REASON}$`),
  );
  expect(entries.slice(0, -1).map(({ event }) => event)).toEqual(messages.map(() => 'submission.exported'));
  const reference = cellsIn(text)[1]?.[0]?.replace(/-/g, '') ?? '';
  const history = await as(running, may).get(`/form-guard/inbox/${form}/${reference}/history`).expect(200);
  expect((history.body as { data: History }).data[0]).toMatchObject({ event: 'submission.exported' });
  expect(await wholeDatabase(running.strapi)).not.toContain(mark);
});

test('a selection is what was picked, and its number is told beforehand', async () => {
  const [, first, second] = cellsIn((await exported(may)).text);
  const recordIds = [second?.[0] ?? '', (first?.[0] ?? '').toLowerCase()];
  const counted = await as(running, may).post(`/form-guard/inbox/${form}/export/count`, { recordIds }).expect(200);
  expect(counted.body).toEqual({ data: { submissions: 2 } });
  const { text } = await exported(may, { reason: REASON, recordIds });
  expect(cellsIn(text).slice(1)).toEqual([first, second]);
  await exported(may, { reason: REASON, recordIds: ['7777777777777777'] }).expect(403);
  await exported(may, { reason: REASON, filter: { state: 'done' } }).expect(403);
});

/** The bytes of an answer that is no text. */
const bytesOf = async (who: AdminPerson, body: object): Promise<{ headers: Record<string, string>; bytes: Uint8Array }> => {
  const call = exported(who, body).buffer(true);
  call.parse((answer, done) => {
    const pieces: Buffer[] = [];
    const response = answer as unknown as Readable;
    response.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => done(null, Buffer.concat(pieces)));
  });
  const { headers, body: bytes } = await call.expect(200);
  return { headers: headers as Record<string, string>, bytes: new Uint8Array(bytes as Buffer) };
};

test('a workbook has every answer as text or number, none as a formula', async () => {
  const { headers, bytes } = await bytesOf(may, { reason: REASON, format: 'xlsx' });
  expect(headers).toMatchObject({
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'content-disposition': 'attachment; filename="submissions.xlsx"',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  const files = unzipSync(bytes);
  const [sheet = '', texts = ''] = ['xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml'].map((name) =>
    strFromU8(files[name] ?? new Uint8Array()),
  );
  expect(sheet.match(/<row /g)).toHaveLength(messages.length + 1);
  expect(sheet).not.toMatch(/<f[ >]/);
  expect(texts).toContain('<t>=cmd|calc</t>');
  expect(texts).toContain(`<t>${mark}</t>`);
  expect((await audit())[messages.length]).toMatchObject({ event: 'submissions.exported' });
});

test('more than a workbook holds is refused before anything is on record, and goes as CSV', async () => {
  const many = jest.spyOn(vaultOf(running.strapi), 'ids').mockResolvedValue(Array.from({ length: 5001 }, () => 'x'));
  const before = (await audit()).length;
  const answer = await exported(may, { reason: REASON, format: 'xlsx' }).expect(403);
  many.mockRestore();
  expect((answer.body as { error: object }).error).toMatchObject({ details: { code: 'WORKBOOK_TOO_LARGE' } });
  expect((await audit()).length).toBe(before);
});

test('the separator is the one asked for, or what the language of the person expects', async () => {
  expect((await exported(may, { reason: REASON, separator: ';' })).text).toContain('"Reference";"Received"');
  const people = running.strapi.db.query('admin::user');
  await people.update({ where: { id: may.id }, data: { preferedLanguage: 'fr' } });
  expect((await exported(may)).text).toContain('";"');
  await people.update({ where: { id: may.id }, data: { preferedLanguage: 'en' } });
});

test('what a search finds is taken out whole, not the page of it that is shown', async () => {
  const search = { field: 'email', value: `${mark}@example.org` };
  const page = await as(running, may)
    .post(`/form-guard/inbox/${form}/search`, { ...search, pageSize: 2 })
    .expect(200);
  expect((page.body as { data: object[] }).data).toHaveLength(2);
  const counted = await as(running, may).post(`/form-guard/inbox/${form}/export/count`, { search }).expect(200);
  expect(counted.body).toEqual({ data: { submissions: messages.length } });
  expect(cellsIn((await exported(may, { reason: REASON, search })).text)).toHaveLength(messages.length + 1);
  await exported(may, { reason: REASON, search: { ...search, value: 'nobody@example.org' } }).expect(403);
  const refused = await exported(may, { reason: REASON, search: { field: 'message', value: mark } }).expect(403);
  expect((refused.body as { error: object }).error).toMatchObject({ details: { code: 'NOT_SEARCHABLE' } });
  // Somebody who may see the address alone asks about nothing else.
  await exported(some, { reason: REASON, search: { field: 'name', value: mark } }).expect(403);
});

test('a reader of some answers gets those', async () => {
  const [head, line] = cellsIn((await exported(some).expect(200)).text);
  expect([head, line?.slice(3)]).toEqual([['Reference', 'Received', 'State', 'Your e-mail'], [`${mark}@example.org`]]);
});

test('of a wrapped type, with what is plain and what is nested', async () => {
  const [head, line] = cellsIn((await exported(may, { reason: REASON }, CONTACT).expect(200)).text);
  const cell = (label: string) => line?.[head?.indexOf(label) ?? -1];
  expect([cell('Subject'), cell('Name'), cell('Message')]).toEqual(['complaint', mark, "'=1"]);
  expect(cell('Children')).toContain(`"street":"${mark}"`);
});

test.each([
  ['no reason', {}],
  ['an empty one', { reason: '     ' }],
  ['three letters', { reason: 'abc' }],
  ['a number', { reason: 12345 }],
  ['too long a one', { reason: 'x'.repeat(501) }],
  ['a state that does not exist', { reason: REASON, filter: { state: 'solved' } }],
  ['a format that does not exist', { reason: REASON, format: 'exe' }],
  ['a separator that does not exist', { reason: REASON, separator: '=' }],
  ['another option', { reason: REASON, columns: ['name'] }],
  ['a search for nothing', { reason: REASON, search: { field: 'email', value: '' } }],
  ['nothing picked', { reason: REASON, recordIds: [] }],
  ['too many picked', { reason: REASON, recordIds: Array.from({ length: 1001 }, () => 'x') }],
])('refused, with nothing on record as exported: %s', async (_what, body) => {
  const before = (await audit()).length;
  const answer = await exported(may, body).expect(400);
  expect(answer.text).not.toContain(mark);
  expect((await audit()).length).toBe(before);
});

test('neither a reader without the right, nor the right without being a reader, gets a line', async () => {
  const before = (await audit()).length;
  for (const who of [mayNot, boss]) {
    const answer = await exported(who).expect(403);
    expect(answer.text).not.toContain(mark);
    await as(running, who).post(`/form-guard/inbox/${form}/export/count`, {}).expect(403);
  }
  await running.http.post(`/form-guard/inbox/${form}/export`).send({ reason: REASON }).expect(401);
  expect((await audit()).length).toBe(before);
});

test('one that does not open is named as such, and keeps no other back', async () => {
  const [row] = (await running.strapi.db.connection('form_guard_vault').where({ form_or_type: form }).orderBy('id').limit(1)) as {
    id: number;
    sealed: string;
  }[];
  const table = running.strapi.db.connection('form_guard_vault').where({ id: row?.id });
  await table.clone().update({ sealed: row?.sealed.slice(0, -4) });
  const [, ...lines] = cellsIn((await exported(may).expect(200)).text);
  expect(lines).toHaveLength(messages.length);
  expect(lines.at(-1)?.slice(3)).toEqual(Array.from({ length: 4 }, () => '[does not open]'));
  await table.clone().update({ sealed: row?.sealed });
});

describe('A table ends in the middle, while its lines are sent, with', () => {
  const users = () => running.strapi.db.connection('admin_users');
  const rights = () => running.strapi.db.query('admin::permission');
  const removed = async ({ id }: AdminPerson): Promise<void> => {
    const { body } = await as(running, boss).get(`/form-guard/readers/${form}`);
    const grant = (body as { data: { id: string; person: { id: number } }[] }).data.find(({ person }) => person.id === id);
    await as(running, boss).delete(`/form-guard/readers/${form}/${grant?.id}`).expect(200);
  };
  const ways: [string, (person: AdminPerson) => Promise<unknown>][] = [
    ['the naming', removed],
    ['the account, switched off', (p) => as(running, boss).put(`/admin/users/${p.id}`, { isActive: false }).expect(200)],
    ['the account, blocked', (p) => users().where({ id: p.id }).update({ blocked: true })],
    ['the password, changed', (p) => users().where({ id: p.id }).update({ password: 'made up' })],
    [
      'the role, taken',
      (p) =>
        as(running, boss)
          .put(`/admin/users/${p.id}`, { roles: [authors] })
          .expect(200),
    ],
    // The last: nobody has the right afterwards.
    ['the right', () => rights().deleteMany({ where: { action: 'plugin::form-guard.submissions.export' } })],
  ];
  let authors: number;
  beforeAll(async () => {
    authors = ((await running.strapi.db.query('admin::role').findOne({ where: { code: 'strapi-author' } })) as { id: number }).id;
    // More than lies in the buffers of a connection.
    for (let number = 0; number < 300; number += 1) {
      const values = { name: mark, email: 'x@example.org', message: 'x'.repeat(100_000) };
      await vaultOf(running.strapi).store({ formOrType: form, values, search: [] });
    }
  });

  test.each(ways)('%s', async (what, end) => {
    const person = await adminPerson(running.strapi, what.replace(/\W/g, ''));
    await readsForm(running, boss, form, [person]);
    const call = exported(person).buffer(true);
    let lines = 0;
    call.parse((answer, done) => {
      const response = answer as unknown as Readable;
      let isEnded = false;
      response.on('data', (piece: Buffer) => {
        lines += piece.toString().split('\r\n').length - 1;
        // The first is that of the labels, which may leave before anything was opened.
        if (isEnded || lines < 2) return;
        isEnded = true;
        response.pause();
        void end(person).then(() => response.resume());
      });
      response.on('end', () => done(null, null));
    });
    await call.then(
      () => undefined,
      () => undefined,
    );
    expect(lines).toBeGreaterThan(1);
    expect(lines).toBeLessThan(300);
  });
});
