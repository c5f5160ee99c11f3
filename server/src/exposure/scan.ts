/**
 * What is open that should be shut, worked out from the database as it is now. What it finds is also kept from harm by
 * the rooms in front; a finding says that somebody should clear it away.
 */
import type { ExposureFinding, SourceSummary } from '../contract';
import type { Strapi } from '../strapi';
import { unsealedFiles, unsealedRows } from './checks/from-before';
import { keptNames } from './checks/kept-names';
import { oddNamings, sameTitles, type NamingsOf } from './checks/namings';
import { describedToEverybody, entryWebhooks, openRegistration, unsafeOptions } from './checks/outbound';
import { orphans } from './checks/orphans';
import { answersInAddresses } from './checks/sending-pages';
import { adminRoles, tickedRoles, tickedTokens } from './checks/roles';
import { addressWithoutHttps, debugLog, developmentKey, errorReporters, keyBesideDatabase } from './checks/surroundings';
import { pullTokens, wideTokens } from './checks/tokens';
import { publicUpload, uploadsElsewhere } from './checks/uploads';
import { unlistedPublications } from './checks/unlisted';
import { personalPlain } from './checks/plain';
import { brokenAudit, lostKeys, withoutForm } from './checks/vault';

/** @param sources every form and type that is there */
export const scan = async (
  strapi: Strapi,
  sources: readonly SourceSummary[],
  namingsOf: NamingsOf,
): Promise<ExposureFinding[]> => [
  ...(await brokenAudit(strapi)),
  ...(await withoutForm(strapi, new Set(sources.map(({ id }) => id)))),
  ...(await lostKeys(strapi)),
  ...(await orphans(strapi)),
  ...(await unsealedRows(strapi)),
  ...(await unsealedFiles(strapi)),
  ...(await personalPlain(strapi)),
  ...developmentKey(strapi),
  ...keyBesideDatabase(strapi),
  ...addressWithoutHttps(strapi),
  ...errorReporters(strapi),
  ...debugLog(strapi),
  ...(await unlistedPublications(strapi)),
  ...(await answersInAddresses(strapi)),
  ...(await keptNames(strapi)),
  ...unsafeOptions(strapi),
  ...(await tickedRoles(strapi)),
  ...(await tickedTokens(strapi)),
  ...(await adminRoles(strapi)),
  ...(await wideTokens(strapi)),
  ...(await pullTokens(strapi)),
  ...(await entryWebhooks(strapi)),
  ...(await openRegistration(strapi)),
  ...(await describedToEverybody(strapi)),
  ...(await oddNamings(strapi, sources, namingsOf)),
  ...sameTitles(sources),
  ...(await publicUpload(strapi)),
  ...(await uploadsElsewhere(strapi)),
];
