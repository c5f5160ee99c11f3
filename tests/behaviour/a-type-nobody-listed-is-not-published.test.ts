/**
 * What strangers send to a type that nobody listed in the config is readable by strangers only where somebody decided that, by name and
 * with a reason. Judged on what there would be, whichever came last: who reads, who sends, what is asked for, a token, a role, a setting.
 */
import type { Overview, UnlistedType, VisibilityRefusalDetails } from '../../server/src/contract';
import type { OwnApp } from '../helpers/own-app';
import { rowsOf } from '../helpers/refused';
import { showSchema, types, components, withChanges, type Shows } from '../helpers/schema-edits';
import { adminPerson, as, startStrapi, tick, type AdminPerson, type Running } from '../helpers/strapi';
import {
  ARTICLE,
  COMMENT,
  GUESTBOOK,
  JOB,
  makeUsualSite,
  NEWSLETTER,
  OPEN_DAY,
  roleOf,
  saveRole,
  ticks,
} from '../helpers/usual-site';

const USER = 'plugin::users-permissions.user';
const ENTRIES = 3;

let own: OwnApp;
let running: Running;
let boss: AdminPerson;
let editor: AdminPerson;
let schema: Shows;
beforeAll(async () => {
  own = makeUsualSite();
  running = await startStrapi({ app: own.app, config: {} });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  editor = await adminPerson(running.strapi, 'Editor');
  schema = await showSchema(running, boss);
  for (let made = 0; made < ENTRIES; made += 1) {
    const data = { position: 'Cook', email: `cook${made}@example.org`, phone: '5550100' };
    const { documentId } = await running.strapi.documents(JOB as never).create({ data: data as never });
    // Published ones lie in two rows; people count one.
    await running.strapi.documents(JOB as never).publish({ documentId } as never);
  }
});
afterAll(async () => {
  await running.stop();
  own.remove();
});

const TABLES = ['up_roles', 'up_permissions', 'strapi_api_tokens', 'strapi_api_token_permissions', 'strapi_core_store_settings'];
const state = async (): Promise<string> => (await rowsOf(running, TABLES)) + (await own.files());

/** Everything that a test ticked goes, past every guard. */
const PERMISSION = 'plugin::users-permissions.permission';
let before: Set<number>;
beforeEach(async () => {
  before = new Set(((await running.strapi.db.query(PERMISSION).findMany()) as { id: number }[]).map(({ id }) => id));
});
afterEach(async () => {
  const rows = (await running.strapi.db.query(PERMISSION).findMany()) as { id: number }[];
  for (const { id } of rows) if (!before.has(id)) await running.strapi.db.query(PERMISSION).delete({ where: { id } });
  for (const uid of ['admin::api-token-permission', 'admin::api-token']) await running.strapi.db.query(uid).deleteMany({});
});

interface Expected {
  sentence: string;
  action: string;
  attributes: string[];
  uid?: string;
}
const readable = (audience: string, signs: string[], label = 'Job application', entries = `${ENTRIES} entries`): string =>
  `${entries} of “${label}” would become readable by ${audience}. Strangers can send to this type, and it asks for what looks personal: ${signs.join(', ')}.`;
const PERSONAL = ['email', 'phone'];
const ANYONE = 'anyone on the internet';
const SIGNED_UP = 'anyone who signs up on the site';

const expectDetails = (error: { message: string; details: VisibilityRefusalDetails }, expected: Expected): void => {
  const { sentence, action, attributes, uid = JOB } = expected;
  const { code, exposures, unlisted } = error.details;
  expect([code, exposures.map((one) => [one.sentence, one.action, one.effect])]).toEqual([
    'VISIBILITY_CHANGE_REFUSED',
    [[sentence, action, 'published']],
  ]);
  // Accounts are one of Strapi's own types: no line protects them.
  const configLine = uid === USER ? null : `'${uid}': {},`;
  expect(unlisted).toEqual([{ formOrType: uid, label: expect.any(String), attributes, configLine }]);
  expect(error.message).toContain(`${sentence} Form Guard stopped this: nothing was saved.`);
};
const expectRefused = async (
  attempt: () => PromiseLike<{ status: number; body: unknown }>,
  expected: Expected,
): Promise<void> => {
  const was = await state();
  const { status, body } = await attempt();
  const { error } = body as { error: { name: string; message: string; details: VisibilityRefusalDetails } };
  expect([status, error.name]).toEqual([403, 'PolicyError']);
  expectDetails(error, expected);
  expect(error.details.mayDecide).toBe(true);
  expect(await state()).toBe(was);
};

