/**
 * An attribute of a wrapped type that gets another name keeps what was sealed under the one before, once the config says so: it is shown,
 * searched, exported, changed and handed out as the attribute of today, once, to whoever could read it before.
 */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { unprotectRows } from '../../server/src/move-commands';
import type { DisclosedFile, Disclosure, Grant } from '../../server/src/contract';
import { APPLICATION, APPLICATIONS, attachmentConfig, pdf } from '../helpers/attachments';
import { canary, wholeDatabase } from '../helpers/canary';
import { makeOwnApp, type OwnApp } from '../helpers/own-app';
import { adminPerson, as, CONTACT, readsForm, startStrapi, tick, type AdminPerson, type Running } from '../helpers/strapi';

jest.setTimeout(120_000);
const mark = canary('renamed');
const REASON = 'The ombudsman asked for them';
const kept = attachmentConfig();
let own: OwnApp;
let running: Running;
let boss: AdminPerson;
let clerk: AdminPerson;
let contact: string;
let application: string;

const configWith = (contactOptions: object, applicationOptions: object = {}) => ({
  ...kept.config,
  protect: { [CONTACT]: { plain: ['subject'], ...contactOptions }, [APPLICATION]: applicationOptions },
});
/** As somebody does in the file, or a later Content-Type Builder. */
const rename = (file: string, names: Record<string, string>): void => {
  const schema = path.join(own.app, 'src/api', file, 'content-types', file, 'schema.json');
  const written = JSON.parse(fs.readFileSync(schema, 'utf8')) as { attributes: Record<string, unknown> };
  const attributes = Object.fromEntries(Object.entries(written.attributes).map(([name, one]) => [names[name] ?? name, one]));
  fs.writeFileSync(schema, JSON.stringify({ ...written, attributes }));
};
const again = async (config: object): Promise<void> => {
  running = await running.again({ app: own.app, config });
};
const RENAMED = { search: ['electronicMail'], renamed: { email: 'mail', mail: 'electronicMail', address: 'home' } };

const open = async (who: AdminPerson, source: string, recordId: string): Promise<Record<string, unknown>> => {
  const { body } = await as(running, who).post(`/form-guard/inbox/${source}/${recordId}/open`).expect(200);
  const { fields } = (body as { data: Disclosure }).data;
  expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
};
const search = (field: string, value: string, who = boss) =>
  as(running, who).post(`/form-guard/inbox/${CONTACT}/search`, { field, value });
const found = async (field: string, value: string): Promise<string[]> => {
  const { body } = await search(field, value).expect(200);
  return (body as { data: { recordId: string }[] }).data.map(({ recordId }) => recordId);
};
const documents = () =>
  running.strapi.documents(CONTACT as never) as unknown as {
    create(params: object): Promise<{ documentId: string }>;
    update(params: object): Promise<unknown>;
    findOne(params: object): Promise<Record<string, unknown>>;
  };

beforeAll(async () => {
  own = makeOwnApp();
  running = await startStrapi({ app: own.app, config: configWith({ search: ['email'] }) });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  clerk = await adminPerson(running.strapi, 'Clerk');
  for (const source of [CONTACT, APPLICATION]) await readsForm(running, boss, source, [boss]);
  await readsForm(running, boss, CONTACT, [clerk], ['email']);
  await readsForm(running, boss, APPLICATION, [clerk], ['cv']);
  await tick(running.strapi, `${APPLICATION}.create`);
  const data = { name: mark, email: `${mark}@example.org`, address: { street: mark, city: 'Paris' } };
  contact = (await documents().create({ data })).documentId;
  await running.http
    .post(APPLICATIONS)
    .field('name', mark)
    .attach('cv', Buffer.from(pdf(mark)), 'cv.pdf')
    .expect(201);
  const { body } = await as(running, boss).get(`/form-guard/inbox/${APPLICATION}`).expect(200);
  application = (body as { data: { recordId: string }[] }).data[0]?.recordId ?? '';
  rename('contact', { email: 'electronicMail', address: 'home' });
  rename('application', { cv: 'resume' });
});
afterAll(async () => {
  await running.stop();
  own.remove();
  kept.remove();
});

test('without a word in the config the older name is shown beside the new one', async () => {
  await again(configWith({ search: ['electronicMail'] }));
  expect(await open(boss, CONTACT, contact)).toMatchObject({ electronicMail: null, email: `${mark}@example.org` });
});

