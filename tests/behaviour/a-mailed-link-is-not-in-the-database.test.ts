/**
 * Whoever reads the database cannot use a link that was mailed: there lies a keyed digest of its token alone. The link itself
 * works as on every Strapi, and one from before the plugin ends.
 */
import { adminPerson, as, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

const MEMBER = 'plugin::users-permissions.user';
const DIGEST = /^fg-token:[0-9a-f]{64}$/;
const PASSWORD = 'Another-Horse-2';

interface Mail {
  to: string;
  text?: string;
  html?: string;
}
let running: Running;
let boss: AdminPerson;
let victim: AdminPerson;
let mails: Mail[] = [];
let before: string;

const listen = (): void => {
  const email = running.strapi.plugin('email') as unknown as { provider: { send(mail: Mail): Promise<void> } };
  email.provider = { send: (mail) => Promise.resolve(void mails.push(mail)) };
};
const until = async <Found>(look: () => Promise<Found | null | undefined> | Found | null | undefined): Promise<Found> => {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = await look();
    if (found !== null && found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('It did not come');
};
const stored = async (table: string, email: string): Promise<Record<string, string | null>> =>
  (await running.strapi.db.connection(table).where({ email }).first()) as Record<string, string | null>;
/** The token in the newest mail to somebody. */
const mailed = (to: string, pattern: RegExp): Promise<string> =>
  until(() => {
    const mail = mails.filter((one) => one.to === to).at(-1);
    return pattern.exec(`${mail?.text ?? ''} ${mail?.html ?? ''}`)?.[1];
  });
const statusOf = async (address: string, body: object): Promise<number> => (await running.http.post(address).send(body)).status;
const resets = (resetPasswordToken: string) => statusOf('/admin/reset-password', { resetPasswordToken, password: PASSWORD });
const query = (uid: string) =>
  running.strapi.db.query(uid as never) as unknown as Record<string, (params: object) => Promise<Record<string, unknown> | null>>;

beforeAll(async () => {
  running = await startStrapi({ config: {}, env: { TEST_WITHOUT_FORM_GUARD: 'true' } });
  listen();
  victim = await adminPerson(running.strapi, 'Victim');
  await statusOf('/admin/forgot-password', { email: victim.email });
  before = await mailed(victim.email, /code=([0-9a-f]+)/);
  expect((await stored('admin_users', victim.email)).reset_password_token).toBe(before);
  running = await running.again({ config: {} });
  listen();
  mails = [];
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
});
afterAll(() => running.stop());

test('A link from before the plugin has ended, on record', async () => {
  expect((await stored('admin_users', victim.email)).reset_password_token).toBeNull();
  expect(await resets(before)).toBe(400);
  const { body } = await as(running, boss).get('/form-guard/audit').expect(200);
  const entries = (body as { data: { event: string; sentence: string }[] }).data.filter(({ event }) => event === 'links.ended');
  expect(entries.map(({ sentence }) => sentence)).toEqual([expect.stringContaining('Ended 1 mailed link')]);
});

test('A token that somebody puts into the table is no way in', async () => {
  const row = { reset_password_token: before, reset_password_token_expires_at: new Date(Date.now() + 3_600_000) };
  await running.strapi.db.connection('admin_users').where({ email: victim.email }).update(row);
  expect(await resets(before)).toBe(400);
});

test('A new password is set with the mail, and not with what the database holds', async () => {
  await statusOf('/admin/forgot-password', { email: victim.email });
  const token = await mailed(victim.email, /code=([0-9a-f]+)/);
  const { reset_password_token: lies } = await stored('admin_users', victim.email);
  expect(lies).toMatch(DIGEST);
  expect(lies).not.toContain(token);
  expect(await resets(lies ?? '')).toBe(400);
  expect(await resets((lies ?? '').slice('fg-token:'.length))).toBe(400);
  expect(await resets(token)).toBe(200);
  expect(await resets(token)).toBe(400);
  expect(await statusOf('/admin/login', { email: victim.email, password: PASSWORD })).toBe(200);
});

test('An invitation works from what the inviting person is shown, and not from the database', async () => {
  const told: unknown[] = [];
  running.strapi.db.lifecycles.subscribe({
    models: ['admin::user'],
    afterCreate: ({ result }: { result: { registrationToken: string } }) => void told.push(result.registrationToken),
  } as never);
  const { id } = (await query('admin::role').findOne!({ where: { code: 'strapi-editor' } })) as { id: number };
  const email = 'invited@example.org';
  const invited = await as(running, boss)
    .post('/admin/users', { firstname: 'In', lastname: 'Vited', email, roles: [id] })
    .expect(201);
  const token = (invited.body as { data: { registrationToken: string } }).data.registrationToken;
  expect(token).toMatch(/^[0-9a-f]{40}$/);
  expect(told).toEqual([token]);
  const { registration_token: lies } = await stored('admin_users', email);
  expect(lies).toMatch(DIGEST);
  const info = (one: string) => running.http.get(`/admin/registration-info?registrationToken=${one}`);
  expect([(await info(lies ?? '')).status, (await info(token)).status]).toEqual([400, 200]);
  const registers = (registrationToken: string) =>
    statusOf('/admin/register', { registrationToken, userInfo: { firstname: 'In', lastname: 'Vited', password: PASSWORD } });
  expect(await registers(lies ?? '')).toBe(400);
  expect(await registers(token)).toBe(200);
  expect((await stored('admin_users', email)).registration_token).toBeNull();
});

test('Links of members work in the same way', async () => {
  const role = (await query('plugin::users-permissions.role').findOne!({ where: { type: 'authenticated' } })) as { id: number };
  const email = 'member@example.org';
  const data = { username: 'member', email, password: PASSWORD, provider: 'local', confirmed: false, role: role.id };
  const member = await running.strapi.documents(MEMBER as never).create({ data } as never);
  const users = running.strapi.plugin('users-permissions').service('user') as {
    sendConfirmationEmail(user: object): Promise<void>;
  };
  await users.sendConfirmationEmail(member);
  const confirmation = await mailed(email, /confirmation=([0-9a-f]+)/);
  const confirms = async (one: string) => (await running.http.get(`/api/auth/email-confirmation?confirmation=${one}`)).status;
  const { confirmation_token: lies } = await stored('up_users', email);
  expect(lies).toMatch(DIGEST);
  expect([await confirms(lies ?? ''), await confirms(confirmation)]).toEqual([400, 302]);

  expect(await statusOf('/api/auth/forgot-password', { email })).toBe(200);
  const code = await mailed(email, /code=([0-9a-f]+)/);
  const { reset_password_token: digest } = await stored('up_users', email);
  expect(digest).toMatch(DIGEST);
  const sets = (one: string) =>
    statusOf('/api/auth/reset-password', { code: one, password: 'Third-Horse-3', passwordConfirmation: 'Third-Horse-3' });
  expect([await sets(digest ?? ''), await sets(code)]).toEqual([400, 200]);
  expect(await statusOf('/api/auth/local', { identifier: email, password: 'Third-Horse-3' })).toBe(200);
});

test("The server's own code writes a token and finds it again", async () => {
  const where = { email: victim.email };
  const written = await query('admin::user').update!({ where, data: { resetPasswordToken: 'of-a-plugin' } });
  expect(written?.resetPasswordToken).toBe('of-a-plugin');
  for (const resetPasswordToken of ['of-a-plugin', { $eq: 'of-a-plugin' }, { $in: ['other', 'of-a-plugin'] }])
    expect(await query('admin::user').findOne!({ where: { resetPasswordToken } })).toMatchObject(where);
  const found = await query('admin::user').findOne!({ where: { $or: [{ id: 0 }, { resetPasswordToken: 'of-a-plugin' }] } });
  expect(found?.resetPasswordToken).toMatch(DIGEST);
  // A copy of the row, as an import or a transfer writes it, still means the same token.
  await query('admin::user').update!({ where, data: { resetPasswordToken: found?.resetPasswordToken } });
  expect(await query('admin::user').findOne!({ where: { resetPasswordToken: 'of-a-plugin' } })).toMatchObject(where);
  expect(await query('admin::user').findOne!({ where: { resetPasswordToken: found?.resetPasswordToken } })).toBeNull();
});
