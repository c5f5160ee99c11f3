/**
 * Whoever can write to the store or to the database can destroy an attachment, but not change, swap, move or shorten one
 * unnoticed: it answers with an error, or the connection breaks where the damage begins. It never ends as if it were whole.
 */
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import {
  attachmentConfig,
  filePart,
  listen,
  multipart,
  REPORT,
  REPORTS,
  rowsOfFiles,
  send,
  storedFiles,
  textPart,
} from '../helpers/attachments';
import { whileListening } from '../helpers/canary';
import { adminPerson, as, readsForm, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

const own = attachmentConfig();
const CHUNK = 64 * 1024;
let running: Running;
let port: number;
let reader: AdminPerson;
let form: string;

interface Sent {
  reference: string;
  record: string;
  file: string;
  content: Buffer;
  /** Where it lies. */
  at: string;
}
const post = async (bytes: number): Promise<Sent> => {
  const content = randomBytes(bytes);
  const answer = await send(port, REPORTS, multipart(textPart('name', 'Ada'), filePart('anything', 'a.bin', content)));
  const { reference } = (JSON.parse(answer?.text ?? '') as { data: { reference: string } }).data;
  const record = reference.replaceAll('-', '');
  const file = (await rowsOfFiles(running.strapi)).find((row) => row.record_id === record)?.file_id ?? '';
  const at = path.join(own.folder, storedFiles(own.folder).find((name) => name.endsWith(file)) ?? '');
  return { reference, record, file, content, at };
};

type Download = { status: number; body: Buffer; isWhole: boolean };
const download = ({ reference, file }: Pick<Sent, 'reference' | 'file'>): Promise<Download> =>
  new Promise((resolve, reject) => {
    const to = `/form-guard/inbox/${form}/${reference}/files/${file}`;
    const headers = { authorization: `Bearer ${reader.jwt}` };
    const request = http.request({ port, host: '127.0.0.1', method: 'POST', path: to, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      const end = (isWhole: boolean) => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks), isWhole });
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => end(false));
      response.on('end', () => end(response.complete));
    });
    request.on('error', reject);
    request.end();
  });

beforeAll(async () => {
  running = await startStrapi({ config: own.config });
  const boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  reader = await adminPerson(running.strapi, 'Rita');
  form = ((await as(running, boss).post('/form-guard/forms', REPORT).expect(201)).body as { data: { id: string } }).data.id;
  await readsForm(running, boss, form, [reader]);
  port = await listen(running);
});
afterAll(async () => {
  await running.stop();
  own.remove();
});

/** Damages a stored file, then puts it back. */
const whileDamaged = async ({ at }: Sent, damage: (bytes: Buffer) => Buffer | null, run: () => Promise<void>): Promise<void> => {
  const before = fs.readFileSync(at);
  const after = damage(Buffer.from(before));
  if (after) fs.writeFileSync(at, after);
  else fs.rmSync(at);
  await run();
  fs.writeFileSync(at, before, { mode: 0o600 });
};
const flip = (at: (length: number) => number) => (bytes: Buffer) => {
  const place = at(bytes.length);
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  return bytes;
};
const HEADER = 4 + 1 + 21 + 32 + 7;
const SEALED_CHUNK = CHUNK + 16;
const chunksOf = (bytes: Buffer): Buffer[] => {
  const body = bytes.subarray(HEADER);
  return Array.from({ length: Math.ceil(body.length / SEALED_CHUNK) }, (_, at) =>
    body.subarray(at * SEALED_CHUNK, (at + 1) * SEALED_CHUNK),
  );
};

describe('Damage at the beginning: an error, and not a byte', () => {
  const damages: [string, (bytes: Buffer) => Buffer | null][] = [
    ['the format', flip(() => 0)],
    ['the key id', flip(() => 6)],
    ['the salt', flip(() => 30)],
    ['the nonce', flip(() => HEADER - 1)],
    ['the first byte', flip(() => HEADER)],
    ['the tag of the first chunk', flip(() => HEADER + CHUNK)],
    ['it is empty', () => Buffer.alloc(0)],
    ['it is cut in its first chunk', (bytes) => bytes.subarray(0, HEADER + 100)],
    ['it is something else', () => randomBytes(200_000)],
    ['it is clear text', () => Buffer.from('hello')],
    ['it is gone', () => null],
    ['its first chunk is missing', (bytes) => Buffer.concat([bytes.subarray(0, HEADER), ...chunksOf(bytes).slice(1)])],
    [
      'its first two chunks are swapped',
      (bytes) => {
        const [a, b, ...rest] = chunksOf(bytes) as [Buffer, Buffer, ...Buffer[]];
        return Buffer.concat([bytes.subarray(0, HEADER), b, a, ...rest]);
      },
    ],
  ];
  let sent: Sent;
  beforeAll(async () => {
    sent = await post(4 * CHUNK + 100);
  });
  test.each(damages)('%s', async (_what, damage) => {
    await whileDamaged(sent, damage, async () => {
      const { result: answer, said } = await whileListening(running.strapi, () => download(sent));
      expect(answer.status).toBe(500);
      expect(answer.body.toString()).not.toMatch(/fgf1|SEALED|a\.bin/);
      expect(said).toContain('SEALED_VALUE_UNREADABLE');
      expect(said).not.toContain('a.bin');
    });
    expect((await download(sent)).body.equals(sent.content)).toBe(true);
  });
});

