/**
 * Sixty submissions of 700 KB each, more than MariaDB takes in one statement: moved into the vault, under new keys, into an
 * archive, into another site, and back, with little memory.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { canary } from '../helpers/canary';
import { command } from '../helpers/command';
import { makeDatabase } from '../helpers/database';
import { CONTACT, PROTECT_CONTACT, startStrapi, type Running } from '../helpers/strapi';

const MANY = 60;
const BYTES = 700_000;
const mark = canary('large');
jest.setTimeout(300_000);

let running: Running;
let archive: string;
let before: string;
const run = (args: string[], env = {}) =>
  command(args, {
    TEST_FORM_GUARD: JSON.stringify(PROTECT_CONTACT),
    NODE_OPTIONS: '--max-old-space-size=300',
    ...env,
  });

const rows = async (): Promise<string> => {
  const found = await running.strapi.db.connection('contacts').select('*').orderBy('id');
  return createHash('sha256').update(JSON.stringify(found)).digest('hex');
};

beforeAll(async () => {
  running = await startStrapi({ env: { TEST_WITHOUT_FORM_GUARD: 'true' } });
  for (let number = 0; number < MANY; number += 1) {
    const message = `${mark} ${number} `.repeat(BYTES).slice(0, BYTES);
    const email = `${mark}-${number}@example.org`;
    await running.strapi.db.connection('contacts').insert({ document_id: `large${number}`, name: mark, email, message });
  }
  before = await rows();
  archive = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-archive-')), 'archive');
  running = await running.again();
});
afterAll(async () => {
  await running?.stop();
  if (archive) fs.rmSync(path.dirname(archive), { recursive: true, force: true });
});

test('into the vault', async () => {
  const { code, out, err } = await run(['protect', CONTACT]);
  expect([code, out, err]).toEqual([0, expect.stringContaining(`${MANY} documents sealed`), expect.any(String)]);
});

test('under new keys', async () => {
  const { code, err, out } = await run(['keys', 'rotate', CONTACT]);
  expect([code, out, err]).toEqual([0, expect.any(String), expect.any(String)]);
  const doctor = await run(['doctor']);
  expect([doctor.code, doctor.out]).toEqual([0, expect.stringContaining(`${MANY} of ${MANY} open.`)]);
});

test('into an archive, and out of it into another site', async () => {
  const { code, out, err } = await run(['backup', archive]);
  expect([code, out, err]).toEqual([0, expect.stringContaining(`${MANY} submissions`), expect.any(String)]);
  const other = await makeDatabase();
  try {
    const restored = await run(['restore', archive], other.env);
    expect([restored.code, restored.out, restored.err]).toEqual([
      0,
      expect.stringContaining(`${MANY} submissions and 0 attachments restored.`),
      expect.any(String),
    ]);
    const doctor = await run(['doctor'], other.env);
    expect([doctor.code, doctor.out]).toEqual([0, expect.stringContaining(`${MANY} of ${MANY} open.`)]);
  } finally {
    await other.remove();
  }
});

test('and back, as they were', async () => {
  const { code, out, err } = await run(['unprotect', CONTACT, '--confirm', CONTACT]);
  expect([code, out, err]).toEqual([0, expect.stringContaining(`${MANY} submissions put back.`), expect.any(String)]);
  expect(await rows()).toBe(before);
});
