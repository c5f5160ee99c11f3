/**
 * Neither a byte nor the name of an attachment is found anywhere but with its named reader: no table, no file of the
 * database, no stored file, no public folder, no temporary file, no log, event, webhook, lifecycle.
 */
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import {
  APPLICATION,
  APPLICATIONS,
  attachmentConfig,
  filesBelow,
  pdf,
  png,
  REPORT,
  REPORTS,
  rowsOfFiles,
  storedFiles,
} from '../helpers/attachments';
import { canary, filesOf, whileListening, wholeDatabase } from '../helpers/canary';
import { adminPerson, APP, as, readsForm, startStrapi, tick, type AdminPerson, type Running } from '../helpers/strapi';

const own = attachmentConfig();
const content = canary('content');
const name = canary('filename');
/** Many times over, so that it lies in every chunk. */
const LONG = `${content} `.repeat(9000);
const BYTES = randomBytes(300_000);
let running: Running;
let reader: AdminPerson;
let form: string;
let webhook: http.Server;
const told: string[] = [];

beforeAll(async () => {
  webhook = http.createServer((request, response) => {
    request.on('data', (chunk: Buffer) => told.push(chunk.toString()));
    request.on('end', () => response.end());
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  running = await startStrapi({ config: { ...own.config, unsafeEntryWebhooks: true } });
  const { strapi } = running;
  const boss = await adminPerson(strapi, 'Boss', 'strapi-super-admin');
  reader = await adminPerson(strapi, 'Rita');
  form = ((await as(running, boss).post('/form-guard/forms', REPORT).expect(201)).body as { data: { id: string } }).data.id;
  await readsForm(running, boss, form, [reader]);
  await readsForm(running, boss, APPLICATION, [reader]);
  await tick(strapi, `${APPLICATION}.create`);
  const url = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/`;
  const events = ['entry.create', 'entry.update', 'entry.delete', 'media.create'];
  const store = strapi.get('webhookStore') as unknown as { createWebhook(hook: object): Promise<never> };
  strapi.get('webhookRunner').add(await store.createWebhook({ name: 'all', url, headers: {}, events, isEnabled: true }));
  strapi.eventHub.subscribe(async (...event: unknown[]) => void told.push(JSON.stringify(event)));
  strapi.documents.use((ctx, next) => {
    told.push(JSON.stringify(ctx.params ?? {}));
    return next();
  });
  for (const event of ['beforeCreate', 'afterCreate', 'afterFindOne', 'afterFindMany'] as const) {
    strapi.db.lifecycles.subscribe({
      [event]: (seen: { params: unknown; result?: unknown }) => void told.push(JSON.stringify([seen.params, seen.result])),
    });
  }
});
afterAll(async () => {
  await running.stop();
  webhook.close();
  own.remove();
});

type Sender = () => Promise<string>;
const referenceIn = (body: unknown): string => (body as { data: { reference: string } }).data.reference.replaceAll('-', '');
const senders: [what: string, source: () => string, send: Sender, files: number][] = [
  [
    'a form',
    () => form,
    async () => {
      const sent = running.http
        .post(REPORTS)
        .field('name', content)
        .attach('evidence', Buffer.from(LONG), { filename: `${name}.txt`, contentType: 'image/png' })
        .attach('evidence', png(content), `${name}.png`)
        .attach('letter', pdf(content), `${name}.pdf`)
        .attach('anything', BYTES, `${name}.bin`);
      return referenceIn((await sent.expect(201)).body);
    },
    4,
  ],
  [
    'a wrapped type, as Strapi sends it',
    () => APPLICATION,
    async () => {
      const sent = running.http
        .post(APPLICATIONS)
        .field('data', JSON.stringify({ name: content }))
        .attach('files.cv', pdf(LONG), `${name}.pdf`)
        .attach('files.photos', png(LONG), `${name}.png`)
        .attach('files.other', BYTES, `${name}.bin`);
      return referenceIn((await sent.expect(201)).body);
    },
    3,
  ],
  [
    'a wrapped type, as a plain HTML form',
    () => APPLICATION,
    async () => {
      const sent = running.http
        .post(APPLICATIONS)
        .field('data[name]', content)
        .attach('data[cv]', pdf(content), `${name}.pdf`)
        .attach('photos', png(content), `${name}.png`)
        .attach('photos', png(content), `${name}2.png`);
      return referenceIn((await sent.expect(201)).body);
    },
    3,
  ],
];

describe.each(senders)('%s', (_what, source, sendOne, count) => {
  let reference: string;
  let said: string;

  test('is taken, and answered with a reference', async () => {
    const before = storedFiles(own.folder).length;
    ({ result: reference, said } = await whileListening(running.strapi, sendOne));
    expect(storedFiles(own.folder).length).toBe(before + count);
    expect(storedFiles(own.folder).every((file) => file.includes('kept'))).toBe(true);
    expect((await rowsOfFiles(running.strapi)).filter((row) => row.record_id === reference)).toHaveLength(count);
    expect(own.temporaryFiles()).toEqual([]);
  });

  test('neither content nor name is in a table, a file of the database, the log, an event, a webhook, a lifecycle', async () => {
    // Webhooks are sent after the answer.
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const [where, text] of [
      ['log', said],
      ['tables', await wholeDatabase(running.strapi)],
      ['files of the database', running.file === null ? '' : filesOf(running.file)],
      ['what others are told', told.join('\n')],
    ] as const) {
      expect([where, text.includes(content), text.includes(name)]).toEqual([where, false, false]);
    }
    expect(told.length).toBeGreaterThan(0);
    const { strapi } = running;
    expect(await strapi.db.query('plugin::upload.file').count()).toBe(0);
    expect(filesBelow(path.join(APP, 'public')).filter((file) => !file.endsWith('.gitkeep'))).toEqual([]);
  });

  test('the stored files are called by random numbers, for their owner only, and hold neither', () => {
    for (const file of storedFiles(own.folder)) {
      expect(file).not.toContain(name);
      const bytes = fs.readFileSync(path.join(own.folder, file));
      for (const secret of [content, name, 'PDF-1.7', 'IHDR']) expect(bytes.includes(secret)).toBe(false);
      expect(bytes.includes(BYTES.subarray(1000, 1016))).toBe(false);
      expect(fs.statSync(path.join(own.folder, file)).mode & 0o777).toBe(0o600);
      expect(fs.statSync(path.dirname(path.join(own.folder, file))).mode & 0o777).toBe(0o700);
    }
  });

  test('its named reader gets every file as it was, name and all', async () => {
    const opened = await as(running, reader).post(`/form-guard/inbox/${source()}/${reference}/open`).expect(200);
    const { fields } = (
      opened.body as { data: { fields: { type: string; value: { file: string; name: string; bytes: number }[] | null }[] } }
    ).data;
    const files = fields.filter(({ type }) => type === 'file').flatMap(({ value }) => value ?? []);
    expect(files).toHaveLength(count);
    const originals = [Buffer.from(LONG), png(content), pdf(content), BYTES, pdf(LONG), png(LONG)].map((bytes) =>
      bytes.toString('hex'),
    );
    for (const file of files) {
      expect(file.name).toMatch(new RegExp(`^${name}2?\\.(txt|png|pdf|bin)$`));
      const answer = await as(running, reader)
        .post(`/form-guard/inbox/${source()}/${reference}/files/${file.file}`)
        .buffer()
        .parse((response, done) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => done(null, Buffer.concat(chunks)));
        });
      expect(answer.status).toBe(200);
      expect((answer.body as Buffer).length).toBe(file.bytes);
      expect(originals).toContain((answer.body as Buffer).toString('hex'));
    }
  });
});
