/**
 * A change of any entry, however old, is found; then nothing is opened until somebody accepts it on the command line, and what
 * comes in is kept. What was put back as it was opens the door again.
 */
import { randomInt } from 'node:crypto';
import { sampleSize } from 'lodash';
import { acceptBreaks, createVerifier, examineRecord, record, SYSTEM } from '../../server/src/audit';
import { listReadersAnew } from '../../server/src/disclosure';
import { command } from '../helpers/command';
import { IN_90_DAYS } from '../helpers/in-90-days';
import { adminPerson, as, COMPLAINT, readsForm, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

const OLD = 2600;
let running: Running;
let boss: AdminPerson;
let naima: AdminPerson;
let form: string;
let recordId: string;

type Row = Record<string, unknown> & { id: number; seq: number };
const table = (name = 'audit') => running.strapi.db.connection(`form_guard_${name}`);
const entry = async (seq: number): Promise<Row> => (await table().where({ seq }).first()) as Row;
const put = (row: Row): Promise<unknown> => Promise.resolve(table().where({ id: row.id }).update(row));
const putBack = async (rows: Row[]): Promise<void> => {
  for (const row of rows) {
    await table().where({ id: row.id }).delete();
    await table().where({ seq: row.seq }).delete();
    await table().insert(row);
  }
};
/** One whole round, as it comes round by itself. */
const readAll = async (): Promise<void> => {
  await table('audit_check').delete();
  await (await readAnew()).start();
};
const readAnew = async () => {
  const { forgetProgress } = await import('../../server/src/audit/verify');
  forgetProgress(running.strapi);
  return createVerifier(running.strapi);
};
const open = () => as(running, naima).post(`/form-guard/inbox/${form}/${recordId}/open`);
const page = async (query = '') =>
  (await as(running, boss).get(`/form-guard/audit${query}`).expect(200)).body as {
    data: { seq: number; isWritten: boolean; sentence: string }[];
    chain: { intact: boolean; brokenAt: number | null; isShut: boolean; wholeAt: string | null; readUpTo: number };
  };
const post = () =>
  running.http
    .post('/api/form-guard/forms/police-complaint/submissions')
    .send({ name: 'A', email: 'a@example.org', message: 'b' });
const rowAtNext = async (): Promise<void> => {
  const { id: _id, ...row } = await entry(9);
  await table().insert({ ...row, seq: Number(((await table('audit_head').first()) as Row).seq) + 1 });
};
const accept = (): Promise<string | null> =>
  acceptBreaks(running.strapi, 'a test', (broken) => listReadersAnew(running.strapi, broken));

beforeAll(async () => {
  running = await startStrapi();
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  naima = await adminPerson(running.strapi, 'Naima');
  const made = await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201);
  form = (made.body as { data: { id: string } }).data.id;
  const { body } = await post().expect(201);
  recordId = (body as { data: { reference: string } }).data.reference.replaceAll('-', '');
  await running.strapi.db.transaction(async () => {
    for (let n = 0; n < OLD; n += 1)
      await record(running.strapi, { event: 'submission.noted', actor: SYSTEM, formOrType: form, recordId: 'R', details: {} });
  });
  await readsForm(running, boss, form, [naima]);
});
afterAll(() => running.stop());

test('as it is, all of it was read, and that is said with how far and when', async () => {
  await readAll();
  const { chain } = await page();
  expect(chain).toMatchObject({ intact: true, brokenAt: null, isShut: false, wholeAt: expect.any(String) });
  expect(chain.readUpTo).toBeGreaterThan(OLD);
  await open().expect(200);
});

