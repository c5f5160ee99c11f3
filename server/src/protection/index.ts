/** What is private, and keeping it so. */
import type { Strapi } from '../strapi';
import { digestTokens } from './account-tokens';
import { closeAccountSecrets } from './close-account-secrets';
import { closeAbilities, showLocked, tryAbilities } from './close-abilities';
import { closeActiveUploads } from './close-active-uploads';
import { closeDocumentation } from './close-documentation';
import { closeDocuments } from './close-documents';
import { closeEvents, tryEvents } from './close-events';
import { closeFiles } from './close-files';
import { closeGraphql } from './close-graphql';
import { closeLog } from './close-log';
import { closeOrigins, tryOrigins } from './close-origins';
import { closePickers } from './close-pickers';
import { closeQueries } from './close-queries';
import { closeRawQueries } from './close-raw-queries';
import { closeReports } from './discretion';
import { closeRoutes, TYPE_CLOSED, typeClosed } from './close-routes';
import { closeScopes, tryScopes } from './close-scopes';
import { emptyHusks } from './empty-husk';
import { guardAdminTokens } from './guard-admin-tokens';
import { guardApiTokens } from './guard-api-tokens';
import { guardNamingRight } from './guard-naming-right';
import { guardRegistration } from './guard-registration';
import { guardRolePermissions } from './guard-role-permissions';
import { guardRoles } from './guard-roles';
import { guardTransferTokens } from './guard-transfer-tokens';
import { guardTypeBuilder } from './guard-type-builder';
import { guardWebhooks } from './guard-webhooks';
import { readProtectedTypes } from './protected-types';
import { CANARY_POLICY, canaryPolicy, tryRoutes } from './routes';
import { showTypesAsWritten } from './show-types-as-written';
import { tryAccountSecrets } from './try-account-secrets';
import { tryQueries } from './try-queries';
import { tryRefusals } from './try-refusals';

export const protectionPolicies = { [TYPE_CLOSED]: typeClosed, [CANARY_POLICY]: canaryPolicy };

/**
 * In `register`, before routes are composed and tables are made: first what is closed when it is read, then what is
 * refused when it is changed. @throws Fault CONFIG_INVALID, STRAPI_NOT_AS_EXPECTED
 */
export const protect = (strapi: Strapi): void => {
  closeOrigins(strapi);
  closeActiveUploads(strapi);
  readProtectedTypes(strapi);
  closeAccountSecrets(strapi);
  digestTokens(strapi);
  closeRawQueries(strapi);
  closeReports(strapi);
  emptyHusks(strapi);
  closeRoutes(strapi);
  closeDocuments(strapi);
  closeQueries(strapi);
  closeScopes(strapi);
  closeGraphql(strapi);
  closeDocumentation(strapi);
  closeEvents(strapi);
  closeFiles(strapi);
  closePickers(strapi);
  showLocked(strapi);
  guardRoles(strapi);
  guardApiTokens(strapi);
  guardRegistration(strapi);
  guardTypeBuilder(strapi);
  showTypesAsWritten(strapi);
  guardWebhooks(strapi);
  guardTransferTokens(strapi);
  guardRolePermissions(strapi);
  guardNamingRight(strapi);
  guardAdminTokens(strapi);
};

/**
 * In `bootstrap`: what is there only now, and one try of each guard with a canary: a Strapi that took a function away, or
 * no longer calls it, does not start. Takes milliseconds. @throws Fault STRAPI_NOT_AS_EXPECTED
 */
export const protectFurther = async (strapi: Strapi): Promise<void> => {
  await tryRefusals(strapi);
  closeLog(strapi);
  closeAbilities(strapi);
  tryOrigins(strapi);
  await tryRoutes(strapi);
  await tryScopes(strapi);
  await tryQueries(strapi);
  await tryAccountSecrets(strapi);
  await tryAbilities(strapi);
  await tryEvents(strapi);
};

export { protectedType, protectedTypes } from './protected-types';
export type { ProtectedType } from './protected-types';
export { compareConfig } from './config-changes';
export { peopleWhoList, personalAmong, unmeantAmong } from './plain-attributes';
export { opensType } from './private-actions';
export { startDigests } from './start-digests';
export { whileOpened } from './close-queries';
export { filesFromBefore } from './close-files';
export { toldOf } from './guard-webhooks';
export { countWith } from './refuse-exposure';
export {
  configLineOf,
  decidePublic,
  entriesOf,
  publicDecisions,
  readAccess,
  takeBackPublic,
  unlistedStates,
  type PublicDecision,
  type UnlistedState,
  type Way,
} from './unlisted';
export { guardRequests, guardService, holdFunctions, notAsExpected } from './hold';
export { actorOf, currentActor, isSuperAdmin, nameOf } from './actor';
export type { AdminUser } from './actor';
export { beDiscreet, discreetMiddleware, hideAddress, isOurAnswer } from './discretion';
export { cleanError } from './clean-error';
export { noteSendingPage, sendingPages } from './sending-pages';
export { leadsUnder, plainPath, readingsOf } from './readings';
export { changeRoutes, listRoutes, withMiddleware } from './routes';
export type { Route } from './routes';
export { wouldRead, wouldReadAsWideToken } from './ask-content-api';
export { allowNamingRoute, rolesWithMoreThanAllowed } from './guard-naming-right';
export { locksRoute } from './locks';
