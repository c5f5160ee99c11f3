/**
 * A type that is wrapped when it already holds rows: they move into the vault with all that hangs on them, through kills,
 * and nothing of them stays behind. And all the way back: the tables are then what they were.
 */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { SealedValue } from '../../server/src/encryption';
import { vaultOf } from '../../server/src/vault';
import { canary, wholeDatabase } from '../helpers/canary';
import { APPLICATION } from '../helpers/attachments';
import { command, startCommand, type Ended } from '../helpers/command';
import { client } from '../helpers/database';
import { onDisk } from '../helpers/on-disk';
import { adminPerson, as, CONTACT, readsForm, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

const HEARING = 'api::hearing.hearing';
const CONFIG = {
  protect: {
    [CONTACT]: { plain: ['subject'], search: ['email'] },
    [HEARING]: { search: ['email', 'title'] },
    [APPLICATION]: {},
  },
};
const WITHOUT = { env: { TEST_WITHOUT_FORM_GUARD: 'true' } };
const env = { TEST_FORM_GUARD: JSON.stringify(CONFIG) };
const TABLES = [
  'contacts',
  'contacts_cmps',
  'contacts_topic_lnk',
  'hearings',
  'hearings_cmps',
  'hearings_officers_lnk',
  'hearings_follows_lnk',
  'components_shared_addresses',
  'components_case_witnesses',
  'components_case_witnesses_cmps',
  'components_case_witnesses_knows_lnk',
  'strapi_history_versions',
];
/** So many plain rows besides: more than a kill leaves time for. `TEST_ROWS=50000` for a site of many years. */
const MANY = Number(process.env.TEST_ROWS ?? 500);
jest.setTimeout(300_000 + MANY * 20);

const many = (number: number): string => `many${String(number).padStart(20, '0')}`;
/** Documents that somebody writes to while they are moved. */
const changed = [5, 50, 100, 200, 300, 400, 480, 499].map(many);

const mark = canary('old');
let running: Running;
let boss: AdminPerson;
type Rows = Record<string, Record<string, unknown>[]>;
let before: Rows;
let read: Record<string, unknown>;
/** Document ids. */
const ids: Record<string, string> = {};

const knex = () => running.strapi.db.connection;
const tables = async (): Promise<Rows> =>
  Object.fromEntries(await Promise.all(TABLES.map(async (name) => [name, await knex()(name).select('*').orderBy('id')]))) as Rows;
const documents = (uid: string) =>
  running.strapi.documents(uid as never) as unknown as Record<
    'create' | 'update' | 'publish' | 'findMany' | 'delete',
    (params: object) => Promise<{ documentId: string }>
  >;
/** As Strapi itself gives them out, without the plugin. */
const asRead = async (): Promise<Record<string, unknown>> => {
  const lists: Record<string, unknown> = {};
  for (const [uid, populate] of [
    [CONTACT, '*'],
    [
      HEARING,
      {
        witness: { populate: '*' },
        others: { populate: '*' },
        exhibits: { on: { 'case.witness': { populate: '*' }, 'shared.address': true } },
        officers: true,
        about: true,
        follows: true,
        followed: true,
      },
    ],
  ] as const)
    for (const status of ['draft', 'published'])
      lists[`${uid} ${status}`] = await documents(uid).findMany({ populate, status, sort: 'id', limit: 20 });
  return lists;
};
const opened = async (uid: string, recordId: string): Promise<Record<string, unknown>> => {
  const { body } = await as(running, boss).post(`/form-guard/inbox/${uid}/${recordId}/open`).expect(200);
  const { fields } = (body as { data: { fields: { name: string; value: unknown }[] } }).data;
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
};
const found = async (uid: string, field: string, value: string): Promise<string[]> => {
  const { body } = await as(running, boss).post(`/form-guard/inbox/${uid}/search`, { field, value }).expect(200);
  return (body as { data: { recordId: string }[] }).data.map(({ recordId }) => recordId);
};
const findings = async (): Promise<string[]> => {
  const { body } = await as(running, boss).get('/form-guard/overview').expect(200);
  return (body as { data: { findings: { code: string }[] } }).data.findings.map(({ code }) => code);
};
const inVault = async (uid: string): Promise<number> => {
  const [row] = (await knex()('form_guard_vault').where({ form_or_type: uid }).count({ n: '*' })) as { n: number | string }[];
  return Number(row?.n);
};
/** Runs a command and kills it as soon as it has moved something more. */
const killed = async (args: string[], isUnderway: () => Promise<boolean>): Promise<void> => {
  const { child, ended } = startCommand(args, env);
  while (child.exitCode === null && !(await isUnderway())) await pause(5);
  child.kill('SIGKILL');
  const { code, err } = await ended;
  expect([code, err]).toEqual([null, err]);
};

/** As a report does that has been running since before: PostgreSQL keeps the old values for it. */
const whileSomebodyReads = async (run: () => Promise<Ended>): Promise<void> => {
  const reading = await knex().transaction(undefined as never, { isolationLevel: 'repeatable read' });
  await reading('topics').select('id');
  await documents(CONTACT).update({ documentId: changed[0] as string, data: { phone: '+44 555 1234' } });
  const { code, err } = await run();
  await reading.rollback();
  expect([code, err]).toEqual([1, expect.stringMatching(/free pages could not be written anew .*\(IN_USE\)/)]);
};

const fill = async (): Promise<void> => {
  const { documentId: topic } = await documents('api::topic.topic').create({ data: { title: 'Police' } });
  const { documentId: officer } = await documents('api::author.author').create({ data: { name: 'Officer' } });
  const { documentId: other } = await documents('api::author.author').create({ data: { name: 'Other' } });
  const address = (street: string) => ({ street: `${street} ${mark}`, city: 'London' });
  const contact = {
    subject: 'complaint',
    name: `Ann ${mark}`,
    email: `ann-${mark}@example.org`,
    message: `${mark}\n“quoted” – 𝔘`,
    phone: '+44 20 7946',
    age: 41,
    amount: 12.5,
    big: '9007199254740993',
    born: '1980-02-29',
    seenAt: '2022-11-03T09:30:00.123Z',
    urgent: true,
    priority: 'high',
    details: { said: [mark, { deep: null }] },
    secret: mark,
    code: 'ann-1',
    address: address('Old Street'),
    children: [address('First'), address('Second')],
    topic,
  };
  ids.ann = (await documents(CONTACT).create({ data: contact })).documentId;
  ids.bare = (
    await documents(CONTACT).create({ data: { name: `Bo ${mark}`, email: `bo-${mark}@example.org`, message: '' } })
  ).documentId;
  const hearing = {
    title: `Hearing ${mark}`,
    email: `hearing-${mark}@example.org`,
    statement: `# ${mark}`,
    file: '-9223372036854775807',
    sum: 0.1,
    heardAt: '2022-11-03T09:30:00.000Z',
    day: '2022-11-03',
    hour: '09:30:00.000',
    sworn: false,
    notes: [mark],
    witness: { name: `Witness ${mark}`, home: address('Home'), phones: [mark], knows: officer },
    others: [
      { name: `Two ${mark}`, knows: other },
      { name: `Three ${mark}`, home: address('Three') },
    ],
    exhibits: [
      { __component: 'shared.address', ...address('Scene') },
      { __component: 'case.witness', name: `Zone ${mark}`, home: address('Zone') },
    ],
    officers: [officer, other],
  };
  ids.draft = (await documents(HEARING).create({ data: hearing })).documentId;
  const published = { ...hearing, title: `Published ${mark}`, email: `p-${mark}@example.org`, follows: ids.draft };
  ids.published = (await documents(HEARING).create({ data: published, status: 'published' })).documentId;
  ids.modified = (
    await documents(HEARING).create({ data: { ...hearing, title: `As published ${mark}` }, status: 'published' })
  ).documentId;
  await documents(HEARING).update({ documentId: ids.modified, data: { title: `As a draft ${mark}`, others: [] } });
  const [{ id: author } = { id: 0 }] = (await knex()('authors').select('id')) as { id: number }[];
  await knex()('hearings').where({ document_id: ids.draft }).update({ about_id: author });
  const version = (documentId: string, data: object) => ({
    content_type: HEARING,
    related_document_id: documentId,
    status: 'draft',
    data: JSON.stringify(data),
    schema: '{}',
    created_at: new Date('2022-11-03T09:30:00.000Z'),
  });
  await knex()('strapi_history_versions').insert([
    version(ids.modified, { title: `Version one ${mark}` }),
    version(ids.modified, { title: `Version two ${mark}`, statement: mark }),
  ]);
  const { id: fileId } = (await running.strapi.db.query('plugin::upload.file').create({
    data: {
      name: 'cv.pdf',
      hash: 'cv',
      ext: '.pdf',
      mime: 'application/pdf',
      size: 1,
      url: '/uploads/cv.pdf',
      provider: 'local',
    },
  })) as { id: number };
  await documents(APPLICATION).create({ data: { name: `Cy ${mark}`, cv: fileId } });
  // As many as a site gathers in a year; like the first, under ids of their own.
  const [row] = (await knex()('contacts').where({ document_id: ids.bare })) as Record<string, unknown>[];
  const { id: _id, ...columns } = row as Record<string, unknown>;
  for (let at = 0; at < MANY; at += 100) {
    await knex()('contacts').insert(
      Array.from({ length: 100 }, (_, number) => ({
        ...columns,
        document_id: many(at + number),
        email: `many-${at + number}-${mark}@example.org`,
      })),
    );
  }
};

beforeAll(async () => {
  running = await startStrapi(WITHOUT);
  await fill();
  before = await tables();
  read = await asRead();
  running = await running.again({ config: CONFIG });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  for (const uid of [CONTACT, HEARING]) await readsForm(running, boss, uid, [boss]);
});
afterAll(() => running.stop());

test('wrapping alone moves nothing; the overview and a dry run say what there is', async () => {
  expect(await findings()).toContain('UNSEALED_ROWS');
  const contacts = await command(['protect', CONTACT, '--dry-run'], env);
  expect([contacts.code, contacts.out]).toEqual([
    0,
    `${CONTACT}: ${MANY + 2} rows of ${MANY + 2} documents and 0 older versions in the history hold values that are not sealed.\n`,
  ]);
  expect(contacts.err).toMatch(/Nothing was changed\..*name, email, message/);
  const hearings = await command(['protect', HEARING, '--dry-run'], env);
  expect(hearings.out).toContain('5 rows of 3 documents and 2 older versions');
  expect(contacts.out + contacts.err + hearings.out + hearings.err).not.toContain(mark);
  const applications = await command(['protect', APPLICATION, '--dry-run'], env);
  expect([applications.out, applications.err]).toEqual([
    expect.stringMatching(/1 row of 1 document.*\n1 file of it lies in the media library, hidden there and not sealed\.\n$/),
    expect.stringContaining('Files are sealed with their smaller sizes, compared, and deleted'),
  ]);
  expect(await tables()).toEqual(before);
  expect(await onDisk(running, TABLES)).toContain(mark);
  const unknown = await command(['protect', 'api::book.book'], env);
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('"api::book.book" is not under "protect"')]);
});