describe('Damage further on: what was whole comes, then the connection breaks', () => {
  const damages: [string, (bytes: Buffer) => Buffer, number][] = [
    ['a bit of the third chunk', flip(() => HEADER + 2 * SEALED_CHUNK + 5), 2],
    ['a bit of the last tag', flip((length) => length - 1), 4],
    ['its end is missing', (bytes) => bytes.subarray(0, -1), 4],
    ['its last chunk is missing', (bytes) => bytes.subarray(0, HEADER + 4 * SEALED_CHUNK), 3],
    ['its last two chunks are missing', (bytes) => bytes.subarray(0, HEADER + 3 * SEALED_CHUNK), 2],
    ['something is behind it', (bytes) => Buffer.concat([bytes, Buffer.from('x')]), 4],
    ['it is behind itself', (bytes) => Buffer.concat([bytes, bytes.subarray(HEADER)]), 4],
  ];
  let sent: Sent;
  beforeAll(async () => {
    sent = await post(4 * CHUNK + 100);
  });
  test.each(damages)('%s', async (_what, damage, most) => {
    await whileDamaged(sent, damage, async () => {
      const { result: answer, said } = await whileListening(running.strapi, () => download(sent));
      expect(answer.isWhole).toBe(false);
      expect(answer.body.length).toBeLessThanOrEqual(most * CHUNK);
      expect(sent.content.subarray(0, answer.body.length).equals(answer.body)).toBe(true);
      expect(said).toContain('SEALED_VALUE_UNREADABLE');
    });
    expect((await download(sent)).body.equals(sent.content)).toBe(true);
  });
});

describe('Moved', () => {
  let one: Sent;
  let two: Sent;
  beforeAll(async () => {
    one = await post(1000);
    two = await post(1000);
  });
  const rows = () => running.strapi.db.connection('form_guard_files');
  const bothFail = async (): Promise<void> => {
    for (const sent of [one, two]) {
      const answer = await download(sent);
      expect([answer.status, answer.body.includes(one.content), answer.body.includes(two.content)]).toEqual([500, false, false]);
    }
  };

  test('two files of two records that are swapped on the disk', async () => {
    const [a, b] = [fs.readFileSync(one.at), fs.readFileSync(two.at)];
    fs.writeFileSync(one.at, b);
    fs.writeFileSync(two.at, a);
    await bothFail();
    fs.writeFileSync(one.at, a);
    fs.writeFileSync(two.at, b);
    expect((await download(one)).body.equals(one.content)).toBe(true);
  });

  test('two rows that swap their records', async () => {
    await rows().where({ file_id: one.file }).update({ record_id: two.record });
    const answer = await download({ reference: two.reference, file: one.file });
    expect([answer.status, answer.body.includes(one.content)]).toEqual([500, false]);
    await rows().where({ file_id: one.file }).update({ record_id: one.record });
  });

  test('a row whose field is changed to one that a reader has', async () => {
    await rows().where({ file_id: one.file }).update({ field: 'letter' });
    expect((await download(one)).status).toBe(500);
    await rows().where({ file_id: one.file }).update({ field: 'anything' });
  });

  test('a row that names a path', async () => {
    const hostile = '../../../etc/passwd';
    await rows().where({ file_id: one.file }).update({ file_id: hostile });
    const answer = await download({ ...one, file: encodeURIComponent(hostile) });
    expect([404, 500]).toContain(answer.status);
    expect(answer.body.toString()).not.toContain('root:');
    await rows().where({ file_id: hostile }).update({ file_id: one.file });
    expect((await download(one)).body.equals(one.content)).toBe(true);
  });
});
