/** Sealing values; knows node:crypto and files, never Strapi. Only vault/ may hold a keyring or a sealer. */
export { createKeyring } from './keyring';
export type { DataKeyRow, DataKeyStore, KeyPurpose } from './keyring';
export { createSealer } from './sealer';
export type { Sealer } from './sealer';
export type { Place } from './place';
export type { SealedValue } from './envelope';
export type { Values } from './values';
export type { RootKeys } from './root-keys';
export { KEYS_VARIABLE, takeKeysFromEnvironment } from './key-providers/environment';
export { readOrMakeDevelopmentKey } from './key-providers/development-file';