describe('Of an entry below the newest two thousand', () => {
  const old = (): number => randomInt(5, 400);
  const text = (seq: number) => `of entry ${seq}`;
  const columns = sampleSize(
    ['at', 'event', 'actor_kind', 'actor_id', 'actor_name', 'form_or_type', 'record_id', 'details', 'previous', 'mark', 'lists'],
    4,
  );
  const changes: [string, (seq: number) => Promise<Row[]>][] = [
    ...columns.map((column): [string, (seq: number) => Promise<Row[]>] => [
      `an edit of ${column}`,
      async (seq) => {
        const row = await entry(seq);
        await put({ ...row, [column]: text(seq) });
        return [row];
      },
    ]),
    [
      'a deletion',
      async (seq) => {
        const row = await entry(seq);
        await table().where({ seq }).delete();
        return [row];
      },
    ],
    [
      'a swap of two numbers',
      async (seq) => {
        const [one, other] = [await entry(seq), await entry(seq + 3)];
        await put({ ...one, seq: 900_000 });
        await put({ ...other, seq: one.seq });
        await put({ ...one, seq: other.seq });
        return [one, other];
      },
    ],
    [
      'a copy in the place of another',
      async (seq) => {
        const [one, other] = [await entry(seq), await entry(seq + 1)];
        await put({ ...other, ...one, id: other.id, seq: other.seq });
        return [other];
      },
    ],
    [
      'a cut of ten',
      async (seq) => {
        const rows = (await table().whereBetween('seq', [seq, seq + 9])) as Row[];
        await table()
          .whereBetween('seq', [seq, seq + 9])
          .delete();
        return rows;
      },
    ],
    [
      'a cut of the beginning',
      async () => {
        const rows = (await table().where('seq', '<', 4)) as Row[];
        await table().where('seq', '<', 4).delete();
        return rows;
      },
    ],
  ];
  test.each(changes)('%s is found, shuts the door, and what is put back opens it', async (_what, change) => {
    const seq = old();
    const rows = await change(seq);
    await readAll();
    const refused = await open();
    expect([refused.status, refused.text.includes('RECORD_BROKEN')]).toEqual([403, true]);
    for (const answer of [
      await as(running, naima).get(`/form-guard/inbox/${form}`),
      await as(running, naima).post(`/form-guard/inbox/${form}/search`, { field: 'email', value: 'a@example.org' }),
      await as(running, naima).get(`/form-guard/inbox/${form}/${recordId}/history`),
    ])
      expect(answer.status).toBe(403);
    await post().expect(201);
    const { chain } = await page();
    expect(chain).toMatchObject({ intact: false, isShut: true });
    expect(rows.some((row) => Math.abs(Number(row.seq) - Number(chain.brokenAt)) <= 1)).toBe(true);
    const { text: overview } = await as(running, boss).get('/form-guard/overview').expect(200);
    expect(overview).toContain('AUDIT_BROKEN');
    expect((await examineRecord(running.strapi)).broken).not.toBe('');
    await putBack(rows);
    await open().expect(200);
    expect((await page()).chain).toMatchObject({ intact: true, isShut: false });
  });

  test('rows put beside the chain are found as well', async () => {
    const { id: _id, ...row } = await entry(9);
    for (const seq of [null, 0, -5, 800_000]) {
      await table().insert({ ...row, seq, actor_name: 'Somebody Framed' });
      await readAll().catch(() => undefined);
      expect([seq, (await open()).status]).toEqual([seq, 403]);
      expect((await page()).chain.intact).toBe(false);
      await table().where({ actor_name: 'Somebody Framed' }).delete();
      await open().expect(200);
    }
  });

  test('whoever changes it cannot make it forgotten, also over a restart', async () => {
    const lists = (await table('audit_lists')) as Row[];
    const check = (await table('audit_check')) as Row[];
    const row = await entry(33);
    await put({ ...row, actor_name: 'Somebody Else' });
    await readAll();
    await open().expect(403);
    await table('audit_check').delete();
    await table('audit_check').insert(check);
    for (const list of lists) await table('audit_lists').where({ id: list.id }).update(list);
    await open().expect(403);
    running = await running.again();
    await open().expect(403);
    await put(row);
    // The lists are not what the record vouches for: that is for a person to accept.
    await open().expect(403);
    expect(await accept()).not.toBeNull();
    await open().expect(200);
  });

  test('a page that shows it says that it is not as it was written', async () => {
    const row = await entry(40);
    await put({ ...row, details: '{"state":"done"}', event: 'submission.stateChanged' });
    const all = (await page()).data[0]?.seq ?? 0;
    const { data } = await page(`?page=${Math.floor((all - 40) / 50) + 1}&pageSize=50`);
    expect(data.filter(({ isWritten }) => !isWritten).map(({ seq }) => seq)).toEqual([40]);
    await put(row);
    await open().expect(200);
  });
});

