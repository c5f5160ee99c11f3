/** A copy of the built demo in a temporary folder, whose types a test may try to change; Strapi is the repository's. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const BUILD = `
  import { buildWhatChanged } from './demo/steps/build.mjs';
  await buildWhatChanged(process.cwd(), process.cwd() + '/demo');
`;
/** Copied and not linked: Node looks for Strapi from the real place of whoever asks. */
const COPIED = ['demo', 'dist', 'package.json', 'package-lock.json', 'strapi-server.js'];
const LINKED = ['node_modules', 'server', 'admin', 'tests'];
/** Somebody's own demo: its data, keys and secrets. */
const isTheirs = (file: string): boolean => ['data', '.form-guard', '.env', 'running'].includes(path.basename(file));

export interface OwnDemo {
  /** In place of the repository. */
  root: string;
  /** Every file of the site's source with its content. */
  sources(): string;
  remove(): void;
}

export const makeOwnDemo = (): OwnDemo => {
  execFileSync(process.execPath, ['--input-type=module', '-e', BUILD], { cwd: ROOT, stdio: 'ignore' });
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-own-demo-'));
  for (const name of COPIED) {
    fs.cpSync(path.join(ROOT, name), path.join(root, name), { recursive: true, filter: (file) => !isTheirs(file) });
  }
  for (const name of LINKED) fs.symlinkSync(path.join(ROOT, name), path.join(root, name));
  const src = path.join(root, 'demo/src');
  const sources = (): string =>
    JSON.stringify(
      fs
        .readdirSync(src, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
        .sort()
        .map((file) => [path.relative(src, file), fs.readFileSync(file, 'utf8')]),
    );
  return { root, sources, remove: () => fs.rmSync(root, { recursive: true, force: true }) };
};
