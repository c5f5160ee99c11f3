/**
 * A key beside the data, an address without https, a program that reports to somebody else, a talkative log, namings for ever,
 * for everybody or for nobody, two forms of one title: each stands on the overview with one step, as grave where anybody can
 * reach the site, as a remark where only this machine can.
 */
import fs from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { client } from '../helpers/database';
import { makeOwnApp, type OwnApp } from '../helpers/own-app';
import { adminPerson, as, COMPLAINT, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

let own: OwnApp;
let running: Running;
let boss: AdminPerson;
const EVERYWHERE = { TEST_HOST: '0.0.0.0', TEST_SITE_URL: 'http://forms.example.org', TEST_LOG_LEVEL: 'debug' };
const HERE = { TEST_HOST: '127.0.0.1', TEST_SITE_URL: 'http://localhost:1337', TEST_LOG_LEVEL: 'debug' };
const QUIET = { TEST_HOST: '127.0.0.1', TEST_SITE_URL: '', TEST_LOG_LEVEL: 'error' };

interface Finding {
  code: string;
  severity: string;
  message: string;
  step: string;
}
const findings = async (): Promise<Map<string, Finding>> => {
  const { body } = await as(running, boss).get('/form-guard/overview').expect(200);
  return new Map((body as { data: { findings: Finding[] } }).data.findings.map((finding) => [finding.code, finding]));
};
const on = (env: Record<string, string>) => {
  const beside = client === 'sqlite' ? { TEST_DB_FILE: path.join(own.app, 'data.db') } : {};
  return { app: own.app, config: {}, env: { ...env, ...beside } };
};
/** As if a program of this name were loaded. */
const reporter = path.join(path.sep, 'site', 'node_modules', '@sentry', 'node', 'index.js');
const { _cache: modules } = Module as unknown as { _cache: Record<string, unknown> };

beforeAll(async () => {
  own = makeOwnApp();
  delete process.env.FORM_GUARD_KEYS;
  fs.writeFileSync(path.join(own.app, '.env'), 'APP_KEYS=a\nFORM_GUARD_KEYS=k:never-read\n');
  running = await startStrapi(on(EVERYWHERE));
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
});
afterAll(async () => {
  Object.assign(process.env, QUIET);
  delete modules[reporter];
  await running.stop();
  own.remove();
});

const SURROUNDINGS = [
  'DEVELOPMENT_KEY',
  'ADDRESS_WITHOUT_HTTPS',
  'ERROR_REPORTER',
  'DEBUG_LOG',
  ...(client === 'sqlite' ? ['KEY_BESIDE_DATABASE'] : []),
];

test('where anybody can reach the site they are grave, each with a step, and nothing of a key is said', async () => {
  modules[reporter] = {};
  const found = await findings();
  for (const code of SURROUNDINGS) expect([code, found.get(code)?.severity]).toEqual([code, 'high']);
  for (const { code, step } of found.values()) expect([code, step.length > 10]).toEqual([code, true]);
  expect(JSON.stringify([...found.values()])).not.toContain('never-read');
  expect(found.get('ERROR_REPORTER')?.message).toContain('@sentry/node');
});

test('where only this machine can, they are remarks, and an address of it needs no https', async () => {
  running = await running.again(on(HERE));
  const found = await findings();
  for (const code of SURROUNDINGS.filter((one) => one !== 'ADDRESS_WITHOUT_HTTPS'))
    expect([code, found.get(code)?.severity]).toEqual([code, 'notice']);
  expect(found.has('ADDRESS_WITHOUT_HTTPS')).toBe(false);
});

describe('namings', () => {
  const form = async (title: string, slug: string): Promise<string> =>
    (
      (await as(running, boss)
        .post('/form-guard/forms', { ...COMPLAINT, title, slug })
        .expect(201)) as { body: { data: { id: string } } }
    ).body.data.id;
  const name = (formOrType: string, people: AdminPerson[], until: string) =>
    as(running, boss)
      .post(`/form-guard/readers/${formOrType}`, { people: people.map(({ id }) => id), until, fields: null })
      .expect(200);
  const soon = new Date(Date.now() + 86_400_000).toISOString();

  test('for ever, for everybody, for nobody, and for one of two forms of one title', async () => {
    delete modules[reporter];
    running = await running.again(on(QUIET));
    const first = await form('Complaint', 'complaint');
    const people = [];
    for (const person of ['Ann', 'Ben', 'Cem', 'Dee']) people.push(await adminPerson(running.strapi, person));
    await name(first, people.slice(0, 3), soon);
    const before = await findings();
    const codes = ['ENDLESS_READERS', 'EVERYBODY_READS', 'NOBODY_READS', 'SAME_TITLE', 'ERROR_REPORTER', 'DEBUG_LOG'];
    for (const code of codes) expect([code, before.has(code)]).toEqual([code, false]);

    await name(first, people.slice(3), '9999-12-31T00:00:00.000Z');
    const second = await form('complaint ', 'complaint-2');
    const sent = { name: 'A', email: 'a@example.org', message: 'm' };
    await running.http.post('/api/form-guard/forms/complaint-2/submissions').send(sent).expect(201);
    const found = await findings();
    expect(found.get('ENDLESS_READERS')?.message).toBe('1 naming for “Complaint” has no end, or one that is years away.');
    expect(found.get('NOBODY_READS')?.message).toBe('1 submission to “complaint” waits, and nobody may read it.');
    expect(found.get('SAME_TITLE')).toMatchObject({ severity: 'notice', message: expect.stringContaining('2 forms') as string });
    expect(found.has('EVERYBODY_READS')).toBe(false);

    await name(first, [boss], soon);
    await name(second, people, soon);
    const all = await findings();
    expect(all.get('EVERYBODY_READS')?.message).toBe('Everybody who has an account here (5 people) may read “Complaint”.');
    expect(all.has('NOBODY_READS')).toBe(false);
  });
});
