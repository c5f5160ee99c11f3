/**
 * `npm run test:trees [mixed|old|clean|<version of Strapi> …]`: packs the plugin and installs it as a site does, in a temporary folder,
 * with the packages that npm chooses there; starts the site, and asks it for what Strapi answers by the class of an error: saves refused
 * with 403, their text and details, bad posts with 400 and without what was sent, what is not there (404) and what came too late (409).
 * Takes minutes and needs a registry, so no suite runs it.
 */
import { randomBytes } from 'node:crypto';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
/**
 * No lock file: npm puts the newest admin and tools beside a Strapi that is not the newest. `old` is the oldest that the plugin starts on:
 * on 5.45.0 a guard finds Strapi's service for tokens elsewhere and stops the boot with a sentence, as it must.
 */
const TREES = { mixed: '5.53.0', old: '5.49.0', clean: '5.54.0' };
const CONTACT = 'api::contact.contact';
const SENT = 'improbable-value-of-a-sender';
const ADMIN = { firstname: 'Boss', lastname: 'Example', email: 'boss@example.org', password: 'Correct-Horse-1' };
const FORM = {
  title: 'Complaint',
  slug: 'complaint',
  fields: [
    { name: 'name', label: 'Your name', type: 'text', required: true },
    { name: 'email', label: 'Your e-mail', type: 'email', required: true },
    { name: 'message', label: 'What happened', type: 'longText', required: true },
  ],
};

const run = (command, args, cwd) => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr.slice(-1500)}`);
  return stdout;
};

const fillSite = (site, version, tarball) => {
  const dependencies = {
    '@strapi/strapi': version,
    '@strapi/plugin-users-permissions': version,
    'better-sqlite3': '12.8.0',
    react: '^18.0.0',
    'react-dom': '^18.0.0',
    'react-router-dom': '^6.0.0',
    'styled-components': '^6.0.0',
    'strapi-plugin-form-guard': `file:${tarball}`,
  };
  writeFileSync(path.join(site, 'package.json'), JSON.stringify({ name: 'site', version: '0.0.0', private: true, dependencies }));
  for (const name of ['config', 'public', 'src'])
    cpSync(path.join(ROOT, 'tests/app', name), path.join(site, name), { recursive: true });
  const config = JSON.stringify({ protect: { [CONTACT]: { plain: ['subject'], search: ['email'] } } });
  writeFileSync(
    path.join(site, 'config/plugins.js'),
    `module.exports = () => ({ 'users-permissions': { config: { jwtSecret: 'tree' } }, 'form-guard': { enabled: true, config: ${config} } });\n`,
  );
  mkdirSync(path.join(site, 'public/uploads'), { recursive: true });
  cpSync(path.join(ROOT, 'tests/helpers/serve-site.js'), path.join(site, 'serve-site.js'));
  run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], site);
};

/** Which versions npm chose, and in how many places further copies of Strapi's tools lie. */
const chosenIn = (site) => {
  const strapi = path.join(site, 'node_modules/@strapi');
  const versionOf = (name) => JSON.parse(readFileSync(path.join(strapi, name, 'package.json'), 'utf8')).version;
  const copies = readdirSync(strapi).filter((name) => existsSync(path.join(strapi, name, 'node_modules/@strapi/utils')));
  const [core, admin, utils] = ['core', 'admin', 'utils'].map(versionOf);
  return `core ${core}, admin ${admin}, utils ${utils} and ${copies.length} further copies`;
};

const boot = (site) =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, TEST_DB_CLIENT: 'sqlite', TEST_DB_FILE: path.join(site, 'data.db') };
    Object.assign(env, { FORM_GUARD_KEYS: `tree:${randomBytes(32).toString('base64')}`, STRAPI_TELEMETRY_DISABLED: 'true' });
    const child = spawn(process.execPath, ['serve-site.js'], { cwd: site, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    let said = '';
    for (const out of [child.stdout, child.stderr]) out.on('data', (chunk) => (said += chunk));
    child.once('message', ({ port }) => resolve({ child, port }));
    child.once('exit', (code) => reject(new Error(`It ended with ${code}: ${said.slice(-1500)}`)));
  });

/** What a site is asked, and what it has to answer: [what, the answer, its status, the code in its details or null]. */
const answersOf = async (port) => {
  let token;
  const ask = async (method, address, body, isAdmin = true) => {
    const headers = { 'content-type': 'application/json', ...(isAdmin && token ? { authorization: `Bearer ${token}` } : {}) };
    const answer = await fetch(`http://127.0.0.1:${port}${address}`, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    return { status: answer.status, text, json: text.startsWith('{') ? JSON.parse(text) : {} };
  };
  const must = async (...asked) => {
    const answer = await ask(...asked);
    if (answer.status >= 300)
      throw new Error(`${asked[0]} ${asked[1]} was answered ${answer.status}: ${answer.text.slice(0, 300)}`);
    return answer.json;
  };
  const send = (address, body) => ask('POST', address, body, false);
  token = (await must('POST', '/admin/register-admin', ADMIN)).data.token;
  const { id } = (await must('GET', '/users-permissions/roles')).roles.find(({ type }) => type === 'public');
  const saveRole = async (ticked) => {
    const { role } = await must('GET', `/users-permissions/roles/${id}`);
    const permissions = { ...role.permissions, 'api::contact': { controllers: { contact: { [ticked]: { enabled: true } } } } };
    return ask('PUT', `/users-permissions/roles/${id}`, { ...role, permissions });
  };
  const saveToken = (sent) => ask('POST', '/admin/api-tokens', { name: sent.type, description: '', lifespan: null, ...sent });
  const hook = { name: 'CRM', url: 'https://crm.example.org', headers: {}, events: ['entry.create'] };
  const form = (await must('POST', '/form-guard/forms', FORM)).data;
  const address = `/api/form-guard/forms/${FORM.slug}`;
  const answers = { name: 'Ada', email: 'ada@example.org', message: 'Hello' };
  const refused = 'VISIBILITY_CHANGE_REFUSED';
  const rows = [
    ['a role that reads', await saveRole('find'), 403, refused],
    ['a token that reads', await saveToken({ type: 'custom', permissions: [`${CONTACT}.find`] }), 403, refused],
    ['a token that reads everything', await saveToken({ type: 'read-only' }), 403, refused],
    ['a webhook of all entries', await ask('POST', '/admin/webhooks', hook), 403, refused],
    ['a role that sends', await saveRole('create'), 200, null],
    ['a post', await send('/api/contacts', { data: answers }), 201, null],
    ['a bad post', await send('/api/contacts', { data: { name: 'A', email: SENT } }), 400, null],
    ['a post of another kind', await send('/api/contacts', { data: { ...answers, age: SENT } }), 400, null],
    ['a post to a form', await send(address, answers), 201, null],
    ['a bad post to a form', await send(address, { ...answers, email: SENT }), 400, 'BODY_REFUSED'],
    ['an invented answer', await send(address, { ...answers, [SENT]: SENT }), 400, 'BODY_REFUSED'],
    ['a form that is not there', await send('/api/form-guard/forms/nothing', answers), 404, 'NOT_FOUND'],
    ['an inbox that is not there', await ask('GET', '/form-guard/inbox/nothing'), 404, 'NOT_FOUND'],
    ['a form with an unknown option', await ask('POST', '/form-guard/forms', { ...FORM, [SENT]: 1 }), 400, 'FORM_REFUSED'],
    ['an inbox without a naming', await ask('GET', `/form-guard/inbox/${CONTACT}`), 403, 'NOT_A_READER'],
    ['an address for its reading', await ask('GET', '/api/contacts', undefined, false), 403, null],
  ];
  // Which of them is too late is a matter of luck; a tree in which none is says so.
  for (let tries = 0; tries < 8; tries += 1) {
    const rotate = () => ask('POST', `/form-guard/keys/${encodeURIComponent(form.id)}/rotate`);
    const late = (await Promise.all(Array.from({ length: 12 }, rotate))).find(({ status }) => status !== 200);
    if (!late) continue;
    rows.push(['one of several who change the keys at once', late, 409, 'KEYS_CHANGED_MEANWHILE']);
    break;
  }
  return rows;
};

