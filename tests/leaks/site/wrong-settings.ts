/**
 * Every setting wrong at once, written by SQL past every guard: all actions for every role, tokens that read everything,
 * rights of the admin for everybody, webhooks on every event, open registration. Written again, it changes nothing.
 */
import { createHmac } from 'node:crypto';
import { ARTICLE, FIELDS, FILES, FORM_PAGE, LEAD, SUBMISSION, TOPIC } from './fixture';
import { insertOnce, type Sql } from './sql';

const API_SALT = 'test-api-token-salt';
const TRANSFER_SALT = 'test-transfer-salt';
/** Correct-Horse-1, at the lowest cost of bcrypt. */
const PASSWORD_HASH = '$2a$04$1Bzp7Dw8TfRVM21r1QCTw.GEM9pOyWtar6VelndI1tJHKz6Aya01q';
export const PASSWORD = 'Correct-Horse-1';

export const ADMINS = ['boss', 'editor', 'author', 'nobody', 'topics', 'limited', 'ticked'] as const;
export const MEMBERS = ['member', 'custom', 'seeded'] as const;
export const TOKENS = ['readOnly', 'fullAccess', 'customToken', 'adminToken', 'transfer'] as const;
export const mailOf = (name: string): string => `${name}@site.example.org`;
export const keyOf = (token: string): string => `key-of-the-token-${token}`.padEnd(40, '-');

const hashed = (salt: string, key: string): string => createHmac('sha512', salt).update(key).digest('hex');
const CRUD = ['find', 'findOne', 'create', 'update', 'delete'];
const READ = 'plugin::content-manager.explorer.read';

const link = (sql: Sql, table: string, row: Record<string, number>): Promise<void> =>
  sql(table)
    .where(row)
    .first('id')
    .then(async (found: unknown) => {
      if (!found) await sql(table).insert(row);
    });

const idOf = async (sql: Sql, table: string, where: object): Promise<number> =>
  ((await sql(table).where(where).first('id')) as { id: number }).id;

const openContentApi = async (sql: Sql): Promise<void> => {
  for (const type of ['member', 'seeded']) await insertOnce(sql, 'up_roles', { type }, { name: type, description: type });
  const actions = [
    ...[SUBMISSION, LEAD, TOPIC, FORM_PAGE, ARTICLE].flatMap((uid) => CRUD.map((name) => `${uid}.${name}`)),
    ...['find', 'findPage', 'findOne', 'upload', 'destroy'].map((name) => `${FILES}.${name}`),
    'plugin::users-permissions.auth.register',
    'plugin::users-permissions.auth.callback',
    'plugin::users-permissions.user.me',
    'plugin::users-permissions.user.find',
  ];
  for (const type of ['public', 'authenticated', 'member']) {
    const role = await idOf(sql, 'up_roles', { type });
    for (const action of actions) {
      const there = (await sql('up_permissions')
        .join('up_permissions_role_lnk', 'permission_id', 'up_permissions.id')
        .where({ action, role_id: role })
        .first('up_permissions.id')) as object | undefined;
      if (there) continue;
      const document_id = `leaks${role}${action}`.replace(/\W/g, '').slice(-60);
      const permission_id = await insertOnce(sql, 'up_permissions', { document_id }, { action });
      await link(sql, 'up_permissions_role_lnk', { permission_id, role_id: role });
    }
  }
  const roles = { member: 'authenticated', custom: 'member', seeded: 'seeded' };
  for (const name of MEMBERS) {
    const user = { email: mailOf(name), provider: 'local', password: PASSWORD_HASH, confirmed: true, blocked: false };
    const user_id = await insertOnce(sql, 'up_users', { username: name }, user);
    await link(sql, 'up_users_role_lnk', { user_id, role_id: await idOf(sql, 'up_roles', { type: roles[name] }) });
  }
};

/** @param role type of the role that everybody gets who signs up. */
export const openRegistration = async (sql: Sql, role: string): Promise<void> => {
  const key = 'plugin_users-permissions_advanced';
  const { value } = (await sql('strapi_core_store_settings').where({ key }).first('value')) as { value: string };
  const settings = { ...(JSON.parse(value) as object), allow_register: true, email_confirmation: false, default_role: role };
  await sql('strapi_core_store_settings')
    .where({ key })
    .update({ value: JSON.stringify(settings) });
};

interface Right {
  action: string;
  subject: string | null;
  fields?: string[];
}

const allow = async (
  sql: Sql,
  { action, subject, fields }: Right,
  [table, column, id]: [table: string, column: string, id: number],
): Promise<void> => {
  const document_id = `leaks${column}${id}${action}${subject ?? ''}`.replace(/\W/g, '').slice(-200);
  const row = {
    action,
    subject,
    properties: JSON.stringify(fields ? { fields } : {}),
    conditions: '[]',
    action_parameters: '{}',
  };
  const permission_id = await insertOnce(sql, 'admin_permissions', { document_id }, row);
  await link(sql, table, { permission_id, [column]: id });
};

