/**
 * Where the root keys come from: the environment; without it, in development and tests only, a key file made once.
 * Anything else stops the boot.
 */
import { Fault } from '../fault';
import { KEYS_VARIABLE, readOrMakeDevelopmentKey, takeKeysFromEnvironment, type RootKeys } from '../encryption';
import type { Strapi } from '../strapi';

const KEY_FILE_ENVIRONMENTS = ['development', 'test'];

/** @throws Fault ROOT_KEYS_MISSING, ROOT_KEYS_MALFORMED */
export const readRootKeys = (strapi: Strapi): RootKeys => {
  const fromEnvironment = takeKeysFromEnvironment(process.env);
  if (fromEnvironment) return fromEnvironment;
  const environment = process.env.NODE_ENV ?? 'development';
  if (!KEY_FILE_ENVIRONMENTS.includes(environment)) {
    throw new Fault(
      'ROOT_KEYS_MISSING',
      `${KEYS_VARIABLE} is not set, and in "${environment}" submissions are not taken without a key. Make one with "npx form-guard keys new", keep a copy away from the database and its backups, and set ${KEYS_VARIABLE}.`,
    );
  }
  const { rootKeys, made, file } = readOrMakeDevelopmentKey(strapi.dirs.app.root);
  if (made)
    strapi.log.warn(`Form Guard made a key for development in ${file} (git ignores it). Production needs ${KEYS_VARIABLE}.`);
  return rootKeys;
};
