/**
 * What is open that should be shut, worked out from the database as it is now. What it finds is also kept from harm by
 * the rooms in front; a finding says that somebody should clear it away.
 */
import type { ExposureFinding } from '../contract';
import type { Strapi } from '../strapi';
import { unsealedFiles, unsealedRows } from './checks/from-before';
import { describedToEverybody, entryWebhooks, openRegistration, unsafeOptions } from './checks/outbound';
import { adminRoles, tickedRoles, tickedTokens } from './checks/roles';
import { pullTokens, wideTokens } from './checks/tokens';
import { brokenAudit, lostKeys, withoutForm } from './checks/vault';

/** @param known every form and type that is there */
export const scan = async (strapi: Strapi, known: ReadonlySet<string>): Promise<ExposureFinding[]> => [
  ...(await brokenAudit(strapi)),
  ...(await withoutForm(strapi, known)),
  ...(await lostKeys(strapi)),
  ...(await unsealedRows(strapi)),
  ...(await unsealedFiles(strapi)),
  ...unsafeOptions(strapi),
  ...(await tickedRoles(strapi)),
  ...(await tickedTokens(strapi)),
  ...(await adminRoles(strapi)),
  ...(await wideTokens(strapi)),
  ...(await pullTokens(strapi)),
  ...(await entryWebhooks(strapi)),
  ...(await openRegistration(strapi)),
  ...(await describedToEverybody(strapi)),
];
