/**
 * From where somebody came stands in a table of its own: an entry holds a salted digest of it. What is cut from there is no break; what
 * is changed there is one.
 */
import { BEGINNING, markedText } from '../../server/src/audit/chain';
import { examineRecord, forgetAddresses } from '../../server/src/audit';
import { command } from '../helpers/command';
import { adminPerson, as, COMPLAINT, readsForm, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

const HOME = '203.0.113.77';
let running: Running;
let boss: AdminPerson;
let naima: AdminPerson;
let form: string;
let recordId: string;

type Row = Record<string, unknown> & { id: number; seq: number };
const table = (name: string) => running.strapi.db.connection(`form_guard_${name}`);
const addresses = (): Promise<Row[]> => table('audit_addresses').orderBy('seq') as unknown as Promise<Row[]>;
const opened = (): Promise<Row[]> =>
  table('audit').where({ event: 'submission.opened' }).orderBy('seq') as unknown as Promise<Row[]>;
const open = () => as(running, naima).post(`/form-guard/inbox/${form}/${recordId}/open`).set('X-Forwarded-For', HOME);
const sentences = async (): Promise<string[]> =>
  (
    (await as(running, naima).get(`/form-guard/inbox/${form}/${recordId}/history`).expect(200)).body as {
      data: { sentence: string }[];
    }
  ).data.map(({ sentence }) => sentence);
const shown = async () =>
  (await as(running, boss).get('/form-guard/audit?pageSize=100').expect(200)).body as {
    data: { seq: number; event: string; sentence: string; isWritten: boolean }[];
    chain: { intact: boolean };
  };
const sentenceOf = async (seq: unknown): Promise<string> =>
  (await shown()).data.find((entry) => entry.seq === Number(seq))?.sentence ?? '';
const broken = async (): Promise<string> => (await examineRecord(running.strapi)).broken;

beforeAll(async () => {
  running = await startStrapi();
  running.strapi.server.app.proxy = true;
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  naima = await adminPerson(running.strapi, 'Naima');
  const made = await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201);
  form = (made.body as { data: { id: string } }).data.id;
  await readsForm(running, boss, form, [naima]);
  const { body } = await running.http
    .post('/api/form-guard/forms/police-complaint/submissions')
    .send({ name: 'A', email: 'a@example.org', message: 'b' })
    .expect(201);
  recordId = (body as { data: { reference: string } }).data.reference.replaceAll('-', '');
});
afterAll(() => running.stop());

