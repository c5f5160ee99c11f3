/**
 * Closes `strapi.documents` for reading a wrapped type while a request of the content API is answered, whichever route
 * or handler it came by: what a site's own code answers to visitors is never a list of submissions.
 */
import { refuse } from '../errors';
import { say } from '../sentences';
import type { Context, Strapi } from '../strapi';
import { holdFunctions } from './hold';
import { protectedTypes } from './protected-types';

const READS = ['findOne', 'findFirst', 'findMany', 'count'] as const;
type Repository = Record<(typeof READS)[number], (...asked: unknown[]) => Promise<unknown>>;

/** Whether the request that is being answered came by a route of the content API. */
export const isForVisitor = (strapi: Strapi): boolean => {
  const ctx = strapi.requestContext.get() as Context | undefined;
  return (ctx?.state.route as { info?: { type?: string } } | undefined)?.info?.type === 'content-api';
};

/**
 * In `register`: in front of every document middleware, and only of these types, because a middleware would stand in the way
 * of all others too. Strapi 5.54 hands out one repository object per type (vault/seal-documents tries that).
 * @throws Fault STRAPI_NOT_AS_EXPECTED
 */
export const closeDocuments = (strapi: Strapi): void => {
  for (const uid of protectedTypes(strapi).keys()) {
    const repository = strapi.documents(uid as never) as unknown as Repository;
    holdFunctions(strapi, 'close-documents', `strapi.documents("${uid}")`, repository, READS);
    for (const name of READS) {
      const read = repository[name];
      repository[name] = async (...asked) => {
        if (!isForVisitor(strapi)) return read(...asked);
        throw refuse('TYPE_PROTECTED', say('type.notRead'));
      };
    }
  }
};
