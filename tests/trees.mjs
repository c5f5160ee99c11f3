/**
 * `npm run test:trees [mixed|old|clean …]`: packs the plugin and installs it as a site does, in a temporary folder, with the packages that
 * npm chooses there; starts the site, and sees a save refused with 403 and its text, and a bad post with 400 and without what was sent.
 * Takes minutes and needs a registry, so no suite runs it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
/** No lock file: npm puts the newest admin and tools beside a Strapi that is not the newest. */
const TREES = { mixed: '5.53.0', old: '5.45.0', clean: '5.54.0' };
const CONTACT = 'api::contact.contact';
const SENT = 'improbable-value-of-a-sender';

const run = (command, args, cwd) => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr.slice(-1500)}`);
  return stdout;
};

const makeSite = (version, tarball) => {
  const site = mkdtempSync(path.join(os.tmpdir(), 'form-guard-tree-'));
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
  return site;
};

const copiesIn = (site) =>
  readdirSync(path.join(site, 'node_modules/@strapi')).filter((name) =>
    ['node_modules/@strapi/utils'].some((nested) => {
      try {
        return readdirSync(path.join(site, 'node_modules/@strapi', name, nested)).length > 0;
      } catch {
        return false;
      }
    }),
  ).length;

const boot = (site) =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, TEST_DB_CLIENT: 'sqlite', TEST_DB_FILE: path.join(site, 'data.db') };
    Object.assign(env, { FORM_GUARD_KEYS: `tree:${Buffer.alloc(32, 7).toString('base64')}`, STRAPI_TELEMETRY_DISABLED: 'true' });
    const child = spawn(process.execPath, ['serve-site.js'], { cwd: site, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    let said = '';
    for (const out of [child.stdout, child.stderr]) out.on('data', (chunk) => (said += chunk));
    child.once('message', ({ port }) => resolve({ child, port }));
    child.once('exit', (code) => reject(new Error(`It ended with ${code}: ${said.slice(-1500)}`)));
  });

const check = async (port) => {
  const ask = async (method, address, body, token) => {
    const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
    const answer = await fetch(`http://127.0.0.1:${port}${address}`, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    return { status: answer.status, text, json: text.startsWith('{') ? JSON.parse(text) : {} };
  };
  const admin = { firstname: 'Boss', lastname: 'Example', email: 'boss@example.org', password: 'Correct-Horse-1' };
  const { json } = await ask('POST', '/admin/register-admin', admin);
  const { token } = json.data;
  const { roles } = (await ask('GET', '/users-permissions/roles', undefined, token)).json;
  const { id } = roles.find(({ type }) => type === 'public');
  const { role } = (await ask('GET', `/users-permissions/roles/${id}`, undefined, token)).json;
  const save = (action) => {
    const permissions = { ...role.permissions, 'api::contact': { controllers: { contact: { [action]: { enabled: true } } } } };
    return ask('PUT', `/users-permissions/roles/${id}`, { ...role, permissions }, token);
  };
  const refused = await save('find');
  const wrong = [];
  if (refused.status !== 403 || refused.json.error?.details?.code !== 'VISIBILITY_CHANGE_REFUSED')
    wrong.push(`the save was answered ${refused.status}: ${refused.text.slice(0, 300)}`);
  await save('create');
  const bad = await ask('POST', '/api/contacts', { data: { name: 'A', email: SENT } });
  if (bad.status !== 400 || bad.text.includes(SENT))
    wrong.push(`the bad post was answered ${bad.status}: ${bad.text.slice(0, 300)}`);
  return { wrong, sentence: refused.json.error?.message };
};

const asked = process.argv.slice(2);
const wanted = asked.length > 0 ? asked : Object.keys(TREES);
run('npx', ['strapi-plugin', 'build'], ROOT);
const packed = mkdtempSync(path.join(os.tmpdir(), 'form-guard-pack-'));
const tarball = path.join(packed, run('npm', ['pack', '--pack-destination', packed, '--silent'], ROOT).trim().split('\n').at(-1));
let failed = 0;
for (const name of wanted) {
  const site = makeSite(TREES[name], tarball);
  let child;
  try {
    const booted = await boot(site);
    ({ child } = booted);
    const { wrong, sentence } = await check(booted.port);
    console.log(
      `${name} (${TREES[name]}): ${copiesIn(site)} further copies of @strapi/utils; ${wrong.join('; ') || `403 “${sentence}”, 400 without the value`}`,
    );
    failed += wrong.length;
  } catch (error) {
    console.log(`${name} (${TREES[name]}): ${error.message}`);
    failed += 1;
  } finally {
    child?.removeAllListeners('exit');
    child?.kill('SIGKILL');
    rmSync(site, { recursive: true, force: true });
  }
}
rmSync(packed, { recursive: true, force: true });
process.exit(failed === 0 ? 0 : 1);
