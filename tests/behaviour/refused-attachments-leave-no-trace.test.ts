/**
 * Files that are too large, too many, of another kind, in no field, malformed, cut off or sent without permission are refused
 * with a sentence that repeats nothing, and leave nothing: no stored file, no temporary file, no row, no line in the log.
 */
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import {
  APPLICATION,
  APPLICATIONS,
  attachmentConfig,
  BOUNDARY,
  filePart,
  filesBelow,
  listen,
  MULTIPART,
  multipart,
  part,
  pdf,
  png,
  REPORT,
  REPORTS,
  rowsOfFiles,
  send,
  storedFiles,
  textPart,
} from '../helpers/attachments';
import { canary, whileListening, wholeDatabase } from '../helpers/canary';
import { adminPerson, as, COMPLAINT, startStrapi, tick, type Running } from '../helpers/strapi';

const own = attachmentConfig();
const mark = canary('refused');
const MB = 1024 * 1024;
let running: Running;
let port: number;

beforeAll(async () => {
  running = await startStrapi({ config: own.config });
  const boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  await as(running, boss).post('/form-guard/forms', REPORT).expect(201);
  await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201);
  const required = { ...REPORT, slug: 'needed', fields: [{ name: 'cv', label: 'Your CV', type: 'file', required: true }] };
  await as(running, boss).post('/form-guard/forms', required).expect(201);
  await tick(running.strapi, `${APPLICATION}.create`);
  port = await listen(running);
});
afterAll(async () => {
  await running.stop();
  own.remove();
});

const nothingIsLeft = async (): Promise<void> => {
  expect(storedFiles(own.folder)).toEqual([]);
  expect(own.temporaryFiles()).toEqual([]);
  expect(await rowsOfFiles(running.strapi)).toEqual([]);
  expect(await running.strapi.db.query('form-guard::vault' as never).count()).toBe(0);
  expect(await wholeDatabase(running.strapi)).not.toContain(mark);
};
const until = async (isSo: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 200 && !isSo(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 25));
  expect(isSo()).toBe(true);
};

const NAME = textPart('name', mark);
const CV = filePart('cv', `${mark}.pdf`, pdf(mark));
const html = Buffer.from(`<!doctype html><script>alert("${mark}")</script>`);
const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert('${mark}')"/>`);
const evidence = (content: Buffer, fileName = `${mark}.png`): Buffer => filePart('evidence', fileName, content, 'image/png');

