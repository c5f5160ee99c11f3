/**
 * Every setting wrong at once: permission rows for every action and role written by SQL, wide tokens, GraphQL with
 * introspection, webhooks, an editor with every right on the type. No value comes out anywhere.
 */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  adminPerson,
  APP,
  as,
  COMPLAINT,
  CONTACT,
  PROTECT_CONTACT,
  readsForm,
  startStrapi,
  type AdminPerson,
  type Running,
} from '../helpers/strapi';
import { canary, filesOf, wholeDatabase, whileListening } from '../helpers/canary';
import { client } from '../helpers/database';

const mark = canary('leak');
const ENV = { TEST_GRAPHQL: 'true' };
let running: Running;
let boss: AdminPerson;
let editor: AdminPerson;
let form: string;
let husk: string;
let record: string;
let topic: string;
const tokens: Record<string, string> = {};
const hooked: string[] = [];
let webhook: http.Server;

const contact = () => ({
  name: `${mark} name`,
  email: `${mark}@example.org`,
  message: mark,
  secret: mark,
  details: { [mark]: mark },
  code: mark,
  address: { street: mark, city: mark },
  children: [{ street: mark }],
});

beforeAll(async () => {
  running = await startStrapi({ env: ENV, config: { ...PROTECT_CONTACT, unsafeEntryWebhooks: true } });
  const { strapi } = running;
  boss = await adminPerson(strapi, 'Boss', 'strapi-super-admin');
  editor = await adminPerson(strapi, 'Editor');

  webhook = http.createServer((request, response) => {
    request.on('data', (chunk: Buffer) => hooked.push(chunk.toString()));
    request.on('end', () => response.end('{}'));
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/`;
  const events = [
    'entry.create',
    'entry.update',
    'entry.delete',
    'entry.publish',
    'entry.unpublish',
    'media.create',
    'media.update',
    'media.delete',
  ];
  const hook = await strapi
    .get('webhookStore')
    .createWebhook({ name: 'all', url, headers: {}, events, isEnabled: true } as never);
  strapi.get('webhookRunner').add(hook);

  // Rows written past every guard, for every action of every role, of the type and of what lies around it.
  const roles = (await strapi.db.connection('up_roles').select('id', 'type')) as { id: number }[];
  const actions = ['find', 'findOne', 'create', 'update', 'delete'].flatMap((action) =>
    [CONTACT, 'api::topic.topic', 'plugin::form-guard.form', 'plugin::upload.content-api'].map((uid) => `${uid}.${action}`),
  );
  for (const action of [
    ...actions,
    'plugin::users-permissions.user.find',
    'plugin::users-permissions.role.find',
    'plugin::form-guard.inbox.find',
    'plugin::form-guard.vault.find',
  ]) {
    for (const { id } of roles) {
      await strapi.db.connection('up_permissions').insert({ action, document_id: canary('row') });
      const row = (await strapi.db.connection('up_permissions').max({ id: 'id' }).first()) as { id: number };
      await strapi.db.connection('up_permissions_role_lnk').insert({ permission_id: row.id, role_id: id });
    }
  }
  // Tokens that were there before the plugin.
  for (const type of ['read-only', 'full-access', 'custom']) {
    const custom = type === 'custom' ? { permissions: [`${CONTACT}.create`] } : { type: 'custom', permissions: [] };
    const made = (await strapi
      .service('admin::api-token')
      .create({ name: `old ${type}`, description: '', type: 'custom', lifespan: null, ...custom })) as {
      id: number;
      accessKey: string;
    };
    await strapi.db.connection('strapi_api_tokens').where({ id: made.id }).update({ type });
    tokens[type] = made.accessKey;
    if (type === 'custom') {
      for (const action of ['find', 'findOne', 'update']) {
        await strapi.db
          .connection('strapi_api_token_permissions')
          .insert({ action: `${CONTACT}.${action}`, document_id: canary('row') });
        const row = (await strapi.db.connection('strapi_api_token_permissions').max({ id: 'id' }).first()) as { id: number };
        await strapi.db
          .connection('strapi_api_token_permissions_token_lnk')
          .insert({ api_token_permission_id: row.id, api_token_id: made.id });
      }
    }
  }

  topic = (
    (await strapi.documents('api::topic.topic' as never).create({ data: { title: 'Police' } as never })) as { documentId: string }
  ).documentId;
  form = ((await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201)).body as { data: { id: string } }).data.id;
  husk = (
    (
      await running.http
        .post('/api/contacts')
        .send({ data: { ...contact(), topic: { connect: [{ documentId: topic }] } } })
        .expect(201)
    ).body as { data: { reference: string } }
  ).data.reference;
  const sent = { name: `${mark} name`, email: `${mark}@example.org`, message: mark };
  const posted = (await running.http.post('/api/form-guard/forms/police-complaint/submissions').send(sent).expect(201)).body as {
    data: { reference: string };
  };
  record = posted.data.reference.replaceAll('-', '');
});
afterAll(async () => {
  webhook.close();
  await running.stop();
});

const signUp = async (): Promise<string> => {
  const name = canary('user').slice(0, 20);
  const { body } = await running.http
    .post('/api/auth/local/register')
    .send({ username: name, email: `${name}@example.org`, password: 'Correct-Horse-1' })
    .expect(200);
  return (body as { jwt: string }).jwt;
};
const strangers: [string, () => Promise<string | null> | string | null][] = [
  ['a stranger', () => null],
  ['somebody who signed up', signUp],
  ['the read-only token', () => tokens['read-only'] ?? ''],
  ['the full-access token', () => tokens['full-access'] ?? ''],
  ['a custom token', () => tokens.custom ?? ''],
];

const gets = (): string[] => [
  '/api/contacts',
  '/api/contacts?populate=*',
  `/api/contacts/${husk}?populate=*`,
  '/API/CONTACTS/',
  '/api/contacts?status=draft&locale=*',
  `/api/contacts?filters[email][$startsWith]=${mark}`,
  `/api/contacts?filters[address][street]=${mark}`,
  '/api/contacts?sort=email&fields[0]=email',
  `/api/contacts?_q=${mark}`,
  '/api/topics?populate[contacts][populate]=*',
  `/api/topics/${topic}?populate=*`,
  `/api/topics?filters[contacts][email][$startsWith]=${mark}`,
  `/api/topics?populate[contacts][filters][email][$startsWith]=${mark}`,
  '/api/forms',
  '/api/form-guard/forms',
  '/api/form-guard/inbox',
  '/api/form-guard/vault',
  '/api/form-guard/submissions',
  '/api/form-guard/forms/police-complaint',
  '/api/form-guard/forms/police-complaint/submissions',
  `/api/form-guard/forms/police-complaint/submissions/${record}`,
  `/form-guard/inbox/${form}`,
  '/form-guard/overview',
  '/form-guard/audit',
];

describe.each(strangers)('%s', (_who, credential) => {
  let headers: Record<string, string> = {};
  beforeAll(async () => {
    const token = await credential();
    headers = token ? { Authorization: `Bearer ${token}` } : {};
  });

  test('gets no value and no yes or no by GET', async () => {
    for (const url of gets()) {
      const { text, status } = await running.http.get(url).set(headers);
      expect([url, text.replaceAll(new RegExp(`Invalid[^"]*${mark}`, 'g'), '').includes(mark)]).toEqual([url, false]);
      if (url.toLowerCase().startsWith('/api/contacts')) expect([url, status]).toEqual([url, status === 401 ? 401 : 403]);
    }
  });

  test('gets nothing by PUT and DELETE, and destroys nothing', async () => {
    for (const [method, url] of [
      ['put', `/api/contacts/${husk}?populate=*`],
      ['delete', `/api/contacts/${husk}`],
      ['put', `/api/contacts/${husk}/`],
    ] as const) {
      const { text, status } = await running.http[method](url).set(headers).send({ data: {} });
      expect([401, 403]).toContain(status);
      expect(text).not.toContain(mark);
    }
    expect(await running.strapi.db.query(CONTACT as never).count({ where: { documentId: husk } as never })).toBe(1);
  });

  test('gets a receipt and nothing back by POST', async () => {
    const { text } = await running.http.post('/api/contacts?populate=*&fields=email').set(headers).send({ data: contact() });
    expect(text).not.toContain(mark);
  });

  test('gets nothing by GraphQL', async () => {
    const queries = [
      '{ contacts { documentId subject name email message secret } }',
      '{ contacts { documentId subject } }',
      '{ topics { title contacts { name email message } } }',
      '{ topics { title contacts { documentId } } }',
      `{ contacts(filters: { email: { startsWith: "${mark.slice(0, 8)}" } }) { documentId } }`,
      `{ contact(documentId: "${husk}") { email address { street } } }`,
      `mutation { updateContact(documentId: "${husk}", data: {}) { name email } }`,
      `mutation { createContact(data: { name: "Ada", email: "ada@example.org", message: "${mark}" }) { documentId message } }`,
    ];
    for (const query of queries) {
      const { text } = await running.http.post('/graphql').set(headers).send({ query });
      const { data } = JSON.parse(text) as { data?: unknown };
      expect([query, JSON.stringify(data ?? null).includes(mark)]).toEqual([query, false]);
    }
  });
});

