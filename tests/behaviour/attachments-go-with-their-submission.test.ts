/**
 * Erasing a submission removes its attachments, when it is really erased and not before. What a killed server left is swept
 * away, and nothing else is.
 */
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import {
  APPLICATION,
  APPLICATIONS,
  attachmentConfig,
  filePart,
  filesBelow,
  listen,
  MULTIPART,
  multipart,
  pdf,
  png,
  REPORT,
  REPORTS,
  rowsOfFiles,
  send,
  storedFiles,
  textPart,
} from '../helpers/attachments';
import { canary } from '../helpers/canary';
import { serve } from '../helpers/process';
import { adminPerson, as, readsForm, startStrapi, tick, type AdminPerson, type Running } from '../helpers/strapi';

const own = attachmentConfig();
const name = canary('erased');
let running: Running;
let port: number;
let boss: AdminPerson;

beforeAll(async () => {
  running = await startStrapi({ config: own.config });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  await as(running, boss).post('/form-guard/forms', REPORT).expect(201);
  await tick(running.strapi, `${APPLICATION}.create`);
  await readsForm(running, boss, APPLICATION, [boss]);
  port = await listen(running);
});
afterAll(async () => {
  await running.stop();
  own.remove();
});

const stored = (): number => storedFiles(own.folder).length;
const until = async (isSo: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 400 && !isSo(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 25));
  expect(isSo()).toBe(true);
};
const apply = async (): Promise<string> => {
  const parts = [
    filePart('cv', 'cv.pdf', pdf(name)),
    filePart('photos', 'a.png', png(name)),
    filePart('photos', 'b.png', png(name)),
  ];
  const answer = await send(port, APPLICATIONS, multipart(textPart('name', name), ...parts));
  expect(answer?.status).toBe(201);
  return (JSON.parse(answer?.text ?? '') as { data: { reference: string } }).data.reference;
};

test('deleting an entry removes its files, and those of no other', async () => {
  const [gone, kept] = [await apply(), await apply()];
  expect(stored()).toBe(6);
  await running.strapi.documents(APPLICATION as never).delete({ documentId: gone });
  await until(() => stored() === 3);
  expect([...new Set((await rowsOfFiles(running.strapi)).map((row) => row.record_id))]).toEqual([kept]);
  // What a person deletes waits in the bin with its files, until it is erased.
  await as(running, boss).delete(`/content-manager/collection-types/${APPLICATION}/${kept}`).expect(200);
  expect([stored(), (await rowsOfFiles(running.strapi)).length]).toEqual([3, 3]);
  await as(running, boss).post(`/form-guard/bin/${APPLICATION}/${kept}/erase`).expect(200);
  await until(() => stored() === 0);
});

test('a deletion that is rolled back removes nothing', async () => {
  const reference = await apply();
  const deletion = running.strapi.db.transaction(async () => {
    await running.strapi.documents(APPLICATION as never).delete({ documentId: reference });
    throw new Error('thought better of it');
  });
  await expect(deletion).rejects.toThrow('thought better of it');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(stored()).toBe(3);
  expect(await rowsOfFiles(running.strapi)).toHaveLength(3);
  await running.strapi.documents(APPLICATION as never).delete({ documentId: reference });
  await until(() => stored() === 0);
});

test('a submission whose record cannot be stored leaves no file', async () => {
  const { connection } = running.strapi.db;
  await connection.schema.renameTable('form_guard_files', 'form_guard_files_away');
  const answers = [
    await send(port, APPLICATIONS, multipart(textPart('name', name), filePart('cv', 'cv.pdf', pdf(name)))),
    await send(port, REPORTS, multipart(textPart('name', name), filePart('letter', 'cv.pdf', pdf(name)))),
  ];
  await connection.schema.renameTable('form_guard_files_away', 'form_guard_files');
  expect(answers.map((answer) => answer?.status)).toEqual([500, 500]);
  expect(answers.map((answer) => answer?.text.includes(name))).toEqual([false, false]);
  expect(await running.strapi.db.query('form-guard::vault' as never).count()).toBe(0);
  // Nobody could say to whom they belong; the sweep can, an hour later.
  for (const file of storedFiles(own.folder)) {
    expect(file).toContain('incoming');
    age(path.join(own.folder, file));
  }
  await sweep();
  expect(stored()).toBe(0);
});