test('moved, killed twice, moved on: everything opens as it was, and nothing is left behind', async () => {
  for (const target of [1, MANY / 2]) await killed(['protect', CONTACT], async () => (await inVault(CONTACT)) >= target);
  const half = await inVault(CONTACT);
  expect(half).toBeGreaterThanOrEqual(MANY / 2);
  expect(half).toBeLessThan(MANY + 2);
  // A batch that was not finished left everything where it was.
  const rows = (await knex()('contacts').select('document_id').whereNotNull('email')) as { document_id: string }[];
  expect(rows).toHaveLength(MANY + 2 - half);

  // Two at once, while the site's own code writes to documents that are moved and to others.
  const both = Promise.all([command(['protect', CONTACT], env), command(['protect', CONTACT], env)]);
  for (const documentId of changed) await documents(CONTACT).update({ documentId, data: { phone: '+44 555 1234' } });
  const sealed = (await both).map(({ out }) => Number(/(\d+) documents sealed/.exec(out)?.[1]));
  expect((sealed[0] as number) + (sealed[1] as number)).toBe(MANY + 2 - half);
  if (client === 'postgres') await whileSomebodyReads(() => command(['protect', CONTACT], env));
  // The last to have written free pages anew may have been in the other's way.
  const contacts = await command(['protect', CONTACT], env);
  expect([contacts.code, contacts.err.replace(COPIES, '')]).toEqual([0, '']);
  // Some attributes are sealed later than others.
  const plain = ['heardAt', 'witness', 'officers'];
  const protect = { ...CONFIG.protect, [HEARING]: { plain, plainOnPurpose: ['witness'], search: ['email'] } };
  const some = await command(['protect', HEARING], { TEST_FORM_GUARD: JSON.stringify({ protect }) });
  expect([some.code, some.out]).toEqual([0, expect.stringContaining('3 documents sealed, 5 rows emptied, 2 older versions')]);
  const hearings = await command(['protect', HEARING], env);
  expect([hearings.code, hearings.out]).toEqual([
    0,
    expect.stringContaining('3 documents sealed, 5 rows emptied, 0 older versions taken out of the history.'),
  ]);
  expect(await inVault(CONTACT)).toBe(MANY + 2);
  expect((await command(['protect', APPLICATION], env)).out).toContain('1 document sealed, 1 row emptied');

  const whole = await wholeDatabase(running.strapi);
  expect(whole).not.toContain(mark);
  expect(await onDisk(running, TABLES)).not.toContain(mark);
  expect(await findings()).not.toContain('UNSEALED_ROWS');
  for (const type of [CONTACT, HEARING]) {
    const again = await command(['protect', type], env);
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('0 documents sealed, 0 rows emptied')]);
  }
});
const COPIES = /Copies from before still hold.*\n/;