type Refused = [what: string, to: string, body: Buffer, status: number, sentence: RegExp];
const refused: Refused[] = [
  [
    'a page that says it is a picture',
    REPORTS,
    multipart(NAME, evidence(html)),
    400,
    /Your evidence: must be an image .* or a document/,
  ],
  ['a drawing that can run a script', REPORTS, multipart(NAME, evidence(svg)), 400, /Your evidence: must be an image/],
  ['a program', REPORTS, multipart(NAME, evidence(Buffer.from(`MZ${'\0'.repeat(80)}${mark}`))), 400, /Your evidence: must be/],
  ['an archive', REPORTS, multipart(NAME, evidence(Buffer.from(`PK\x03\x04${mark}`))), 400, /Your evidence: must be/],
  [
    'a picture for a letter',
    REPORTS,
    multipart(NAME, filePart('letter', `${mark}.pdf`, png(mark))),
    400,
    /Your letter: must be a PDF/,
  ],
  [
    'a letter that is too large for its field',
    REPORTS,
    multipart(NAME, filePart('letter', 'a.pdf', pdf(mark.repeat(300)))),
    400,
    /Your letter: must be at most 4\.9 KB/,
  ],
  [
    'a file that is too large for the site',
    REPORTS,
    multipart(NAME, evidence(png(mark.repeat(60_000)))),
    400,
    /Your evidence: must be at most 1 MB/,
  ],
  [
    'too many files for the field',
    REPORTS,
    multipart(NAME, ...[1, 2, 3, 4].map(() => evidence(png(mark)))),
    400,
    /Your evidence: must be at most 3 files/,
  ],
  [
    'two files where one is asked for',
    REPORTS,
    multipart(NAME, ...[1, 2].map(() => filePart('letter', 'a.pdf', pdf(mark)))),
    400,
    /Your letter: must be at most one file/,
  ],
  [
    'too many files for the site',
    REPORTS,
    multipart(NAME, ...[1, 2, 3, 4].map(() => filePart('anything', 'a', mark)), evidence(png(mark))),
    400,
    /at most 4/,
  ],
  [
    'a file in a field that does not exist',
    REPORTS,
    multipart(NAME, filePart(mark, 'a.png', png(mark))),
    400,
    /can be sent as: evidence, letter, anything/,
  ],
  ['a file in a field for text', REPORTS, multipart(filePart('name', 'a.png', png(mark)), NAME), 400, /where none belongs/],
  ['text in a field for files', REPORTS, multipart(NAME, textPart('evidence', mark)), 400, /Your evidence: must be a file/],
  [
    'a good file and a bad answer',
    REPORTS,
    multipart(evidence(png(mark)), textPart('nme', mark)),
    400,
    /Your name: is required.*not part of this form/,
  ],
  [
    'a good file and then a bad one',
    REPORTS,
    multipart(NAME, evidence(png(mark)), evidence(html)),
    400,
    /Your evidence: must be/,
  ],
  [
    'a form that takes no files',
    '/api/form-guard/forms/police-complaint/submissions',
    multipart(NAME, evidence(png(mark))),
    400,
    /takes no files/,
  ],
  [
    'a form that is not there',
    `/api/form-guard/forms/none/submissions`,
    multipart(NAME, evidence(png(mark))),
    404,
    /no form at this address/,
  ],
  [
    'no file where one is required',
    '/api/form-guard/forms/needed/submissions',
    multipart(textPart('a', '')),
    400,
    /Your CV: is required; files are sent as multipart/,
  ],
  [
    'an empty file input where one is required',
    '/api/form-guard/forms/needed/submissions',
    multipart(filePart('cv', '', '')),
    400,
    /Your CV: is required/,
  ],
  [
    'more text than a form takes',
    REPORTS,
    multipart(evidence(png(mark)), textPart('name', mark.repeat(60_000))),
    413,
    /larger than 1 MB/,
  ],
  [
    'text that is no UTF-8',
    REPORTS,
    multipart(textPart('name', '').subarray(0, -2), Buffer.from([0xff, 0xfe, 13, 10])),
    400,
    /not valid/,
  ],
  [
    'bad UTF-8',
    REPORTS,
    multipart(part('Content-Disposition: form-data; name="name"', Buffer.from([0xc3, 0x28])), evidence(png(mark))),
    400,
    /not valid UTF-8/,
  ],
  ['NUL in text', REPORTS, multipart(evidence(png(mark)), textPart('name', `${mark}\0`)), 400, /characters that are not text/],
  [
    'a name that no field can have',
    REPORTS,
    multipart(NAME, textPart('__proto__', mark), evidence(png(mark))),
    400,
    /names that no field can have/,
  ],
  [
    'a part without a name',
    REPORTS,
    multipart(NAME, part('Content-Disposition: form-data; filename="a"', mark)),
    400,
    /not valid multipart/,
  ],
  [
    'a part without a header',
    REPORTS,
    multipart(NAME, Buffer.from(`--${BOUNDARY}\r\n\r\n${mark}\r\n`)),
    400,
    /not valid multipart/,
  ],
  [
    'a part that is only half a header',
    REPORTS,
    multipart(NAME, Buffer.from(`--${BOUNDARY}\r\n${mark}\r\n`)),
    400,
    /not valid multipart/,
  ],
  [
    'a part in base64',
    REPORTS,
    multipart(NAME, part('Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64', mark)),
    400,
    /not valid multipart/,
  ],
  [
    'an endless header',
    REPORTS,
    multipart(NAME, part(`Content-Disposition: form-data; name="${mark.repeat(5000)}"`, '')),
    400,
    /not valid multipart/,
  ],
  [
    'three thousand parts',
    REPORTS,
    multipart(...Array.from({ length: 3000 }, (_, index) => textPart(`${mark}${index}`, ''))),
    400,
    /not valid multipart/,
  ],
  ['no parts', REPORTS, multipart(), 400, /Your name: is required/],
  ['no boundary in the body', REPORTS, Buffer.from(mark), 400, /not valid multipart/],
  ['no end', REPORTS, Buffer.concat([NAME, evidence(png(mark))]), 400, /not valid multipart/],
  ['an end in the middle of a file', REPORTS, multipart(NAME, evidence(png(mark))).subarray(0, -60), 400, /not valid multipart/],
  ['nothing', REPORTS, Buffer.alloc(0), 400, /not valid multipart/],
  ['data that is no JSON', APPLICATIONS, multipart(textPart('data', `{"name": ${mark}`), CV), 400, /"data" is not valid JSON/],
  ['data that is a list', APPLICATIONS, multipart(textPart('data', '[1]'), CV), 400, /"data" must be a JSON object/],
  ['no file that the type requires', APPLICATIONS, multipart(textPart('data[name]', mark)), 400, /cv must be a file.*required/],
  ['an id of the media library', APPLICATIONS, multipart(NAME, CV, textPart('photos', '1')), 400, /photos must be a file/],
  [
    'a picture where the type takes none',
    APPLICATIONS,
    multipart(NAME, filePart('cv', 'a.png', png(mark))),
    400,
    /cv: must be a file that is no image/,
  ],
  ['two files in a single media field', APPLICATIONS, multipart(NAME, CV, CV), 400, /cv: must be at most one file/],
  [
    'a drawing among photos',
    APPLICATIONS,
    multipart(NAME, CV, filePart('photos', 'a.png', svg)),
    400,
    /photos: must be an image/,
  ],
  [
    'a value that breaks a rule of the type',
    APPLICATIONS,
    multipart(CV, NAME, textPart('age', mark)),
    400,
    /age must be a whole number/,
  ],
  ['a document id', APPLICATIONS, multipart(CV, NAME, textPart('documentId', mark)), 400, /does not belong here/],
  [
    'a file that is no attribute',
    APPLICATIONS,
    multipart(CV, NAME, filePart(mark, 'a', 'a')),
    400,
    /can be sent as: cv, photos, other/,
  ],
];

