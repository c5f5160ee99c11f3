/**
 * Closes the content manager's relation pickers towards submissions. In Strapi 5.54 a picker lists the target of a
 * relation to whoever may see the field, and through a component to every admin user: a submission is never something
 * to pick, so the list is empty.
 */
import { attributesOf, type Context, type Next, type Strapi } from '../strapi';
import { protectedType, protectedTypes } from './protected-types';
import { guardRoutes } from './routes';

const HANDLERS = ['relations.findAvailable', 'relations.findExisting'];
const EMPTY = { results: [], pagination: { page: 1, pageSize: 10, pageCount: 0, total: 0 } };

const leadsToSubmissions = (strapi: Strapi, model: string, field: string): boolean => {
  const type = strapi.getModel(model as never) as { attributes: unknown } | undefined;
  const target = type && attributesOf(type)[field]?.target;
  return (
    typeof target === 'string' &&
    (protectedType(strapi, target) !== undefined || (protectedType(strapi, model)?.sealedFields.includes(field) ?? false))
  );
};

/** In `register`, before routes are composed. */
export const closePickers = (strapi: Strapi): void => {
  if (protectedTypes(strapi).size === 0) return;
  const closed = async (ctx: Context, next: Next): Promise<void> => {
    const { model = '', targetField = '' } = ctx.params;
    if (leadsToSubmissions(strapi, model, targetField)) ctx.body = EMPTY;
    else await next();
  };
  guardRoutes(strapi, 'close-pickers', HANDLERS, closed);
};