const overview = async (person = boss): Promise<Overview> =>
  ((await as(running, person).get('/form-guard/overview').expect(200)).body as { data: Overview }).data;
const unlistedOf = async (uid: string): Promise<UnlistedType | undefined> =>
  (await overview()).unlisted.find(({ formOrType }) => formOrType === uid);
const findingsOf = async (uid: string): Promise<string[]> =>
  (await overview()).findings.filter(({ formOrType }) => formOrType === uid).map(({ code, severity }) => `${code} ${severity}`);

const find = `${JOB}.find`;
const create = `${JOB}.create`;
const publicRole = (more: string[], less: string[] = []) => saveRole(running, boss, 'public', { more, less });

describe('Roles', () => {
  test.each(['find', 'findOne', 'update'])('“%s” for the public, where it can send', async (action) => {
    await tick(running.strapi, create);
    const refusal = { sentence: readable(ANYONE, PERSONAL), action: `${JOB}.${action}`, attributes: PERSONAL };
    await expectRefused(() => publicRole([`${JOB}.${action}`]), refusal);
  });

  test('“create” for the public, where it can read', async () => {
    await tick(running.strapi, find);
    await expectRefused(() => publicRole([create]), {
      sentence: readable(ANYONE, PERSONAL),
      action: create,
      attributes: PERSONAL,
    });
  });

  test('both in one save', async () => {
    const refusal = { sentence: readable(ANYONE, PERSONAL), action: `${find}, ${create}`, attributes: PERSONAL };
    await expectRefused(() => publicRole([find, create]), refusal);
  });

  test('whoever signs up sends, everybody reads; and the other way round', async () => {
    await tick(running.strapi, create, 'authenticated');
    await expectRefused(() => publicRole([find]), { sentence: readable(ANYONE, PERSONAL), action: find, attributes: PERSONAL });
    await expectRefused(() => saveRole(running, boss, 'authenticated', { more: [find] }), {
      sentence: readable(SIGNED_UP, PERSONAL),
      action: find,
      attributes: PERSONAL,
    });
  });

  test('inside a component', async () => {
    await tick(running.strapi, `${GUESTBOOK}.create`);
    const signs = ['guests.email'];
    await expectRefused(() => publicRole([`${GUESTBOOK}.find`]), {
      sentence: readable(ANYONE, signs, 'Guestbook', 'Every coming entry'),
      action: `${GUESTBOOK}.find`,
      attributes: signs,
      uid: GUESTBOOK,
    });
  });

  test('where a route of the site takes what everybody sends', async () => {
    const signs = ['homeAddress'];
    await running.http.post('/api/open-days/sign-up').send({ name: 'Ada', homeAddress: '1 Example Street' }).expect(200);
    await expectRefused(() => publicRole([`${OPEN_DAY}.find`]), {
      sentence: readable(ANYONE, signs, 'Open day', '1 entry'),
      action: `${OPEN_DAY}.find`,
      attributes: signs,
      uid: OPEN_DAY,
    });
  });

  test('the members of the site, where everybody can sign up', async () => {
    await expectRefused(() => publicRole([`${USER}.find`]), {
      sentence: readable(ANYONE, ['email'], 'User', 'Every coming entry'),
      action: `${USER}.find`,
      attributes: ['email'],
      uid: USER,
    });
  });

  test('a new role that is called like the one of everybody', async () => {
    await tick(running.strapi, create);
    const permissions = { 'api::job-application': { controllers: { 'job-application': { find: { enabled: true } } } } };
    const body = { name: 'Second', description: 'x', type: 'public', permissions };
    await expectRefused(() => as(running, boss).post('/users-permissions/roles', body), {
      sentence: readable(ANYONE, PERSONAL),
      action: find,
      attributes: PERSONAL,
    });
  });

  test('from code', async () => {
    const { id } = await roleOf(running, 'public');
    const service = running.strapi.plugin('users-permissions').service('role') as {
      updateRole(id: number, data: object): Promise<void>;
    };
    const { permissions } = await ticks(running, 'public', { more: [create, find] });
    const was = await state();
    const refusal = await service.updateRole(id, { name: 'x', permissions }).catch((error: unknown) => error);
    expectDetails(refusal as never, {
      sentence: readable(ANYONE, PERSONAL),
      action: `${find}, ${create}`,
      attributes: PERSONAL,
    });
    expect((refusal as { details: VisibilityRefusalDetails }).details.mayDecide).toBe(false);
    expect(await state()).toBe(was);
  });

  test('what was there before is no reason to refuse another save; more of it is', async () => {
    await tick(running.strapi, create);
    await tick(running.strapi, find);
    const saved = await publicRole([`${ARTICLE}.find`]);
    expect(saved.status).toBe(200);
    expect(await findingsOf(JOB)).toEqual(['UNLISTED_PUBLIC high']);
    expect((await publicRole([`${JOB}.findOne`])).status).toBe(403);
    expect((await publicRole([], [find])).status).toBe(200);
    expect(await findingsOf(JOB)).toEqual([]);
    expect((await publicRole([find])).status).toBe(403);
  });

  test('a role that only named members have is not strangers', async () => {
    await tick(running.strapi, create);
    const permissions = { 'api::job-application': { controllers: { 'job-application': { find: { enabled: true } } } } };
    await as(running, boss).post('/users-permissions/roles', { name: 'Staff', description: 'x', permissions }).expect(200);
  });

  test('it is on record', async () => {
    await tick(running.strapi, create);
    await publicRole([find]);
    const { body } = await as(running, boss).get('/form-guard/audit').expect(200);
    expect((body as { data: object[] }).data[0]).toMatchObject({
      event: 'visibility.refused',
      formOrType: JOB,
      label: 'Job application',
      sentence: `Tried to let anyone on the internet read what strangers send to a type that is not protected (find). It was refused; nothing was saved.`,
    });
  });
});