const everyRight: Right[] = [
  ...['create', 'read', 'update', 'delete', 'publish'].flatMap((name) => [
    { action: `plugin::content-manager.explorer.${name}`, subject: SUBMISSION, fields: FIELDS },
    { action: `plugin::content-manager.explorer.${name}`, subject: LEAD, fields: ['company', 'email', 'iban'] },
    { action: `plugin::content-manager.explorer.${name}`, subject: TOPIC, fields: ['title', 'submissions'] },
    {
      action: `plugin::content-manager.explorer.${name}`,
      subject: ARTICLE,
      fields: ['title', 'topic', 'quote.text', 'quote.submission', 'blocks'],
    },
  ]),
  { action: 'plugin::upload.read', subject: null },
  { action: 'plugin::upload.assets.create', subject: null },
  { action: 'plugin::upload.assets.download', subject: null },
];
const topicsOnly: Right[] = [
  { action: READ, subject: TOPIC, fields: ['title', 'submissions'] },
  { action: READ, subject: FORM_PAGE, fields: ['title', 'submissions'] },
  { action: READ, subject: ARTICLE, fields: ['title', 'topic', 'quote.text', 'quote.submission', 'blocks'] },
];

const openAdmin = async (sql: Sql): Promise<void> => {
  const rights: Record<string, Right[]> = {
    boss: [],
    editor: everyRight,
    author: everyRight,
    nobody: [],
    ticked: [],
    topics: topicsOnly,
    limited: [{ action: READ, subject: SUBMISSION, fields: ['topic'] }],
  };
  const own: Record<string, string> = { boss: 'strapi-super-admin', editor: 'strapi-editor', author: 'strapi-author' };
  for (const name of ADMINS) {
    const code = own[name] ?? `leaks-${name}`;
    const role_id = await insertOnce(sql, 'admin_roles', { code }, { name, description: name });
    for (const right of rights[name] ?? []) await allow(sql, right, ['admin_permissions_role_lnk', 'role_id', role_id]);
    const user = { firstname: `Staff${name}`, lastname: 'Example', password: PASSWORD_HASH, is_active: true, blocked: false };
    const user_id = await insertOnce(sql, 'admin_users', { email: mailOf(name) }, user);
    await link(sql, 'admin_users_roles_lnk', { user_id, role_id });
  }
};

const openTokens = async (sql: Sql): Promise<void> => {
  const token = (name: string, row: object): Promise<number> =>
    insertOnce(sql, 'strapi_api_tokens', { name }, { access_key: hashed(API_SALT, keyOf(name)), description: '', ...row });
  await token('readOnly', { kind: 'content-api', type: 'read-only' });
  await token('fullAccess', { kind: 'content-api', type: 'full-access' });
  const custom = await token('customToken', { kind: 'content-api', type: 'custom' });
  for (const uid of [SUBMISSION, LEAD, TOPIC, ARTICLE]) {
    for (const name of CRUD) {
      const action = `${uid}.${name}`;
      const api_token_permission_id = await insertOnce(sql, 'strapi_api_token_permissions', { action });
      await link(sql, 'strapi_api_token_permissions_token_lnk', { api_token_permission_id, api_token_id: custom });
    }
  }
  const admin = await token('adminToken', { kind: 'admin', type: null });
  const boss = await idOf(sql, 'admin_users', { email: mailOf('boss') });
  await link(sql, 'strapi_api_tokens_admin_user_owner_lnk', { api_token_id: admin, user_id: boss });
  for (const right of everyRight) await allow(sql, right, ['admin_permissions_api_token_lnk', 'api_token_id', admin]);

  const key = { access_key: hashed(TRANSFER_SALT, keyOf('transfer')), description: '' };
  const transfer_token_id = await insertOnce(sql, 'strapi_transfer_tokens', { name: 'transfer' }, key);
  for (const action of ['push', 'pull']) {
    const transfer_token_permission_id = await insertOnce(sql, 'strapi_transfer_token_permissions', { action });
    await link(sql, 'strapi_transfer_token_permissions_token_lnk', { transfer_token_permission_id, transfer_token_id });
  }
};

const EVENTS = ['create', 'update', 'delete', 'publish', 'unpublish'];

/** Webhooks are read at the boot. */
const openWebhooks = async (sql: Sql, url: string): Promise<void> => {
  const events = [...EVENTS.map((name) => `entry.${name}`), 'media.create', 'media.update', 'media.delete'];
  await sql('strapi_webhooks').delete();
  await sql('strapi_webhooks').insert({ name: 'all', url, headers: '{}', events: JSON.stringify(events), enabled: true });
};

export const openEverything = async (sql: Sql, webhookUrl: string): Promise<void> => {
  await openContentApi(sql);
  await openRegistration(sql, 'authenticated');
  await openAdmin(sql);
  await openTokens(sql);
  await openWebhooks(sql, webhookUrl);
};
