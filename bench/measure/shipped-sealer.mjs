/**
 * The sealer as it ships, taken out of the bundle in dist/. The plugin gives it to nobody (whatever it registered with
 * Strapi, any other plugin could reach), so the bundle is run as a function whose last line hands out the inner names.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import vm from 'node:vm';
import { BUILT, ensureBuilt } from './built.mjs';

const NAMES = ['createKeyring', 'createLocalProvider', 'createSealer', 'parseRootKeys', 'encodeValues', 'associatedData'];

const shipped = () => {
  ensureBuilt();
  const source = `${fs.readFileSync(BUILT, 'utf8')}\nreturn { ${NAMES.join(', ')} };`;
  const run = vm.compileFunction(source, ['module', 'exports', 'require'], { filename: BUILT });
  const module = { exports: {} };
  return run(module, module.exports, createRequire(BUILT));
};

/** Where a site keeps its wrapped data keys in the database, which is asked once per form and start. */
const keysInMemory = () => {
  const rows = [];
  return {
    isInTransaction: () => false,
    findCurrent: async (formOrType, purpose) =>
      rows.find((row) => row.formOrType === formOrType && row.purpose === purpose) ?? null,
    find: async (keyId) => rows.find((row) => row.keyId === keyId) ?? null,
    newestGeneration: async () => 0,
    replace: async (pairs) => (rows.push(...pairs.map(({ row }) => row)), true),
    reserve: async () => undefined,
  };
};

/** @returns a sealer with a new root key, and what the sealer itself calls to make bytes of values and places. */
export const shippedSealer = () => {
  const { createKeyring, createLocalProvider, createSealer, parseRootKeys, encodeValues, associatedData } = shipped();
  const rootKeys = parseRootKeys(`bench:${randomBytes(32).toString('base64')}`);
  const keyring = createKeyring({
    providers: [createLocalProvider(rootKeys)],
    store: keysInMemory(),
    lifetimeMs: Infinity,
    now: () => performance.now(),
  });
  return { sealer: createSealer(keyring), encodeValues, associatedData };
};
