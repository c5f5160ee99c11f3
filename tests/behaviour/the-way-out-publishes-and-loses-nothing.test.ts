/**
 * `unprotect` puts submissions back into the site's own table: not while a visitor or a token would read them there at once, and not when
 * the database fails on the way. A type that has left `protect` is named from then on.
 */
import { tellLeftTypes } from '../../server/src/exposure';
import { unprotectRows } from '../../server/src/move-commands';
import { whileListening } from '../helpers/canary';
import { command } from '../helpers/command';
import { adminPerson, as, CONTACT, PROTECT_CONTACT, startStrapi, tick, type Running } from '../helpers/strapi';

let running: Running;
let topics: { id: number; documentId: string }[] = [];

const knex = () => running.strapi.db.connection;
const inVault = (): Promise<number> => running.strapi.db.query('form-guard::vault' as never).count();
const names = async (): Promise<unknown[]> =>
  ((await knex()('contacts').select('name').orderBy('id')) as { name: unknown }[]).map(({ name }) => name);
const links = async (): Promise<number> => ((await knex()('contacts_topic_lnk').select('id')) as unknown[]).length;
const unprotect = async (isDryRun = false): Promise<{ code: number; said: string }> => {
  const lines: string[] = [];
  const terminal = { print: (line: string) => void lines.push(line), explain: (line: string) => void lines.push(line) };
  const code = await unprotectRows(CONTACT, { isDryRun })(running.strapi, terminal);
  return { code, said: lines.join('\n') };
};

beforeAll(async () => {
  running = await startStrapi({ env: { TEST_WITHOUT_FORM_GUARD: 'true' } });
  const documents = (uid: string) =>
    running.strapi.documents(uid as never) as unknown as { create(asked: object): Promise<{ id: number; documentId: string }> };
  for (const title of ['Police', 'Council', 'Gone'])
    topics.push(await documents('api::topic.topic').create({ data: { title }, status: 'published' }));
  for (const [index, topic] of topics.entries()) {
    const data = { name: `Ann ${index}`, email: `ann${index}@example.org`, topic: topic.documentId };
    await documents(CONTACT).create({ data });
  }
  topics = (await knex()('contacts_topic_lnk').select({ id: 'topic_id' }).orderBy('id')) as typeof topics;
  expect(topics).toHaveLength(3);
  const moved = await command(['protect', CONTACT], { TEST_FORM_GUARD: JSON.stringify(PROTECT_CONTACT) });
  expect([moved.code, moved.err]).toEqual([0, expect.any(String)]);
  running = await running.again({ config: PROTECT_CONTACT });
  expect([await inVault(), await links(), await names()]).toEqual([3, 0, [null, null, null]]);
});
afterAll(() => running.stop());

/** The database refuses to write links, as on a full disk. */
const whileFull = async <Result>(run: () => Promise<Result>): Promise<Result> => {
  type Client = { _query(connection: unknown, query: { sql?: string }): Promise<unknown> };
  const client = Object.getPrototypeOf(knex().client) as Client;
  const { _query: query } = client;
  client._query = function full(connection, asked) {
    if (/^insert into .*contacts_topic_lnk/i.test(asked.sql ?? ''))
      return Promise.reject(Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }));
    return query.call(this, connection, asked);
  };
  try {
    return await run();
  } finally {
    client._query = query;
  }
};

test('a database that fails on the way stops it, and nothing has left the vault', async () => {
  await whileFull(async () => {
    await expect(unprotect()).rejects.toThrow(/disk is full/);
  });
  expect([await inVault(), await links(), await names()]).toEqual([3, 0, [null, null, null]]);
});

describe('while somebody would read at once', () => {
  const tokens = () => running.strapi.db.query('admin::api-token');
  const openings: [string, RegExp, () => Promise<unknown>, () => Promise<unknown>][] = [
    [
      'a visitor, by a row that waits',
      /role “Public” .*contact\.find/,
      () => tick(running.strapi, `${CONTACT}.find`),
      () => running.strapi.db.query('plugin::users-permissions.permission').deleteMany({ where: { action: `${CONTACT}.find` } }),
    ],
    [
      'whoever signs up',
      /role “Authenticated” .*contact\.findOne/,
      () => tick(running.strapi, `${CONTACT}.findOne`, 'authenticated'),
      () =>
        running.strapi.db.query('plugin::users-permissions.permission').deleteMany({ where: { action: `${CONTACT}.findOne` } }),
    ],
    ...['read-only', 'full-access'].map((type): (typeof openings)[number] => [
      `a token, ${type}`,
      /Website/,
      () => tokens().create({ data: { name: 'Website', type, kind: 'content-api', accessKey: `key-${type}` } as never }),
      () => tokens().deleteMany({ where: { name: 'Website' } as never }),
    ]),
    [
      'everybody, by a route without a question',
      /GET \/open-contacts/,
      async () => {
        const { routes } = running.strapi.apis.contact as unknown as { routes: Record<string, unknown> };
        routes.open = {
          type: 'content-api',
          routes: [{ method: 'GET', path: '/open-contacts', handler: `${CONTACT}.find`, config: { auth: false } }],
        };
      },
      async () => {
        delete (running.strapi.apis.contact as unknown as { routes: Record<string, unknown> }).routes.open;
      },
    ],
  ];

  test.each(openings)('%s', async (_who, named, open, shut) => {
    await open();
    try {
      const { code, said } = await unprotect();
      expect([code, said]).toEqual([1, expect.stringMatching(named)]);
      expect(said).toMatch(/Nothing was moved: 3 submissions/);
      expect([await inVault(), await names()]).toEqual([3, [null, null, null]]);
      expect(await unprotect(true)).toMatchObject({ code: 0, said: expect.stringMatching(named) as string });
    } finally {
      await shut();
    }
  });
});

test('then everything goes back; a link to what is gone is counted, and the type is named at each boot', async () => {
  await knex()('topics').where({ id: topics[2]?.id }).delete();
  const { code, said } = await unprotect();
  expect([code, said]).toEqual([0, expect.stringMatching(/3 submissions put back[^]*1 link to rows that are gone/)]);
  expect([await inVault(), await links(), await names()]).toEqual([0, 2, ['Ann 0', 'Ann 1', 'Ann 2']]);

  const findings = async (): Promise<{ code: string; severity: string; message: string }[]> => {
    const { body } = await as(running, boss).get('/form-guard/overview').expect(200);
    return (body as { data: { findings: { code: string; severity: string; message: string }[] } }).data.findings;
  };
  running = await running.again({ config: { protect: {} } });
  const boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  const left = async () => (await findings()).find((one) => one.code === 'TYPE_LEFT');
  expect(await left()).toMatchObject({ severity: 'notice', message: expect.stringMatching(/Contact.*3 entries/) as string });
  await tick(running.strapi, `${CONTACT}.create`);
  expect(await left()).toMatchObject({ severity: 'high', message: expect.stringMatching(/posted to it/) as string });
  const { said: logged } = await whileListening(running.strapi, () => tellLeftTypes(running.strapi));
  expect(logged).toContain(CONTACT);
});
