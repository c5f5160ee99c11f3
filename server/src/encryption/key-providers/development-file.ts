/**
 * A root key for development, made once in `<app>/.form-guard/root.key` (mode 0600), in a folder that git ignores.
 * Production never reaches this file.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseRootKeys, ROOT_KEY_BYTES, type RootKeys } from '../root-keys';

export const developmentKeyFile = (appRoot: string): string => path.join(appRoot, '.form-guard', 'root.key');

/** @returns the keys, and whether the file was made just now. */
export const readOrMakeDevelopmentKey = (appRoot: string): { rootKeys: RootKeys; made: boolean; file: string } => {
  const file = developmentKeyFile(appRoot);
  const made = !existsSync(file);
  if (made) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(path.join(path.dirname(file), '.gitignore'), '*\n');
    // `wx`: of two processes that start at once one writes, the other fails loudly instead of replacing the key.
    writeFileSync(file, `dev:${randomBytes(ROOT_KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  }
  chmodSync(file, 0o600);
  return { rootKeys: parseRootKeys(readFileSync(file, 'utf8').trim()), made, file };
};