describe('A usual site sees no dialog', () => {
  const rows: [what: string, role: string, actions: string[]][] = [
    ['articles that everybody reads', 'public', [`${ARTICLE}.find`, `${ARTICLE}.findOne`]],
    ['comments that everybody writes and reads', 'public', [`${COMMENT}.create`, `${COMMENT}.find`, `${COMMENT}.findOne`]],
    ['a newsletter to sign up for', 'public', [`${NEWSLETTER}.create`]],
    ['a form that nobody reads', 'public', [create]],
    ['a list of jobs that nobody can send to', 'public', [find, `${JOB}.findOne`]],
    ['files', 'public', ['plugin::upload.content-api.find', 'plugin::upload.content-api.upload']],
    ['members who see themselves', 'authenticated', [`${USER}.me`, `${USER}.count`]],
  ];
  test.each(rows)('%s', async (_what, role, more) => {
    expect((await saveRole(running, boss, role, { more })).status).toBe(200);
    const high = (await overview()).findings.filter(({ severity }) => severity === 'high');
    expect(high.filter(({ formOrType }) => formOrType !== null)).toEqual([]);
  });

  test('all of it side by side, with a token for the front end', async () => {
    const all = [...(rows[0]?.[2] ?? []), ...(rows[1]?.[2] ?? []), ...(rows[2]?.[2] ?? [])];
    expect((await publicRole(all)).status).toBe(200);
    const token = {
      name: 'site',
      description: '',
      lifespan: null,
      type: 'custom',
      permissions: [`${ARTICLE}.find`, `${COMMENT}.create`],
    };
    await as(running, boss).post('/admin/api-tokens', token).expect(201);
    expect(await findingsOf(COMMENT)).toEqual(['UNLISTED_WEAK notice']);
    expect((await unlistedOf(NEWSLETTER))?.state).toBe('closed');
  });
});

