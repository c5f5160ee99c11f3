/** Encryption meets Strapi: the sealed submissions, and the sealing of wrapped types on every write path. */
import { protectedTypes } from '../protection';
import type { Strapi } from '../strapi';
import { sealDocuments } from './seal-documents';
import { sealQueries } from './seal-queries';
import { takeAlong } from './take-along';

/** In `register`, as early as can be: from here on no value of a wrapped type reaches its own table. */
export const sealWrites = (strapi: Strapi): void => {
  sealQueries(strapi);
  takeAlong(strapi);
  for (const type of protectedTypes(strapi).values()) sealDocuments(strapi, type);
};

export { checkRootKeys, makeVault, searchAs, stopWork, vaultOf } from './vault';
export type { ListedRow, RecordFilter, Vault } from './vault';
export { newRecordId } from './write-records';
export type { Receipt } from './write-records';
export { vaultModels } from './models';
export type { VaultRow } from './models';
export { hideModels, keepTables, tryKeptTables } from './keep-tables';
export { deleteAs } from './dispose';
export { deleteHusk } from './delete-husk';
export { scheduleBinSweep, sweepBin } from './sweep-bin';
export type { BinnedRow } from './bin';
export { findFiles, startFiles } from './start-files';
export type { ReceivedFile } from './files';
export { formerNamesOf, todaysName } from './former-names';
export type { FormerNames } from './former-names';
export { handOver, wereTaken } from './handed-files';
export { newDocumentId, receiptOf } from './seal-documents';
export { withoutValues } from './check-values';
export type { Examined, Opened } from './examine';
export type { KeysOf } from './keys';
export { ArchiveProblem } from './archive/format';
export { STAYS_BECAUSE } from './moving/move-out';
export { progressOf } from './jobs';
export { developmentKeyOf } from './root-keys';
export { keyRoutes } from './routes';
