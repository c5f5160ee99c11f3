/**
 * A backup of the vault: sealed all the way, made beside a server that runs, noticed when it is not whole, and enough, with the
 * root keys, to give an empty site every submission back.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { vaultOf } from '../../server/src/vault';
import {
  APPLICATION,
  APPLICATIONS,
  attachmentConfig,
  filePart,
  filesBelow,
  listen,
  multipart,
  pdf,
  png,
  REPORT,
  REPORTS,
  send,
  storedFiles,
  textPart,
} from '../helpers/attachments';
import { canary } from '../helpers/canary';
import { command, startCommand } from '../helpers/command';
import { makeDatabase } from '../helpers/database';
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

const MANY = 700;
jest.setTimeout(300_000);
const mark = canary('backup');
let own = attachmentConfig();
let running: Running;
let boss: AdminPerson;
let folder: string;
const env = () => ({ TEST_FORM_GUARD: JSON.stringify(own.config) });
/** What a named reader is shown of each, by form or type and record. */
type Shown = Map<string, string>;
let before: Shown;
let files: Map<string, string>;
let form: string;
let report: string;

const count = async (): Promise<number> => {
  const [row] = (await running.strapi.db.connection('form_guard_vault').count({ n: '*' })) as { n: number | string }[];
  return Number(row?.n);
};
const recordIds = async (): Promise<{ form_or_type: string; record_id: string }[]> =>
  running.strapi.db.connection('form_guard_vault').select('form_or_type', 'record_id').orderBy('record_id');
const attachmentsOf = async (): Promise<Map<string, string>> => {
  const rows = (await running.strapi.db.connection('form_guard_files').select('*')) as Record<string, string>[];
  const found = new Map<string, string>();
  for (const { form_or_type: source, record_id: recordId, file_id: fileId } of rows) {
    const { body } = await as(running, boss)
      .post(`/form-guard/inbox/${source}/${recordId}/files/${fileId}`)
      .buffer(true)
      .expect(200);
    found.set(`${recordId} ${fileId}`, (body as Buffer).toString('base64'));
  }
  return found;
};
/** As the door shows them; of very many, some. */
const shown = async (): Promise<Shown> => {
  const all: Shown = new Map();
  for (const { form_or_type: source, record_id: recordId } of await recordIds()) {
    if (/^MANY\d+[1-9]$/.test(recordId)) continue;
    const { body } = await as(running, boss).post(`/form-guard/inbox/${source}/${recordId}/open`).expect(200);
    const { fields, receivedAt, state } = (body as { data: { fields: unknown; receivedAt: string; state: string } }).data;
    all.set(`${source} ${recordId}`, JSON.stringify([fields, receivedAt, state]));
  }
  return all;
};

beforeAll(async () => {
  running = await startStrapi({ config: own.config });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  const make = async (body: object) =>
    ((await as(running, boss).post('/form-guard/forms', body).expect(201)).body as { data: { id: string } }).data.id;
  // Letters that end a line for JavaScript, and not for JSON.
  [form, report] = [await make({ ...COMPLAINT, title: 'Complaint \u2028 of two \u2029 lines' }), await make(REPORT)];
  for (const source of [form, report, CONTACT, APPLICATION]) await readsForm(running, boss, source, [boss]);
  await tick(running.strapi, `${APPLICATION}.create`);
  const port = await listen(running);
  const contacts = running.strapi.documents(CONTACT as never) as unknown as { create(params: object): Promise<unknown> };
  for (let number = 0; number < 5; number += 1) {
    const name = `${mark} ${number}`;
    const data = {
      name,
      email: `${mark}-${number}@example.org`,
      subject: 'complaint',
      message: mark,
      children: [{ street: mark }],
    };
    await contacts.create({ data });
    const evidence = filePart('evidence', `${mark}.png`, png(mark.repeat(5000)));
    const sent = await send(port, REPORTS, multipart(textPart('name', name), evidence, filePart('letter', 'a.pdf', pdf(mark))));
    expect(sent?.status).toBe(201);
  }
  const application = multipart(textPart('data', JSON.stringify({ name: mark })), filePart('files.cv', `${mark}.pdf`, pdf(mark)));
  expect((await send(port, APPLICATIONS, application))?.status).toBe(201);
  for (let number = 0; number < MANY; number += 1) {
    await vaultOf(running.strapi).store({
      formOrType: form,
      recordId: `MANY${String(number).padStart(12, '0')}`,
      values: { name: `${mark} ${number}`, email: `many-${number}-${mark}@example.org`, message: mark },
      search: [{ field: 'email', kind: 'email', part: 'whole' }],
    });
  }
  await vaultOf(running.strapi).setHandling(form, `MANY${'7'.padStart(12, '0')}`, { state: 'done', dueOn: '2027-01-31' });
  folder = fs.mkdtempSync(path.join(path.dirname(own.folder), 'archive-'));
});
afterAll(async () => {
  await running.stop();
  own.remove();
});

