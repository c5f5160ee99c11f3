/** A real Strapi on a database of its own, and the people of the tests. */
import path from 'node:path';
import { createStrapi, type Core } from '@strapi/strapi';
import request from 'supertest';
import { makeDatabase } from './database';
import { IN_90_DAYS } from './in-90-days';

export const APP = path.resolve(__dirname, '../app');
export const CONTACT = 'api::contact.contact';
export const PROTECT_CONTACT = { protect: { [CONTACT]: { plain: ['subject'], search: ['email'], label: 'Contact form' } } };

export interface Running {
  strapi: Core.Strapi;
  file: string | null;
  http: ReturnType<typeof request>;
  /** Stops and starts again on the same database. */
  again(options?: Options): Promise<Running>;
  stop(): Promise<void>;
}
export interface Options {
  config?: object;
  env?: Record<string, string>;
  /** The folder of another app than tests/app, run as `strapi develop` runs it: its files may be changed. */
  app?: string;
}
type Database = Awaited<ReturnType<typeof makeDatabase>>;

const boot = async (database: Database, { config = PROTECT_CONTACT, env = {}, app }: Options): Promise<Running> => {
  const own = {
    TEST_FORM_GUARD: JSON.stringify(config),
    TEST_WITHOUT_FORM_GUARD: 'false',
    TEST_GRAPHQL: 'false',
    TEST_DOCUMENTATION: 'false',
    TEST_MCP: 'false',
  };
  Object.assign(process.env, own, database.env, env);
  const dir = app ?? APP;
  const strapi = createStrapi({ appDir: dir, distDir: dir, serveAdminPanel: false, autoReload: app !== undefined });
  // Tests that expect errors listen to the log themselves (canary.ts); the terminal stays readable.
  for (const transport of (strapi.log as unknown as { transports: { silent: boolean }[] }).transports) transport.silent = true;
  try {
    await strapi.load();
    strapi.server.mount();
  } catch (error) {
    // Otherwise the open database keeps Jest from ending.
    await strapi.destroy().catch(() => undefined);
    throw error;
  }
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (!stopped) await strapi.destroy();
    stopped = true;
  };
  return {
    strapi,
    file: database.file,
    http: request(strapi.server.httpServer as never),
    async again(options = {}) {
      await stop();
      return boot(database, options);
    },
    async stop() {
      await stop();
      await database.remove();
    },
  };
};

export const startStrapi = async (options: Options = {}): Promise<Running> => {
  const database = await makeDatabase();
  try {
    return await boot(database, options);
  } catch (error) {
    await database.remove();
    throw error;
  }
};

export interface AdminPerson {
  id: number;
  email: string;
  jwt: string;
}

/** A session of its own, as signing in makes one. */
export const jwtOf = async (strapi: Core.Strapi, id: number): Promise<string> => {
  const sessions = strapi.sessionManager('admin');
  const { token } = await sessions.generateRefreshToken(String(id), 'test-device', { type: 'refresh' });
  const access = await sessions.generateAccessToken(token);
  if ('error' in access) throw new Error(access.error);
  return access.token;
};

/** @param role code of an admin role: strapi-super-admin, strapi-editor, strapi-author */
export const adminPerson = async (strapi: Core.Strapi, name: string, role = 'strapi-editor'): Promise<AdminPerson> => {
  const { id: roleId } = (await strapi.db.query('admin::role').findOne({ where: { code: role } })) as { id: number };
  const email = `${name.toLowerCase()}@example.org`;
  const user = (await strapi.service('admin::user').create({
    email,
    firstname: name,
    lastname: 'Example',
    password: 'Correct-Horse-1',
    isActive: true,
    registrationToken: null,
    roles: [roleId],
  })) as { id: number };
  return { id: user.id, email, jwt: await jwtOf(strapi, user.id) };
};

type Method = 'get' | 'post' | 'put' | 'delete';
/** `as(running, person).get('/form-guard/overview')` */
export const as = ({ http }: Pick<Running, 'http'>, { jwt }: Pick<AdminPerson, 'jwt'>) => {
  const call = (method: Method) => (url: string, body?: object) => {
    const sent = http[method](url).set('Authorization', `Bearer ${jwt}`);
    return body ? sent.send(body) : sent;
  };
  return { get: call('get'), post: call('post'), put: call('put'), delete: call('delete') };
};

export const COMPLAINT = {
  title: 'Complaint about the police',
  slug: 'police-complaint',
  fields: [
    { name: 'name', label: 'Your name', type: 'text', required: true },
    { name: 'email', label: 'Your e-mail', type: 'email', required: true, searchable: true },
    { name: 'age', label: 'Your age', type: 'number', required: false, min: 0, max: 150 },
    { name: 'message', label: 'What happened', type: 'longText', required: true },
  ],
};

/** Names people as readers, as somebody does who may. */
export const readsForm = async (
  running: Running,
  boss: AdminPerson,
  formOrType: string,
  people: AdminPerson[],
  fields: string[] | null = null,
) =>
  as(running, boss)
    .post(`/form-guard/readers/${encodeURIComponent(formOrType)}`, {
      people: people.map(({ id }) => id),
      until: IN_90_DAYS,
      fields,
    })
    .expect(200);

/** Ticks an action for a users-permissions role, past every guard. */
export const tick = async (strapi: Core.Strapi, action: string, roleType = 'public'): Promise<void> => {
  const role = (await strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: roleType } })) as { id: number };
  await strapi.db.query('plugin::users-permissions.permission').create({ data: { action, role: role.id } });
};