describe('API tokens', () => {
  const token = (type: string, permissions?: string[], name = 'front end') => ({
    name,
    description: '',
    lifespan: null,
    type,
    ...(permissions ? { permissions } : {}),
  });
  const make = (body: object) => as(running, boss).post('/admin/api-tokens', body);
  const change = (id: number, { lifespan: _lifespan, ...body }: ReturnType<typeof token>) =>
    as(running, boss).put(`/admin/api-tokens/${id}`, body);
  const HOLDER = 'whoever holds the token “front end”';

  test.each([
    ['read-only', undefined, `${find}, ${JOB}.findOne`],
    ['full-access', undefined, `${find}, ${JOB}.findOne, ${JOB}.update`],
    ['custom', [find], find],
  ])('a new one that reads what everybody sends: %s', async (type, permissions, action) => {
    await tick(running.strapi, create);
    const refusal = { sentence: readable(HOLDER, PERSONAL), action, attributes: PERSONAL };
    // The site's own route takes something too, for a type of its own.
    await expectRefusedAmongOthers(() => make(token(type, permissions)), refusal);
  });

  const expectRefusedAmongOthers = async (attempt: () => PromiseLike<{ status: number; body: unknown }>, expected: Expected) => {
    const was = await state();
    const { status, body } = await attempt();
    expect(status).toBe(403);
    const { error } = body as { error: { details: VisibilityRefusalDetails } };
    expect(
      error.details.exposures.filter(({ formOrType }) => formOrType === JOB).map((one) => [one.sentence, one.action]),
    ).toEqual([[expected.sentence, expected.action]]);
    expect(await state()).toBe(was);
  };

  test('one that is changed into one that reads', async () => {
    const { body } = await make(token('custom', [`${ARTICLE}.find`])).expect(201);
    const { id } = (body as { data: { id: number } }).data;
    await tick(running.strapi, create);
    await expectRefused(() => change(id, token('custom', [`${ARTICLE}.find`, find])), {
      sentence: readable(HOLDER, PERSONAL),
      action: find,
      attributes: PERSONAL,
    });
  });

  test('one that sends, where everybody reads; and reading by everybody, where one sends', async () => {
    await tick(running.strapi, find);
    await expectRefused(() => make(token('custom', [create])), {
      sentence: readable(ANYONE, PERSONAL),
      action: create,
      attributes: PERSONAL,
    });
    await publicRole([], [find]);
    await make(token('custom', [create])).expect(201);
    await expectRefused(() => publicRole([find]), { sentence: readable(ANYONE, PERSONAL), action: find, attributes: PERSONAL });
  });

  test('a wide one from before is a remark, and is renamed and regenerated', async () => {
    await tick(running.strapi, create);
    const { id } = (await running.strapi.db.query('admin::api-token').create({
      data: { ...token('custom', undefined), accessKey: 'x', kind: 'content-api' },
    })) as { id: number };
    await running.strapi.db.query('admin::api-token-permission').create({ data: { action: find, token: id } });
    expect(await findingsOf(JOB)).toEqual(['UNLISTED_TOKEN notice']);
    expect(await unlistedOf(JOB)).toMatchObject({ state: 'tokens', readers: ['Whoever holds the token “front end”'] });
    await change(id, token('custom', [find], 'renamed')).expect(200);
    await running.strapi.db.connection('strapi_api_tokens').where({ id }).update({ type: 'read-only' });
    expect(await findingsOf(JOB)).toEqual(['UNLISTED_TOKEN notice']);
    await change(id, token('read-only', undefined, 'again')).expect(200);
    await as(running, boss).post(`/admin/api-tokens/${id}/regenerate`).expect(201);
  });

  test('one that sends and reads is the site’s own', () => make(token('custom', [find, create])).expect(201));
});

