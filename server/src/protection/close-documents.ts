/**
 * Closes `strapi.documents` for reading a wrapped type while a request of the content API is answered, whichever route
 * or handler it came by: what a site's own code answers to visitors is never a list of submissions.
 */
import { refuse } from '../errors';
import type { Context, Strapi } from '../strapi';
import { holdFunctions } from './hold';
import { protectedType, protectedTypes } from './protected-types';

const READS = ['findOne', 'findFirst', 'findMany', 'count'];

/** Whether the request that is being answered came by a route of the content API. */
export const isForVisitor = (strapi: Strapi): boolean => {
  const ctx = strapi.requestContext.get() as Context | undefined;
  return (ctx?.state.route as { info?: { type?: string } } | undefined)?.info?.type === 'content-api';
};

/** In `register`: the first middleware is the outermost. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const closeDocuments = (strapi: Strapi): void => {
  if (protectedTypes(strapi).size === 0) return;
  holdFunctions(strapi, 'close-documents', 'strapi.documents', strapi.documents, ['use']);
  strapi.documents.use((context, next) => {
    if (READS.includes(context.action) && protectedType(strapi, context.uid) && isForVisitor(strapi)) {
      throw refuse('TYPE_PROTECTED', 'These submissions are protected by Form Guard: they cannot be read here.');
    }
    return next();
  });
};
