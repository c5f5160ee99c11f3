/** Builds the plugin when there is no build, or when a source of the server is newer than it: what is measured is what ships. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');
export const BUILT = path.join(ROOT, 'dist/server/index.js');

const newestIn = (dir) =>
  Math.max(...fs.readdirSync(dir, { recursive: true }).map((name) => fs.statSync(path.join(dir, name)).mtimeMs));

export const ensureBuilt = () => {
  if (fs.existsSync(BUILT) && fs.statSync(BUILT).mtimeMs >= newestIn(path.join(ROOT, 'server/src'))) return;
  console.error('Building the plugin first …');
  execFileSync('npx', ['--no-install', 'strapi-plugin', 'build'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
};