const statusesOf = (answers) => {
  const counted = {};
  for (const [, { status }] of answers) counted[status] = (counted[status] ?? 0) + 1;
  return Object.entries(counted)
    .map(([status, times]) => `${times} × ${status}`)
    .join(', ');
};

const wrongIn = ([what, { status, text, json }, expected, code]) => {
  const found = json.error?.details?.code ?? null;
  const says = (text.includes('<') ? '' : (json.error?.message ?? '')).length > 20 || code === null;
  const isRight = status === expected && (code === null || found === code) && says && !text.includes(SENT);
  return isRight ? [] : [`${what} was answered ${status} with ${found}: ${text.slice(0, 300)}`];
};

const asked = process.argv.slice(2);
const wanted = asked.length > 0 ? asked : Object.keys(TREES);
run('npx', ['strapi-plugin', 'build'], ROOT);
const packed = mkdtempSync(path.join(os.tmpdir(), 'form-guard-pack-'));
const tarball = path.join(packed, run('npm', ['pack', '--pack-destination', packed, '--silent'], ROOT).trim().split('\n').at(-1));
let failed = 0;
for (const name of wanted) {
  const site = mkdtempSync(path.join(os.tmpdir(), 'form-guard-tree-'));
  let child;
  try {
    fillSite(site, TREES[name] ?? name, tarball);
    const booted = await boot(site);
    ({ child } = booted);
    const answers = await answersOf(booted.port);
    const wrong = answers.flatMap(wrongIn);
    const sentence = answers[0][1].json.error?.message;
    const told =
      wrong.length > 0
        ? wrong.join('\n  ')
        : `${answers.length} of ${answers.length} answers right (${statusesOf(answers)}); 403 “${sentence}”`;
    console.log(`${name} (${chosenIn(site)}): ${told}`);
    failed += wrong.length;
  } catch (error) {
    console.log(`${name} (${TREES[name] ?? 'as it is'}): ${error.message}`);
    failed += 1;
  } finally {
    child?.removeAllListeners('exit');
    child?.kill('SIGKILL');
    rmSync(site, { recursive: true, force: true });
  }
}
rmSync(packed, { recursive: true, force: true });
console.log(failed === 0 ? `${wanted.length} trees, all as they should be` : `${failed} wrong`);
process.exit(failed === 0 ? 0 : 1);
