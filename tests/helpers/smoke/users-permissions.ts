/** Users & Permissions: what the public may do is ticked here, as an admin does it, and visitors sign up. */
import type { World } from './world';

type Tree = Record<string, { controllers: Record<string, Record<string, { enabled: boolean }>> }>;
interface Role {
  id: number;
  type: string;
  name: string;
  description: string;
}

/** What everybody may do on this site. */
const PUBLIC: Record<string, Record<string, string[]>> = {
  'api::article': { article: ['find', 'findOne'] },
  'api::book': { book: ['find', 'findOne', 'create', 'update', 'delete'] },
  'api::author': { author: ['find', 'findOne'] },
  'api::about': { about: ['find'] },
  'api::topic': { topic: ['find', 'findOne'] },
  'api::contact': { contact: ['create'] },
  'plugin::upload': { 'content-api': ['find', 'findPage', 'findOne', 'upload', 'destroy'] },
  'plugin::i18n': { locales: ['listLocales'] },
};

const tickAll = (permissions: Tree, ticks: typeof PUBLIC): void => {
  for (const [type, controllers] of Object.entries(ticks)) {
    for (const [controller, actions] of Object.entries(controllers)) {
      for (const action of actions) {
        const found = permissions[type]?.controllers[controller]?.[action];
        if (!found) throw new Error(`There is no box for ${type}.${controller}.${action}`);
        found.enabled = true;
      }
    }
  }
};

export const visitUsersPermissions = async (world: World): Promise<void> => {
  const boss = world.in('users & permissions', world.boss);
  const { body } = await boss('GET /users-permissions/roles');
  const { roles } = body as { roles: Role[] };
  const role = (type: string): Role => {
    const found = roles.find((one) => one.type === type);
    if (!found) throw new Error(`There is no role ${type}`);
    return found;
  };
  await boss('GET /users-permissions/permissions');
  await boss('GET /users-permissions/policies');
  await boss('GET /users-permissions/routes');
  const stranger = world.in('users & permissions');
  await stranger('GET /api/articles', { is: 403 });

  const everybody = role('public');
  const of = await boss(`GET /users-permissions/roles/${everybody.id}`);
  const { permissions } = (of.body as { role: { permissions: Tree } }).role;
  tickAll(permissions, PUBLIC);
  const { name, description } = everybody;
  await boss(`PUT /users-permissions/roles/${everybody.id}`, { body: { name, description, permissions, users: [] } });
  await boss(`GET /users-permissions/roles/${everybody.id}`);
  await stranger('GET /api/articles');
  await stranger('GET /users-permissions/roles', { is: 401 });

  const blank = (await boss('GET /users-permissions/permissions')).body as { permissions: Tree };
  tickAll(blank.permissions, { 'api::author': { author: ['update'] } });
  await boss('POST /users-permissions/roles', {
    body: { name: 'Contributor', description: 'Corrects names', permissions: blank.permissions, users: [] },
  });
  await boss('GET /users-permissions/roles');
  const advanced = ((await boss('GET /users-permissions/advanced')).body as { settings: object }).settings;
  await boss('PUT /users-permissions/advanced', { body: { ...advanced, email_reset_password: 'https://www.example.org/reset' } });
  await boss('GET /users-permissions/email-templates');
  await boss('GET /users-permissions/providers');

  const account = { username: 'mina', email: 'mina@example.org', password: 'a long password' };
  const registered = await stranger('POST /api/auth/local/register', { body: account });
  await stranger('POST /api/auth/local/register', { body: account, is: 400 });
  await stranger('POST /api/auth/local', { body: { identifier: 'mina', password: 'wrong' }, is: 400 });
  const entered = await stranger('POST /api/auth/local', { body: { identifier: account.email, password: account.password } });
  world.member = entered.at('jwt');
  await stranger('GET /api/users/me', { is: 403 });
  const member = world.in('users & permissions', world.member);
  await member('GET /api/users/me');
  await member(`GET /api/users/${registered.at('user.id')}`, { is: 403 });
  await member('GET /api/users', { is: 403 });
  await boss('GET /content-manager/collection-types/plugin::users-permissions.user');
  await world.in('users & permissions', 'not-a-token')('GET /api/users/me', { is: 401 });
};
