/**
 * What Strapi, an import or SQL left open is closed at the next boot where that breaks nothing, on record, and otherwise
 * named on the overview with the one step that closes it.
 */
import { adminPerson, as, CONTACT, PROTECT_CONTACT, startStrapi, tick, type AdminPerson, type Running } from '../helpers/strapi';

let running: Running;
let boss: AdminPerson;
interface Finding {
  code: string;
  severity: string;
  message: string;
  step: string;
}
const findings = async (): Promise<Finding[]> =>
  ((await as(running, boss).get('/form-guard/overview').expect(200)).body as { data: { findings: Finding[] } }).data.findings;
const codes = async (): Promise<string[]> => (await findings()).map(({ code }) => code);
const said = async (): Promise<string> => JSON.stringify((await as(running, boss).get('/form-guard/audit').expect(200)).body);

beforeAll(async () => {
  running = await startStrapi({ env: { TEST_WITHOUT_FORM_GUARD: 'true' } });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
});
afterAll(() => running.stop());

interface Token {
  id: number;
  name: string;
  type: string;
}
const tokens = async (): Promise<Token[]> =>
  (await running.strapi.db.query('admin::api-token').findMany({ orderBy: { id: 'asc' } })) as Token[];

describe("Strapi's two default tokens", () => {
  test('are there on a site without the plugin, and reach every type', async () => {
    expect((await tokens()).map(({ type }) => type)).toEqual(['read-only', 'full-access']);
  });

  test('one that was used is left alone and named; one that nobody used loses its reach, on record', async () => {
    const [used] = await tokens();
    await running.strapi.db.connection('strapi_api_tokens').where({ id: used?.id }).update({ last_used_at: new Date() });
    running = await running.again();
    expect((await tokens()).map(({ name, type }) => [name, type])).toEqual([
      ['Read Only', 'read-only'],
      ['Full Access', 'custom'],
    ]);
    expect(await said()).toContain('Took the reach of the API token “Full Access” away');
    expect((await findings()).filter(({ code }) => code === 'WIDE_TOKEN').map(({ message }) => message)).toEqual([
      expect.stringContaining('“Read Only”'),
    ]);
  });

  test('undone by hand, it stays undone', async () => {
    const [, narrowed] = await tokens();
    await as(running, boss)
      .put(`/admin/api-tokens/${narrowed?.id}`, {
        name: narrowed?.name,
        type: 'custom',
        permissions: ['api::article.article.find'],
      })
      .expect(200);
    running = await running.again();
    const { body } = await as(running, boss).get(`/admin/api-tokens/${narrowed?.id}`).expect(200);
    expect((body as { data: { permissions: string[] } }).data.permissions).toEqual(['api::article.article.find']);
  });
});

describe('The overview names', () => {
  test('a tick in a role and in a token, written past every guard', async () => {
    await tick(running.strapi, `${CONTACT}.find`);
    const token = (await running.strapi
      .service('admin::api-token')
      .create({ name: 'site', description: '', type: 'custom', lifespan: null, permissions: [`${CONTACT}.create`] })) as Token;
    await running.strapi.db.query('admin::api-token-permission').create({ data: { action: `${CONTACT}.find`, token: token.id } });
    expect(await codes()).toEqual(expect.arrayContaining(['PERMISSION_ROW', 'TOKEN_PERMISSION_ROW']));
  });

  test("the rights that Strapi gave its editors at the first boot, and how many people hold them, but not the super admin's", async () => {
    await adminPerson(running.strapi, 'Edda', 'strapi-editor');
    const found = (await findings()).filter(({ code }) => code === 'ADMIN_PERMISSION_ROW');
    expect(found.map(({ message }) => message)).toEqual(
      expect.arrayContaining([expect.stringContaining('The admin role “Editor” (1 person) sees the list of “Contact form”')]),
    );
    expect(JSON.stringify(found)).not.toContain('Super Admin');
  });

  test('open sign-up, which is how Strapi starts', async () => {
    expect(await codes()).toContain('OPEN_REGISTRATION');
  });

  test('a webhook on entries and a token that may copy the site', async () => {
    const { strapi } = running;
    const hook = { name: 'rebuild', url: 'http://127.0.0.1:9/', headers: {}, events: ['entry.create'], enabled: true };
    await strapi.db.query('strapi::webhook').create({ data: hook } as never);
    const { id } = (await strapi.db.query('admin::transfer-token').create({
      data: { name: 'copy', description: '', accessKey: 'canary-key', lifespan: null },
    })) as { id: number };
    await strapi.db.query('admin::transfer-token-permission').create({ data: { action: 'pull', token: id } });
    expect(await codes()).toEqual(expect.arrayContaining(['ENTRY_WEBHOOK', 'PULL_TOKEN']));
  });

  test('MCP, a public documentation, and an option that is called unsafe', async () => {
    running = await running.again({
      config: { ...PROTECT_CONTACT, unsafeEntryWebhooks: true },
      env: { TEST_MCP: 'true', TEST_DOCUMENTATION: 'true' },
    });
    expect(await codes()).toEqual(expect.arrayContaining(['MCP_ON', 'DOCUMENTATION_PUBLIC', 'UNSAFE_OPTION']));
  });

  test('each with one step, and nothing of it when nothing is protected, but what is open then', async () => {
    for (const { code, step } of await findings()) expect([code, step.length > 10]).toEqual([code, true]);
    running = await running.again({ config: {} });
    expect(await codes()).toEqual(['UNLISTED_PUBLIC', 'TYPE_LEFT']);
  });
});