test.each(['read-only', 'full-access'])('the %s token finds no form to read, change or delete in GraphQL', async (type) => {
  const { body } = await running.http
    .post('/graphql')
    .set({ Authorization: `Bearer ${tokens[type]}` })
    .send({ query: '{ __schema { types { name } queryType { fields { name } } mutationType { fields { name } } } }' })
    .expect(200);
  expect(JSON.stringify(body)).toContain('article');
  expect(JSON.stringify(body)).not.toMatch(/form_?guard/i);
});

describe('An editor with every right on the type, and a super admin', () => {
  test.each([
    ['editor', () => editor],
    ['super admin', () => boss],
  ] as [string, () => AdminPerson][])('%s finds no value in the content manager', async (_who, person) => {
    const { strapi } = running;
    const role = (await strapi.db.query('admin::role').findOne({ where: { code: 'strapi-editor' } })) as { id: number };
    for (const action of ['create', 'read', 'update', 'delete']) {
      const data = {
        action: `plugin::content-manager.explorer.${action}`,
        subject: CONTACT,
        properties: {},
        conditions: [],
        role: role.id,
      };
      await strapi.db.query('admin::permission').create({ data });
    }
    const type = `/content-manager/collection-types/${CONTACT}`;
    for (const url of [
      type,
      `${type}?populate=*`,
      `${type}/${husk}`,
      `${type}?_q=${mark}`,
      `${type}?filters[email][$contains]=${mark}`,
      `${type}/${husk}?populate[address]=true`,
      '/content-manager/collection-types/api::topic.topic?populate[contacts]=true',
      `/content-manager/collection-types/api::topic.topic?filters[contacts][email][$startsWith]=${mark}`,
      '/content-manager/relations/api::topic.topic/contacts?fields[0]=email&fields[1]=name',
      `/content-manager/relations/${CONTACT}/topic?id=${husk}`,
      '/content-manager/homepage/recent-documents?action=update',
      '/content-manager/init',
      '/upload/files?populate=*',
      '/content-manager/collection-types/plugin::form-guard.form',
      '/content-manager/collection-types/form-guard::vault',
      '/content-manager/collection-types/plugin::form-guard.vault',
      `/form-guard/inbox/${form}`,
      `/form-guard/inbox/${CONTACT}`,
    ]) {
      const { text } = await as(running, person()).get(url);
      expect([url, text.includes(mark)]).toEqual([url, false]);
    }
    const uid = await as(running, person()).post('/content-manager/uid/check-availability', {
      contentTypeUID: CONTACT,
      field: 'code',
      value: mark,
    });
    expect(uid.text).not.toContain('"isAvailable":false');
  });
});

