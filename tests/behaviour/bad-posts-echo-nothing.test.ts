/**
 * A thousand malformed posts, to a form and to a wrapped type: each is answered 4xx with a sentence, repeats nothing of
 * what was sent, leaves nothing behind, in the log neither; and the server goes on.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { adminPerson, as, COMPLAINT, CONTACT, startStrapi, tick, type Running } from '../helpers/strapi';
import { canary, wholeDatabase, whileListening } from '../helpers/canary';

const mark = canary('bad');
const FORM = '/api/form-guard/forms/police-complaint/submissions';
let running: Running;
let port: number;

/** What others on the machine leave in the common one is none of its business. */
const commonTemporary = os.tmpdir();
const ownTemporary = fs.mkdtempSync(path.join(commonTemporary, 'form-guard-tmp-'));

beforeAll(async () => {
  process.env.TMPDIR = ownTemporary;
  running = await startStrapi();
  const boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201);
  await tick(running.strapi, `${CONTACT}.create`);
  const server = running.strapi.server.httpServer;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  await running.stop();
  process.env.TMPDIR = commonTemporary;
  fs.rmSync(ownTemporary, { recursive: true, force: true });
});

interface Answer {
  status: number;
  text: string;
}
/** Raw, because a client library would mend what is wrong on purpose. */
const send = (path: string, body: string | Buffer, headers: Record<string, string>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = http.request({ port, host: '127.0.0.1', path, method: 'POST', headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    request.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EPIPE' || error.code === 'ECONNRESET' ? undefined : reject(error),
    );
    request.end(body);
  });

const JSON_TYPE = { 'content-type': 'application/json' };
const URL_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };
type Bad = [what: string, body: string | Buffer, headers: Record<string, string>];

const good = { name: mark, email: `${mark}@example.org`, message: mark };
const deep = (depth: number): string => `${'{"a":'.repeat(depth)}"${mark}"${'}'.repeat(depth)}`;
const wrongValues: unknown[] = [
  { [mark]: 1 },
  [mark],
  [[mark]],
  { $ne: mark },
  `${mark}\u0000`,
  `${mark}\ud800`,
  `${mark}\u0007`,
  true,
  7,
  'x'.repeat(30_000) + mark,
];

/** By hand: every kind of malformation that the issue names, and some more. */
const kinds = (wrap: (data: object) => object): Bad[] => {
  const json = (data: unknown): string => JSON.stringify(data);
  const full = { name: mark, email: `${mark}@example.org`, message: mark };
  return [
    ['empty', '', JSON_TYPE],
    ['no JSON', `{"name": ${mark}`, JSON_TYPE],
    ['JSON with a comma too many', `{"name": "${mark}",}`, JSON_TYPE],
    ['a JSON string', json(mark), JSON_TYPE],
    ['a JSON list', json([full]), JSON_TYPE],
    ['JSON null', 'null', JSON_TYPE],
    ['a number', '1e999', JSON_TYPE],
    ['deep', deep(50), JSON_TYPE],
    ['very deep', deep(60_000), JSON_TYPE],
    ['deep list', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, JSON_TYPE],
    ['huge', json(wrap({ ...full, message: mark.repeat(150_000) })), JSON_TYPE],
    ['many keys', json(wrap(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`${mark}${i}`, mark])))), JSON_TYPE],
    [
      'bad UTF-8',
      Buffer.concat([Buffer.from(`{"name":"${mark}`), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')]),
      JSON_TYPE,
    ],
    ['UTF-16', Buffer.from(json(wrap(full)), 'utf16le'), JSON_TYPE],
    ['another charset', json(wrap(full)), { 'content-type': 'application/json; charset=iso-8859-1' }],
    ['compressed, it says', json(wrap(full)), { ...JSON_TYPE, 'content-encoding': 'gzip' }],
    [
      '__proto__',
      `{"__proto__":{"polluted":"${mark}"},"name":"${mark}","email":"${mark}@example.org","message":"${mark}"}`,
      JSON_TYPE,
    ],
    [
      '__proto__ in data',
      `{"data":{"__proto__":{"polluted":"${mark}"},"name":"${mark}","email":"${mark}@example.org"}}`,
      JSON_TYPE,
    ],
    ['constructor', json(wrap({ ...full, constructor: { prototype: { polluted: mark } } })), JSON_TYPE],
    ['NUL', json(wrap({ ...full, name: `${mark}\u0000` })), JSON_TYPE],
    ['NUL in a name', json(wrap({ ...full, [`x\u0000${mark}`]: 1 })), JSON_TYPE],
    ['unknown field', json(wrap({ ...full, [mark]: mark })), JSON_TYPE],
    ['a locale', json(wrap({ ...full, locale: mark })), JSON_TYPE],
    ['a date of publishing', json(wrap({ ...full, publishedAt: mark })), JSON_TYPE],
    ['an object that is no text', json(wrap({ ...full, email: { toString: mark } })), JSON_TYPE],
    // These two would hold a careless server for an hour; the test would run out of time.
    ['half a million pairs', 'a&'.repeat(520_000), URL_TYPE],
    ['an address that takes for ever to check', json(wrap({ ...full, email: `${mark}@${'a.'.repeat(2000)}` })), JSON_TYPE],
    ['another one', json(wrap({ ...full, email: `a@${'a.'.repeat(30)}` })), JSON_TYPE],
    ['id', json(wrap({ ...full, id: 1, documentId: mark })), JSON_TYPE],
    ['nothing required', json(wrap({})), JSON_TYPE],
    [
      'multipart',
      `--b\r\nContent-Disposition: form-data; name="cv"; filename="${mark}.txt"\r\n\r\n${mark}\r\n--b--\r\n`,
      { 'content-type': 'multipart/form-data; boundary=b' },
    ],
    ['text', mark, { 'content-type': 'text/plain' }],
    ['XML', `<name>${mark}</name>`, { 'content-type': 'application/xml' }],
    ['no type', json(wrap(full)), {}],
    ['a strange type', json(wrap(full)), { 'content-type': 'application/vnd.api+json' }],
    ['bad percent', `name=%E0%A4%A&message=${mark}`, URL_TYPE],
    ['bad percent UTF-8', `name=%ff${mark}`, URL_TYPE],
    ['urlencoded prototype', `__proto__[polluted]=${mark}&name=${mark}`, URL_TYPE],
    ['urlencoded hasOwnProperty', `hasOwnProperty=1&name=${mark}&email=${mark}%40example.org&message=${mark}`, URL_TYPE],
    ['urlencoded twice', `name=${mark}&name=${mark}&email=${mark}%40example.org&message=${mark}`, URL_TYPE],
    ['urlencoded NUL', `name=${mark}%00&email=${mark}%40example.org&message=${mark}`, URL_TYPE],
    ['urlencoded nested', `name[a][b]=${mark}&email=${mark}%40example.org`, URL_TYPE],
    ...['name', 'email', 'message'].flatMap((field) =>
      wrongValues
        // A wrapped type reads these as Strapi does: a number or a yes is text to it.
        .filter((value) => !(wrap(full) !== full && (typeof value === 'number' || typeof value === 'boolean')))
        .map((value, index): Bad => [`wrong ${field} ${index}`, json(wrap({ ...full, [field]: value })), JSON_TYPE]),
    ),
  ];
};

