/** Sealing values; knows node:crypto and files, never Strapi. Only vault/ may hold a keyring or a sealer. */
export { createKeyring } from './keyring';
export type { Keyring } from './keyring';
export type { DataKeyRow, DataKeyStore, KeyPurpose } from './data-key-rows';
export { createSealer } from './sealer';
export type { Digest, Sealer } from './sealer';
export { unreadable, UNREADABLE_BECAUSE, whyUnreadable } from './unreadable';
export type { UnreadableReason } from './unreadable';
export { keyIdIn } from './envelope';
export { createLocalProvider } from './key-providers/local';
export type { KeyProvider } from './key-providers/port';
export type { Place } from './place';
export type { SealedValue } from './envelope';
export type { Values } from './values';
export type { RootKeys } from './root-keys';
export { KEYS_VARIABLE, takeKeysFromEnvironment } from './key-providers/environment';
export { readOrMakeDevelopmentKey } from './key-providers/development-file';
export { createProvider, keyProviderSchema } from './key-providers/options';
export type { KeyProviderOptions } from './key-providers/options';
