/**
 * Whatever somebody put into the media library, today or before the plugin came, is sent so that no browser runs it with the
 * session of whoever looks at it: in a sandbox, never taken for another kind of file, and as a download unless it is a
 * picture, a film, a sound or a PDF. With nothing protected, too.
 */
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Context } from 'koa';
import { adminPerson, as, startStrapi, tick, type AdminPerson, type Running } from '../helpers/strapi';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-public-'));
const uploads = path.join(folder, 'uploads');
const put = (name: string): void => fs.writeFileSync(path.join(folder, name), `<script>parent.alert(1)</script> ${name}`);

/** Extension, how it is sent, and whether a browser shows it. */
const KINDS: [name: string, type: string, isShown: boolean][] = [
  ['a.html', 'text/html', false],
  ['a.htm', 'text/html', false],
  ['a.HTML', 'text/html', false],
  ['a.shtml', 'text/html', false],
  ['a.xhtml', 'application/xhtml+xml', false],
  ['a.svg', 'image/svg+xml', false],
  ['a.svgz', 'image/svg+xml', false],
  ['a.xml', 'application/xml', false],
  ['a.xsl', 'application/xml', false],
  ['a.xslt', 'application/xslt+xml', false],
  ['a.rdf', 'application/rdf+xml', false],
  ['a.mht', 'application/octet-stream', false],
  ['a.eml', 'message/rfc822', false],
  ['a.js', 'application/octet-stream', false],
  ['a.mjs', 'application/octet-stream', false],
  ['a.png.js', 'application/octet-stream', false],
  ['a.css', 'application/octet-stream', false],
  ['a.wasm', 'application/octet-stream', false],
  ['a.swf', 'application/octet-stream', false],
  ['a.json', 'application/json', false],
  ['a.txt', 'text/plain', false],
  ['a.csv', 'text/csv', false],
  ['a.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', false],
  ['a.unheard', 'application/octet-stream', false],
  ['a', 'application/octet-stream', false],
  ['a.html.', 'application/octet-stream', false],
  ['a.png', 'image/png', true],
  ['a.html.png', 'image/png', true],
  ['a.jpg', 'image/jpeg', true],
  ['a.webp', 'image/webp', true],
  ['a.mp4', 'video/mp4', true],
  ['a.mp3', 'audio/mpeg', true],
  ['a.pdf', 'application/pdf', true],
];
const SPELLINGS = [
  '/uploads/a.html',
  '/UPLOADS/../uploads/a.html',
  '//uploads/a.html',
  '/uploads//a.html',
  '/./uploads/a.html',
  '/%75ploads/a.html',
  '/%75%70%6c%6f%61%64%73/a.html',
  '/uploads%2fa.html',
  '/uploads/%61.html',
  '/uploads/a%2ehtml',
  '/uploads/a.html?download=1',
  '/uploads/deeper/a.html',
  '/uploads/deeper/',
  '/uploads/deeper',
];

let running: Running;
let boss: AdminPerson;
beforeAll(async () => {
  fs.mkdirSync(path.join(uploads, 'deeper'), { recursive: true });
  for (const [name] of KINDS) put(`uploads/${name}`);
  for (const name of ['uploads/deeper/a.html', 'uploads/deeper/index.html', 'uploads/game.html', 'own.html', 'own.js']) put(name);
  running = await startStrapi({
    config: { unsafeActiveUploads: ['/uploads/game.html'] },
    env: { TEST_PUBLIC: folder, TEST_WITHOUT_FORM_GUARD: 'false' },
  });
  // A site that answers a browser with what the browser has already; put in before the first request.
  running.strapi.server.app.middleware.splice(-2, 0, async (ctx: Context, next: () => Promise<unknown>) => {
    await next();
    if (ctx.get('If-None-Match')) {
      ctx.status = 304;
      ctx.body = null;
    }
  });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
});
afterAll(async () => {
  await running.stop();
  delete process.env.TEST_PUBLIC;
  fs.rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  status: number;
  headers: Record<string, string | undefined>;
}
/** Past the client's own tidying of addresses. */
const asWritten = (address: string, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const server = running.strapi.server.httpServer;
    const ask = (): void => {
      const { port } = server.address() as AddressInfo;
      const request = http.request({ host: '127.0.0.1', port, path: address, method, agent: false }, (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers as Answer['headers'] });
      });
      request.once('error', reject).end();
    };
    if (server.listening) ask();
    else server.listen(0, '127.0.0.1', ask);
  });
const isInert = ({ headers }: Answer): void => {
  expect(headers['content-security-policy']).toMatch(/default-src 'none'/);
  expect(headers['content-security-policy']).not.toMatch(/script-src|allow-|connect-src/);
  expect(headers['content-security-policy']).toMatch(/(^|; )sandbox(;|$)/);
  expect(headers['x-content-type-options']).toBe('nosniff');
};

