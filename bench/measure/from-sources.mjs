/**
 * The server of the plugin file by file, as it is written, in the place of the build: for benchmarks that need a part of it
 * which no build gives out (the build has one file, and every other plugin of a site could ask it).
 */
import fs from 'node:fs';
import path from 'node:path';
import { transformFileSync } from '@swc/core';
import { ROOT } from './built.mjs';

const OPTIONS = {
  jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  module: { type: 'commonjs', ignoreDynamic: true },
};

/** @param root of an app of `makeApp`. @returns the folder of the modules */
export const serverFromSources = (root) => {
  const to = path.join(root, 'dist/server');
  fs.rmSync(to, { recursive: true, force: true });
  const from = path.join(ROOT, 'server/src');
  for (const name of fs.readdirSync(from, { recursive: true }).filter((file) => file.endsWith('.ts'))) {
    const out = path.join(to, name.replace(/\.ts$/, '.js'));
    fs.mkdirSync(path.dirname(out), { recursive: true });
    fs.writeFileSync(out, transformFileSync(path.join(from, name), OPTIONS).code);
  }
  return to;
};