describe('Signing up', () => {
  const KEY = 'plugin_users-permissions_advanced';
  const settings = async (): Promise<object> =>
    ((await as(running, boss).get('/users-permissions/advanced').expect(200)).body as { settings: object }).settings;
  const begin = async (changed: object): Promise<void> => {
    const data = { value: JSON.stringify({ ...(await settings()), ...changed }) };
    await running.strapi.db.query('strapi::core-store').update({ where: { key: KEY }, data: data as never });
  };
  afterEach(() => begin({ allow_register: true, default_role: 'authenticated' }));
  const save = async (changed: object) =>
    as(running, boss).put('/users-permissions/advanced', {
      ...{ email_reset_password: null, email_confirmation_redirection: null },
      ...(await settings()),
      ...changed,
    });

  test('opening it, where those who sign up read what everybody sends', async () => {
    await begin({ allow_register: false });
    await tick(running.strapi, create);
    await tick(running.strapi, find, 'authenticated');
    expect(await findingsOf(JOB)).toEqual([]);
    await expectRefused(() => save({ allow_register: true }), {
      sentence: readable(SIGNED_UP, PERSONAL),
      action: 'allow_register',
      attributes: PERSONAL,
    });
  });

  test('opening it, where everybody reads what those who sign up send', async () => {
    await begin({ allow_register: false });
    await tick(running.strapi, create, 'authenticated');
    await tick(running.strapi, find);
    await expectRefused(() => save({ allow_register: true }), {
      sentence: readable(ANYONE, PERSONAL),
      action: 'allow_register',
      attributes: PERSONAL,
    });
  });

  test('another role for those who sign up', async () => {
    await as(running, boss).post('/users-permissions/roles', { name: 'Club', description: 'x', permissions: {} }).expect(200);
    await tick(running.strapi, create);
    await tick(running.strapi, find, 'club');
    await expectRefused(() => save({ default_role: 'club' }), {
      sentence: readable(SIGNED_UP, PERSONAL),
      action: 'default_role',
      attributes: PERSONAL,
    });
  });

  test('opening it on a site where nothing of this is so', async () => {
    await begin({ allow_register: false });
    expect((await save({ allow_register: true })).status).toBe(200);
  });
});

describe('The Content-Type Builder', () => {
  const edited = withChanges(() => schema);
  const update = (data: object) => as(running, boss).post('/content-type-builder/update-schema', { data });
  const comments = [`${COMMENT}.create`, `${COMMENT}.find`];

  test('an attribute for a type that everybody sends to and reads', async () => {
    for (const action of comments) await tick(running.strapi, action);
    await expectRefused(() => update(types(edited(COMMENT, { mobile: { type: 'string' } }))), {
      sentence: readable(ANYONE, ['mobile'], 'Comment', 'Every coming entry'),
      action: `add ${COMMENT}.mobile`,
      attributes: ['mobile'],
      uid: COMMENT,
    });
  });

  test('a new type that was ticked before it is there', async () => {
    const uid = 'api::visit.visit';
    for (const action of ['create', 'find']) await tick(running.strapi, `${uid}.${action}`);
    const visit = {
      action: 'create',
      uid,
      displayName: 'Visit',
      singularName: 'visit',
      pluralName: 'visits',
      kind: 'collectionType',
    };
    const attributes = [{ action: 'create', name: 'email', properties: { type: 'email' } }];
    await expectRefused(() => update(types({ ...visit, draftAndPublish: false, pluginOptions: {}, attributes })), {
      sentence: readable(ANYONE, ['email'], 'Visit', 'Every coming entry'),
      action: `${uid}.find, ${uid}.create`,
      attributes: ['email'],
      uid,
    });
  });

  test('an attribute of a component inside such a type', async () => {
    await tick(running.strapi, `${GUESTBOOK}.create`);
    await tick(running.strapi, `${GUESTBOOK}.find`);
    await expectRefused(() => update(components(edited('people.person', { passport: { type: 'string' } }))), {
      sentence: readable(ANYONE, ['guests.passport'], 'Guestbook', 'Every coming entry'),
      action: `add ${GUESTBOOK}.guests.passport`,
      attributes: ['guests.passport'],
      uid: GUESTBOOK,
    });
  });
});

