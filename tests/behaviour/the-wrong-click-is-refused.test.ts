/**
 * A change that would let a stranger or the holder of a token read a wrapped type is refused before anything is written,
 * says what it would have exposed, and is on record.
 */
import { expectRefusedByHttp, expectRefusedInCode, rowsOf, sendThree } from '../helpers/refused';
import { adminPerson, as, CONTACT, startStrapi, tick, type AdminPerson, type Running } from '../helpers/strapi';

let running: Running;
let boss: AdminPerson;
beforeAll(async () => {
  running = await startStrapi();
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  await sendThree(running);
});
afterAll(() => running.stop());

interface Role {
  id: number;
  type: string;
  name: string;
  description: string;
}
const roleOf = async (type: string): Promise<Role> =>
  (await running.strapi.db.query('plugin::users-permissions.role').findOne({ where: { type } })) as Role;
const state = (): Promise<string> =>
  rowsOf(running, ['up_roles', 'up_permissions', 'up_permissions_role_lnk', 'strapi_api_tokens', 'strapi_api_token_permissions']);
const tree = (action: string, enabled = true) => ({ 'api::contact': { controllers: { contact: { [action]: { enabled } } } } });

const readable = (audience: string): string => `3 submissions to “Contact form” would become readable by ${audience}.`;
const changeable = (audience: string): string => `3 submissions to “Contact form” could be changed or deleted by ${audience}.`;
const expected = (audience: string, actions: string[]) => ({
  sentences: actions.map((action) => (action.endsWith('.delete') ? changeable(audience) : readable(audience))),
  actions,
  onRecord: audience,
});

describe('Roles of Users & Permissions', () => {
  const save = (id: number, body: object) => as(running, boss).put(`/users-permissions/roles/${id}`, body);
  const people: [string, string][] = [
    ['public', 'anyone on the internet'],
    ['authenticated', 'anyone who signs up on the site'],
  ];
  describe.each(people)('%s', (type, audience) => {
    test.each(['find', 'findOne', 'update', 'delete'])('ticking %s', async (action) => {
      const { id } = await roleOf(type);
      const body = { name: 'Renamed', description: 'changed in the same save', permissions: tree(action) };
      const refusal = expected(audience, [`${CONTACT}.${action}`]);
      await expectRefusedByHttp(running, boss, state, () => save(id, body), refusal);
    });
  });

  test('a new role', () =>
    expectRefusedByHttp(
      running,
      boss,
      state,
      () =>
        as(running, boss).post('/users-permissions/roles', { name: 'Members', description: 'all', permissions: tree('find') }),
      expected('everyone who has the role “Members”', [`${CONTACT}.find`]),
    ));

  test('several ticks: what says the same is said once', async () => {
    const { id } = await roleOf('public');
    const actions = Object.fromEntries(['find', 'findOne', 'delete'].map((action) => [action, { enabled: true }]));
    const permissions = { 'api::contact': { controllers: { contact: actions } } };
    await expectRefusedByHttp(running, boss, state, () => save(id, { permissions }), {
      sentences: [readable('anyone on the internet'), changeable('anyone on the internet')],
      actions: [`${CONTACT}.find, ${CONTACT}.findOne`, `${CONTACT}.delete`],
      onRecord: 'let anyone on the internet read submissions and to let anyone on the internet change or delete submissions',
    });
  });

  test('from code, past HTTP', async () => {
    const { id } = await roleOf('public');
    const service = running.strapi.plugin('users-permissions').service('role') as {
      updateRole(id: number, data: object): Promise<void>;
    };
    const attempt = () => service.updateRole(id, { name: 'x', permissions: tree('find') });
    await expectRefusedInCode(running, boss, state, attempt, expected('anyone on the internet', [`${CONTACT}.find`]));
  });

  test('create may be ticked, and so may anything of other types', async () => {
    const { id, name, description } = await roleOf('authenticated');
    const permissions = {
      ...tree('create'),
      'api::article': { controllers: { article: { find: { enabled: true }, findOne: { enabled: true } } } },
    };
    await save(id, { name, description, permissions }).expect(200);
  });

  test('a tick from before does not keep the role from being saved', async () => {
    await tick(running.strapi, `${CONTACT}.findOne`);
    const { id, name, description } = await roleOf('public');
    const permissions = {
      'api::contact': { controllers: { contact: { create: { enabled: true }, findOne: { enabled: true } } } },
    };
    await save(id, { name, description, permissions }).expect(200);
    await save(id, { name, description, permissions: tree('create') }).expect(200);
  });

  test('an anonymous caller learns no number', async () => {
    const { id } = await roleOf('public');
    const { text } = await running.http
      .put(`/users-permissions/roles/${id}`)
      .send({ permissions: tree('find') })
      .expect(401);
    expect(text).not.toContain('submissions');
  });
});

