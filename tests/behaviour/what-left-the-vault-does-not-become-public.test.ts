/**
 * An exported table and a downloaded attachment are refused by the media library, where everybody could fetch them: the very same
 * file whatever it is called now, and a table that a spreadsheet program saved anew. Every other file is taken as ever.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { attachmentConfig, filePart, listen, multipart, pdf, REPORT, REPORTS, send, textPart } from '../helpers/attachments';
import { adminPerson, as, readsForm, startStrapi, tick, type AdminPerson, type Running } from '../helpers/strapi';

const own = attachmentConfig();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-public-'));
let running: Running;
let boss: AdminPerson;
let reader: AdminPerson;
let form: string;
let reference: string;

const exported = async (body: object): Promise<Buffer> => {
  const answer = as(running, reader).post(`/form-guard/inbox/${form}/export`, { reason: 'The ombudsman asked', ...body });
  return (
    await answer.buffer().parse((response, done) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(Buffer.from(part)));
      response.on('end', () => done(null, Buffer.concat(parts)));
    })
  ).body as Buffer;
};
const upload = (content: Buffer, filename: string, address = '/upload', who: AdminPerson | null = boss) => {
  const sent = running.http.post(address);
  if (who) void sent.set('Authorization', `Bearer ${who.jwt}`);
  return sent.attach('files', content, { filename });
};
const files = (): Promise<number> => running.strapi.db.query('plugin::upload.file').count();

beforeAll(async () => {
  fs.mkdirSync(path.join(folder, 'uploads'));
  running = await startStrapi({ config: own.config, env: { TEST_PUBLIC: folder } });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  reader = await adminPerson(running.strapi, 'Rea', 'strapi-super-admin');
  form = ((await as(running, boss).post('/form-guard/forms', REPORT).expect(201)).body as { data: { id: string } }).data.id;
  await readsForm(running, boss, form, [reader]);
  await tick(running.strapi, 'plugin::upload.content-api.upload');
  const port = await listen(running);
  const answer = await send(port, REPORTS, multipart(textPart('name', 'Nora'), filePart('letter', 'letter.pdf', pdf('hello'))));
  reference = (JSON.parse(answer?.text ?? '') as { data: { reference: string } }).data.reference;
});
afterAll(async () => {
  await running.stop();
  own.remove();
  delete process.env.TEST_PUBLIC;
  fs.rmSync(folder, { recursive: true, force: true });
});

const isRefused = async (content: Buffer, filename: string): Promise<void> => {
  const before = await files();
  for (const [address, who] of [
    ['/upload', boss],
    ['/api/upload', null],
  ] as const) {
    const { status, body } = await upload(content, filename, address, who);
    const { error } = body as { error: { message: string; details: { code: string } } };
    expect([status, error.details.code, error.message]).toEqual([
      403,
      'FROM_THE_VAULT',
      expect.stringContaining('media library'),
    ]);
  }
  expect(await files()).toBe(before);
};

test.each(['csv', 'xlsx'])('the very file that somebody exported, whatever it is called: %s', async (format) => {
  await isRefused(await exported({ format }), 'holiday.txt');
});

describe('a table that was saved anew', () => {
  test.each([
    ['with another separator', () => `Reference;Received\r\n${reference};2026-01-01\r\n`],
    ['with tabs and quotes', () => `Reference\tReceived\n"${reference}"\t2026-01-01\n`],
    ['without its first line', () => `${reference},x\n`],
  ])('as text, %s', async (_how, text) => {
    await isRefused(Buffer.from(text()), 'table.csv');
    await isRefused(Buffer.from(`\uFEFF${text()}`, 'utf16le'), 'table.csv');
  });

  test.each([
    ['xl/sharedStrings.xml', (cell: string) => `<sst><si><t>${cell}</t></si></sst>`],
    ['xl/worksheets/sheet1.xml', (cell: string) => `<c t="inlineStr"><is><t xml:space="preserve">${cell}</t></is></c>`],
    ['content.xml', (cell: string) => `<table:table-cell><text:p>${cell}</text:p></table:table-cell>`],
  ])('as a workbook: %s', async (name, xml) => {
    for (const level of [0, 6] as const) {
      const content = (cell: string) => Buffer.from(zipSync({ 'a.xml': strToU8('<a/>'), [name]: strToU8(xml(cell)) }, { level }));
      await isRefused(content(reference), 'table.xlsx');
      await upload(content('0000-0000-0000-0000'), 'table.xlsx').expect(201);
    }
  });
});

test('an attachment that somebody downloaded, and none that nobody did', async () => {
  await upload(pdf('hello'), 'mine.pdf').expect(201);
  const { body } = await as(running, reader).post(`/form-guard/inbox/${form}/${reference}/open`).expect(200);
  const { fields } = (body as { data: { fields: { name: string; value: { file: string }[] }[] } }).data;
  const file = fields.find(({ name }) => name === 'letter')?.value[0]?.file;
  await as(running, reader).post(`/form-guard/inbox/${form}/${reference}/files/${file}`).buffer().expect(200);
  await isRefused(pdf('hello'), 'mine.pdf');
});

test('nor does one take the place of a file that is there', async () => {
  const { body } = await upload(Buffer.from('a text'), 'a.txt').expect(201);
  const id = (body as { id: number }[])[0]?.id;
  const answer = await upload(await exported({ format: 'csv' }), 'a.txt', `/upload?id=${id}`);
  expect([answer.status, answer.text]).toEqual([403, expect.stringContaining('FROM_THE_VAULT')]);
});

test('every other file is taken: texts, empty ones, archives that are cut, a letter that names a reference', async () => {
  const archive = Buffer.from(zipSync({ 'xl/sharedStrings.xml': strToU8('<t>x</t>') }));
  for (const [name, content] of [
    ['a.txt', Buffer.from('Reference,Received\n')],
    ['empty.csv', Buffer.from(' ')],
    ['cut.zip', archive.subarray(0, archive.length - 30)],
    ['odd.zip', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.from('PK\x01\x02'), Buffer.alloc(10, 255)])],
    ['letter.txt', Buffer.from(`Dear all,\nmy reference is ${reference}, thank you.`)],
    ['ids.csv', Buffer.from('abcdefghijklmnopqrstuvwx,1\n')],
  ] as const)
    expect([name, (await upload(content, name)).status]).toEqual([name, 201]);
});
