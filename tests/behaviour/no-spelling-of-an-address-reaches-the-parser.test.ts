/**
 * Whatever is sent to an address of a form or of a wrapped type, or to one that a router or a proxy may take for it, never
 * reaches Strapi's parser: no temporary file, nothing in the log or in the answer. On every site, whatever it protects.
 */
import { spellingsOf } from '../helpers/spellings';
import {
  APPLICATIONS,
  attachmentConfig,
  BOUNDARY,
  filePart,
  listen,
  multipart,
  pdf,
  REPORT,
  send,
  textPart,
} from '../helpers/attachments';
import { canary, whileListening } from '../helpers/canary';
import { adminPerson, as, startStrapi, tick, type Running } from '../helpers/strapi';

const mark = canary('spelling');
const FORM = '/api/form-guard/forms/report';
const METHODS = ['PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'GET', 'SEARCH', 'REPORT'];
const own = attachmentConfig();
let running: Running;
let port: number;

const withFile = multipart(textPart('name', mark), filePart('files', `${mark}.txt`, mark), filePart('cv', `${mark}.pdf`, mark));
const BODIES: [what: string, body: Buffer, headers: Record<string, string>][] = [
  ['a file', withFile, { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }],
  ['half a JSON', Buffer.from(`{"name": "${mark}", `), { 'content-type': 'application/json' }],
  ['pairs', Buffer.from(`name=${mark}&a[`.repeat(3)), { 'content-type': 'application/x-www-form-urlencoded' }],
  ['text', Buffer.from(mark), { 'content-type': 'text/plain' }],
];

const start = async (protect: object): Promise<void> => {
  running = await startStrapi({ config: { ...own.config, protect } });
  const boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  await as(running, boss).post('/form-guard/forms', REPORT).expect(201);
  await tick(running.strapi, 'api::application.application.create');
  port = await listen(running);
};
afterAll(() => own.remove());

/** What each of them was answered, and what was found of it afterwards. */
const sendEverything = async (addresses: string[], isTaken: (to: string, method: string) => boolean): Promise<void> => {
  const found: string[] = [];
  const { said } = await whileListening(running.strapi, async () => {
    for (const [index, to] of addresses.entries()) {
      for (const method of ['POST', ...METHODS.filter((_, at) => (at + index) % 4 === 0)]) {
        for (const [what, body, headers] of BODIES) {
          if (method !== 'POST' && what !== 'a file') continue;
          if (isTaken(to, method) && what !== 'half a JSON') continue;
          const answer = await send(port, to, body, { headers: { ...headers, host: '127.0.0.1' }, method });
          if (answer?.text.includes(mark)) found.push(`${method} ${to} ${what}: the answer`);
          if (answer && answer.status >= 500 && answer.status !== 501) found.push(`${method} ${to} ${what}: ${answer.status}`);
          const left = own.temporaryFiles();
          if (left.length > 0) found.push(`${method} ${to} ${what}: ${left.join()}`);
        }
      }
    }
  });
  expect(found).toEqual([]);
  expect(said.includes(mark)).toBe(false);
};

describe('On a site that wraps nothing', () => {
  beforeAll(() => start({}));
  afterAll(() => running.stop());

  test('no spelling of the address of a form leaves anything', async () => {
    await sendEverything(spellingsOf('/api/form-guard', '/forms/report'), () => false);
  });

  test.each([FORM, `${FORM}/`, `${FORM}/submissions`, FORM.toUpperCase().replace('REPORT', 'report')])(
    'what is posted to %s arrives',
    async (to) => {
      const body = multipart(textPart('name', 'Jane'), filePart('letter', 'letter.pdf', pdf('hello')));
      const answer = await send(port, to, body);
      expect(answer?.status).toBe(201);
      expect(JSON.parse(answer?.text ?? '')).toMatchObject({ data: { reference: expect.any(String) } });
      await running.http.post(to).send({ name: 'Jane' }).expect(201);
      await running.http
        .post(to)
        .type('form')
        .set('Accept', 'text/html')
        .send({ name: 'Jane' })
        .expect(201, /Thank you/);
    },
  );

  test('a form is still described, and another type still takes its files', async () => {
    await running.http.get(FORM).expect(200);
    await running.http.head(FORM).expect(200);
    await running.http
      .post(APPLICATIONS)
      .send({ data: { name: 'Jane' } })
      .expect(201);
  });
});

describe('On a site that wraps a type', () => {
  beforeAll(() => start(own.config.protect));
  afterAll(() => running.stop());

  test('no spelling of its address leaves anything', async () => {
    const isTaken = (to: string, method: string) =>
      method === 'POST' && new RegExp(`(^|[a-z0-9])${APPLICATIONS}/*$`, 'i').test(to);
    await sendEverything(spellingsOf(APPLICATIONS, '/abc'), isTaken);
  });

  test('a submission still arrives', async () => {
    const answer = await send(port, APPLICATIONS, multipart(textPart('name', 'Jane'), filePart('cv', 'a.pdf', pdf('hello'))));
    expect(answer?.status).toBe(201);
  });
});
