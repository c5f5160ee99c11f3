/**
 * The room `encryption` as Node itself runs it, in a folder that no package is installed for: `import()` stays what it is, so
 * that a package that is not there is missing in earnest, and settings that Node reads at its start can be given.
 */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { transformFileSync } from '@swc/core';

const SRC = path.resolve(__dirname, '../../../server/src');

/** Runs `script` there, an async body that may `require('./encryption/…')`. @returns what it wrote. */
export const runFarFromPackages = async (script: string, env: Record<string, string> = {}): Promise<string> => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-far-'));
  try {
    for (const file of fs.readdirSync(SRC, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts') || !(file === 'fault.ts' || file.startsWith('encryption'))) continue;
      const { code } = transformFileSync(path.join(SRC, file), {
        swcrc: false,
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs', ignoreDynamic: true },
      });
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file.replace(/\.ts$/, '.js')), code);
    }
    fs.writeFileSync(path.join(folder, 'run.js'), `(async () => {${script}})().catch((error) => console.log(error));`);
    return await new Promise((resolve, reject) =>
      execFile(process.execPath, ['run.js'], { cwd: folder, env: { PATH: process.env.PATH ?? '', ...env } }, (error, said) =>
        error ? reject(error) : resolve(said.trim()),
      ),
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
};