test('the chain holds no address, and the pages show it as before', async () => {
  await open().expect(200);
  await open().expect(200);
  await as(running, naima)
    .post(`/form-guard/inbox/${form}/search`, { field: 'email', value: 'a@example.org' })
    .set('X-Forwarded-For', HOME)
    .expect(200);
  await as(running, boss).get('/form-guard/audit').expect(200);
  const entries = (await table('audit').select('*')) as Row[];
  expect(JSON.stringify(entries)).not.toContain(HOME);
  const rows = await addresses();
  expect(rows.map(({ address }) => address)).toEqual([HOME, HOME, HOME]);
  // Each with a salt of its own, so that two of the same do not look alike.
  expect(new Set(rows.map(({ salt }) => salt)).size).toBe(3);
  for (const { salt } of rows) expect(String(salt)).toMatch(/^[0-9a-f]{64}$/);
  const digests = (await opened()).map(({ details }) => JSON.parse(String(details)) as { from: unknown });
  for (const { from } of digests) expect(from).toEqual({ digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  expect(digests[0]?.from).not.toEqual(digests[1]?.from);
  const { data, chain } = await shown();
  expect(chain.intact).toBe(true);
  for (const event of ['submission.opened', 'submission.searched'])
    expect(data.find((entry) => entry.event === event)).toMatchObject({
      sentence: expect.stringContaining(`from ${HOME}.`) as string,
      isWritten: true,
    });
  expect(await sentences()).toEqual(expect.arrayContaining([expect.stringContaining(`from ${HOME}.`)]));
});

test.each<[string, (row: Row, other: Row) => object]>([
  ['another address', () => ({ address: '198.51.100.9' })],
  ['another salt', () => ({ salt: 'ab'.repeat(32) })],
  ['the row of another entry', (_row, { salt, address }) => ({ salt, address })],
  ['half of it', () => ({ address: null })],
])('%s in its place is a break, and the door is shut until it is as it was', async (_what, change) => {
  const entries = await opened();
  const [row, other] = await addresses();
  if (!row || !other) throw new Error('There are no addresses');
  expect(Number(row.seq)).toBe(Number(entries[0]?.seq));
  await table('audit_addresses').where({ id: row.id }).update(change(row, other));
  expect(await broken()).toBe(String(row.seq));
  const { data, chain } = await shown();
  expect([chain.intact, data.find(({ seq }) => seq === Number(row.seq))?.isWritten]).toEqual([false, false]);
  const refused = await open();
  expect([refused.status, refused.text.includes('RECORD_BROKEN')]).toEqual([403, true]);
  await table('audit_addresses').where({ id: row.id }).update(row);
  expect(await broken()).toBe('');
  await open().expect(200);
});

test('what is cut is no break, and is shown as removed', async () => {
  const [row] = await addresses();
  await table('audit_addresses').where({ id: row?.id }).delete();
  expect([await broken(), (await shown()).chain.intact]).toEqual(['', true]);
  expect(await sentenceOf(row?.seq)).toContain('from an address that was removed.');
  await open().expect(200);
});

test('an entry and its address are there together or not at all', async () => {
  const before = [(await opened()).length, (await addresses()).length];
  const { seq } = (await table('audit_head').first()) as Row;
  // A row under a number that was not given yet keeps nobody from being recorded.
  await table('audit_addresses').insert({ seq: Number(seq) + 1, salt: 'x', address: 'y' });
  await open().expect(200);
  expect([(await opened()).length, (await addresses()).length]).toEqual(before.map((count) => Number(count) + 1));
  expect([await broken(), (await addresses()).at(-1)?.address]).toEqual(['', HOME]);
  await running.strapi.db.connection.schema.renameTable('form_guard_audit_addresses', 'form_guard_audit_addresses_away');
  const failed = await open();
  await running.strapi.db.connection.schema.renameTable('form_guard_audit_addresses_away', 'form_guard_audit_addresses');
  expect([failed.status, failed.text.includes('a@example.org')]).toEqual([500, false]);
  expect((await opened()).length).toBe(Number(before[0]) + 1);
});

test('an entry from before, with its address inside, is as it was written', async () => {
  // Frozen: the text over which the marks of version 0.1 were made.
  const text = markedText({
    previous: BEGINNING,
    seq: 7,
    at: '2026-11-23T10:00:00.000Z',
    event: 'submission.opened',
    actorKind: 'admin',
    actorId: '1',
    actorName: 'A B',
    formOrType: 'form:x',
    recordId: 'r',
    details: '{"fields":["name"],"all":false,"from":"203.0.113.77"}',
    lists: null,
  });
  expect(text).toBe(
    String.raw`["form-guard audit",7,"2026-11-23T10:00:00.000Z","submission.opened","admin","1","A B","form:x","r","{\"fields\":[\"name\"],\"all\":false,\"from\":\"203.0.113.77\"}"]`,
  );
  const { vaultOf } = await import('../../server/src/vault');
  const [head] = (await table('audit_head')) as Row[];
  const newest = (await table('audit').where({ seq: head?.seq }).first()) as Row;
  const { id: _id, ...old } = { ...newest, details: '{"fields":["name"],"all":false,"from":"203.0.113.99"}' } as Row;
  const mark = await vaultOf(running.strapi).mark(
    'form-guard:audit',
    markedText({
      previous: String(old.previous),
      seq: old.seq,
      at: String(old.at),
      event: String(old.event),
      actorKind: String(old.actor_kind),
      actorId: old.actor_id as string | null,
      actorName: old.actor_name as string | null,
      formOrType: old.form_or_type as string | null,
      recordId: old.record_id as string | null,
      details: String(old.details),
      lists: old.lists as string | null,
    }),
  );
  await table('audit').where({ id: newest.id }).update({ details: old.details, mark });
  await table('audit_addresses').where({ seq: head?.seq }).delete();
  const { isWritten, sentence } = (await shown()).data.find(({ seq }) => seq === Number(head?.seq)) ?? {};
  expect([isWritten, sentence?.includes('from 203.0.113.99.')]).toEqual([true, true]);
  await table('audit').where({ id: newest.id }).update({ details: newest.details, mark: newest.mark });
  expect(await broken()).toBe('');
});

test('all from before a day are removed at once, on record; what was done stays', async () => {
  const old = (await addresses())[0] as Row;
  expect(await forgetAddresses(running.strapi, '2026-01-01')).toBe(0);
  // An address that no entry is about any more goes as well.
  await table('audit_addresses').insert({ seq: 2_000_000_000, salt: 'x', address: HOME });
  expect(await forgetAddresses(running.strapi, '2026-01-01')).toBe(1);
  expect((await addresses())[0]).toMatchObject({ seq: old.seq, address: HOME });
  const count = (await addresses()).length;
  expect(await forgetAddresses(running.strapi, '2999-01-01')).toBe(count);
  expect([(await addresses()).length, await broken(), (await shown()).chain.intact]).toEqual([0, '', true]);
  expect((await shown()).data[0]?.sentence).toContain('from which people came before 2999-01-01');
  expect(await sentenceOf(old.seq)).toContain('from an address that was removed.');
  await open().expect(200);
});

test('on the command line too', async () => {
  for (const args of [[], ['--before'], ['--before', 'yesterday'], ['--before', '2026-02-30'], ['2026-01-01']])
    expect([args, (await command(['audit', 'forget-addresses', ...args])).code]).toEqual([args, 2]);
  const none = await command(['audit', 'forget-addresses', '--before', '2026-01-01']);
  expect([none.code, none.out]).toEqual([0, 'There is no address in the record from before 2026-01-01.\n']);
  const { code, out } = await command(['audit', 'forget-addresses', '--before', '2999-01-01']);
  expect([code, out]).toEqual([0, 'Removed, and on record: 1 address from before 2999-01-01.\n']);
  expect([(await addresses()).length, await broken()]).toEqual([0, '']);
  await open().expect(200);
});