describe('API tokens', () => {
  const token = (extra: object, name = 'website') => ({ name, description: '', lifespan: null, ...extra });
  const bearer = (name: string): string => `whoever holds the token “${name}”`;
  const READS = `${CONTACT}.find, ${CONTACT}.findOne`;
  const wide: [kind: string, extra: object, actions: string[]][] = [
    ['read-only', { type: 'read-only' }, [READS]],
    ['without a type, which Strapi makes read-only', {}, [READS]],
    ['full-access', { type: 'full-access' }, [`${READS}, ${CONTACT}.update`, `${CONTACT}.delete`]],
    ['custom with find', { type: 'custom', permissions: [`${CONTACT}.find`] }, [`${CONTACT}.find`]],
    ['custom with update', { type: 'custom', permissions: [`${CONTACT}.create`, `${CONTACT}.update`] }, [`${CONTACT}.update`]],
  ];
  const safe = { type: 'custom', permissions: [`${CONTACT}.create`, 'api::article.article.find'] };
  const make = async (name: string): Promise<number> => {
    const { body } = await as(running, boss).post('/admin/api-tokens', token(safe, name)).expect(201);
    return (body as { data: { id: number } }).data.id;
  };
  const save = (id: number, body: object) => as(running, boss).put(`/admin/api-tokens/${id}`, body);

  test.each(wide)('creating one: %s', (_kind, extra, actions) =>
    expectRefusedByHttp(
      running,
      boss,
      state,
      () => as(running, boss).post('/admin/api-tokens', token(extra)),
      expected(bearer('website'), actions),
    ),
  );

  test.each(wide.filter(([, extra]) => 'type' in extra))('editing one into: %s', async (kind, extra, actions) => {
    const id = await make(`safe, not ${kind}`);
    const body = { name: `safe, not ${kind}`, description: 'changed in the same save', ...safe, ...extra };
    await expectRefusedByHttp(running, boss, state, () => save(id, body), expected(bearer(body.name), actions));
  });

  test('from code', async () => {
    const service = running.strapi.service('admin::api-token') as { create(t: object): Promise<unknown> };
    const attempt = () => service.create(token({ type: 'read-only' }, 'script'));
    await expectRefusedInCode(running, boss, state, attempt, expected(bearer('script'), [READS]));
  });

  test('one from before is renamed, regenerated and narrowed, and gets nothing more', async () => {
    const id = await make('old');
    await running.strapi.db.connection('strapi_api_tokens').where({ id }).update({ type: 'read-only' });
    await running.strapi.db.connection('strapi_api_token_permissions').where({ action: 'api::article.article.find' }).delete();
    await save(id, { name: 'old and renamed', description: '', type: 'read-only' }).expect(200);
    await as(running, boss).post(`/admin/api-tokens/${id}/regenerate`).expect(201);
    const all = { name: 'old and renamed', description: '', type: 'full-access' };
    await expectRefusedByHttp(running, boss, state, () => save(id, all), {
      ...expected(bearer('old and renamed'), [`${CONTACT}.update`, `${CONTACT}.delete`]),
    });
    await save(id, { ...all, ...safe }).expect(200);
    const back = { ...all, type: 'read-only' };
    await expectRefusedByHttp(running, boss, state, () => save(id, back), expected(bearer('old and renamed'), [READS]));
  });
});

test('without a wrapped type nothing is refused of types that nobody sends to', async () => {
  running = await running.again({ config: {} });
  const { id, name, description } = await roleOf('public');
  const permissions = { 'api::author': { controllers: { author: { find: { enabled: true } } } } };
  await as(running, boss).put(`/users-permissions/roles/${id}`, { name, description, permissions }).expect(200);
  running = await running.again();
});

test('the locks are told to the screens', async () => {
  const { body } = await as(running, boss).get('/form-guard/locks').expect(200);
  expect(body).toEqual({
    data: { types: [{ id: CONTACT, label: 'Contact form', submissions: 3, hasFiles: false }], entryEvents: true },
  });
  await running.http.get('/form-guard/locks').expect(401);
});
