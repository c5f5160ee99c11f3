/**
 * Most sites have several copies of `@strapi/utils`: npm puts the newest at the root, and Strapi's own packages have theirs. There, too,
 * a refusal is a 403 with its text and details, and a bad post a 400 that repeats nothing.
 */
import fs from 'node:fs';
import path from 'node:path';
import request from 'supertest';
import { canary } from '../helpers/canary';
import { makeSite, type Boot, type Site } from '../helpers/site';
import { COMPLAINT, CONTACT } from '../helpers/strapi';

const mark = canary('copies');
const ADMIN = { firstname: 'Boss', lastname: 'Example', email: 'boss@example.org', password: 'Correct-Horse-1' };
const FORM = '/api/form-guard/forms/police-complaint/submissions';

let site: Site;
let boot: Boot;
let http: ReturnType<typeof request>;
let token: string;
const as = (sent: request.Test): request.Test => sent.set('Authorization', `Bearer ${token}`);

beforeAll(async () => {
  site = await makeSite({ ownStrapi: true, ownUtils: true });
  boot = await site.boot({
    TEST_WITHOUT_FORM_GUARD: 'false',
    TEST_FORM_GUARD: JSON.stringify({ protect: { [CONTACT]: { plain: ['subject'], search: ['email'] } } }),
  });
  if (boot.port === null) throw new Error(boot.said());
  http = request(`http://127.0.0.1:${boot.port}`);
  const { body } = await http.post('/admin/register-admin').send(ADMIN).expect(200);
  token = (body as { data: { token: string } }).data.token;
  await as(http.post('/form-guard/forms')).send(COMPLAINT).expect(201);
});
afterAll(async () => {
  await boot?.stop();
  await site?.remove();
});

interface Refused {
  error: { name: string; message: string; details: { code?: string; exposures?: unknown[] } };
}
const publicRole = async (): Promise<{ id: number; permissions: Record<string, { controllers: Record<string, object> }> }> => {
  const { body } = await as(http.get('/users-permissions/roles')).expect(200);
  const { id } = (body as { roles: { id: number; type: string }[] }).roles.find(({ type }) => type === 'public') as {
    id: number;
  };
  return ((await as(http.get(`/users-permissions/roles/${id}`)).expect(200)).body as { role: never }).role;
};

test('the copies are several, and the site runs with them', () => {
  const copies = boot.strapiFiles.filter((file) => file.endsWith('@strapi/utils/dist/errors.js'));
  expect(copies.length).toBeGreaterThan(2);
  expect(fs.existsSync(path.join(site.root, 'node_modules/@strapi/core/node_modules/@strapi/utils'))).toBe(true);
});

test('a save that would expose is refused with 403, its text and what the dialog shows', async () => {
  const role = await publicRole();
  const permissions = { ...role.permissions, 'api::contact': { controllers: { contact: { find: { enabled: true } } } } };
  const sent = as(http.put(`/users-permissions/roles/${role.id}`)).send({ ...role, permissions });
  const { status, body } = await sent;
  const { error } = body as Refused;
  expect([status, error.name, error.details.code]).toEqual([403, 'PolicyError', 'VISIBILITY_CHANGE_REFUSED']);
  expect(error.message.length).toBeGreaterThan(40);
  expect(error.details.exposures).toHaveLength(1);
});

test('what is not there is a 404, and what is asked wrongly a 400 or 403, each with a sentence', async () => {
  const unknown = await http.get('/api/form-guard/forms/no-such-form');
  const wrongForm = await as(http.post('/form-guard/forms')).send({ ...COMPLAINT, [mark]: 1 });
  const hook = { name: 'CRM', url: 'https://crm.example.org', headers: {}, events: ['entry.create'] };
  const webhook = await as(http.post('/admin/webhooks')).send(hook);
  expect([unknown.status, wrongForm.status, webhook.status]).toEqual([404, 400, 403]);
  for (const { body } of [unknown, wrongForm, webhook]) expect((body as Refused).error.message.length).toBeGreaterThan(20);
});

test.each([
  ['a form, a wrong address', FORM, { name: 'A', email: mark, message: mark }],
  ['a form, an invented field', FORM, { name: 'A', email: 'a@example.org', message: mark, [mark]: mark }],
  ['a wrapped type, a wrong address', '/api/contacts', { data: { name: 'A', email: mark } }],
  ['a wrapped type, nothing that is required', '/api/contacts', { data: { message: mark } }],
  ['a wrapped type, an object', '/api/contacts', { data: { name: { [mark]: mark }, email: 'a@example.org' } }],
  ['a wrapped type, a number that is none', '/api/contacts', { data: { name: 'A', email: 'a@example.org', age: mark } }],
  ['a wrapped type, no time', '/api/contacts', { data: { name: 'A', email: 'a@example.org', seenAt: mark } }],
])('a bad post is a 400 that repeats nothing: %s', async (_what, address, sent) => {
  const role = await publicRole();
  const permissions = { ...role.permissions, 'api::contact': { controllers: { contact: { create: { enabled: true } } } } };
  await as(http.put(`/users-permissions/roles/${role.id}`))
    .send({ ...role, permissions })
    .expect(200);
  const { status, text, body } = await http.post(address).send(sent);
  expect(status).toBe(400);
  expect((body as Refused).error.message.length).toBeGreaterThan(20);
  expect(text).not.toContain(mark.slice(0, 14));
  expect(boot.said()).not.toContain(mark.slice(0, 14));
});

test('an HTML form gets its page, with the same answer', async () => {
  const sent = http.post(FORM).set('Accept', 'text/html').type('form').send({ name: 'A', email: mark, message: mark });
  const { status, text } = await sent;
  expect([status, text.includes('<html')]).toEqual([400, true]);
  expect(text).not.toContain(mark.slice(0, 14));
});
