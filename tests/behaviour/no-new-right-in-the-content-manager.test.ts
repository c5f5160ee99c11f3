/** No role of the admin and no admin token gets a right on a wrapped type that it did not have; what it has stays savable. */
import { expectRefusedByHttp, expectRefusedInCode, rowsOf, sendThree } from '../helpers/refused';
import { adminPerson, as, CONTACT, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

const EXPLORER = 'plugin::content-manager.explorer';
const ARTICLE = 'api::article.article';
interface Right {
  action: string;
  subject?: string | null;
  properties?: { fields?: string[] };
  conditions?: string[];
}

let running: Running;
let boss: AdminPerson;
let clerks: number;
beforeAll(async () => {
  running = await startStrapi();
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  await sendThree(running);
  const made = (await as(running, boss).post('/admin/roles', { name: 'Clerks', description: 'Read articles' }).expect(201)).body;
  clerks = (made as { data: { id: number } }).data.id;
});
afterAll(() => running.stop());

const state = (): Promise<string> =>
  rowsOf(running, ['admin_roles', 'admin_permissions', 'admin_permissions_role_lnk', 'strapi_api_tokens']);
const right = (name: string, subject: string | null = CONTACT, fields?: string[]): Right => ({
  action: `${EXPLORER}.${name}`,
  subject,
  conditions: [],
  properties: ['delete', 'publish'].includes(name) ? {} : { fields: fields ?? (subject === CONTACT ? ['subject'] : ['title']) },
});
const held = async (where: object): Promise<Right[]> =>
  (await running.strapi.db.query('admin::permission').findMany({ where })) as Right[];
/** Past every guard, as an import or an older version leaves it. */
const put = async (row: Right, owner: object): Promise<void> => {
  await running.strapi.db.query('admin::permission').create({ data: { properties: {}, conditions: [], ...row, ...owner } });
};

const does: Record<string, string> = {
  read: '3 submissions to “Contact form” would become readable by',
  create: 'Submissions to “Contact form” could be entered by hand by',
  update: '3 submissions to “Contact form” could be changed or deleted by',
  delete: '3 submissions to “Contact form” could be changed or deleted by',
  publish: '3 submissions to “Contact form” could be changed or deleted by',
};
const tried: Record<string, (audience: string) => string> = {
  read: (audience) => `let ${audience} read submissions`,
  create: (audience) => `let ${audience} enter submissions by hand`,
  update: (audience) => `let ${audience} change or delete submissions`,
  delete: (audience) => `let ${audience} change or delete submissions`,
  publish: (audience) => `let ${audience} change or delete submissions`,
};

describe('Roles of the admin', () => {
  const save = (permissions: Right[]) => as(running, boss).put(`/admin/roles/${clerks}/permissions`, { permissions });
  const expected = (name: string, who: string) => ({
    sentences: [`${does[name]} ${who}.`],
    actions: [`${EXPLORER}.${name}`],
    onRecord: tried[name]?.(who) ?? '',
  });
  const nobody = 'everyone who has the admin role “Clerks”, nobody yet';

  test.each(Object.keys(does))('%s, with a harmless right in the same save', (name) =>
    expectRefusedByHttp(running, boss, state, () => save([right('read', ARTICLE), right(name)]), expected(name, nobody)),
  );

  test('all at once, each said once, with the people who have the role', async () => {
    const { strapi } = running;
    for (const name of ['Dan', 'Eve']) {
      const { id } = await adminPerson(strapi, name, 'strapi-author');
      await strapi.db.query('admin::user').update({ where: { id }, data: { roles: [clerks] } });
    }
    const who = 'everyone who has the admin role “Clerks”, 2 people';
    await expectRefusedByHttp(running, boss, state, () => save(Object.keys(does).map((name) => right(name))), {
      sentences: [`${does.read} ${who}.`, `${does.create} ${who}.`, `${does.update} ${who}.`],
      actions: [`${EXPLORER}.read`, `${EXPLORER}.create`, `${EXPLORER}.update, ${EXPLORER}.delete, ${EXPLORER}.publish`],
      onRecord: 'and to let everyone who has the admin role “Clerks”, 2 people enter submissions by hand and to let',
    });
  });

  const service = () =>
    running.strapi.service('admin::role') as Record<
      'assignPermissions' | 'addPermissions',
      (role: number, rights: Right[]) => Promise<unknown>
    >;
  const who = 'everyone who has the admin role “Clerks”, 2 people';
  test.each(['assignPermissions', 'addPermissions'] as const)('from code: %s', (name) =>
    expectRefusedInCode(running, boss, state, () => service()[name](clerks, [right('read')]), expected('read', who)),
  );
  test('from code, a right without a subject, which is one on every type', () =>
    expectRefusedInCode(
      running,
      boss,
      state,
      () => service().addPermissions(clerks, [right('read', null)]),
      expected('read', who),
    ));

  test('rights on other types, and on pages of the admin, are given', async () => {
    const rights = [right('read', ARTICLE), right('delete', ARTICLE), { action: 'plugin::upload.read', subject: null }];
    await save(rights as Right[]).expect(200);
    expect(await held({ role: { id: clerks } })).toHaveLength(3);
  });

  test('a right from before stays savable, narrower too, and can be taken away; not wider', async () => {
    await put(right('read', CONTACT, ['subject', 'name']), { role: clerks });
    await save([right('read', CONTACT, ['subject', 'name']), right('read', ARTICLE)]).expect(200);
    await save([right('read', CONTACT, ['subject'])]).expect(200);
    const wider = expected('read', who);
    await expectRefusedByHttp(running, boss, state, () => save([right('read', CONTACT, ['subject', 'name'])]), wider);
    await save([{ ...right('read', CONTACT, ['subject']), conditions: ['admin::is-creator'] }]).expect(200);
    await expectRefusedByHttp(running, boss, state, () => save([right('read', CONTACT, ['subject'])]), wider);
    await save([]).expect(200);
    expect(await held({ role: { id: clerks } })).toEqual([]);
  });

  test('the super admin has every right, before and after a reset and a restart', async () => {
    const role = (await running.strapi.db.query('admin::role').findOne({ where: { code: 'strapi-super-admin' } })) as {
      id: number;
    };
    const where = { role: { id: role.id }, subject: CONTACT };
    const before = (await held(where)).length;
    expect(before).toBeGreaterThanOrEqual(4);
    await (running.strapi.service('admin::role') as { resetSuperAdminPermissions(): Promise<void> }).resetSuperAdminPermissions();
    expect(await held(where)).toHaveLength(before);
    running = await running.again();
    expect(await held(where)).toHaveLength(before);
  });
});

describe('Admin tokens', () => {
  const body = (rights: Right[], name = 'sync') => ({ name, description: '', lifespan: null, adminPermissions: rights });
  const expected = (name: string, token: string) => ({
    sentences: [`${does[name]} whoever holds the admin token “${token}”.`],
    actions: [`${EXPLORER}.${name}`],
    onRecord: tried[name]?.(`whoever holds the admin token “${token}”`) ?? '',
  });
  const make = async (rights: Right[], name: string): Promise<number> => {
    const { body: made } = await as(running, boss).post('/admin/admin-tokens', body(rights, name)).expect(201);
    return (made as { data: { id: number } }).data.id;
  };

  test.each(Object.keys(does))('a new one that may %s', (name) =>
    expectRefusedByHttp(
      running,
      boss,
      state,
      () => as(running, boss).post('/admin/admin-tokens', body([right('read', ARTICLE), right(name)])),
      expected(name, 'sync'),
    ),
  );

  test('one that gets the right later', async () => {
    const id = await make([right('read', ARTICLE)], 'later');
    const update = { adminPermissions: [right('read', ARTICLE), right('read')] };
    await expectRefusedByHttp(
      running,
      boss,
      state,
      () => as(running, boss).put(`/admin/admin-tokens/${id}`, update),
      expected('read', 'later'),
    );
  });

  test('from code: a new one, a changed one, rights of their own', async () => {
    const id = await make([], 'code');
    const service = running.strapi.service('admin::api-token-admin') as {
      create(token: object, user: object): Promise<unknown>;
      update(id: number, token: object): Promise<unknown>;
      assignAdminPermissionsToToken(id: number, rights: Right[], user: object): Promise<unknown>;
    };
    const user = { id: boss.id, roles: [{ code: 'strapi-super-admin' }] };
    for (const attempt of [
      () => service.create({ ...body([right('read')], 'code'), adminUserOwner: boss.id }, user),
      () => service.update(id, { adminPermissions: [right('read')] }),
      () => service.assignAdminPermissionsToToken(id, [right('read')], user),
    ]) {
      await expectRefusedInCode(running, boss, state, attempt, expected('read', 'code'));
    }
  });

  test('one for other types is made, changed and regenerated', async () => {
    const id = await make([right('read', ARTICLE)], 'articles');
    await as(running, boss)
      .put(`/admin/admin-tokens/${id}`, {
        name: 'all of articles',
        adminPermissions: [right('read', ARTICLE), right('update', ARTICLE)],
      })
      .expect(200);
    await as(running, boss).post(`/admin/admin-tokens/${id}/regenerate`).expect(201);
  });

  test('one that has the right from before is renamed and regenerated', async () => {
    const id = await make([], 'from before');
    await put(right('read'), { apiToken: id });
    await as(running, boss)
      .put(`/admin/admin-tokens/${id}`, { name: 'renamed', adminPermissions: [right('read')] })
      .expect(200);
    await as(running, boss).put(`/admin/admin-tokens/${id}`, { description: 'no word of rights' }).expect(200);
    await as(running, boss).post(`/admin/admin-tokens/${id}/regenerate`).expect(201);
    expect(await held({ apiToken: { id } })).toHaveLength(1);
  });
});

test('without a wrapped type nothing is refused', async () => {
  running = await running.again({ config: {} });
  await as(running, boss)
    .put(`/admin/roles/${clerks}/permissions`, { permissions: [right('read')] })
    .expect(200);
  await as(running, boss)
    .post('/admin/admin-tokens', { name: 'unguarded', description: '', lifespan: null, adminPermissions: [right('read')] })
    .expect(201);
});
