/**
 * Closes wrapped types in the GraphQL plugin, where it is installed: no query, no update, no delete, no field of another
 * type that leads to a submission. Its create stays where the site has it.
 */
import { attributesOf, type Strapi } from '../strapi';
import { holdFunctions } from './hold';
import { protectedType, protectedTypes } from './protected-types';

interface ShadowCrud {
  disableQueries(): unknown;
  disableActions(actions: string[]): unknown;
  field(name: string): { disable(): unknown };
}
interface Extension {
  shadowCRUD(uid: string): ShadowCrud;
}

/** In `register`, before the GraphQL plugin builds its schema. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const closeGraphql = (strapi: Strapi): void => {
  const graphql = strapi.plugin('graphql') as { service(name: string): Extension } | undefined;
  if (!graphql || protectedTypes(strapi).size === 0) return;
  const guard = 'close-graphql';
  const extension = holdFunctions(strapi, guard, "GraphQL's extension service", graphql.service('extension'), ['shadowCRUD']);
  const crud = (uid: string): ShadowCrud =>
    holdFunctions(strapi, guard, "GraphQL's shadowCRUD", extension.shadowCRUD(uid), [
      'disableQueries',
      'disableActions',
      'field',
    ]);
  for (const uid of protectedTypes(strapi).keys()) {
    crud(uid).disableQueries();
    crud(uid).disableActions(['update', 'delete', 'find', 'findOne']);
  }
  for (const type of [...Object.values(strapi.contentTypes), ...Object.values(strapi.components)]) {
    for (const [name, { target }] of Object.entries(attributesOf(type))) {
      if (typeof target !== 'string' || !protectedType(strapi, target)) continue;
      holdFunctions(strapi, guard, "a field of GraphQL's shadowCRUD", crud(type.uid).field(name), ['disable']).disable();
    }
  }
};
