/**
 * What is open that should be shut, worked out from the database as it is now. What it finds is also kept from harm by
 * the rooms in front; a finding says that somebody should clear it away.
 */
import type { ExposureFinding, SourceSummary } from '../contract';
import { isKeyProviderAway } from '../fault';
import type { Strapi } from '../strapi';
import { codeOnTables } from './checks/database-code';
import { unsealedFiles, unsealedRows } from './checks/from-before';
import { keptNames } from './checks/kept-names';
import { leftTypes } from './checks/left-types';
import { manyMayName } from './checks/naming-roles';
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
import { brokenAudit, lostKeys, providerAway, withoutForm } from './checks/vault';

type Check = (strapi: Strapi) => Promise<ExposureFinding[]>;

/** What these find needs keys; while those cannot be had it says so in their place. */
const askingForKeys = async (strapi: Strapi, checks: readonly Check[]): Promise<ExposureFinding[]> => {
  const found: ExposureFinding[] = [];
  let isAway = false;
  for (const check of checks) {
    try {
      found.push(...(await check(strapi)));
    } catch (error) {
      if (!isKeyProviderAway(error)) throw error;
      if (!isAway) strapi.log.error((error as Error).message);
      isAway = true;
    }
  }
  return isAway ? [...providerAway(), ...found] : found;
};

/** @param sources every form and type that is there */
export const scan = async (
  strapi: Strapi,
  sources: readonly SourceSummary[],
  namingsOf: NamingsOf,
  findFurther: Check,
): Promise<ExposureFinding[]> => [
  ...(await askingForKeys(strapi, [
    brokenAudit,
    lostKeys,
    unlistedPublications,
    (site) => oddNamings(site, sources, namingsOf),
    manyMayName,
    findFurther,
  ])),
  ...(await codeOnTables(strapi)),
  ...(await withoutForm(strapi, new Set(sources.map(({ id }) => id)))),
  ...(await orphans(strapi)),
  ...(await leftTypes(strapi)),
  ...(await unsealedRows(strapi)),
  ...(await unsealedFiles(strapi)),
  ...(await personalPlain(strapi)),
  ...developmentKey(strapi),
  ...keyBesideDatabase(strapi),
  ...addressWithoutHttps(strapi),
  ...errorReporters(strapi),
  ...debugLog(strapi),
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
  ...sameTitles(sources),
  ...(await publicUpload(strapi)),
  ...(await uploadsElsewhere(strapi)),
];
