/**
 * A change that would let somebody read a wrapped type is refused before anything is written, says what it would have
 * exposed, and is on record.
 */
import { adminPerson, as, CONTACT, startStrapi, tick, type AdminPerson, type Running } from '../helpers/strapi';

let running: Running;
let boss: AdminPerson;
beforeAll(async () => {
  running = await startStrapi();
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  await tick(running.strapi, `${CONTACT}.create`);
  for (const name of ['Ada', 'Bob', 'Cyd']) {
    await running.http
      .post('/api/contacts')
      .send({ data: { name, email: `${name}@example.org` } })
      .expect(201);
  }
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
const rows = async (): Promise<string> => {
  const tables = ['up_roles', 'up_permissions', 'up_permissions_role_lnk', 'strapi_api_tokens', 'strapi_api_token_permissions'];
  return JSON.stringify(await Promise.all(tables.map((table) => running.strapi.db.connection(table).select('*').orderBy('id'))));
};
const tree = (action: string, enabled = true) => ({ 'api::contact': { controllers: { contact: { [action]: { enabled } } } } });
interface Refusal {
  error: {
    message: string;
    name: string;
    details: {
      code: string;
      exposures: { sentence: string; submissions: number; action: string; since: string }[];
      saferWay: object;
    };
  };
}

/** Nothing changed, and the audit has the attempt. */
const expectRefused = async (before: string, { body }: { body: unknown }, audience: string, action: string): Promise<void> => {
  const { error } = body as Refusal;
  expect(error.details.code).toBe('VISIBILITY_CHANGE_REFUSED');
  expect(error.message).toContain(`3 submissions to “Contact form” would become readable by ${audience}.`);
  expect(error.message).toContain('nothing was saved');
  expect(error.details.exposures[0]).toMatchObject({ submissions: 3, action });
  expect(Date.parse(error.details.exposures[0]?.since ?? '')).toBeLessThanOrEqual(Date.now());
  expect(error.details.saferWay).toEqual({ formOrType: CONTACT, label: 'Contact form' });
  expect(await rows()).toBe(before);
  const audit = (await as(running, boss).get('/form-guard/audit').expect(200)).body as {
    data: { event: string; sentence: string; actor: { name: string } }[];
  };
  expect(audit.data[0]).toMatchObject({ event: 'visibility.refused', actor: { name: 'Boss Example (boss@example.org)' } });
  expect(audit.data[0]?.sentence).toContain(audience);
};

describe('Roles of Users & Permissions', () => {
  const people: [string, string][] = [
    ['public', 'anyone on the internet'],
    ['authenticated', 'anyone who signs up on the site'],
  ];
  describe.each(people)('%s', (type, audience) => {
    test.each(['find', 'findOne', 'update', 'delete'])('ticking %s', async (action) => {
      const { id } = await roleOf(type);
      const before = await rows();
      const body = { name: 'Renamed', description: 'changed in the same save', permissions: tree(action) };
      await expectRefused(
        before,
        await as(running, boss).put(`/users-permissions/roles/${id}`, body).expect(403),
        audience,
        `${CONTACT}.${action}`,
      );
    });
  });

  test('a new role', async () => {
    const before = await rows();
    const body = { name: 'Members', description: 'all', permissions: tree('find') };
    await expectRefused(
      before,
      await as(running, boss).post('/users-permissions/roles', body).expect(403),
      'everyone who has the role “Members”',
      `${CONTACT}.find`,
    );
  });

  test('from code, past HTTP', async () => {
    const { id } = await roleOf('public');
    const before = await rows();
    const service = running.strapi.plugin('users-permissions').service('role') as {
      updateRole(id: number, data: object): Promise<void>;
    };
    await expect(service.updateRole(id, { name: 'x', permissions: tree('find') })).rejects.toMatchObject({
      details: { code: 'VISIBILITY_CHANGE_REFUSED' },
    });
    expect(await rows()).toBe(before);
  });

  test('create may be ticked, and so may anything of other types', async () => {
    const { id, name, description } = await roleOf('authenticated');
    const permissions = {
      ...tree('create'),
      'api::article': { controllers: { article: { find: { enabled: true }, findOne: { enabled: true } } } },
    };
    await as(running, boss).put(`/users-permissions/roles/${id}`, { name, description, permissions }).expect(200);
  });

  test('a tick from before does not keep the role from being saved', async () => {
    await tick(running.strapi, `${CONTACT}.findOne`);
    const { id, name, description } = await roleOf('public');
    const permissions = {
      'api::contact': { controllers: { contact: { create: { enabled: true }, findOne: { enabled: true } } } },
    };
    await as(running, boss).put(`/users-permissions/roles/${id}`, { name, description, permissions }).expect(200);
    await as(running, boss)
      .put(`/users-permissions/roles/${id}`, { name, description, permissions: tree('create') })
      .expect(200);
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
  const token = (extra: object) => ({ name: 'website', description: '', lifespan: null, ...extra });
  const wide: [string, object, string][] = [
    ['read-only', { type: 'read-only' }, `${CONTACT}.find`],
    ['without a type, which Strapi makes read-only', {}, `${CONTACT}.find`],
    ['full-access', { type: 'full-access' }, `${CONTACT}.find`],
    ['custom with find', { type: 'custom', permissions: [`${CONTACT}.find`] }, `${CONTACT}.find`],
    ['custom with update', { type: 'custom', permissions: [`${CONTACT}.create`, `${CONTACT}.update`] }, `${CONTACT}.update`],
  ];
  test.each(wide)('creating one: %s', async (_kind, extra, action) => {
    const before = await rows();
    await expectRefused(
      before,
      await as(running, boss).post('/admin/api-tokens', token(extra)).expect(403),
      'whoever holds the token “website”',
      action,
    );
  });

  test.each(wide.filter(([, extra]) => 'type' in extra))('editing one into: %s', async (_kind, extra, action) => {
    const custom = token({
      name: `safe ${action} ${JSON.stringify(extra).length}`,
      type: 'custom',
      permissions: [`${CONTACT}.create`, 'api::article.article.find'],
    });
    const made = (await as(running, boss).post('/admin/api-tokens', custom).expect(201)).body as { data: { id: number } };
    const before = await rows();
    const { lifespan: _lifespan, ...edited } = { ...custom, ...extra };
    const answer = await as(running, boss).put(`/admin/api-tokens/${made.data.id}`, edited).expect(403);
    await expectRefused(before, answer, `whoever holds the token “${custom.name}”`, action);
  });
});

test('without a wrapped type nothing is refused', async () => {
  running = await running.again({ config: {} });
  const { id, name, description } = await roleOf('public');
  await as(running, boss)
    .put(`/users-permissions/roles/${id}`, { name, description, permissions: tree('find') })
    .expect(200);
  running = await running.again();
});

test('the locks are told to the screens', async () => {
  const { body } = await as(running, boss).get('/form-guard/locks').expect(200);
  expect(body).toEqual({ data: { types: [{ id: CONTACT, label: 'Contact form', submissions: 3 }] } });
  await running.http.get('/form-guard/locks').expect(401);
});