test('every one of them opens to what it held', async () => {
  const { open } = vaultOf(running.strapi);
  const rows = (await knex()('form_guard_vault').where({ form_or_type: CONTACT })) as {
    record_id: string;
    sealed: SealedValue;
  }[];
  const said = await Promise.all(
    rows.map(async ({ record_id: recordId, sealed }) => {
      const { name, email, message } = await open({ formOrType: CONTACT, recordId, sealed });
      return [recordId, name, email, message ?? ''].join('\n');
    }),
  );
  const held = (before.contacts ?? []).map((row) => [row.document_id, row.name, row.email, row.message].join('\n'));
  const checksum = (lines: string[]): string => createHash('sha256').update(lines.sort().join('\0')).digest('hex');
  expect([said.length, checksum(said)]).toEqual([MANY + 2, checksum(held)]);
});

test('named readers read them, and find them', async () => {
  expect(await opened(CONTACT, ids.ann as string)).toMatchObject({
    subject: 'complaint',
    name: `Ann ${mark}`,
    message: `${mark}\n“quoted” – 𝔘`,
    age: 41,
    amount: 12.5,
    big: '9007199254740993',
    born: '1980-02-29',
    seenAt: '2022-11-03T09:30:00.123Z',
    urgent: true,
    details: { said: [mark, { deep: null }] },
    address: { street: `Old Street ${mark}`, city: 'London' },
    children: [
      { street: `First ${mark}`, city: 'London' },
      { street: `Second ${mark}`, city: 'London' },
    ],
    topic: expect.stringMatching(/^[a-z0-9]{24}$/),
  });
  expect(await found(CONTACT, 'email', `MANY-7-${mark}@example.org`)).toEqual([many(7)]);
  const modified = await opened(HEARING, ids.modified as string);
  expect(modified).toMatchObject({
    title: `As published ${mark}`,
    sworn: false,
    hour: expect.stringMatching(/^09:30:00/),
    witness: { name: `Witness ${mark}`, home: { street: `Home ${mark}` }, phones: [mark] },
    others: [{ name: `Two ${mark}` }, { home: { street: `Three ${mark}` } }],
    exhibits: [{ __component: 'shared.address' }, { __component: 'case.witness', name: `Zone ${mark}` }],
  });
  // SQLite hands Strapi another number when it publishes; what was written once is exact.
  expect(await opened(HEARING, ids.draft as string)).toMatchObject({ file: '-9223372036854775807' });
  // What only the way back needs is nobody's to read.
  expect(Object.keys(modified).sort()).toEqual(Object.keys(await opened(HEARING, ids.draft as string)).sort());
  expect(JSON.stringify(modified)).not.toContain('Version one');
  expect(await found(HEARING, 'title', `as published ${mark}`)).toEqual([ids.modified]);
});