describe('Of the newest end', () => {
  test('an edit, a deletion, and a head that was put back shut the door at once', async () => {
    await open().expect(200);
    const head = (await table('audit_head').first()) as Row;
    const newest = await entry(head.seq);
    await put({ ...newest, actor_name: 'Somebody Else' });
    await open().expect(403);
    await put(newest);
    await open().expect(200);
    const again = (await table('audit_head').first()) as Row;
    await table('audit_head').update({ seq: again.seq - 1 });
    await open().expect(403);
    await table('audit_head').update({ seq: again.seq });
    await open().expect(200);
  });

  test('all of it rolled back together while the process runs is noticed', async () => {
    await open().expect(200);
    const [head, lists] = [(await table('audit_head').first()) as Row, (await table('audit_lists')) as Row[]];
    await open().expect(200);
    await open().expect(200);
    await table().where('seq', '>', head.seq).delete();
    await table('audit_head').where({ id: head.id }).update(head);
    for (const list of lists) await table('audit_lists').where({ id: list.id }).update(list);
    await open().expect(403);
    await open().expect(403);
    running = await running.again();
    await open().expect(403);
    await accept();
    // Whether somebody was removed in what is lost, nobody knows: nobody reads until they are named again.
    expect((await open()).text).toContain('NOT_A_READER');
    await readsForm(running, boss, form, [naima]);
    await open().expect(200);
  });
});

describe('A break that is accepted', () => {
  test.each<[string, () => Promise<unknown>]>([
    ['of an entry that was edited', async () => put({ ...(await entry(50)), actor_name: 'Somebody Else' })],
    ['of entries that are gone', async () => table().whereBetween('seq', [60, 90]).delete()],
    [
      'of the newest entry',
      async () =>
        table()
          .where({ seq: ((await table('audit_head').first()) as Row).seq })
          .delete(),
    ],
    ['of a head that was changed', async () => table('audit_head').update({ mark: 'x' })],
    ['of a head that is gone', async () => table('audit_head').delete()],
    [
      'of a row above the head',
      async () => {
        const { id: _id, ...row } = await entry(9);
        await table().insert({ ...row, seq: 2_000_000_000 });
      },
    ],
    ['of a row where the next entry goes', () => rowAtNext()],
    ['of a head that says far too much', async () => table('audit_head').update({ seq: 2_147_483_647 })],
    ['of a list that is gone', async () => table('audit_lists').delete()],
  ])('%s opens the door again, on record, and is not found again', async (_which, change) => {
    await change();
    await readAll().catch(() => undefined);
    await open().expect(403);
    expect(await accept()).not.toBeNull();
    await readAll();
    const opened = await open();
    if (opened.status === 403) {
      // Whether the naming was ended in what is gone, nobody knows.
      expect(opened.text).toContain('NOT_A_READER');
      await readsForm(running, boss, form, [naima]);
    }
    await open().expect(200);
    const { data, chain } = await page('?pageSize=100');
    expect(chain).toMatchObject({ intact: true, isShut: false });
    expect(data.some(({ sentence }) => sentence.includes('a test'))).toBe(true);
    expect(await accept()).toBeNull();
  });
});

test('A row where the next entry goes refuses what would be recorded, with the sentence; intake and boot go on, and the command accepts it', async () => {
  await rowAtNext();
  const refused = { error: { details: { code: 'RECORD_BROKEN' } } };
  expect((await open().expect(403)).body).toMatchObject(refused);
  for (const call of [
    as(running, boss).put(`/form-guard/inbox/${form}/${recordId}`, { state: 'open' }),
    as(running, boss).post('/form-guard/forms', { ...COMPLAINT, slug: 'another', title: 'Another' }),
    as(running, boss).post(`/form-guard/readers/${form}`, { people: [boss.id], until: IN_90_DAYS, fields: null }),
  ]) {
    const { status, body } = await call;
    expect([status, body]).toEqual([403, expect.objectContaining({ error: expect.objectContaining(refused.error) })]);
  }
  await post().expect(201);
  // A boot that has a change of the settings to write down.
  running = await running.again({ config: { binDays: 12 } });
  await post().expect(201);
  await open().expect(403);
  // Beside the server that runs.
  expect(await command(['doctor'])).toMatchObject({
    code: 1,
    out: expect.stringContaining('its newest end is not as it was written'),
  });
  expect(await command(['audit', 'accept-break', '--reason', 'no'])).toMatchObject({ code: 2 });
  const accepted = await command(['audit', 'accept-break', '--reason', 'A row was put in by a script']);
  expect([accepted.code, accepted.out]).toEqual([0, expect.stringContaining('Accepted, and on record with the reason')]);
  expect(await command(['audit', 'accept-break', '--reason', 'A row was put in by a script'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('there is nothing to accept'),
  });
  expect(await command(['doctor'])).toMatchObject({ out: expect.stringContaining('all as they were written') });
  await open().expect(200);
});
