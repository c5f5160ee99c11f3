/**
 * Whoever may write triggers into the database can take an entry of the record back: at once, or at the commit, after everything was
 * read back. No value leaves then; and what such code there is on our tables is named.
 */
import { acceptBreaks } from '../../server/src/audit';
import { listReadersAnew } from '../../server/src/disclosure';
import { command } from '../helpers/command';
import { client } from '../helpers/database';
import { adminPerson, as, COMPLAINT, readsForm, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

const VALUE = 'Hello from Ann';
let running: Running;
let boss: AdminPerson;
let naima: AdminPerson;
let form: string;
let recordId: string;

const table = (name: string) => running.strapi.db.connection(`form_guard_${name}`);
const sql = async (statements: readonly string[]): Promise<void> => {
  for (const one of statements) await running.strapi.db.connection.raw(one);
};

/** It takes entries of one event back, and puts the head back as it was before them, so that nothing looks wrong. */
const TRAPS: Record<typeof client, { set(event: string): string[]; clear: string[] }> = {
  sqlite: {
    set: (event) => [
      `CREATE TRIGGER forget AFTER INSERT ON form_guard_audit WHEN NEW.event = '${event}' BEGIN DELETE FROM form_guard_audit WHERE id = NEW.id; END`,
      `CREATE TRIGGER turn_back AFTER UPDATE OF mark ON form_guard_audit_head WHEN NOT EXISTS (SELECT 1 FROM form_guard_audit WHERE seq = NEW.seq)
       BEGIN UPDATE form_guard_audit_head SET seq = OLD.seq - 1, mark = OLD.mark, lists = OLD.lists, seal = OLD.seal WHERE id = OLD.id; END`,
    ],
    clear: ['DROP TRIGGER forget', 'DROP TRIGGER turn_back'],
  },
  mysql: {
    set: (event) => [
      `CREATE TRIGGER turn_back BEFORE UPDATE ON form_guard_audit_head FOR EACH ROW BEGIN
         IF NEW.mark <> OLD.mark AND EXISTS (SELECT 1 FROM form_guard_audit WHERE seq = NEW.seq AND event = '${event}') THEN
           DELETE FROM form_guard_audit WHERE seq = NEW.seq;
           SET NEW.seq = OLD.seq - 1, NEW.mark = OLD.mark, NEW.lists = OLD.lists, NEW.seal = OLD.seal;
         END IF;
       END`,
    ],
    clear: ['DROP TRIGGER turn_back'],
  },
  postgres: {
    set: (event) => [
      'CREATE TABLE kept_heads AS SELECT * FROM form_guard_audit_head WHERE false',
      `CREATE FUNCTION keep_head() RETURNS trigger AS 'BEGIN INSERT INTO kept_heads VALUES (OLD.*); RETURN NEW; END' LANGUAGE plpgsql`,
      'CREATE TRIGGER keep_head BEFORE UPDATE ON form_guard_audit_head FOR EACH ROW EXECUTE FUNCTION keep_head()',
      `CREATE FUNCTION take_back() RETURNS trigger AS $$ BEGIN
         IF NEW.event = '${event}' THEN
           DELETE FROM form_guard_audit WHERE seq = NEW.seq;
           UPDATE form_guard_audit_head head SET seq = kept.seq, mark = kept.mark, lists = kept.lists, seal = kept.seal
             FROM kept_heads kept WHERE kept.seq = NEW.seq - 1 AND kept.mark = NEW.previous;
         END IF;
         RETURN NULL;
       END $$ LANGUAGE plpgsql`,
      `CREATE CONSTRAINT TRIGGER take_back AFTER INSERT ON form_guard_audit DEFERRABLE INITIALLY DEFERRED
         FOR EACH ROW EXECUTE FUNCTION take_back()`,
    ],
    clear: [
      'DROP TRIGGER take_back ON form_guard_audit',
      'DROP FUNCTION take_back',
      'DROP TRIGGER keep_head ON form_guard_audit_head',
      'DROP FUNCTION keep_head',
      'DROP TABLE kept_heads',
    ],
  },
};

const open = () => as(running, naima).post(`/form-guard/inbox/${form}/${recordId}/open`);
const search = () => as(running, naima).post(`/form-guard/inbox/${form}/search`, { field: 'email', value: 'ann@example.org' });
const take = () => as(running, boss).post(`/form-guard/inbox/${form}/export`, { reason: 'for the test' });
/** What came of an answer, also of one that breaks off. */
const answered = (request: ReturnType<typeof open>): Promise<{ status: number; text: string }> => {
  let text = '';
  return request
    .buffer(true)
    .parse((response, done) => {
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => done(null, text));
    })
    .then(({ status }) => ({ status, text }))
    .catch((error: { status?: number }) => ({ status: error.status ?? 0, text }));
};
/** Where it was taken back at the commit this process has seen it: the door is shut until somebody accepts that it is gone. */
const mend = async (): Promise<void> => {
  if ((await open()).status === 200) return;
  await acceptBreaks(running.strapi, 'a test', (broken) => listReadersAnew(running.strapi, broken));
  await readsForm(running, boss, form, [naima, boss]);
  await open().expect(200);
};
const findings = async (): Promise<{ code: string; severity: string; message: string; step: string }[]> =>
  (
    (await as(running, boss).get('/form-guard/overview').expect(200)).body as {
      data: { findings: { code: string; severity: string; message: string; step: string }[] };
    }
  ).data.findings.filter(({ code }) => code === 'DATABASE_CODE');

