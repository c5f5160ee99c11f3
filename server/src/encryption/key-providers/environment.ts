/**
 * Root keys from FORM_GUARD_KEYS. The variable is taken out of the environment when it is read, so that no other plugin
 * and no child process finds it there; a second boot in the same process gets the keys that were taken.
 */
import { parseRootKeys, type RootKeys } from '../root-keys';

export const KEYS_VARIABLE = 'FORM_GUARD_KEYS';
let taken: RootKeys | undefined;

/** @returns null when the variable is not set. @throws Fault ROOT_KEYS_MALFORMED */
export const takeKeysFromEnvironment = (environment: NodeJS.ProcessEnv): RootKeys | null => {
  const text = environment[KEYS_VARIABLE];
  if (text === undefined) return taken ?? null;
  taken = parseRootKeys(text);
  delete environment[KEYS_VARIABLE];
  return taken;
};