test('webhooks carry ids at most', async () => {
  await running.strapi.documents('api::topic.topic' as never).update({ documentId: topic, data: { title: 'Police 2' } as never });
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(hooked.join('')).toContain('"model":"contact"');
  expect(hooked.join('')).not.toContain(mark);
});

test('other plugins see nothing in lifecycles, document middlewares and events', async () => {
  const seen: unknown[] = [];
  const { strapi } = running;
  strapi.documents.use((ctx, next) => {
    seen.push(JSON.stringify(ctx.params));
    return next();
  });
  const names = [
    'beforeCreate',
    'afterCreate',
    'beforeCreateMany',
    'beforeUpdate',
    'afterUpdate',
    'afterFindMany',
    'afterFindOne',
  ] as const;
  strapi.db.lifecycles.subscribe(
    Object.fromEntries(
      names.map((name) => [
        name,
        (event: { params: unknown; result?: unknown }) => seen.push(JSON.stringify([event.params, event.result])),
      ]),
    ) as never,
  );
  strapi.eventHub.subscribe(async (...event: unknown[]) => void seen.push(JSON.stringify(event)));
  await running.http.post('/api/contacts').send({ data: contact() }).expect(201);
  await strapi.documents(CONTACT as never).update({ documentId: husk, data: { message: `${mark} again` } as never });
  expect(seen.length).toBeGreaterThan(5);
  expect(seen.join('')).not.toContain(mark);
});

