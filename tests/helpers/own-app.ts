/** A copy of the test app in a temporary folder, whose files a test may change; Strapi and the plugin are the repository's. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { APP } from './strapi';

const ROOT = path.resolve(__dirname, '../..');
const FOLDERS = ['config', 'public', 'src'];

export interface OwnApp {
  app: string;
  /** Every file of the app's source with its content. */
  files(): Promise<string>;
  /** One schema file. */
  schema(file: string): { kind?: string; attributes: Record<string, unknown> };
  /** Puts the source back as it was. */
  restore(): void;
  remove(): void;
}

const filesIn = (dir: string): [string, string][] =>
  fs
    .readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry): [string, string] => {
      const file = path.join(entry.parentPath ?? entry.path, entry.name);
      return [path.relative(dir, file), fs.readFileSync(file, 'utf8')];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));

export const makeOwnApp = (): OwnApp => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-app-'));
  const app = path.join(root, 'tests/app');
  for (const folder of FOLDERS) fs.cpSync(path.join(APP, folder), path.join(app, folder), { recursive: true });
  fs.copyFileSync(path.join(APP, 'package.json'), path.join(app, 'package.json'));
  for (const file of ['package.json', 'strapi-server.js']) fs.copyFileSync(path.join(ROOT, file), path.join(root, file));
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'));
  const src = path.join(app, 'src');
  return {
    app,
    files: () => Promise.resolve(JSON.stringify(filesIn(src))),
    schema: (file) => JSON.parse(fs.readFileSync(path.join(src, file), 'utf8')) as { attributes: Record<string, unknown> },
    restore() {
      fs.rmSync(src, { recursive: true });
      fs.cpSync(path.join(APP, 'src'), src, { recursive: true });
    },
    remove: () => fs.rmSync(root, { recursive: true, force: true }),
  };
};
