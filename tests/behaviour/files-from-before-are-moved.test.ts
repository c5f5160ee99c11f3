/**
 * Files that people sent before their type was wrapped: out of the media library into the vault, through kills, with their
 * smaller sizes; for named readers only from then on. And all the way back: the library is then what it was.
 */
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import sharp from 'sharp';
import { APPLICATION, attachmentConfig, filesBelow, uploadToLibrary } from '../helpers/attachments';
import { canary, wholeDatabase } from '../helpers/canary';
import { command, startCommand } from '../helpers/command';
import { adminPerson, as, readsForm, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

const WITHOUT = { env: { TEST_WITHOUT_FORM_GUARD: 'true' } };
/** Of its own: an import in another test empties that of the app. */
const PUBLIC = fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-public-'));
const UPLOADS = path.join(PUBLIC, 'uploads');
fs.mkdirSync(UPLOADS);
process.env.TEST_PUBLIC = PUBLIC;
const mark = canary('file');
const attachments = attachmentConfig();
const config = { ...attachments.config, attachments: { folder: attachments.folder } };
const env = { TEST_FORM_GUARD: JSON.stringify(config) };
jest.setTimeout(240_000);

type Row = Record<string, unknown>;
let running: Running;
let boss: AdminPerson;
let before: Record<string, Row[]>;
/** Name on the disk → digest, of what this test has sent. */
let onDisk: Record<string, string>;
const ids: Record<string, string> = {};

const knex = () => running.strapi.db.connection;
const TABLES = ['files', 'files_related_mph', 'files_folder_lnk', 'applications'];
/** The plugin makes a column for a media attribute, which stays empty. */
const withoutColumns = ({ cv: _cv, photos: _photos, other: _other, ...row }: Row): Row => row;
const tables = async (): Promise<Record<string, Row[]>> => {
  const found: Record<string, Row[]> = {};
  for (const name of TABLES) found[name] = ((await knex()(name).select('*').orderBy('id')) as Row[]).map(withoutColumns);
  return found;
};
const sha = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const ours = (): Record<string, string> =>
  Object.fromEntries(
    fs
      .readdirSync(UPLOADS)
      .filter((name) => name.includes(mark))
      .map((name) => [name, sha(fs.readFileSync(path.join(UPLOADS, name)))]),
  );

const upload = (name: string, mimetype: string, content: Buffer): Promise<number> =>
  uploadToLibrary(running, `${mark}-${name}`, mimetype, content);
const documents = (uid: string) =>
  running.strapi.documents(uid as never) as unknown as Record<'create', (params: object) => Promise<{ documentId: string }>>;

const pdf = (text: string): Buffer => Buffer.from(`%PDF-1.7\n${text} ${mark}\n%%EOF\n`);
const big = Buffer.concat([pdf('big'), randomBytes(700_000)]);
const open = async (recordId: string, person = boss) =>
  as(running, person).post(`/form-guard/inbox/${APPLICATION}/${recordId}/open`).expect(200);
type Shown = { file: string; name: string; type: string; bytes: number };
const filesOf = async (recordId: string): Promise<Record<string, Shown[] | null>> => {
  const { fields } = ((await open(recordId)).body as { data: { fields: { name: string; value: Shown[] | null }[] } }).data;
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
};
const download = async (recordId: string, file: string, person = boss): Promise<Buffer> => {
  const { body } = await as(running, person)
    .post(`/form-guard/inbox/${APPLICATION}/${recordId}/files/${file}`)
    .buffer(true)
    .parse((answer, done) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => done(null, Buffer.concat(chunks)));
    })
    .expect(200);
  return body as Buffer;
};