const age = (file: string, hours = 2): void => {
  const then = new Date(Date.now() - hours * 3_600_000);
  fs.utimesSync(file, then, then);
};
/** The hourly job, now. */
const sweep = async (): Promise<void> => {
  const job = running.strapi.cron.jobs.find((one) => (one as { name: string | null }).name === 'formGuardFiles');
  await (job?.job as unknown as { invoke(): Promise<void> }).invoke();
};

describe('The sweep', () => {
  const stray = (folder: string, hours: number): string => {
    const id = `${folder === 'kept' ? 'ab' : 'cd'}${Math.random().toString(16).slice(2).padEnd(30, '0').slice(0, 30)}`;
    const vault = path.dirname(path.dirname(path.join(own.folder, storedFiles(own.folder)[0] ?? '')));
    const base = path.basename(vault) === 'kept' ? path.dirname(vault) : vault;
    const file = path.join(base, folder, ...(folder === 'kept' ? ['ab'] : []), id);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, 'x');
    age(file, hours);
    return file;
  };

  test('takes what belongs to nothing and is older than an hour; leaves the rest', async () => {
    const reference = await apply();
    for (const file of storedFiles(own.folder)) age(path.join(own.folder, file), 1000);
    const old = [stray('incoming', 2), stray('kept', 2)];
    const young = [stray('incoming', 0.5), stray('kept', 0.5)];
    await sweep();
    expect(old.map((file) => fs.existsSync(file))).toEqual([false, false]);
    expect(young.map((file) => fs.existsSync(file))).toEqual([true, true]);
    expect((await rowsOfFiles(running.strapi)).length).toBe(3);
    expect(stored()).toBe(5);
    for (const file of young) fs.rmSync(file);
    await running.strapi.documents(APPLICATION as never).delete({ documentId: reference });
    await until(() => stored() === 0);
  });

  test('keeps a file whose record is there, though the last step was cut off', async () => {
    const reference = await apply();
    const [file] = storedFiles(own.folder) as [string];
    const [vault, , , id] = file.split(path.sep) as [string, string, string, string];
    fs.renameSync(path.join(own.folder, file), path.join(own.folder, vault, 'incoming', id));
    await sweep();
    expect(storedFiles(own.folder)).toContain(file);
    await running.strapi.documents(APPLICATION as never).delete({ documentId: reference });
    await until(() => stored() === 0);
  });

  test('leaves the files of another vault alone', async () => {
    const reference = await apply();
    const other = path.join(own.folder, 'f'.repeat(32), 'kept', 'aa', 'a'.repeat(32));
    fs.mkdirSync(path.dirname(other), { recursive: true });
    fs.writeFileSync(other, 'x');
    age(other);
    await sweep();
    expect(fs.existsSync(other)).toBe(true);
    fs.rmSync(path.join(own.folder, 'f'.repeat(32)), { recursive: true });
    await running.strapi.documents(APPLICATION as never).delete({ documentId: reference });
    await until(() => stored() === 0);
  });
});

test('a server that is killed in the middle leaves no clear byte, and what it leaves is swept at the next boot', async () => {
  const content = name.repeat(30_000);
  const body = multipart(
    textPart('name', name),
    filePart('letter', 'a.pdf', pdf(name)),
    filePart('anything', `${name}.txt`, content),
  );
  const served = await serve({
    FORM_GUARD_KEYS: process.env.TEST_KEYS,
    TEST_FORM_GUARD: JSON.stringify(own.config),
    TEST_WITHOUT_FORM_GUARD: 'false',
  });
  const request = http.request({
    port: served.port,
    host: '127.0.0.1',
    path: REPORTS,
    method: 'POST',
    headers: { ...MULTIPART, 'content-length': body.length },
  });
  request.on('error', () => undefined);
  request.write(body.subarray(0, body.length - 5000));
  await until(() => stored() === 2);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await served.kill('SIGKILL');
  request.destroy();
  expect(stored()).toBe(2);
  expect(own.temporaryFiles()).toEqual([]);
  for (const file of filesBelow(own.folder)) expect(fs.readFileSync(path.join(own.folder, file)).includes(name)).toBe(false);
  for (const file of storedFiles(own.folder)) {
    expect(file).toContain('incoming');
    age(path.join(own.folder, file));
  }
  running = await running.again({ config: own.config });
  expect(stored()).toBe(0);
  expect(await running.strapi.db.query('form-guard::vault' as never).count()).toBe(0);
});
