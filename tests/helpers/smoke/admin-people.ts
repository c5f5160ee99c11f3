/** Admin users, their roles and what these may do. */
import { PASSWORD, type World } from './world';

export const visitAdminPeople = async (world: World): Promise<void> => {
  const stranger = world.in('admin users');
  await stranger('GET /admin/init');
  await stranger('GET /admin/project-type');
  const first = { firstname: 'Ada', lastname: 'Boss', email: 'ada@example.org', password: PASSWORD };
  await stranger('POST /admin/register-admin', { body: { ...first, password: 'short' }, is: 400 });
  await stranger('POST /admin/register-admin', { body: first });
  await stranger('POST /admin/register-admin', { body: first, is: 400 });
  await stranger('POST /admin/login', { body: { email: first.email, password: 'Wrong-Password-1' }, is: 400 });
  world.boss = (await stranger('POST /admin/login', { body: { email: first.email, password: PASSWORD } })).at('data.token');
  await stranger('GET /admin/users', { is: 401 });
  await stranger('POST /admin/forgot-password', { body: { email: 'nobody@example.org' }, is: 204 });

  const boss = world.in('admin users', world.boss);
  await boss('GET /admin/users/me');
  await boss('GET /admin/users/me/permissions');
  await boss('GET /admin/information');
  await boss('GET /admin/project-settings');
  await boss('GET /admin/plugins');
  const roles = (await boss('GET /admin/roles')).body as { data: { id: number; code: string }[] };
  const roleId = (code: string): number => roles.data.find((role) => role.code === code)?.id ?? 0;
  world.editorRole = roleId('strapi-editor');
  const person = (firstname: string, role: string) => ({
    firstname,
    lastname: 'Example',
    email: `${firstname.toLowerCase()}@example.org`,
    roles: [roleId(role)],
  });
  const invited = await boss('POST /admin/users', { body: person('Eve', 'strapi-editor'), is: 201 });
  const token = invited.at('data.registrationToken');
  await stranger(`GET /admin/registration-info?registrationToken=${token}`, { called: 'GET /admin/registration-info' });
  const registered = await stranger('POST /admin/register', {
    body: { registrationToken: token, userInfo: { firstname: 'Eve', lastname: 'Example', password: PASSWORD } },
  });
  world.editor = registered.at('data.token');
  const second = (await boss('POST /admin/users', { body: person('Olga', 'strapi-author'), is: 201 })).at('data.id');
  await boss('POST /admin/users', { body: person('Olga', 'strapi-author'), is: 400 });
  await boss('GET /admin/users?page=1&pageSize=10&sort=firstname:ASC');
  await boss('GET /admin/users?_q=olga&pageSize=10');
  await boss(`GET /admin/users/${second}`);
  await boss(`PUT /admin/users/${second}`, { body: { firstname: 'Olga Maria' } });
  await boss(`DELETE /admin/users/${second}`);
  await boss('GET /admin/users/999', { is: 404 });

  const editor = world.in('admin users', world.editor);
  await editor('GET /admin/users/me');
  await editor('GET /admin/users/me/permissions');
  await editor('GET /admin/users', { is: 403 });
  await editor('GET /admin/webhooks', { is: 403 });
};

interface Permission {
  action: string;
  subject: string | null;
  properties: object;
  conditions: string[];
}

export const visitAdminRoles = async (world: World): Promise<void> => {
  const boss = world.in('admin roles', world.boss);
  await boss('GET /admin/permissions');
  await boss('GET /admin/roles?sort=name:ASC');
  await boss(`GET /admin/roles/${world.editorRole}`);
  const { body } = await boss(`GET /admin/roles/${world.editorRole}/permissions`);
  const held = (body as { data: Permission[] }).data.map(({ action, subject, properties, conditions }) => ({
    action,
    subject,
    properties,
    conditions,
  }));
  await boss(`PUT /admin/roles/${world.editorRole}/permissions`, { body: { permissions: held } });

  const made = await boss('POST /admin/roles', { body: { name: 'Writer', description: 'Writes articles' }, is: 201 });
  const id = made.at('data.id');
  const action = (name: string, fields: string[] | null) => ({
    action: `plugin::content-manager.explorer.${name}`,
    subject: 'api::article.article',
    properties: fields ? { fields } : {},
    conditions: name === 'delete' ? ['admin::is-creator'] : [],
  });
  const permissions = [
    action('create', ['title', 'body']),
    action('read', ['title', 'body']),
    action('update', ['title']),
    action('delete', null),
    { action: 'plugin::upload.read', subject: null, properties: {}, conditions: [] },
  ];
  await boss(`PUT /admin/roles/${id}/permissions`, { body: { permissions } });
  await boss(`GET /admin/roles/${id}/permissions`);
  await boss(`PUT /admin/roles/${id}/permissions`, {
    body: { permissions: [{ ...action('read', ['title']), subject: 'api::nothing.nothing' }] },
    is: 400,
  });
  await boss(`PUT /admin/roles/${id}`, { body: { name: 'Writers', description: 'Write articles' } });
  const cloned = await boss('POST /admin/roles', { body: { name: 'Reader', description: '' }, is: 201 });
  await boss(`DELETE /admin/roles/${cloned.at('data.id')}`);
  await boss('POST /admin/permissions/check', {
    body: { permissions: [{ action: 'plugin::content-manager.explorer.read', subject: 'api::article.article' }] },
  });
  await world.in('admin roles', world.editor)('GET /admin/roles', { is: 403 });

  const writer = await boss('POST /admin/users', {
    body: { firstname: 'Wim', lastname: 'Example', email: 'wim@example.org', roles: [Number(id)] },
    is: 201,
  });
  const registered = await world.in('admin roles')('POST /admin/register', {
    body: {
      registrationToken: writer.at('data.registrationToken'),
      userInfo: { firstname: 'Wim', lastname: 'Example', password: PASSWORD },
    },
  });
  world.writer = registered.at('data.token');
};