beforeAll(async () => {
  running = await startStrapi(WITHOUT);
  const picture = await sharp({ create: { width: 900, height: 700, channels: 3, background: '#336699' } })
    .png()
    .toBuffer();
  const [cv, other, photoOne, photoTwo, shared, mixed, free] = [
    await upload('cv.pdf', 'application/pdf', pdf('cv')),
    await upload('big.pdf', 'application/pdf', big),
    await upload('one.png', 'image/png', picture),
    await upload('two.png', 'image/png', picture),
    await upload('shared.pdf', 'application/pdf', pdf('shared')),
    await upload('mixed.pdf', 'application/pdf', pdf('mixed')),
    await upload('free.pdf', 'application/pdf', pdf('free')),
  ];
  const made = async (name: string, data: object): Promise<void> => {
    ids[name] = (await documents(APPLICATION).create({ data: { name: `${name} ${mark}`, ...data } })).documentId;
  };
  await made('ann', { cv, photos: [photoTwo, photoOne], other: [shared] });
  await made('bo', { cv: other, other: [shared] });
  await made('cy', { cv: shared });
  await made('di', { cv: mixed });
  // A picture of the site, too: nobody knows that it is somebody's.
  await knex()('files_related_mph').insert({ file_id: mixed, related_id: 1, related_type: 'api::article.article', field: 'x' });
  expect(free).toBeGreaterThan(0);
  before = await tables();
  onDisk = ours();
  // Two pictures with four sizes each at this width, and five others.
  expect(Object.keys(onDisk).length).toBeGreaterThan(9);
  running = await running.again({ config });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  await readsForm(running, boss, APPLICATION, [boss]);
});
afterAll(async () => {
  await running?.stop();
  delete process.env.TEST_PUBLIC;
  fs.rmSync(PUBLIC, { recursive: true, force: true });
  attachments.remove();
});

test('a dry run says how many, and changes nothing', async () => {
  const { code, out, err } = await command(['protect', APPLICATION, '--dry-run'], env);
  expect([code, out, err]).toEqual([
    0,
    expect.stringContaining('5 files of it lie in the media library, hidden there and not sealed.'),
    expect.stringContaining('Files are sealed with their smaller sizes, compared, and deleted'),
  ]);
  expect(await tables()).toEqual(before);
  expect(ours()).toEqual(onDisk);
});

test('killed in the middle, moved on, two at once: nothing is left but what is not theirs', async () => {
  const { child, ended } = startCommand(['protect', APPLICATION], env);
  const sealed = async (): Promise<number> => {
    const [row] = (await knex()('form_guard_files').count({ n: '*' })) as { n: number | string }[];
    return Number(row?.n);
  };
  while (child.exitCode === null && (await sealed()) === 0) await pause(2);
  child.kill('SIGKILL');
  await ended;
  await Promise.all([command(['protect', APPLICATION], env), command(['protect', APPLICATION], env)]);
  const last = await command(['protect', APPLICATION], env);
  expect([last.code, last.out]).toEqual([0, expect.stringContaining('0 documents sealed')]);
  // Of the kill: what was being received is swept away after a while, and is sealed.
  const left = Object.keys(ours());
  expect(left.sort()).toEqual(
    Object.keys(onDisk)
      .filter((name) => /mixed|free/.test(name))
      .sort(),
  );
  const now = await tables();
  expect(now.files?.map(({ name }) => String(name)).sort()).toEqual([`${mark}-free.pdf`, `${mark}-mixed.pdf`]);
  expect(now.files_related_mph).toHaveLength(2);
  for (const name of filesBelow(attachments.folder))
    expect(fs.readFileSync(path.join(attachments.folder, name)).includes(mark)).toBe(false);
  const timesIn = (text: string): number => text.split(mark).length - 1;
  expect(timesIn(await wholeDatabase(running.strapi))).toBe(timesIn(JSON.stringify(now.files)));
});

test('each once, in their order, for named readers alone', async () => {
  const ann = await filesOf(ids.ann as string);
  expect(ann.cv).toEqual([
    { file: expect.any(String), name: `${mark}-cv.pdf`, type: 'application/pdf', bytes: pdf('cv').length },
  ]);
  expect(ann.photos?.map(({ name }) => name)).toEqual([`${mark}-two.png`, `${mark}-one.png`]);
  expect(ann.other?.map(({ name }) => name)).toEqual([`${mark}-shared.pdf`]);
  const bo = await filesOf(ids.bo as string);
  expect((await download(ids.bo as string, bo.cv?.[0]?.file ?? '')).equals(big)).toBe(true);
  expect((await download(ids.ann as string, ann.other?.[0]?.file ?? '')).equals(pdf('shared'))).toBe(true);
  const cy = await filesOf(ids.cy as string);
  expect((await download(ids.cy as string, cy.cv?.[0]?.file ?? '')).equals(pdf('shared'))).toBe(true);
  const other = await adminPerson(running.strapi, 'Other', 'strapi-super-admin');
  await as(running, other).post(`/form-guard/inbox/${APPLICATION}/${ids.bo}/files/${bo.cv?.[0]?.file}`).expect(403);
  for (const name of Object.keys(onDisk).filter((one) => !/mixed|free/.test(one)))
    await running.http.get(`/uploads/${name}`).expect(404);
});

