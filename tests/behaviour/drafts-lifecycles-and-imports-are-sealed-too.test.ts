/** The ways to write that a site forgets: draft and publish, lifecycles that write other rows, an import of old clear data. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  adminPerson,
  APP,
  as,
  CONTACT,
  PROTECT_CONTACT,
  readsForm,
  startStrapi,
  tick,
  type AdminPerson,
  type Running,
} from '../helpers/strapi';
import { canary, wholeDatabase } from '../helpers/canary';

const ARTICLE = 'api::article.article';
type Documents = Record<string, (params: object) => Promise<{ documentId: string }>>;
const documents = (running: Running, uid: string) => running.strapi.documents(uid as never) as unknown as Documents;
const opened = async (running: Running, reader: AdminPerson, uid: string, recordId: string): Promise<Record<string, unknown>> => {
  const { body } = await as(running, reader).post(`/form-guard/inbox/${uid}/${recordId}/open`).expect(200);
  const { fields } = (body as { data: { fields: { name: string; value: unknown }[] } }).data;
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
};

describe('A wrapped type with draft and publish', () => {
  let running: Running;
  let boss: AdminPerson;
  beforeAll(async () => {
    running = await startStrapi({ config: { protect: { [ARTICLE]: { plain: ['title'] } } } });
    boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
    await readsForm(running, boss, ARTICLE, [boss]);
    await tick(running.strapi, `${ARTICLE}.create`);
  });
  afterAll(() => running.stop());

  test('keeps one sealed record for the draft and the published row', async () => {
    const mark = canary('draft');
    const sent = await running.http
      .post('/api/articles')
      .send({ data: { title: 'Plain', body: mark } })
      .expect(201);
    const { reference } = (sent.body as { data: { reference: string } }).data;
    await documents(running, ARTICLE).update!({ documentId: reference, data: { body: `${mark} two` }, status: 'draft' });
    await documents(running, ARTICLE).publish!({ documentId: reference });
    await documents(running, ARTICLE).unpublish!({ documentId: reference });
    await documents(running, ARTICLE).publish!({ documentId: reference });
    expect(await running.strapi.db.query(ARTICLE as never).count({ where: { documentId: reference } as never })).toBe(2);
    expect(await wholeDatabase(running.strapi)).not.toContain(mark);
    expect(await opened(running, boss, ARTICLE, reference)).toMatchObject({ body: `${mark} two` });
    await documents(running, ARTICLE).delete!({ documentId: reference });
    await as(running, boss).post(`/form-guard/inbox/${ARTICLE}/${reference}/open`).expect(404);
  });
});

describe('A lifecycle of the site that writes another row of the type', () => {
  let running: Running;
  beforeAll(async () => {
    running = await startStrapi();
  });
  afterAll(() => running.stop());

  test('loses nothing and shows nothing', async () => {
    const boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
    await readsForm(running, boss, CONTACT, [boss]);
    const mark = canary('nested');
    let nested = '';
    const unsubscribe = running.strapi.db.lifecycles.subscribe({
      models: [CONTACT],
      async afterCreate() {
        if (nested) return;
        nested = 'in the middle';
        const other = await running.strapi.db
          .query(CONTACT as never)
          .create({ data: { name: `${mark} copy`, email: `${mark}@copy.org` } as never });
        nested = (other as { documentId: string }).documentId;
      },
    });
    const { documentId } = await documents(running, CONTACT).create!({
      data: { name: `${mark} first`, email: `${mark}@first.org` },
    });
    unsubscribe();
    expect(await wholeDatabase(running.strapi)).not.toContain(mark);
    expect(await opened(running, boss, CONTACT, documentId)).toMatchObject({ name: `${mark} first` });
    expect(await opened(running, boss, CONTACT, nested)).toMatchObject({ name: `${mark} copy` });
  });
});

describe('An import of what a site exported before it had Form Guard', () => {
  const mark = canary('import');
  const strapi = path.join(APP, '../../node_modules/@strapi/strapi/bin/strapi.js');
  const cli = (...args: string[]) =>
    promisify(execFile)(process.execPath, [strapi, ...args], {
      cwd: APP,
      env: { ...process.env, FORM_GUARD_KEYS: process.env.TEST_KEYS },
    });
  let file: string;
  let documentId: string;

  beforeAll(async () => {
    file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-import-')), 'old');
    const before = await startStrapi({ env: { TEST_WITHOUT_FORM_GUARD: 'true' } });
    const data = {
      name: `${mark} name`,
      email: `${mark}@example.org`,
      age: 44,
      details: { [mark]: 1 },
      address: { street: `${mark} street` },
      children: [{ street: `${mark} a` }, { street: `${mark} b` }],
    };
    documentId = (await documents(before, CONTACT).create!({ data })).documentId;
    await tick(before.strapi, `${CONTACT}.find`);
    expect((await before.http.get('/api/contacts?populate=*').expect(200)).text).toContain(mark);
    await cli('export', '--no-encrypt', '--no-compress', '--file', file);
    expect(fs.readFileSync(`${file}.tar`, 'latin1')).toContain(mark);
    await before.stop();
  });
  afterAll(() => fs.rmSync(path.dirname(file), { recursive: true, force: true }));

  test('is sealed on its way in, the open box it brings opens nothing, and its reader reads', async () => {
    let running = await startStrapi();
    const kept = canary('kept');
    const { documentId: earlier } = await documents(running, CONTACT).create!({
      data: { name: kept, email: `${kept}@example.org` },
    });
    Object.assign(process.env, { TEST_FORM_GUARD: JSON.stringify(PROTECT_CONTACT) });
    await cli('import', '--force', '--file', `${file}.tar`);
    running = await running.again();
    expect(await wholeDatabase(running.strapi)).not.toContain(mark);
    await running.http.get('/api/contacts?populate=*').expect(403);
    const boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
    await readsForm(running, boss, CONTACT, [boss]);
    expect(await opened(running, boss, CONTACT, documentId)).toMatchObject({
      name: `${mark} name`,
      age: 44,
      address: { street: `${mark} street` },
      children: [{ street: `${mark} a` }, { street: `${mark} b` }],
    });
    // An import empties the table of every type and model that it finds: ours is not among them.
    expect(await opened(running, boss, CONTACT, earlier)).toMatchObject({ name: kept });
    const overview = await as(running, boss).get('/form-guard/overview').expect(200);
    expect((overview.body as { data: { findings: { code: string }[] } }).data.findings.map(({ code }) => code)).toContain(
      'PERMISSION_ROW',
    );
    await running.stop();
  });
});
