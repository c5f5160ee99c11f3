/** The whole way through a site, in the order in which one thing needs another. */
import { visitAdminPeople, visitAdminRoles } from './admin-people';
import { visitEntries, visitHomePage, visitNeighbour, visitPickers, visitScreens } from './content-manager';
import { visitBuilder, visitDocuments, visitMcp } from './developers';
import { visitGraphql } from './graphql';
import { visitMediaLibrary, visitUploads } from './media-library';
import { visitRest } from './rest';
import { visitLanguages, visitTokens, visitTranslations, visitWebhooks } from './settings';
import { visitUsersPermissions } from './users-permissions';
import { worldAt, type World } from './world';

const WAY = [
  visitAdminPeople,
  visitAdminRoles,
  visitLanguages,
  visitScreens,
  visitMediaLibrary,
  visitEntries,
  visitPickers,
  visitUsersPermissions,
  visitTranslations,
  visitNeighbour,
  visitHomePage,
  visitRest,
  visitGraphql,
  visitUploads,
  visitTokens,
  visitWebhooks,
  visitBuilder,
  visitDocuments,
  visitMcp,
];

export const visitAll = async (url: string): Promise<World> => {
  const world = worldAt(url);
  for (const visit of WAY) await visit(world);
  return world;
};

/** What REST needs before it, and REST. */
export const visitRestOnly = async (url: string): Promise<World> => {
  const world = worldAt(url);
  for (const visit of WAY.slice(0, WAY.indexOf(visitRest) + 1)) await visit(world);
  return world;
};
export { compare, named, type Compared } from './compare';
export { exportOf, transferOf } from './commands';
export { develop } from './develop';
export type { Answer } from './visitor';
export type { World } from './world';
