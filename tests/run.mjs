/**
 * Runs the tests on one engine: `node tests/run.mjs sqlite|postgres|mariadb|leaks|browser [jest options]`. Installs what is
 * missing, builds the plugin (some tests start a Strapi of their own from the build), then hands over to Jest.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWhatChanged } from '../demo/steps/build.mjs';
import { ensureInstalled } from './ensure-installed.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
/** What has nothing to do with the engine of the database: files, folders, names inside Strapi. */
const ANY_ENGINE = [
  'a-missing-right-is-named',
  'a-second-copy',
  'answers-in-addresses',
  'files-of-the-library',
  'forms-have-an-address',
  'no-foreign-origin',
  'no-spelling-of-an-address',
  'nothing-uploaded-runs',
  'what-fails-holds-no-value',
  'what-left-the-vault',
  'what-strapi-is-given',
  'what-undoes-the-vault',
  'a-key-provider-that-fails',
  'a-maintainer-looks-after-the-keys',
  'a-second-copy-of-strapis-tools',
  'a-strapi-that-changed',
  'attachments-need-a-safe-folder',
  'schema-edits-keep-submissions',
  'unprotected-types-work-as-before',
];
const SUITES = {
  sqlite: { folders: ['tests/unit', 'tests/behaviour'], env: { TEST_DB_CLIENT: 'sqlite' } },
  postgres: { folders: ['tests/behaviour'], without: ANY_ENGINE, env: { TEST_DB_CLIENT: 'postgres' } },
  mariadb: { folders: ['tests/behaviour'], without: ANY_ENGINE, env: { TEST_DB_CLIENT: 'mysql' } },
  leaks: { folders: ['tests/leaks'], env: { TEST_DB_CLIENT: process.env.TEST_DB_CLIENT ?? 'sqlite' } },
  browser: { folders: ['tests/browser'], env: { TEST_DB_CLIENT: 'sqlite' } },
};

const run = (command, args, env = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, STRAPI_TELEMETRY_DISABLED: 'true', ...env },
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
const bin = (name) => path.join(ROOT, 'node_modules', '.bin', name);

const newest = (dir) =>
  Math.max(
    0,
    ...readdirSync(dir, { withFileTypes: true, recursive: true }).map(
      (entry) => statSync(path.join(entry.parentPath ?? entry.path, entry.name)).mtimeMs,
    ),
  );
const isBuilt = () => {
  const built = path.join(ROOT, 'dist', 'server', 'index.js');
  return (
    existsSync(built) &&
    statSync(built).mtimeMs > Math.max(...['server/src', 'admin/src'].map((dir) => newest(path.join(ROOT, dir))))
  );
};

const [suiteName = 'sqlite', ...options] = process.argv.slice(2);
const suite = SUITES[suiteName];
if (!suite) {
  console.error(`There is no suite "${suiteName}". There are: ${Object.keys(SUITES).join(', ')}.`);
  process.exit(2);
}
await ensureInstalled(ROOT);
// Before, and not by each of its test files at once.
if (suiteName === 'browser') await buildWhatChanged(ROOT, path.join(ROOT, 'demo'));
else if (!isBuilt() && (await run(bin('strapi-plugin'), ['build'])) !== 0) process.exit(1);
// Each worker has its own Strapi, and is a new one once it holds more than a Strapi needs. A pattern replaces the folders:
// Jest would run what fits either.
const patterns = options.filter(
  (option, index) => !option.startsWith('-') && !['-t', '--testNamePattern'].includes(options[index - 1]),
);
process.exit(
  await run(
    bin('jest'),
    [
      '--maxWorkers=2',
      '--workerIdleMemoryLimit=1500MB',
      '--silent',
      ...(patterns.length > 0 ? [] : suite.folders),
      ...options,
      ...(suite.without ?? []).map((name) => `--testPathIgnorePatterns=${name}`),
    ],
    {
      ...suite.env,
      NODE_OPTIONS: '--max-old-space-size=6144',
    },
  ),
);
