/** Whoever can write to the database brings no removed reader back; and what happens at once is recorded in one order. */
import { adminPerson, as, COMPLAINT, readsForm, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';
import { IN_90_DAYS } from '../helpers/in-90-days';
import { record } from '../../server/src/audit';

let running: Running;
let boss: AdminPerson;
let naima: AdminPerson;
let oscar: AdminPerson;
let form: string;

const table = (name: string) => running.strapi.db.connection(`form_guard_${name}`);
type Row = Record<string, unknown> & { id: number };
const all = (name: string): Promise<Row[]> => table(name).orderBy('id') as unknown as Promise<Row[]>;
const put = async (name: string, row: Row): Promise<void> => void (await table(name).where({ id: row.id }).update(row));
/** Without what the start has written since. */
const putHead = async (head: Row): Promise<void> => {
  await table('audit')
    .where('seq', '>', head.seq as number)
    .delete();
  await put('audit_head', head);
};
const reads = async (person: AdminPerson): Promise<number> => (await as(running, person).get(`/form-guard/inbox/${form}`)).status;
const grants = async () =>
  (
    (await as(running, boss).get(`/form-guard/readers/${form}`).expect(200)).body as {
      data: { id: string; status: string; person: { id: number } }[];
    }
  ).data;
const statusOf = async (id: string): Promise<string | undefined> => (await grants()).find((grant) => grant.id === id)?.status;
const remove = async (id: string): Promise<void> => {
  await as(running, boss).delete(`/form-guard/readers/${form}/${id}`).expect(200);
};
/** Oscar is named and removed. @returns his grant, and its row as it was while he could read */
const namedAndRemoved = async (): Promise<{ id: string; before: Row }> => {
  await readsForm(running, boss, form, [oscar]);
  const before = (await all('grants')).at(-1) as Row;
  const id = before.grant_id as string;
  await remove(id);
  return { id, before };
};
const removal = async (id: string): Promise<Row> =>
  (await table('audit').where({ event: 'reader.removed', record_id: id }).first()) as Row;

beforeAll(async () => {
  running = await startStrapi();
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  naima = await adminPerson(running.strapi, 'Naima');
  oscar = await adminPerson(running.strapi, 'Oscar');
  const made = await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201);
  form = (made.body as { data: { id: string } }).data.id;
  await readsForm(running, boss, form, [naima]);
});
afterAll(() => running.stop());

describe('A removed reader does not come back', () => {
  test.each<[string, (entry: Row) => Promise<unknown>]>([
    ['is left as it is', async () => undefined],
    ['is about another grant', (entry) => put('audit', { ...entry, record_id: 'another' })],
    ['is about another form', (entry) => put('audit', { ...entry, form_or_type: 'form:another' })],
    ['is another event', (entry) => put('audit', { ...entry, event: 'form.changed' })],
    ['is deleted', (entry) => table('audit').where({ id: entry.id }).delete()],
  ])('when the row is put back and the entry of the removal %s', async (_how, change) => {
    const { id, before } = await namedAndRemoved();
    const [after, entry] = [(await all('grants')).at(-1) as Row, await removal(id)];
    await put('grants', before);
    await change(entry);
    expect([await reads(oscar), await statusOf(id)]).toEqual([403, 'suspended']);
    await table('audit').where({ id: entry.id }).delete();
    await table('audit').insert(entry);
    await put('grants', after);
    expect([await reads(oscar), await statusOf(id), await reads(naima)]).toEqual([403, 'removed', 200]);
  });

  test('when the list of the form is put back with it: then nobody there reads, until it is as it was', async () => {
    await readsForm(running, boss, form, [oscar]);
    const before = { grants: await all('grants'), lists: await all('audit_lists') };
    const id = before.grants.at(-1)?.grant_id as string;
    await remove(id);
    const after = { grants: await all('grants'), lists: await all('audit_lists') };
    for (const row of before.grants) await put('grants', row);
    for (const row of before.lists) await put('audit_lists', row);
    expect([await reads(oscar), await reads(naima)]).toEqual([403, 403]);
    await as(running, boss)
      .post(`/form-guard/readers/${form}`, { people: [oscar.id], until: IN_90_DAYS, fields: null })
      .expect(403);
    for (const row of after.grants) await put('grants', row);
    for (const row of after.lists) await put('audit_lists', row);
    expect([await reads(oscar), await reads(naima)]).toEqual([403, 200]);
  });

  test('when the lists are deleted and the head forgets its seal, also at the next start', async () => {
    const { id, before } = await namedAndRemoved();
    const [after, lists, [head]] = [(await all('grants')).at(-1) as Row, await all('audit_lists'), await all('audit_head')];
    await put('grants', before);
    await table('audit_lists').delete();
    await table('audit_head').update({ lists: null, seal: null });
    running = await running.again();
    expect([await reads(oscar), await reads(naima)]).toEqual([403, 403]);
    expect(await statusOf(id)).toBe('suspended');
    await put('grants', after);
    await table('audit_lists').insert(lists);
    await putHead(head as Row);
    expect([await reads(oscar), await reads(naima)]).toEqual([403, 200]);
  });

  test('and removing a naming that is suspended removes it', async () => {
    const { id, before } = await namedAndRemoved();
    await put('grants', before);
    expect(await statusOf(id)).toBe('suspended');
    await remove(id);
    expect([await statusOf(id), await reads(oscar)]).toEqual(['removed', 403]);
  });
});