test('the log has no value, not even of a database that fails', async () => {
  const { connection } = running.strapi.db;
  await connection.schema.renameTable('form_guard_vault', 'form_guard_vault_away');
  const { result, said } = await whileListening(running.strapi, async () => [
    await running.http.post('/api/contacts').send({ data: contact() }),
    await running.http
      .post('/api/form-guard/forms/police-complaint/submissions')
      .send({ name: mark, email: `${mark}@example.org`, message: mark }),
    await running.strapi
      .documents(CONTACT as never)
      .create({ data: contact() as never })
      .catch((error: Error) => ({ status: 500, text: error.message })),
  ]);
  await connection.schema.renameTable('form_guard_vault_away', 'form_guard_vault');
  expect(result.map(({ status }) => status)).toEqual([500, 500, 500]);
  expect(said).toContain('What it said is left out');
  expect(said + result.map(({ text }) => text).join('')).not.toContain(mark);
});

test('no table and no file of the database holds a value', async () => {
  expect(await wholeDatabase(running.strapi)).not.toContain(mark);
  if (client === 'sqlite') expect(filesOf(running.file as string)).not.toContain(mark);
});

test('strapi export carries no submission', async () => {
  const target = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-export-')), 'export');
  const strapi = path.join(APP, '../../node_modules/@strapi/strapi/bin/strapi.js');
  await promisify(execFile)(process.execPath, [strapi, 'export', '--no-encrypt', '--no-compress', '--file', target], {
    cwd: APP,
    env: { ...process.env, FORM_GUARD_KEYS: process.env.TEST_KEYS },
  });
  const archive = fs.readFileSync(`${target}.tar`, 'latin1');
  expect(archive).toContain('api::topic.topic');
  expect(archive).not.toContain(mark);
  expect(archive).not.toMatch(/fg1\.[\w-]+\.[\w-]{40}/);
});

test('while its named reader reads every value', async () => {
  await readsForm(running, boss, CONTACT, [editor]);
  const { text } = await as(running, editor).post(`/form-guard/inbox/${CONTACT}/${husk}/open`).expect(200);
  expect(text).toContain(`${mark} again`);
});

test('the plugin taken away and the box ticked: nothing readable comes out; put back, every submission opens', async () => {
  running = await running.again({ env: { ...ENV, TEST_WITHOUT_FORM_GUARD: 'true' } });
  for (const url of gets()) expect([url, (await running.http.get(url)).text.includes(mark)]).toEqual([url, false]);
  const { text } = await running.http.get('/api/contacts?populate=*').expect(200);
  expect(text).toContain(husk);
  expect(await running.strapi.db.connection.schema.hasTable('form_guard_vault')).toBe(true);
  running = await running.again({ env: { ...ENV, TEST_WITHOUT_FORM_GUARD: 'true' } });
  expect(await running.strapi.db.connection.schema.hasTable('form_guard_forms')).toBe(true);

  running = await running.again({ config: PROTECT_CONTACT, env: ENV });
  const opened = await as(running, editor).post(`/form-guard/inbox/${CONTACT}/${husk}/open`).expect(200);
  expect(opened.text).toContain(`${mark}@example.org`);
  await readsForm(running, boss, form, [editor]);
  expect((await as(running, editor).post(`/form-guard/inbox/${form}/${record}/open`).expect(200)).text).toContain(`${mark} name`);
});