test('new keys reach them, and an overview without them', async () => {
  expect((await command(['keys', 'rotate', APPLICATION], env)).code).toBe(0);
  const { body } = await as(running, boss).get('/form-guard/overview').expect(200);
  const codes = (body as { data: { findings: { code: string }[] } }).data.findings.map(({ code }) => code);
  expect(codes).not.toContain('UNSEALED_FILES');
  const { body: audit } = await as(running, boss).get('/form-guard/audit').expect(200);
  const said = (audit as { data: { sentence: string }[] }).data.map(({ sentence }) => sentence);
  expect(said.some((sentence) => /^Sealed \d files? from before the type was protected/.test(sentence))).toBe(true);
});

test('what cannot be read where the library keeps it stays, and is named', async () => {
  const id = Math.max(...((await knex()('files').select('id')) as { id: number }[]).map((row) => row.id)) + 1;
  const free = before.files?.find(({ name }) => String(name).includes('free')) ?? {};
  const [ann] = (await knex()('applications').where({ document_id: ids.ann }).select('id')) as { id: number }[];
  const lost = { ...free, id, document_id: 'lost', hash: `gone_${mark}`, url: '/uploads/gone.pdf' };
  await knex()('files').insert(lost);
  await knex()('files_related_mph').insert({ file_id: id, related_id: ann?.id, related_type: APPLICATION, field: 'other' });
  // A row that somebody wrote to make the command read and delete another file.
  const secret = path.join(os.tmpdir(), `form-guard-secret-${mark}`);
  fs.writeFileSync(secret, 'secret');
  const outside = { ...lost, id: id + 1, document_id: 'outside', hash: path.relative(UPLOADS, secret), ext: '' };
  await knex()('files').insert(outside);
  await knex()('files_related_mph').insert({ file_id: id + 1, related_id: ann?.id, related_type: APPLICATION, field: 'other' });
  const { code, out } = await command(['protect', APPLICATION], env);
  expect([code, out]).toEqual([1, expect.stringContaining(`: ${id}, ${id + 1}`)]);
  expect(fs.readFileSync(secret, 'utf8')).toBe('secret');
  fs.rmSync(secret);
  expect((await filesOf(ids.ann as string)).other).toHaveLength(1);
  await knex()('files_related_mph')
    .whereIn('file_id', [id, id + 1])
    .delete();
  await knex()('files')
    .whereIn('id', [id, id + 1])
    .delete();
});

test('and back, killed in the middle: the library is as it was, on disk and in its tables', async () => {
  const left = async (): Promise<number> => {
    const [row] = (await knex()('form_guard_vault').where({ form_or_type: APPLICATION }).count({ n: '*' })) as { n: number }[];
    return Number(row?.n);
  };
  const args = ['unprotect', APPLICATION, '--confirm', APPLICATION];
  const { child, ended } = startCommand(args, env);
  while (child.exitCode === null && (await left()) === 4) await pause(2);
  child.kill('SIGKILL');
  await ended;
  const { code, out, err } = await command(args, env);
  expect([code, out, err]).toEqual([0, expect.stringContaining('put back.'), expect.any(String)]);
  expect(await left()).toBe(0);
  expect(ours()).toEqual(onDisk);
  const withoutIds = (rows: Row[] = []): Row[] => rows.map(({ id: _id, ...row }) => row);
  const sorted = (rows: Row[] = []): string[] =>
    withoutIds(rows)
      .map((row) => JSON.stringify(row))
      .sort();
  const now = await tables();
  expect(now.files).toEqual(before.files);
  expect(now.applications).toEqual(before.applications);
  expect(sorted(now.files_related_mph)).toEqual(sorted(before.files_related_mph));
  const [row] = (await knex()('form_guard_files').count({ n: '*' })) as { n: number | string }[];
  expect(Number(row?.n)).toBe(0);
});