describe('Decided on purpose', () => {
  const reason = 'Applications are published by law';
  const decide = (body: object, person = boss) => as(running, person).post('/form-guard/publications', body);
  const takeBack = (person = boss) => as(running, person).delete(`/form-guard/publications/${encodeURIComponent(JOB)}`);

  test('by a super admin alone, with a reason, of a type that is there', async () => {
    for (const wrong of ['', '    ', 'ok', '!!!!!!!!', 'a b c d']) await decide({ formOrType: JOB, reason: wrong }).expect(400);
    await decide({ formOrType: JOB }).expect(400);
    await decide({ formOrType: 'api::nothing.nothing', reason }).expect(404);
    await decide({ formOrType: 'admin::user', reason }).expect(404);
    await decide({ formOrType: JOB, reason, by: 'somebody' }).expect(400);
    const { body } = await decide({ formOrType: JOB, reason }, editor).expect(403);
    expect((body as { error: { details: { code: string } } }).error.details.code).toBe('NOT_A_SUPER_ADMIN');
    await running.http.post('/form-guard/publications').send({ formOrType: JOB, reason }).expect(401);
    await tick(running.strapi, create);
    expect((await publicRole([find])).status).toBe(403);
  });

  test('lets the save through, stands on the overview and on record, and is taken back', async () => {
    await tick(running.strapi, create);
    await decide({ formOrType: JOB, reason }).expect(200);
    expect((await publicRole([find])).status).toBe(200);
    await running.http.get('/api/job-applications').expect(200);
    expect(await findingsOf(JOB)).toEqual([]);
    const listed = await unlistedOf(JOB);
    expect(listed).toMatchObject({
      state: 'decided',
      entries: ENTRIES,
      readers: ['Anyone on the internet'],
      attributes: PERSONAL,
    });
    expect(listed?.decision).toMatchObject({ reason, by: 'boss@example.org (Boss Example)', at: expect.any(String) });

    await takeBack(editor).expect(403);
    await takeBack().expect(200);
    await takeBack().expect(404);
    expect(await findingsOf(JOB)).toEqual(['UNLISTED_PUBLIC high']);
    expect(await unlistedOf(JOB)).toMatchObject({ state: 'open', decision: null });
    const { body } = await as(running, boss).get('/form-guard/audit').expect(200);
    const [back, decided] = (body as { data: { sentence: string; formOrType: string }[] }).data;
    expect(decided?.sentence).toBe(
      `Decided that what strangers send to “Job application” is meant to be public, email, phone included. The reason given: ${reason}`,
    );
    expect(back?.sentence).toBe('Took back the decision that what strangers send to “Job application” is meant to be public.');
  });

  test('is about what was asked for then', async () => {
    for (const action of [create, find]) await tick(running.strapi, action);
    await decide({ formOrType: JOB, reason }).expect(200);
    const edit = types(withChanges(() => schema)(JOB, { iban: { type: 'string' } }));
    const { body } = await as(running, boss).post('/content-type-builder/update-schema', { data: edit }).expect(403);
    const { unlisted } = (body as { error: { details: VisibilityRefusalDetails } }).error.details;
    expect(unlisted.map(({ attributes }) => attributes)).toEqual([['iban']]);
    await takeBack().expect(200);
  });

  test('is no row that somebody puts back into the database', async () => {
    await tick(running.strapi, create);
    await decide({ formOrType: JOB, reason }).expect(200);
    const lists = () => running.strapi.db.connection('form_guard_audit_lists').where({ about: 'form-guard:publications' });
    const decided = (await lists().first()) as object;
    await takeBack().expect(200);
    const empty = (await lists().first()) as object;
    await lists().update(decided);
    try {
      expect((await publicRole([find])).status).toBe(403);
    } finally {
      await lists().update(empty);
    }
  });
});

test('in the config a decision needs no dialog, and is taken back there', async () => {
  running = await running.again({ app: own.app, config: { meantToBePublic: { [JOB]: 'Published by law' } } });
  await tick(running.strapi, create);
  expect((await publicRole([find])).status).toBe(200);
  expect(await unlistedOf(JOB)).toMatchObject({ state: 'decided', decision: { reason: 'Published by law', by: null, at: null } });
  const { body } = await as(running, boss)
    .delete(`/form-guard/publications/${encodeURIComponent(JOB)}`)
    .expect(400);
  expect((body as { error: { details: { code: string } } }).error.details.code).toBe('DECIDED_IN_CONFIG');
});