test.each(refused)('%s', async (_what, to, body, status, sentence) => {
  const { result: answer, said } = await whileListening(running.strapi, () => send(port, to, body));
  const message = (JSON.parse(answer?.text ?? '{}') as { error?: { message?: string } }).error?.message;
  expect([answer?.status, message]).toEqual([status, expect.stringMatching(sentence)]);
  expect(answer?.text).not.toContain(mark);
  expect(said).not.toContain(mark);
  await nothingIsLeft();
});

test('an HTML form gets a page with the same sentence', async () => {
  const headers = { ...MULTIPART, accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
  const answer = await send(port, REPORTS, multipart(NAME, evidence(html)), { headers });
  expect(answer?.status).toBe(400);
  expect(answer?.text).toMatch(/<li>Your evidence: must be an image/);
  expect(answer?.text).not.toContain(mark);
  await nothingIsLeft();
});

test('the next request on the same connection is answered, however early the one before was refused', async () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const large = png(mark.repeat(35_000));
  for (const body of [
    multipart(evidence(html), evidence(large)),
    multipart(filePart(mark, 'a', large)),
    multipart(NAME, evidence(large)),
  ]) {
    const answers = [
      await send(port, REPORTS, body, { agent }),
      await send(port, REPORTS, multipart(textPart('nme', '')), { agent }),
    ];
    expect(answers[1]?.text).toContain('Your name: is required');
  }
  agent.destroy();
  const { strapi } = running;
  const [row] = (await strapi.db.connection('form_guard_vault').select('*')) as { record_id: string }[];
  expect(await rowsOfFiles(strapi)).toHaveLength(1);
  await strapi.db.connection('form_guard_files').where({ record_id: row?.record_id }).del();
  await strapi.db.connection('form_guard_vault').where({ record_id: row?.record_id }).del();
  for (const file of storedFiles(own.folder)) fs.rmSync(path.join(own.folder, file));
  await nothingIsLeft();
});

test('ids of the media library in JSON attach nothing, whoever asks', async () => {
  for (const cv of [1, [1], { id: 1 }, { connect: [1] }, { set: [{ id: 1 }] }, 'a']) {
    const { body } = await running.http
      .post(APPLICATIONS)
      .send({ data: { name: mark, cv } })
      .expect(400);
    expect((body as { error: { message: string } }).error.message).toMatch(/cv must be a file/);
  }
  await nothingIsLeft();
});

test('code that sets a media attribute hears that it did not, whichever way it writes', async () => {
  const { strapi } = running;
  const refusal = {
    details: { code: 'FILES_NOT_TAKEN' },
    message: expect.stringMatching(/“cv” of api::application.*no id of the media library/),
  };
  const documents = strapi.documents(APPLICATION as never);
  const data = { name: mark, cv: 1 } as never;
  await expect(documents.create({ data })).rejects.toMatchObject(refusal);
  await expect(documents.update({ documentId: 'a'.repeat(24), data })).rejects.toMatchObject(refusal);
  const query = strapi.db.query(APPLICATION as never);
  await expect(query.create({ data })).rejects.toMatchObject(refusal);
  await expect(query.createMany({ data: [data] })).rejects.toMatchObject(refusal);
  await expect(query.update({ where: {}, data })).rejects.toMatchObject(refusal);
  await expect(query.updateMany({ where: {}, data })).rejects.toMatchObject(refusal);
  await expect(documents.create({ data: { name: mark } as never })).rejects.toMatchObject({ details: { code: 'BODY_REFUSED' } });
  await nothingIsLeft();
});

test('a stranger without the right to create uploads nothing', async () => {
  const role = { where: { action: `${APPLICATION}.create` } };
  const permission = running.strapi.db.query('plugin::users-permissions.permission');
  const row = (await permission.findOne(role)) as { id: number };
  await permission.update({ where: { id: row.id }, data: { action: `${APPLICATION}.other` } });
  const answer = await send(port, APPLICATIONS, multipart(NAME, CV));
  expect(answer?.status).toBe(403);
  await permission.update({ where: { id: row.id }, data: { action: `${APPLICATION}.create` } });
  await nothingIsLeft();
});