test('it is shown once, as the attribute of today, to whoever could read it before', async () => {
  await again(configWith(RENAMED, { renamed: { cv: 'resume' } }));
  const shown = await open(boss, CONTACT, contact);
  expect(shown).toMatchObject({ name: mark, electronicMail: `${mark}@example.org`, home: { street: mark } });
  expect(Object.keys(shown)).toEqual(expect.not.arrayContaining(['email', 'mail', 'address']));
  expect(await open(clerk, CONTACT, contact)).toEqual({ subject: 'question', electronicMail: `${mark}@example.org` });
  const { body } = await as(running, boss).get(`/form-guard/readers/${CONTACT}`).expect(200);
  const grants = (body as { data: Grant[] }).data;
  expect(grants.map(({ fields }) => fields)).toEqual([['electronicMail'], null]);
});

test('it is found by what it is called today, and by nothing else', async () => {
  expect(await found('electronicMail', `${mark}@EXAMPLE.org`)).toEqual([contact]);
  await search('email', `${mark}@example.org`).expect(403);
  await search('electronicMail', `${mark}@example.org`, clerk).expect(200);
});

test('it is exported under one heading', async () => {
  const { text } = await as(running, boss)
    .post(`/form-guard/inbox/${CONTACT}/export`, { reason: REASON, separator: ',' })
    .expect(200);
  const [headings = '', line = ''] = text.split('\r\n');
  expect(headings.match(/mail/gi)).toEqual(['mail']);
  expect(line.split(`${mark}@example.org`)).toHaveLength(2);
});

test('an attachment is handed out to a reader of the field, whose name is on record as it is today', async () => {
  for (const who of [boss, clerk]) {
    const { resume, cv } = await open(who, APPLICATION, application);
    expect(cv).toBeUndefined();
    const [{ file }] = resume as [DisclosedFile];
    const { body } = await as(running, who).post(`/form-guard/inbox/${APPLICATION}/${application}/files/${file}`).expect(200);
    expect(Buffer.from(body as Buffer).toString('latin1')).toContain(mark);
  }
  const { body } = await as(running, clerk).get(`/form-guard/inbox/${APPLICATION}/${application}/history`).expect(200);
  expect(JSON.stringify(body)).toContain('“Resume”');
});

test('new keys lose nothing of it', async () => {
  await as(running, boss).post(`/form-guard/keys/${CONTACT}/rotate`).expect(200);
  for (let tries = 0; tries < 200; tries += 1) {
    const { body } = await as(running, boss).get('/form-guard/keys').expect(200);
    if ((body as { data: { work: { phase: string } | null }[] }).data.some(({ work }) => work?.phase === 'done')) break;
    await pause(25);
  }
  expect(await found('electronicMail', `${mark}@example.org`)).toEqual([contact]);
  expect(await open(boss, CONTACT, contact)).toMatchObject({ electronicMail: `${mark}@example.org`, home: { street: mark } });
});

test('a change replaces what was sealed under the older name', async () => {
  const other = await documents().create({ data: { name: 'Eve', electronicMail: 'eve@example.org' } });
  await documents().update({ documentId: contact, data: { electronicMail: `new-${mark}@example.org` } });
  expect(await open(boss, CONTACT, contact)).toMatchObject({ electronicMail: `new-${mark}@example.org`, home: { street: mark } });
  expect(await found('electronicMail', `${mark}@example.org`)).toEqual([]);
  expect(await found('electronicMail', `new-${mark}@example.org`)).toEqual([contact]);
  expect(await found('electronicMail', 'eve@example.org')).toEqual([other.documentId]);
  expect(await wholeDatabase(running.strapi)).not.toContain(mark);
});

test('and it leaves the vault into the attribute of today', async () => {
  const terminal = { print: () => undefined, explain: () => undefined };
  const code = await unprotectRows(CONTACT, { isDryRun: false })(running.strapi, terminal);
  expect(code).toBe(0);
  const knex = running.strapi.db.connection;
  expect(await knex('contacts').where({ document_id: contact }).select('electronic_mail')).toEqual([
    { electronic_mail: `new-${mark}@example.org` },
  ]);
  const home = knex('contacts_cmps').where({ field: 'home' }).join('components_shared_addresses as a', 'a.id', 'cmp_id');
  expect(await home.select('street')).toEqual([{ street: mark }]);
});