/** A thousand made by damaging a good one, the same in every run. */
const damaged = (count: number, wrap: (data: object) => object): Bad[] => {
  let state = 42;
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
  const sent = Buffer.from(JSON.stringify(wrap({ ...good, age: mark })));
  return Array.from({ length: count }, (_, index): Bad => {
    const bytes = Buffer.from(sent);
    for (let i = 0; i <= random(4); i += 1) bytes[random(bytes.length)] = random(256);
    return [
      `damaged ${index}`,
      random(3) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes,
      random(5) === 0 ? URL_TYPE : JSON_TYPE,
    ];
  });
};

const targets: [string, string, (data: object) => object, number][] = [
  ['a form', FORM, (data) => data, 500],
  ['a wrapped type', '/api/contacts', (data) => ({ data }), 400],
  ['a wrapped type, in another spelling of its address', '/API/Contacts/', (data) => ({ data }), 50],
];

describe.each(targets)('%s', (_name, path, wrap, count) => {
  test('answers each with 4xx and a sentence, and repeats nothing', async () => {
    const temporary = () => fs.readdirSync(os.tmpdir()).filter((name) => !name.startsWith('form-guard-')).length;
    const before = temporary();
    const bad = [...kinds(wrap), ...damaged(count, wrap)];
    const wrong: unknown[] = [];
    const { said } = await whileListening(running.strapi, async () => {
      for (const [what, body, headers] of bad) {
        const { status, text } = await send(path, body, headers);
        const message = (JSON.parse(text || '{}') as { error?: { message?: string } }).error?.message ?? '';
        if (status < 400 || status >= 500 || message.length < 20 || text.includes(mark.slice(0, 14)))
          wrong.push({ what, status, text: text.slice(0, 300) });
      }
    });
    expect(wrong).toEqual([]);
    expect(said).not.toContain(mark.slice(0, 14));
    expect(temporary()).toBeLessThanOrEqual(before + 1);
    expect(await wholeDatabase(running.strapi)).not.toContain(mark.slice(0, 14));
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
    expect(await running.strapi.db.query('form-guard::vault' as never).count()).toBe(0);
  });
});

test('and the server still takes a good one', async () => {
  await running.http.post(FORM).send(good).expect(201);
  await running.http
    .post('/api/contacts')
    .send({ data: { name: mark, email: `${mark}@example.org` } })
    .expect(201);
});