test.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
  '%s to any other address of a wrapped type leaves no temporary file',
  async (method) => {
    for (const to of [
      `${APPLICATIONS}/abc`,
      `${APPLICATIONS}/abc/`,
      '/API/Applications/x',
      ...(method === 'POST' ? [] : [APPLICATIONS]),
    ]) {
      const answer = await send(port, to, multipart(filePart('files', mark, mark), filePart('cv', mark, mark)), { method });
      expect([to, answer?.status]).toEqual([to, expect.any(Number)]);
      expect(answer?.status).toBeGreaterThanOrEqual(400);
    }
    await nothingIsLeft();
  },
);

describe('A sender who goes away in the middle', () => {
  /** Sends some of it, and then hangs up. */
  const hangUp = (to: string, body: Buffer, after: number, half: boolean): Promise<void> =>
    new Promise((resolve) => {
      const socket = net.connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
      // Whatever is answered: only when it is read does the connection end.
      socket.resume();
      socket.write(
        `POST ${to} HTTP/1.1\r\nHost: x\r\nContent-Type: ${MULTIPART['content-type']}\r\nContent-Length: ${body.length}\r\n\r\n`,
      );
      socket.write(body.subarray(0, after), () => setTimeout(() => (half ? socket.end() : socket.destroy()), 60));
    });
  const large = png(mark.repeat(25_000));
  const bodies: [string, string, Buffer][] = [
    ['a form', REPORTS, multipart(NAME, evidence(png(mark)), evidence(large))],
    ['a wrapped type', APPLICATIONS, multipart(NAME, CV, filePart('photos', 'a.png', large))],
  ];
  test.each(bodies)('%s', async (_what, to, body) => {
    const { said } = await whileListening(running.strapi, async () => {
      for (const after of [0, 10, 200, 1000, 100_000, 300_000, body.length - 30, body.length - 1]) {
        for (const half of [false, true]) await hangUp(to, body, after, half);
      }
      await until(() => storedFiles(own.folder).length === 0);
    });
    expect(said).not.toContain(mark);
    await nothingIsLeft();
  });

  test('and the server still takes whole ones', async () => {
    const answer = await send(port, REPORTS, multipart(NAME, evidence(large)));
    expect(answer?.status).toBe(201);
    expect(storedFiles(own.folder)).toHaveLength(1);
    expect(filesBelow(own.folder).some((file) => file.includes('incoming'))).toBe(false);
  });
});

describe('A body without end is cut off, with an answer that its sender gets to read', () => {
  /** @returns null when the connection broke before an answer came */
  const sendWithoutEnd = (to: string, method: string, headers: http.OutgoingHttpHeaders, start: Buffer) =>
    new Promise<{ status: number; text: string; sent: number } | null>((resolve) => {
      let sent = 0;
      const options = { port, host: '127.0.0.1', path: to, method, headers: { ...headers, 'transfer-encoding': 'chunked' } };
      const request = http.request({ ...options, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString(), sent }));
      });
      request.on('error', () => resolve(null));
      request.on('close', () => resolve(null));
      request.write(start);
      const more = (): void => {
        if (request.destroyed || sent > 100 * MB) return;
        sent += 64 * 1024;
        request.write(Buffer.alloc(64 * 1024, ' '), () => setImmediate(more));
      };
      more();
    });
  const JSON_BODY = { 'content-type': 'application/json' };
  const file = part('Content-Disposition: form-data; name="evidence"; filename="a.png"', png('')).subarray(0, -2);
  const endless: [string, string, string, http.OutgoingHttpHeaders, Buffer, number][] = [
    ['a file', 'POST', REPORTS, MULTIPART, Buffer.concat([NAME, file]), 400],
    ['JSON', 'POST', REPORTS, JSON_BODY, Buffer.from('{"name": "'), 413],
    ['JSON for a wrapped type', 'POST', APPLICATIONS, JSON_BODY, Buffer.from('{"data": {"name": "'), 413],
    ['a route that is closed', 'PUT', `${APPLICATIONS}/x`, JSON_BODY, Buffer.from('{'), 403],
    ['a type that nobody reads', 'POST', REPORTS, { 'content-type': 'text/plain' }, Buffer.from('x'), 415],
  ];
  test.each(endless)('%s', async (_what, method, to, headers, start, status) => {
    for (let times = 0; times < 5; times += 1) {
      const answer = await sendWithoutEnd(to, method, headers, start);
      expect(answer?.status).toBe(status);
      expect(answer?.sent).toBeLessThan(50 * MB);
      expect(answer?.text).not.toContain('        ');
    }
  });
});
