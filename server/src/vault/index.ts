/** Encryption meets Strapi: the sealed submissions, and the sealing of wrapped types on every write path. */
import { protectedTypes } from '../protection';
import type { Strapi } from '../strapi';
import { sealDocuments } from './seal-documents';
import { sealQueries } from './seal-queries';

/** In `register`, as early as can be: from here on no value of a wrapped type reaches its own table. */
export const sealWrites = (strapi: Strapi): void => {
  sealQueries(strapi);
  for (const type of protectedTypes(strapi).values()) sealDocuments(strapi, type);
};

export { checkRootKeys, makeVault, vaultOf } from './vault';
export type { Receipt, Vault } from './vault';
export { vaultModels } from './models';
export type { VaultRow } from './models';
export { hideModels, keepTables } from './keep-tables';
export { withoutValues } from './check-values';