test('is made beside a server that runs, killed and made again, and nothing in it is readable', async () => {
  [before, files] = [await shown(), await attachmentsOf()];
  const { child, ended } = startCommand(['backup', folder], env());
  while (child.exitCode === null && fs.readdirSync(folder).length < 2) await pause(2);
  child.kill('SIGKILL');
  await ended;
  fs.rmSync(path.join(folder, 'manifest.json'), { force: true });
  const half = await command(['verify-backup', folder], env());
  expect([half.code, half.err]).toEqual([1, expect.stringContaining('There is no manifest.json')]);

  // What it has read is under a key that is destroyed before it goes on.
  fs.writeFileSync(path.join(folder, 'files', 'erased meanwhile'), 'sealed');
  let isChanged = false;
  const torn = vaultOf(running.strapi).archives.write(folder, SYSTEM, async () => {
    if (isChanged) return;
    isChanged = true;
    expect((await command(['keys', 'rotate', form], env())).code).toBe(0);
    expect((await command(['keys', 'destroy-older', form], env())).out).toBe('2 older keys destroyed.\n');
  });
  await expect(torn).rejects.toThrow('was destroyed while the backup was made');

  const { code, out, err } = await command(['backup', folder], env());
  expect([code, out]).toEqual([0, `2 forms, ${MANY + 11} submissions and 11 attachments are in ${folder}.\n`]);
  expect(filesBelow(folder).filter((name) => name.startsWith('files'))).toHaveLength(11);
  const all = filesBelow(folder).map((name) => `${name} ${fs.readFileSync(path.join(folder, name), 'latin1')}`);
  expect(all.join() + out + err).not.toContain(mark);
  expect(all.join()).not.toContain('complaint');
  const verified = await command(['verify-backup', folder], env());
  expect([verified.code, verified.out]).toEqual([
    0,
    `2 forms, ${MANY + 11} submissions and 11 attachments: all as written, 0 do not open.\n`,
  ]);
  const again = await command(['backup', folder], env());
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('holds a finished archive')]);
  const other = path.join(path.dirname(folder), 'other');
  fs.mkdirSync(other);
  fs.writeFileSync(path.join(other, 'letter.txt'), 'mine');
  await expect(vaultOf(running.strapi).archives.write(other, SYSTEM, () => undefined)).rejects.toThrow('holds something else');
  expect(fs.readdirSync(other)).toContain('letter.txt');
});
const SYSTEM = { kind: 'system', id: null, name: null } as const;

test('is of no use without its root key', async () => {
  const database = await makeDatabase();
  const keys = `other:${randomBytes(32).toString('base64')}`;
  const { code, err } = await command(['restore', folder], { ...env(), ...database.env, FORM_GUARD_KEYS: keys });
  await database.remove();
  expect([code, err]).toEqual([1, expect.stringContaining('The root key of this archive is not here.')]);
  expect(err).not.toContain(mark);
});

test('is of no use with a root key that is not that of its values', async () => {
  const other = `other:${randomBytes(32).toString('base64')}`;
  const under = { ...env(), FORM_GUARD_KEYS: `${other},${process.env.TEST_KEYS}` };
  const archive = path.join(path.dirname(folder), 'under-two');
  expect((await command(['backup', archive], under)).code).toBe(0);
  const [database, files] = [await makeDatabase(), attachmentConfig()];
  const site = { TEST_FORM_GUARD: JSON.stringify(files.config), ...database.env };
  const { code, err } = await command(['restore', archive], { ...site, FORM_GUARD_KEYS: other });
  expect([code, err]).toEqual([1, expect.stringMatching(/^\d+ submissions and attachments in it are under a root key/m)]);
  expect(storedFiles(files.folder)).toEqual([]);
  const whole = await command(['restore', archive], { ...site, FORM_GUARD_KEYS: under.FORM_GUARD_KEYS });
  expect([whole.code, whole.out]).toEqual([0, `${MANY + 11} submissions and 11 attachments restored.\n`]);
  await database.remove();
  files.remove();
});

