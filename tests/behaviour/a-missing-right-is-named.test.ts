/**
 * Whoever lacks a right of this plugin is told which one, by the name that it has in the settings of roles, and who can give it: on each
 * of its admin routes, in both languages. Strapi's own refusal would be “Policy Failed”.
 */
import { sayIn } from '../../server/src/sentences';
import { adminPerson, as, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

interface Route {
  method: string;
  path: string;
  config?: { policies?: unknown[] };
}
/** For everybody who has signed in: why a box is locked. */
const FOR_ALL = ['/locks'];

let running: Running;
let clerk: AdminPerson;

const routes = (): Route[] =>
  (running.strapi.plugin('form-guard').routes as unknown as { admin: { routes: Route[] } }).admin.routes;
const call = (person: AdminPerson, { method, path }: Route) =>
  as(running, person)[method.toLowerCase() as 'get'](`/form-guard${path.replace(/:\w+/g, '1')}`);

beforeAll(async () => {
  running = await startStrapi();
  const { strapi } = running;
  const role = (await strapi.service('admin::role').create({ name: 'Clerks', description: '' })) as { code: string };
  clerk = await adminPerson(strapi, 'Clerk', role.code);
});
afterAll(() => running.stop());

describe.each(['en', 'fr'])('In the language %s', (language) => {
  beforeAll(() =>
    running.strapi.db.query('admin::user').update({ where: { id: clerk.id }, data: { preferedLanguage: language } }),
  );

  test('every route but the locks names the right that is missing', async () => {
    const told: Record<string, string> = {};
    for (const route of routes()) {
      const { status, body } = await call(clerk, route);
      const { error } = body as { error?: { message: string; details: { code?: string } } };
      const where = `${route.method} ${route.path}`;
      if (FOR_ALL.includes(route.path)) {
        expect([where, status]).toEqual([where, 200]);
        continue;
      }
      expect([where, status, error?.details.code]).toEqual([where, 403, 'RIGHT_MISSING']);
      told[where] = error?.message ?? '';
    }
    const actions = (await running.strapi.service('admin::permission').actionProvider.values()) as {
      pluginName?: string;
      displayName: string;
    }[];
    const rights = actions.filter(({ pluginName }) => pluginName === 'form-guard').map(({ displayName }) => displayName);
    const sentences = rights.map((right) => sayIn(language, 'right.missing', { right, isToken: false }));
    expect(rights.length).toBeGreaterThan(5);
    expect([...new Set(Object.values(told))].sort()).toEqual([...sentences].sort());
    expect(told['GET /bin/:formOrType']).toContain('Delete submissions that one may read');
    expect(told['GET /audit']).toContain('See what happened');
  });
});

test('of a token it says so', async () => {
  const { strapi } = running;
  const boss = await adminPerson(strapi, 'Boss', 'strapi-super-admin');
  const made = await as(running, boss)
    .post('/admin/admin-tokens', { name: 'helper', description: '', lifespan: null, adminPermissions: [] })
    .expect(201);
  const { accessKey } = (made.body as { data: { accessKey: string } }).data;
  const { status, body } = await as(running, { jwt: accessKey }).get('/form-guard/overview');
  expect([status, (body as { error: { message: string } }).error.message]).toEqual([
    403,
    expect.stringMatching(/^This token does not have the right “Open Form Guard.*Admin Tokens\.$/),
  ]);
});