describe.each(KINDS)('%s', (name, type, isShown) => {
  test.each(['GET', 'HEAD'])(`is sent as ${type}, ${isShown ? 'to be shown' : 'as a download'}: %s`, async (method) => {
    const answer = await asWritten(`/uploads/${name}`, method);
    expect([answer.status, answer.headers['content-type']?.replace(/;.*/, '')]).toEqual([200, type]);
    expect(answer.headers['content-disposition']).toBe(isShown ? undefined : 'attachment');
    isInert(answer);
  });
});

test.each(SPELLINGS)('%s, an address that leads to a page, is a download in a sandbox', async (address) => {
  const answer = await asWritten(address);
  if (answer.status >= 400) return;
  expect(answer.headers['content-disposition']).toBe('attachment');
  isInert(answer);
});

describe('A part of a file', () => {
  test('goes as the whole does', async () => {
    const answer = (await running.http.get('/uploads/a.html').set('Range', 'bytes=0-9')) as Answer;
    expect([answer.status, answer.headers['content-disposition']]).toEqual([206, 'attachment']);
    isInert(answer);
  });
});

test('what a browser has already is kept under the new headers', async () => {
  const page = (await running.http.get('/uploads/a.html').set('If-None-Match', '"x"')) as Answer;
  expect([page.status, page.headers['content-disposition']]).toEqual([304, 'attachment']);
  isInert(page);
  const picture = (await running.http.get('/uploads/a.png').set('If-None-Match', '"x"')) as Answer;
  expect([picture.status, picture.headers['content-disposition']]).toEqual([304, undefined]);
});

test('where there is no file the answer runs nothing either', async () => {
  const answer = (await running.http.get('/uploads/none.html')) as Answer;
  expect(answer.status).toBe(404);
  isInert(answer);
});

test('a front end elsewhere can still show what is in the library', async () => {
  const answer = (await running.http.get('/uploads/a.png').set('Origin', 'https://front.example')) as Answer;
  expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([200, 'https://front.example']);
  expect(answer.headers['cross-origin-resource-policy']).toBeUndefined();
});

test('what somebody sends through the admin is no exception', async () => {
  const { body } = await running.http
    .post('/upload')
    .set('Authorization', `Bearer ${boss.jwt}`)
    .attach('files', Buffer.from('<script>1</script>'), { filename: 'page.html', contentType: 'text/html' });
  const url = (body as { url: string }[])[0]?.url ?? '/not-uploaded';
  const answer = (await running.http.get(url).buffer(false)) as Answer;
  expect([answer.status, answer.headers['content-disposition']]).toEqual([200, 'attachment']);
  isInert(answer);
});

test("the site's own files beside the library are as they were", async () => {
  for (const [address, type] of [
    ['/own.html', 'text/html; charset=utf-8'],
    ['/own.js', 'text/javascript; charset=utf-8'],
  ]) {
    const { status, headers } = (await running.http.get(address as string).buffer(false)) as Answer;
    expect([status, headers['content-type']?.replace('application', 'text')]).toEqual([200, type]);
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(headers['content-disposition']).toBeUndefined();
  }
});

interface Finding {
  code: string;
  message: string;
  severity: string;
}
const findings = async (): Promise<Finding[]> =>
  ((await as(running, boss).get('/form-guard/overview').expect(200)).body as { data: { findings: Finding[] } }).data.findings;

test('a file that the config names is as on a Strapi without the plugin, and stands on the overview', async () => {
  const { headers } = (await running.http.get('/uploads/game.html').buffer(false)) as Answer;
  expect(headers['content-security-policy']).toContain("script-src 'self'");
  expect(headers['content-disposition']).toBeUndefined();
  expect(await findings()).toEqual([
    expect.objectContaining({
      code: 'UNSAFE_OPTION',
      message: expect.stringContaining('unsafeActiveUploads: /uploads/game.html'),
    }),
  ]);
});

test.each([
  ['public', 'high', 'Anybody on the internet'],
  ['authenticated', 'notice', 'Whoever has signed up'],
])('a tick that lets %s people upload stands on the overview, as %s', async (role, severity, message) => {
  await tick(running.strapi, 'plugin::upload.content-api.upload', role);
  const found = (await findings()).find((finding) => finding.code === 'PUBLIC_UPLOAD' && finding.message.startsWith(message));
  expect(found?.severity).toBe(severity);
});

test('files with another provider stand on the overview: their headers are not ours', async () => {
  running.strapi.config.set('plugin::upload.provider', '@strapi/provider-upload-aws-s3');
  const found = (await findings()).find(({ code }) => code === 'UPLOADS_ELSEWHERE');
  running.strapi.config.set('plugin::upload.provider', 'local');
  expect(found?.message).toContain('“provider-upload-aws-s3”');
});

test.each([['uploads/x.html'], ['/uploads/../x.html'], ['/uploads/'], ['/api/x'], ['/uploads/%2e']])(
  'the boot stops at an exception that is no file of the library: %s',
  async (address) => {
    const { default: config } = await import('../../server/src/config');
    expect(() => config.validator({ unsafeActiveUploads: [address] })).toThrow('unsafeActiveUploads');
  },
);