test('is not restored over what is there, and not where something else has its address', async () => {
  const { archives } = vaultOf(running.strapi);
  await expect(archives.restore(folder, SYSTEM, () => undefined)).rejects.toThrow(`holds ${MANY + 11} submissions`);
  // An empty site from here on, with other files.
  const archive = path.join(path.dirname(path.dirname(folder)), path.basename(folder));
  fs.renameSync(folder, archive);
  folder = archive;
  await running.stop();
  own.remove();
  own = attachmentConfig();
  running = await startStrapi({ config: own.config });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  const made = await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201);
  const { documentId } = (made.body as { data: { documentId: string } }).data;
  await expect(vaultOf(running.strapi).archives.restore(folder, SYSTEM, () => undefined)).rejects.toThrow(
    'another form with the address "police-complaint"',
  );
  await as(running, boss).delete(`/form-guard/forms/${documentId}`);
  await running.strapi.db.query('plugin::form-guard.form').deleteMany({ where: { documentId } });
  expect(await count()).toBe(0);
});

const SPOILT: [string, (at: string) => void, RegExp][] = [
  ['no manifest', (at) => fs.rmSync(path.join(at, 'manifest.json')), /There is no manifest\.json/],
  ['half a manifest', (at) => fs.truncateSync(path.join(at, 'manifest.json'), 200), /damaged/],
  ['a part missing', (at) => fs.rmSync(path.join(at, 'part-000000')), /part-000000 is missing/],
  ['a part cut off', (at) => fs.truncateSync(path.join(at, 'part-000000'), 5000), /part-000000 is not as it was written/],
  ['a bit changed', (at) => flip(path.join(at, 'part-000000'), 4000), /part-000000 is not as it was written/],
  ['an attachment missing', (at) => fs.rmSync(fileIn(at)), /An attachment is missing/],
  ['an attachment changed', (at) => flip(fileIn(at), -5), /An attachment is not as it was written/],
  ['fewer submissions in its manifest', (at) => rewrite(at, /"submissions":\d+/, '"submissions":1'), /not as it was written/],
  ['a part less in its manifest', (at) => rewrite(at, /"parts":\[[^\]]*\]/, '"parts":[]'), /not as it was written/],
  ['another format', (at) => rewrite(at, /form-guard-archive-1/, 'form-guard-archive-9'), /format "form-guard-archive-9"/],
];
const fileIn = (at: string): string => path.join(at, 'files', fs.readdirSync(path.join(at, 'files'))[0] as string);
const flip = (file: string, at: number): void => {
  const bytes = fs.readFileSync(file);
  const place = at < 0 ? bytes.length + at : at;
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  fs.writeFileSync(file, bytes);
};
const rewrite = (at: string, what: RegExp, by: string): void => {
  const file = path.join(at, 'manifest.json');
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(what, by));
};
test.each(SPOILT)('with %s it is refused, and nothing is written', async (_what, spoil, says) => {
  const copy = `${folder}-copy`;
  fs.cpSync(folder, copy, { recursive: true });
  try {
    spoil(copy);
    const { archives } = vaultOf(running.strapi);
    await expect(archives.verify(copy, () => undefined)).rejects.toThrow(says);
    await expect(archives.restore(copy, SYSTEM, () => undefined)).rejects.toThrow(says);
    expect([await count(), storedFiles(own.folder)]).toEqual([0, []]);
  } finally {
    fs.rmSync(copy, { recursive: true });
  }
});

