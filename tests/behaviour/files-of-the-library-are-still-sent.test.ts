/** With a protected type, files of the media library are sent at their own addresses, as on a site without one. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PROTECT_CONTACT, startStrapi, type Running } from '../helpers/strapi';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-public-'));
let running: Running;
beforeAll(async () => {
  fs.mkdirSync(path.join(folder, 'uploads'));
  fs.writeFileSync(path.join(folder, 'uploads', 'a.png'), 'a picture');
  running = await startStrapi({ config: PROTECT_CONTACT, env: { TEST_PUBLIC: folder } });
});
afterAll(async () => {
  await running.stop();
  delete process.env.TEST_PUBLIC;
  fs.rmSync(folder, { recursive: true, force: true });
});

test('a file of the library is sent, and one that is not there is not found', async () => {
  await running.http.get('/uploads/a.png').expect(200).expect('Content-Type', /png/);
  await running.http.get('/uploads/b.png').expect(404);
});