beforeAll(async () => {
  running = await startStrapi({ config: { protect: { 'api::contact.contact': {} }, secondPersonForOneself: false } });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  naima = await adminPerson(running.strapi, 'Naima');
  const made = await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201);
  form = (made.body as { data: { id: string } }).data.id;
  const { body } = await running.http
    .post('/api/form-guard/forms/police-complaint')
    .send({ name: 'Ann', message: VALUE, email: 'ann@example.org' })
    .expect(201);
  recordId = (body as { data: { reference: string } }).data.reference.replaceAll('-', '');
  await readsForm(running, boss, form, [naima, boss]);
});
afterAll(() => running.stop());

test('without one a submission is opened, searched for and exported', async () => {
  expect((await open().expect(200)).text).toContain(VALUE);
  await search().expect(200);
  expect((await answered(take())).text).toContain(VALUE);
  expect(await findings()).toEqual([]);
});

test.each<[string, string, () => ReturnType<typeof open>]>([
  ['an opening', 'submission.opened', open],
  ['a search', 'submission.searched', search],
  ['an export', 'submissions.exported', take],
  ['one submission of an export', 'submission.exported', take],
])('when %s is taken back, nothing of the submission leaves', async (_what, event, request) => {
  const before = await table('audit').where({ event });
  await sql(TRAPS[client].set(event));
  const { status, text } = await answered(request());
  // The table of an export has begun by then; it breaks off before the first submission.
  expect(event === 'submission.exported' ? [0, 200] : [500]).toContain(status);
  expect([text.includes(VALUE), text.includes(recordId)]).toEqual([false, false]);
  expect(await table('audit').where({ event })).toHaveLength(before.length);
  await sql(TRAPS[client].clear);
  await mend();
});

const MORE: Record<typeof client, { set: string[]; clear: string[]; named: string[] }> = {
  sqlite: {
    set: [
      `CREATE TRIGGER copy AFTER INSERT ON contacts BEGIN SELECT 1; END`,
      `CREATE TRIGGER fine AFTER INSERT ON articles BEGIN SELECT 1; END`,
    ],
    clear: ['DROP TRIGGER copy', 'DROP TRIGGER fine'],
    named: ['TRIGGER copy on contacts'],
  },
  mysql: {
    set: [
      'CREATE TRIGGER copy AFTER INSERT ON contacts FOR EACH ROW SET @copied = 1',
      'CREATE TRIGGER fine AFTER INSERT ON articles FOR EACH ROW SET @copied = 1',
    ],
    clear: ['DROP TRIGGER copy', 'DROP TRIGGER fine'],
    named: ['TRIGGER copy on contacts'],
  },
  postgres: {
    set: [
      'CREATE RULE nothing AS ON DELETE TO form_guard_handed_out DO INSTEAD NOTHING',
      'CREATE RULE fine AS ON DELETE TO articles DO INSTEAD NOTHING',
      'CREATE POLICY only_some ON contacts USING (id > 1)',
      'ALTER TABLE contacts ENABLE ROW LEVEL SECURITY',
    ],
    clear: [
      'ALTER TABLE contacts DISABLE ROW LEVEL SECURITY',
      'DROP POLICY only_some ON contacts',
      'DROP RULE nothing ON form_guard_handed_out',
      'DROP RULE fine ON articles',
    ],
    named: ['RULE nothing on form_guard_handed_out', 'POLICY only_some on contacts', 'ROW LEVEL SECURITY on contacts'],
  },
};

test('what the database does of its own on our tables is named, at each boot, on the overview and by doctor', async () => {
  await sql([...TRAPS[client].set('reader.removed'), ...MORE[client].set]);
  const [finding] = await findings();
  expect(finding).toMatchObject({ severity: 'high', step: expect.stringContaining('drop it') as string });
  for (const name of [...MORE[client].named, 'on form_guard_audit_head']) expect(finding?.message).toContain(name);
  expect(finding?.message).not.toContain('articles');
  const doctor = await command(['doctor'], { TEST_FORM_GUARD: process.env.TEST_FORM_GUARD });
  expect([doctor.code, doctor.out]).toEqual([1, expect.stringContaining(MORE[client].named[0] ?? '')]);
  const told: string[] = [];
  running = await running.again({
    config: { protect: { 'api::contact.contact': {} }, secondPersonForOneself: false },
  });
  const { tellCodeOnTables } = await import('../../server/src/exposure');
  const error = jest.spyOn(running.strapi.log, 'error').mockImplementation((...said: unknown[]) => {
    told.push(String(said[0]));
    return running.strapi.log;
  });
  await tellCodeOnTables(running.strapi);
  error.mockRestore();
  expect(told.join()).toContain(MORE[client].named[0]);
  await sql([...TRAPS[client].clear, ...MORE[client].clear]);
  expect(await findings()).toEqual([]);
  const clean = await command(['doctor'], { TEST_FORM_GUARD: process.env.TEST_FORM_GUARD });
  expect(clean.out).not.toContain('of its own');
});