test('gives an empty site everything back, interrupted and killed in between', async () => {
  const interrupted = vaultOf(running.strapi).archives.restore(folder, SYSTEM, () => {
    throw new Error('interrupted');
  });
  await expect(interrupted).rejects.toThrow('interrupted');
  expect(await count()).toBe(100);
  const { child, ended } = startCommand(['restore', folder], env());
  while (child.exitCode === null && (await count()) <= 100) await pause(2);
  child.kill('SIGKILL');
  await ended;
  const { code, out, err } = await command(['restore', folder], env());
  expect([code, out, err]).toEqual([
    0,
    `${MANY + 11} submissions and 11 attachments restored.\n`,
    expect.stringContaining('Nobody may read them yet'),
  ]);
  expect(await count()).toBe(MANY + 11);
  expect(storedFiles(own.folder)).toHaveLength(11);

  const [first] = before.keys();
  const [source, recordId] = (first as string).split(' ');
  await as(running, boss).post(`/form-guard/inbox/${source}/${recordId}/open`).expect(403);
  for (const one of [form, report, CONTACT, APPLICATION]) await readsForm(running, boss, one, [boss]);
  expect(await shown()).toEqual(before);
  expect(await attachmentsOf()).toEqual(files);
  const doctor = await command(['doctor'], env());
  expect([doctor.code, doctor.out]).toEqual([0, expect.stringContaining(`${MANY + 22} of ${MANY + 22} open.`)]);
  const { body } = await as(running, boss)
    .post(`/form-guard/inbox/${form}/search`, { field: 'email', value: `MANY-9-${mark}@Example.org` })
    .expect(200);
  expect((body as { data: { recordId: string }[] }).data.map((row) => row.recordId)).toEqual([`MANY${'9'.padStart(12, '0')}`]);
});

test('and from there on it is a site like any other', async () => {
  const sent = { name: mark, email: `new-${mark}@example.org`, message: mark };
  await running.http.post('/api/form-guard/forms/police-complaint/submissions').send(sent).expect(201);
  expect((await command(['keys', 'rotate'], env())).code).toBe(0);
  const doctor = await command(['doctor'], env());
  expect([doctor.code, doctor.out]).toEqual([0, expect.stringContaining(`${MANY + 23} of ${MANY + 23} open.`)]);
  const { archives } = vaultOf(running.strapi);
  await expect(archives.restore(folder, SYSTEM, () => undefined)).rejects.toThrow(`holds ${MANY + 12} submissions`);
  fs.rmSync(folder, { recursive: true });
});

test('what is erased or written while it is made is in it whole or not at all', async () => {
  const archive = `${folder}-torn`;
  const documents = (uid: string) =>
    running.strapi.documents(uid as never) as unknown as Record<'delete' | 'update', (params: object) => Promise<unknown>>;
  const of = async (uid: string): Promise<string> =>
    (await recordIds()).find(({ form_or_type: source }) => source === uid)?.record_id ?? '';
  const [erased, written] = [await of(APPLICATION), await of(CONTACT)];
  const { query } = running.strapi.db;
  let isDone = false;
  const spy = jest.spyOn(running.strapi.db, 'query').mockImplementation(((uid: string) => {
    const repository = query.call(running.strapi.db, uid as never);
    if (uid !== 'form-guard::files') return repository;
    const findMany = async (params: never) => {
      if (!isDone) {
        isDone = true;
        await documents(APPLICATION).delete({ documentId: erased });
        await documents(CONTACT).update({ documentId: written, data: { message: `later ${mark}` } });
      }
      return repository.findMany(params);
    };
    return Object.assign(Object.create(repository) as object, { findMany });
  }) as never);
  const made = await vaultOf(running.strapi).archives.write(archive, SYSTEM, () => undefined);
  spy.mockRestore();
  expect(isDone).toBe(true);
  expect([made.submissions, made.files, filesBelow(path.join(archive, 'files')).length]).toEqual([MANY + 11, 10, 10]);
  const verified = await vaultOf(running.strapi).archives.verify(archive, () => undefined);
  expect([verified.submissions, verified.files, verified.unreadable]).toEqual([MANY + 11, 10, 0]);
  fs.rmSync(archive, { recursive: true });
});

test('has what is sealed of a type that is no longer under protect, and its keys', async () => {
  const archive = `${folder}-unlisted`;
  const protect = Object.fromEntries(Object.entries(own.config.protect).filter(([uid]) => uid !== CONTACT));
  const unlisted = { TEST_FORM_GUARD: JSON.stringify({ ...own.config, protect }) };
  const made = await command(['backup', archive], unlisted);
  expect([made.code, made.out]).toEqual([0, expect.stringContaining(`${MANY + 11} submissions`)]);
  const { code, out } = await command(['verify-backup', archive], unlisted);
  expect([code, out]).toEqual([0, expect.stringContaining('all as written, 0 do not open')]);
  const restored = await command(['restore', archive], unlisted);
  expect([restored.code, restored.err]).toEqual([1, expect.stringContaining('which this site does not wrap')]);
  fs.rmSync(archive, { recursive: true });
});
