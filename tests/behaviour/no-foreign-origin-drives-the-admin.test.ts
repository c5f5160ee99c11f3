/**
 * A page of another origin (another port, another subdomain, a sandbox) gets nothing of the admin and drives nothing in it:
 * neither Strapi's own routes nor those of plugins. What belongs to the admin, and what is there for the public, works as
 * before. With nothing protected, too.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { adminPerson, as, COMPLAINT, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

let running: Running;
let boss: AdminPerson;
let port: number;
const warned: string[] = [];

const listen = async (): Promise<void> => {
  const server = running.strapi.server.httpServer;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  ({ port } = server.address() as AddressInfo);
};
const config = { adminOrigins: ['https://desk.example'] };

beforeAll(async () => {
  running = await startStrapi({ config, env: { TEST_MCP: 'true', TEST_WITHOUT_FORM_GUARD: 'false' } });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201);
  const log = running.strapi.log as unknown as { warn(text: string): void };
  log.warn = (text) => void warned.push(text);
  await listen();
});
afterAll(() => running.stop());

type Headers = Record<string, string>;
interface Answer {
  status: number;
  text: string;
  headers: http.IncomingHttpHeaders;
}
const ask = (request: string, headers: Headers = {}, body?: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const [method, path] = request.split(' ') as [string, string];
    const sent = http.request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString(), headers: answer.headers }),
      );
    });
    sent.once('error', reject).end(body);
  });
const signedIn = (): Headers => ({ authorization: `Bearer ${boss.jwt}` });
const grants = ({ headers }: Answer): string[] => Object.keys(headers).filter((name) => name.startsWith('access-control-'));

const isRefused = (answer: Answer): void => {
  expect([answer.status, grants(answer)]).toEqual([403, []]);
  const { error } = JSON.parse(answer.text) as { error: { message: string; details: { code: string } } };
  expect([error.details.code, error.message]).toEqual(['FOREIGN_ORIGIN', expect.stringContaining('A page of another site')]);
};

/** What a browser says about the page behind a request. */
const FOREIGN: [who: string, headers: Headers][] = [
  ['a page elsewhere', { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }],
  ['a page of a sibling subdomain', { origin: 'http://a.localhost', 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }],
  ['a page on another port', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }],
  ['a page on another port, of an older browser', { origin: 'http://127.0.0.1:1' }],
  ['a page elsewhere, of an older browser', { origin: 'https://elsewhere.example' }],
  ['a page whose name begins like ours', { origin: 'http://127.0.0.1.elsewhere.example' }],
  ['a page in a sandbox', { origin: 'null' }],
  ['a page in a sandbox, of a newer browser', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ['a form without JavaScript', { origin: 'null', 'content-type': 'text/plain', 'sec-fetch-site': 'same-site' }],
  ['an image or a frame', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
  ['a frame', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
  ['an extension', { origin: 'chrome-extension://abc', 'sec-fetch-site': 'none' }],
  ['a word that no browser has yet', { 'sec-fetch-site': 'somewhere-else' }],
];
const ROUTES = [
  'POST /admin/access-token',
  'POST /admin/login',
  'POST /ADMIN/Login/',
  'POST /admin/logout',
  'GET /admin/users/me',
  'GET /admin/init',
  'GET /admin/transfer/runner/pull',
  'POST /admin/none',
  'GET /form-guard/overview',
  'POST /form-guard/forms',
  'GET /form-guard/none',
  'GET /content-manager/collection-types/api::article.article',
  'GET /content-manager/init',
  'GET /upload/files',
  'POST /upload',
  'GET /users-permissions/roles',
  'PUT /users-permissions/roles/1',
  'GET /content-type-builder/schema',
  'POST /content-type-builder/update-schema',
  'GET /i18n/locales',
  'GET /email/settings',
  'POST /mcp',
];

describe.each(FOREIGN)('%s', (_who, headers) => {
  test.each(ROUTES)('is refused with a sentence: %s', async (request) => {
    isRefused(await ask(request, { ...signedIn(), ...headers }));
  });

  test.each(['/admin/access-token', '/form-guard/overview', '/upload', '/content-manager/init', '/admin/none'])(
    'may not even ask whether it could: OPTIONS %s',
    async (path) => {
      const question = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
      isRefused(await ask(`OPTIONS ${path}`, { origin: 'https://elsewhere.example', ...headers, ...question }));
    },
  );
});

test('nothing is done before it is refused', async () => {
  const form = { ...COMPLAINT, slug: 'from-elsewhere' };
  const sent = { ...signedIn(), 'content-type': 'application/json', origin: 'https://elsewhere.example' };
  isRefused(await ask('POST /form-guard/forms', sent, JSON.stringify(form)));
  const { body } = await as(running, boss).get('/form-guard/forms').expect(200);
  expect(JSON.stringify(body)).not.toContain('from-elsewhere');
});

/** Those for whom the admin is there. */
const OWN: [who: string, headers: () => Headers][] = [
  ['the admin itself', () => ({ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' })],
  ['the admin itself, saving', () => ({ origin: `http://127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin' })],
  ['the admin, of an older browser', () => ({ origin: `http://127.0.0.1:${port}` })],
  ['behind a proxy that ends TLS', () => ({ origin: `https://127.0.0.1:${port}` })],
  ['behind a proxy that changes the name', () => ({ origin: 'https://cms.example', 'sec-fetch-site': 'same-origin' })],
  ['behind a proxy that keeps the name', () => ({ origin: 'https://cms.example', host: 'cms.example' })],
  ['behind a proxy that adds the port', () => ({ origin: 'https://cms.example', host: 'cms.example:443' })],
  ['an address that somebody typed', () => ({ 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' })],
  ['a server or a command line', () => ({})],
];
test.each(OWN)('%s is answered as before, and needs no grant', async (_who, headers) => {
  const answer = await ask('GET /form-guard/overview', { ...signedIn(), ...headers() });
  expect([answer.status, grants(answer)]).toEqual([200, []]);
  const saved = await ask('POST /admin/login', { ...headers(), 'content-type': 'application/json' }, '{}');
  expect([saved.status, grants(saved)]).toEqual([400, []]);
});

test('a link in a mail leads where it leads, and so does the way back from single sign-on', async () => {
  const followed = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
  expect((await ask('GET /admin/init', followed)).status).toBe(200);
  isRefused(await ask('POST /admin/login', followed));
  const back = { origin: 'https://login.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  expect((await ask('POST /admin/connect/okta', back)).text).not.toContain('FOREIGN_ORIGIN');
  expect((await ask('GET /admin/connect/okta', back)).text).not.toContain('FOREIGN_ORIGIN');
  isRefused(await ask('POST /admin/connected', back));
});

describe('An origin that the config names for the admin', () => {
  const desk = { origin: 'https://desk.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };

  test('reads and drives it', async () => {
    const answer = await ask('GET /form-guard/overview', { ...signedIn(), ...desk });
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([200, 'https://desk.example']);
    const question = await ask('OPTIONS /admin/login', { ...desk, 'access-control-request-method': 'POST' });
    expect([question.status, question.headers['access-control-allow-origin']]).toEqual([204, 'https://desk.example']);
  });

  test.each(['https://desk.example:8443', 'http://desk.example', 'https://a.desk.example', 'https://desk.example.org'])(
    'is that one alone: not %s',
    async (origin) => isRefused(await ask('GET /form-guard/overview', { ...signedIn(), ...desk, origin })),
  );
});

describe('A front end elsewhere', () => {
  const front = { origin: 'https://front.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };

  test('posts a form and is granted the answer, as before', async () => {
    const address = '/api/form-guard/forms/police-complaint/submissions';
    const question = { ...front, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' };
    const preflight = await ask(`OPTIONS ${address}`, question);
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([204, front.origin]);
    const values = { name: 'A', email: 'a@example.org', message: 'M' };
    const sent = await ask(`POST ${address}`, { ...front, 'content-type': 'application/json' }, JSON.stringify(values));
    expect([sent.status, sent.headers['access-control-allow-origin']]).toEqual([201, front.origin]);
  });

  test.each(['GET /api/form-guard/forms/police-complaint', 'GET /api/articles', 'GET /_health', 'GET /api/upload/files'])(
    'is answered with the grant that it had: %s',
    async (request) => {
      const answer = await ask(request, front);
      expect([answer.text.includes('FOREIGN_ORIGIN'), answer.headers['access-control-allow-origin']]).toEqual([
        false,
        front.origin,
      ]);
    },
  );
});

test('the operator is told once of each origin, and of no more than a few', async () => {
  for (let index = 0; index < 40; index += 1) await ask('GET /admin/init', { origin: `https://n${index}.example` });
  const told = warned.filter((text) => text.includes('adminOrigins'));
  expect(told.filter((text) => text.includes('https://elsewhere.example '))).toHaveLength(1);
  expect(told.length).toBeLessThanOrEqual(20);
});

describe('Where the admin has an address of its own', () => {
  const split = { TEST_SERVER_URL: 'https://api.site.example', TEST_ADMIN_URL: 'https://admin.site.example/dashboard' };
  const page = { origin: 'https://admin.site.example', 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' };
  beforeAll(async () => {
    running = await running.again({ config: {}, env: { TEST_WITHOUT_FORM_GUARD: 'false', ...split } });
    await listen();
  });
  afterAll(() => Object.keys(split).forEach((name) => delete process.env[name]));

  test('it reads and drives the server', async () => {
    const answer = await ask('GET /form-guard/overview', { ...signedIn(), ...page });
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([200, page.origin]);
    const question = await ask('OPTIONS /admin/access-token', { ...page, 'access-control-request-method': 'POST' });
    expect([question.status, question.headers['access-control-allow-credentials']]).toEqual([204, 'true']);
  });

  test.each(['https://site.example', 'https://www.site.example', 'http://localhost:1337', 'http://admin.site.example'])(
    'no other address does: %s',
    async (origin) => isRefused(await ask('POST /admin/access-token', { ...page, origin })),
  );
});

test.each([['desk.example'], ['https://desk.example/'], ['https://desk.example/admin'], ['*'], ['null'], ['']])(
  'the boot stops at an origin that is none: %s',
  async (origin) => {
    const { default: options } = await import('../../server/src/config');
    expect(() => options.validator({ adminOrigins: [origin] })).toThrow('adminOrigins');
  },
);
