/**
 * Where the root keys are: with a key provider; in the environment; without either, in development and tests only, in a key
 * file made once. Anything else stops the boot.
 */
import { Fault } from '../fault';
import {
  createLocalProvider,
  createProvider,
  KEYS_VARIABLE,
  readOrMakeDevelopmentKey,
  takeKeysFromEnvironment,
  type KeyProvider,
  type RootKeys,
} from '../encryption';
import { configOf, PLUGIN_ID, type Strapi } from '../strapi';

const keyFiles = new WeakMap<Strapi, string>();
/** The file of the key that was made for development, where that is what seals here; else null. */
export const developmentKeyOf = (strapi: Strapi): string | null => keyFiles.get(strapi) ?? null;

const KEY_FILE_ENVIRONMENTS = ['development', 'test'];

/** @throws Fault ROOT_KEYS_MISSING, ROOT_KEYS_MALFORMED */
const readLocalKeys = (strapi: Strapi): RootKeys => {
  const environment = process.env.NODE_ENV ?? 'development';
  if (!KEY_FILE_ENVIRONMENTS.includes(environment)) {
    throw new Fault(
      'ROOT_KEYS_MISSING',
      `${KEYS_VARIABLE} is not set, and in "${environment}" submissions are not taken without a key. Make one with "npx form-guard keys new", keep a copy away from the database and its backups, and set ${KEYS_VARIABLE}.`,
    );
  }
  const { rootKeys, made, file } = readOrMakeDevelopmentKey(strapi.dirs.app.root);
  keyFiles.set(strapi, file);
  strapi.log.warn(
    `Form Guard ${made ? 'made a key for development in' : `seals with a key for development, because NODE_ENV is "${environment}". It lies in`} ${file} (git ignores it), beside the data. Production needs ${KEYS_VARIABLE}.`,
  );
  return rootKeys;
};

/** The first one wraps; keys in the environment beside a provider open what they wrapped. @throws Fault as above */
export const readProviders = (strapi: Strapi): [KeyProvider, ...KeyProvider[]] => {
  const inEnvironment = takeKeysFromEnvironment(process.env);
  const { keyProvider } = configOf(strapi);
  if (!keyProvider) return [createLocalProvider(inEnvironment ?? readLocalKeys(strapi))];
  const provider = createProvider(keyProvider);
  // A token in it is nobody else's, and every other plugin can read the config.
  strapi.config.set(`plugin::${PLUGIN_ID}.keyProvider`, { type: keyProvider.type, id: keyProvider.id });
  if (!inEnvironment) return [provider];
  if (inEnvironment.byId.has(keyProvider.id)) {
    throw new Fault(
      'CONFIG_INVALID',
      `config/plugins, form-guard, keyProvider.id: "${keyProvider.id}" is the id of a key in ${KEYS_VARIABLE} too. Give the provider another one.`,
    );
  }
  return [provider, createLocalProvider(inEnvironment)];
};
