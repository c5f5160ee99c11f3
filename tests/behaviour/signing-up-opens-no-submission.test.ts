/**
 * Where ticks on a wrapped type came in past the guards, no change of the registration settings hands their role to more
 * of those who sign up.
 */
import { expectRefusedByHttp, expectRefusedInCode, rowsOf, sendThree } from '../helpers/refused';
import { adminPerson, as, CONTACT, startStrapi, tick, type AdminPerson, type Running } from '../helpers/strapi';

interface Settings {
  allow_register: boolean;
  email_confirmation: boolean;
  default_role: string;
}

let running: Running;
let boss: AdminPerson;
beforeAll(async () => {
  running = await startStrapi();
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  await sendThree(running);
  for (const name of ['Members', 'Staff']) {
    await as(running, boss).post('/users-permissions/roles', { name, description: name, permissions: {} }).expect(200);
  }
  await tick(running.strapi, `${CONTACT}.find`, 'staff');
  await tick(running.strapi, `${CONTACT}.delete`, 'staff');
  await tick(running.strapi, 'api::article.article.find', 'staff');
  await tick(running.strapi, `${CONTACT}.create`, 'members');
});
afterAll(() => running.stop());

const state = (): Promise<string> => rowsOf(running, ['strapi_core_store_settings', 'up_roles', 'up_permissions']);
const store = () => running.strapi.store({ type: 'plugin', name: 'users-permissions' });
const REST = { unique_email: true, email_reset_password: null, email_confirmation_redirection: null };
const save = (settings: Settings) => as(running, boss).put('/users-permissions/advanced', { ...REST, ...settings });
/** Past every guard. */
const begin = async (settings: Settings): Promise<void> => {
  const where = { key: 'plugin_users-permissions_advanced' };
  const data = { value: JSON.stringify({ ...REST, ...settings }) };
  await running.strapi.db.query('strapi::core-store').update({ where, data: data as never });
};
const set = (allow_register: boolean, email_confirmation: boolean, default_role: string): Settings => ({
  allow_register,
  email_confirmation,
  default_role,
});

const expected = (actions: string[], audience: string) => ({
  sentences: [
    `3 submissions to “Contact form” would become readable by ${audience}.`,
    `3 submissions to “Contact form” could be changed or deleted by ${audience}.`,
  ],
  actions: [actions.join(', '), actions.join(', ')],
  onRecord: `let ${audience} read submissions and to let ${audience} change or delete submissions (${actions.join(', ')})`,
});
const ANYONE = 'anyone who signs up on the site';
const CONFIRMED = `${ANYONE} and confirms an e-mail address`;

const opening: [string, Settings, Settings, string[], string][] = [
  ['opening registration', set(false, false, 'staff'), set(true, false, 'staff'), ['allow_register'], ANYONE],
  ['opening it with confirmation', set(false, true, 'staff'), set(true, true, 'staff'), ['allow_register'], CONFIRMED],
  ['no longer asking to confirm', set(true, true, 'staff'), set(true, false, 'staff'), ['email_confirmation'], ANYONE],
  ['another role for those who sign up', set(true, false, 'members'), set(true, false, 'staff'), ['default_role'], ANYONE],
  [
    'all of it at once',
    set(false, true, 'members'),
    set(true, false, 'staff'),
    ['allow_register', 'email_confirmation', 'default_role'],
    ANYONE,
  ],
];

describe.each(opening)('%s', (_what, before, after, actions, audience) => {
  beforeEach(() => begin(before));
  test('is refused over HTTP', () => expectRefusedByHttp(running, boss, state, () => save(after), expected(actions, audience)));
  test('is refused from code', () =>
    expectRefusedInCode(running, boss, state, () => store().set({ key: 'advanced', value: after }), expected(actions, audience)));
});

test('a role that is written as a condition is looked up as Strapi would', async () => {
  await begin(set(true, false, 'members'));
  const after = { ...set(true, false, ''), default_role: { $startsWith: 'sta' } as never };
  await expectRefusedByHttp(running, boss, state, () => save(after), expected(['default_role'], ANYONE));
});

const passing: [string, Settings, Settings][] = [
  ['closing registration', set(true, false, 'staff'), set(false, false, 'staff')],
  ['asking to confirm', set(true, false, 'staff'), set(true, true, 'staff')],
  ['saving what is there already', set(true, false, 'staff'), set(true, false, 'staff')],
  ['a harmless role', set(true, false, 'staff'), set(true, false, 'members')],
  ['opening registration to a harmless role', set(false, true, 'staff'), set(true, false, 'members')],
  ['choosing the role while nobody can sign up', set(false, false, 'members'), set(false, false, 'staff')],
  ['a role that does not exist', set(true, false, 'members'), set(true, false, 'nobody')],
];
test.each(passing)('%s passes', async (_what, before, after) => {
  await begin(before);
  await save(after).expect(200);
  expect(await store().get({ key: 'advanced' })).toMatchObject(after);
});

test('other settings pass, in the same store and in others', async () => {
  await begin(set(true, false, 'staff'));
  await save({ ...set(true, false, 'staff'), unique_email: false } as never).expect(200);
  await store().set({ key: 'other', value: { allow_register: true } });
  await running.strapi.store({ type: 'core', name: 'x' }).set({ key: 'advanced', value: set(true, false, 'staff') });
});

test('once the ticks are gone everything passes', async () => {
  await begin(set(false, true, 'members'));
  const { id, name, description } = (await running.strapi.db
    .query('plugin::users-permissions.role')
    .findOne({ where: { type: 'staff' } })) as { id: number; name: string; description: string };
  await as(running, boss).put(`/users-permissions/roles/${id}`, { name, description, permissions: {} }).expect(200);
  await save(set(true, false, 'staff')).expect(200);
});

test('a role of Users & Permissions can be deleted', async () => {
  await tick(running.strapi, `${CONTACT}.find`, 'staff');
  const { id } = (await running.strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: 'staff' } })) as {
    id: number;
  };
  await as(running, boss).delete(`/users-permissions/roles/${id}`).expect(200);
});
