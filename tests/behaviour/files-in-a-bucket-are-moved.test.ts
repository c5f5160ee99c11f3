/**
 * Files from before a type was wrapped, of a site whose media library keeps them in a private bucket: into the vault and
 * back, with the bucket away at either end. What may lie there in the open is named.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import sharp from 'sharp';
import { APPLICATION, attachmentConfig, pdf, uploadToLibrary } from '../helpers/attachments';
import { startBucket } from '../helpers/bucket';
import { canary } from '../helpers/canary';
import { command } from '../helpers/command';
import { startStrapi, type Running } from '../helpers/strapi';

const mark = canary('bucket');
const attachments = attachmentConfig();
const config = { ...attachments.config, attachments: { folder: attachments.folder } };
jest.setTimeout(120_000);

let running: Running;
let bucket: Awaited<ReturnType<typeof startBucket>>;
let before: { objects: Record<string, string>; files: unknown[]; links: unknown[] };

const uploadConfig = () =>
  JSON.stringify({
    provider: path.resolve(__dirname, '../helpers/bucket-provider.js'),
    providerOptions: { url: bucket.url },
  });
const run = (...args: string[]) => command(args, { TEST_FORM_GUARD: JSON.stringify(config), TEST_UPLOAD: uploadConfig() });
const UNPROTECT = ['unprotect', APPLICATION, '--confirm', APPLICATION];

const upload = (name: string, mimetype: string, content: Buffer): Promise<number> =>
  uploadToLibrary(running, `${mark}-${name}`, mimetype, content);
const now = async (): Promise<typeof before> => {
  const knex = running.strapi.db.connection;
  const digests = [...bucket.objects].map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')] as const);
  return {
    objects: Object.fromEntries(digests.sort(([one], [other]) => (one < other ? -1 : 1))),
    files: await knex('files').select('*').orderBy('id'),
    links: await knex('files_related_mph').select('file_id', 'related_id', 'field', 'order').orderBy(['related_id', 'field']),
  };
};

beforeAll(async () => {
  bucket = await startBucket();
  running = await startStrapi({ env: { TEST_WITHOUT_FORM_GUARD: 'true', TEST_UPLOAD: uploadConfig() } });
  const picture = await sharp({ create: { width: 900, height: 700, channels: 3, background: '#336699' } })
    .png()
    .toBuffer();
  const cv = await upload('cv.pdf', 'application/pdf', pdf(mark));
  const photo = await upload('one.png', 'image/png', picture);
  const documents = running.strapi.documents(APPLICATION as never) as unknown as { create(params: object): Promise<unknown> };
  await documents.create({ data: { name: 'ann', cv, photos: [photo] } });
  await documents.create({ data: { name: 'bo', cv } });
  before = await now();
  expect(Object.keys(before.objects)).toHaveLength(5);
  running = await running.again({ config, env: { TEST_UPLOAD: uploadConfig() } });
});
afterAll(async () => {
  await running?.stop();
  await bucket?.stop();
  delete process.env.TEST_UPLOAD;
  attachments.remove();
});

test('while the bucket is away they stay where they are', async () => {
  bucket.failAfter(0);
  const { code, out } = await run('protect', APPLICATION);
  bucket.failAfter(Infinity);
  expect([code, out]).toEqual([1, expect.stringContaining('2 files not moved, because they could not be read')]);
  expect(await now()).toEqual(before);
});

test('then they are sealed, and nothing is left in the bucket', async () => {
  const { code, out } = await run('protect', APPLICATION);
  expect([code, out]).toEqual([0, expect.stringContaining('2 files sealed and taken out of the media library.')]);
  expect(await now()).toEqual({ objects: {}, files: [], links: [] });
});

test('a bucket that is away takes nothing back, and what may lie there is named', async () => {
  bucket.failAfter(0);
  const { code, out, err } = await run(...UNPROTECT);
  bucket.failAfter(Infinity);
  expect([code, out]).toEqual([1, expect.stringContaining('0 submissions put back.')]);
  expect(out).toContain('2 submissions stayed in the vault, because the media library did not take back a file of it:');
  expect(out).toMatch(new RegExp(`1 file may lie unsealed where the media library keeps files.*: ${mark}_cv`));
  expect(err).toContain('What stayed is as it was.');
  expect((await now()).files).toEqual([]);
});

test('one that breaks off in the middle is not left with half of it', async () => {
  bucket.failAfter(3);
  const { code, out } = await run(...UNPROTECT);
  bucket.failAfter(Infinity);
  expect([code, out]).toEqual([1, expect.stringContaining('may lie unsealed')]);
  const { objects, files } = await now();
  // Whatever lies there without a row was named.
  const known = (files as { hash: string; ext: string }[]).map(({ hash, ext }) => `/site/${hash}${ext}`);
  for (const name of Object.keys(objects)) if (!known.includes(name)) expect(out).toContain(path.basename(name));
});

test('and all of it goes back, as it was', async () => {
  const { code, out } = await run(...UNPROTECT);
  expect([code, out]).toEqual([0, expect.stringContaining('put back.')]);
  expect(out).not.toContain('may lie unsealed');
  expect(await now()).toEqual(before);
});
