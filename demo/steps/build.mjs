/**
 * Builds the plugin and then the demo's site and admin, each only when its sources changed since, or when what was built
 * is not there any more as it was left (somebody else built or deleted it).
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { runQuietly } from './run-quietly.mjs';

const PLUGIN = ['package.json', 'package-lock.json', 'strapi-server.js', 'server', 'admin'];
const SITE = ['demo/package.json', 'demo/tsconfig.json', 'demo/config', 'demo/src'];

const BUILDS = [
  {
    name: 'plugin',
    saying: 'Building the plugin …',
    sources: PLUGIN,
    results: ['dist'],
    run: (root) => [path.join(root, 'node_modules/@strapi/sdk-plugin/bin/strapi-plugin.js'), ['build'], root],
  },
  {
    name: 'site',
    saying: 'Building the demo and its admin; this takes about half a minute …',
    // The admin bundle holds the plugin's admin.
    sources: [...PLUGIN, ...SITE],
    results: ['demo/dist'],
    run: (root) => [path.join(root, 'node_modules/@strapi/strapi/bin/strapi.js'), ['build'], path.join(root, 'demo')],
  },
];

const readText = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

/** @throws with what the compiler said */
export const buildWhatChanged = async (root, demo) => {
  for (const { name, saying, sources, results, run } of BUILDS) {
    const stamp = path.join(demo, '.cache', `${name}.built`);
    const state = () => `${fingerprint(root, sources)} ${fingerprint(root, results)}\n`;
    if (readText(stamp) === state()) continue;
    rmSync(stamp, { force: true });
    console.log(saying);
    const [script, args, cwd] = run(root);
    // Not what the demo runs in: React's slow development build would be bundled.
    await runQuietly(script, args, { cwd, env: { NODE_ENV: 'production', STRAPI_TELEMETRY_DISABLED: 'true' } });
    mkdirSync(path.dirname(stamp), { recursive: true });
    writeFileSync(stamp, state());
  }
};