test('a reader whose entry was changed is suspended, alone', async () => {
  await readsForm(running, boss, form, [oscar]);
  const id = (await all('grants')).at(-1)?.grant_id as string;
  const entry = (await all('audit')).find((row) => row.event === 'reader.named' && String(row.details).includes(id)) as Row;
  await put('audit', { ...entry, actor_name: 'Somebody Else' });
  expect([await statusOf(id), await reads(oscar), await reads(naima)]).toEqual(['suspended', 403, 200]);
  await put('audit', entry);
  expect([await statusOf(id), await reads(oscar)]).toEqual(['current', 200]);
  await remove(id);
});

test('a site of version 0.1 keeps its readers, and those who were removed stay removed', async () => {
  const { id, before } = await namedAndRemoved();
  const [after, lists, entries, [head]] = [
    (await all('grants')).at(-1) as Row,
    await all('audit_lists'),
    await all('audit'),
    await all('audit_head'),
  ];
  // As 0.1 wrote them: no lists, and the naming is in the details alone.
  const { markedText, BEGINNING } = await import('../../server/src/audit/chain');
  const { vaultOf } = await import('../../server/src/vault');
  let previous = BEGINNING;
  for (const row of entries) {
    const record_id = row.event === 'reader.named' ? null : row.record_id;
    const text = markedText({
      previous,
      seq: row.seq as number,
      at: row.at as string,
      event: row.event as string,
      actorKind: row.actor_kind as string,
      actorId: row.actor_id as string | null,
      actorName: row.actor_name as string | null,
      formOrType: row.form_or_type as string | null,
      recordId: record_id as string | null,
      details: row.details as string,
      lists: null,
    });
    const mark = await vaultOf(running.strapi).mark('form-guard:audit', text);
    await put('audit', { ...row, record_id, previous, mark, lists: null });
    previous = mark;
  }
  await table('audit_head').update({ mark: previous, lists: null, seal: null });
  await table('audit_lists').delete();
  await put('grants', before);
  running = await running.again();
  expect([await reads(oscar), await reads(naima), await statusOf(id)]).toEqual([403, 200, 'suspended']);
  for (const row of entries) await put('audit', row);
  await putHead(head as Row);
  await table('audit_lists').delete();
  await table('audit_lists').insert(lists);
  await put('grants', after);
  // The one that runs has seen what is not there any more.
  running = await running.again();
  expect(await reads(naima)).toBe(200);
});

test('records that are written at once in one transaction have numbers of their own, in one chain', async () => {
  const write = (title: string) =>
    record(running.strapi, { event: 'form.created', actor: { kind: 'system', id: null, name: null }, details: { title } });
  const written = await running.strapi.db.transaction(() => Promise.all(['a', 'b', 'c', 'd', 'e'].map(write)));
  const seqs = (written as { seq: number }[]).map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, index) => Number(seqs[0]) + index));
  // One that fails keeps nobody else from being written.
  const some = await Promise.allSettled([write('f'), write(undefined as never), write('g')]);
  expect(some.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(2);
  const { body } = await as(running, boss).get('/form-guard/audit').expect(200);
  expect((body as { chain: object }).chain).toMatchObject({ intact: true, brokenAt: null });
});

// Triggers are written in another way on each kind of database; what is read back is the same.
const onSqlite = (process.env.TEST_DB_CLIENT ?? 'sqlite') === 'sqlite' ? test : test.skip;
onSqlite('what a trigger in the database takes back at once is not on record, so nothing is opened', async () => {
  const sent = await running.http
    .post('/api/form-guard/forms/' + COMPLAINT.slug)
    .send({ name: 'Ann', message: 'Hello', email: 'ann@example.org' });
  expect(sent.status).toBeLessThan(300);
  const { record_id: recordId } = (await table('vault').where({ form_or_type: form }).first()) as { record_id: string };
  const open = () => as(running, naima).post(`/form-guard/inbox/${form}/${recordId}/open`);
  const { connection } = running.strapi.db;
  await connection.raw(
    `CREATE TRIGGER forget AFTER INSERT ON form_guard_audit WHEN NEW.event = 'submission.opened' BEGIN DELETE FROM form_guard_audit WHERE id = NEW.id; END`,
  );
  await connection.raw(
    `CREATE TRIGGER turn_back AFTER UPDATE OF mark ON form_guard_audit_head WHEN NOT EXISTS (SELECT 1 FROM form_guard_audit WHERE seq = NEW.seq)
     BEGIN UPDATE form_guard_audit_head SET seq = OLD.seq - 1, mark = OLD.mark, lists = OLD.lists, seal = OLD.seal WHERE id = OLD.id; END`,
  );
  const refused = await open();
  expect([refused.status, refused.text.includes('Hello')]).toEqual([500, false]);
  await connection.raw('DROP TRIGGER forget');
  await connection.raw('DROP TRIGGER turn_back');
  await open().expect(200);
});