test('new keys, new submissions, a change and an erasure go on as for any submission', async () => {
  expect((await command(['keys', 'rotate', HEARING], env)).code).toBe(0);
  expect((await command(['keys', 'destroy-older', HEARING], env)).code).toBe(0);
  const data = { name: `New ${mark}`, email: `new-${mark}@example.org`, message: mark, children: [{ street: `New ${mark}` }] };
  ids.new = (await documents(CONTACT).create({ data })).documentId;
  await documents(CONTACT).update({ documentId: ids.ann, data: { name: `Anna ${mark}` } });
  ids.gone = many(3);
  await documents(CONTACT).delete({ documentId: ids.gone });
});

test('and back, killed in the middle: every table is as it was', async () => {
  const unsure = await command(['unprotect', CONTACT], env);
  expect(unsure.code).toBe(2);
  const dry = await command(['unprotect', HEARING, '--dry-run'], env);
  expect([dry.code, dry.out]).toEqual([0, `${HEARING}: 3 submissions in the vault.\n`]);
  const all = await inVault(CONTACT);
  await killed(['unprotect', CONTACT, '--confirm', CONTACT], async () => (await inVault(CONTACT)) < all - 20);
  const left = await inVault(CONTACT);
  expect(left).toBeGreaterThan(0);
  for (const type of [CONTACT, HEARING]) {
    const { code, out } = await command(['unprotect', type, '--confirm', type], env);
    expect([code, out]).toEqual([0, type === CONTACT ? `${left} submissions put back.\n` : '3 submissions put back.\n']);
    expect(await inVault(type)).toBe(0);
  }
  const now = await tables();
  const [newRow] = (now.contacts ?? []).filter((row) => row.document_id === ids.new);
  const isOther = (row: Record<string, unknown>): boolean =>
    [ids.ann, ids.gone, ids.new, ...changed].includes(row.document_id as string);
  const same = (rows: Rows) => (rows.contacts ?? []).filter((row) => !isOther(row));
  expect(same(now)).toEqual(same(before));
  expect(newRow).toMatchObject({ name: `New ${mark}`, email: `new-${mark}@example.org` });
  const told = (now.contacts ?? []).filter((row) => changed.includes(row.document_id as string));
  expect(told.map(({ phone, name }) => [phone, name])).toEqual(changed.map(() => ['+44 555 1234', `Bo ${mark}`]));
  for (const name of TABLES.filter((table) => /hearing|case_witness|history|topic/.test(table)))
    expect([name, now[name]]).toEqual([name, before[name]]);
});

test('Strapi without the plugin reads what it read', async () => {
  running = await running.again(WITHOUT);
  const now = await asRead();
  const contacts = (lists: Record<string, unknown>) =>
    (lists[`${CONTACT} published`] as Record<string, unknown>[]).filter(({ documentId }) => documentId !== ids.new);
  for (const status of ['draft', 'published']) expect(now[`${HEARING} ${status}`]).toEqual(read[`${HEARING} ${status}`]);
  const [ann, bare] = contacts(now);
  const [annBefore, bareBefore] = contacts(read);
  expect(bare).toEqual(bareBefore);
  const withoutIds = (one: unknown): unknown =>
    JSON.parse(JSON.stringify(one, (key, value: unknown) => (key === 'id' ? 0 : value)));
  const { updatedAt, publishedAt } = ann ?? {};
  expect(withoutIds(ann)).toEqual(withoutIds({ ...annBefore, name: `Anna ${mark}`, updatedAt, publishedAt }));
});
