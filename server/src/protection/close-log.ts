/**
 * Keeps searches for people out of the server's log: Strapi 5.54 writes every address with its query, and a filter on a
 * wrapped type, answered or refused, has somebody's name or e-mail in it.
 */
import { attributesOf, type Context, type Next, type Strapi } from '../strapi';
import { guardRequests } from './hold';
import { protectedType, protectedTypes } from './protected-types';
import { listRoutes } from './routes';

const UPLOADS = '/uploads/';

/** Addresses of a wrapped type: of its own routes, and of the content manager. */
const addressesOfTypes = (strapi: Strapi): ((path: string) => boolean) => {
  const uids = [...protectedTypes(strapi).keys()].map((uid) => uid.toLowerCase());
  const prefix = strapi.config.get<string>('api.rest.prefix', '/api');
  const ofTypes = listRoutes(strapi).filter(({ handler }) => {
    const name = typeof handler === 'string' ? handler.trim().toLowerCase() : '';
    return uids.some((uid) => name.startsWith(`${uid}.`));
  });
  const starts = [...new Set(ofTypes.map(({ path }) => `${prefix}/${path.split('/')[1] ?? ''}`.toLowerCase()))];
  const isUnder = (path: string, start: string) => path === start || path.startsWith(`${start}/`);
  return (path) => {
    const small = path.toLowerCase();
    return uids.some((uid) => small.includes(uid)) || starts.some((start) => isUnder(small, start));
  };
};

/** Names of attributes that lead to submissions from elsewhere: a filter across one asks about a person as well. */
const leadingNames = (strapi: Strapi): string[] =>
  [...Object.values(strapi.contentTypes), ...Object.values(strapi.components)].flatMap((type) =>
    Object.entries(attributesOf(type))
      .filter(([name, { target }]) => name !== 'localizations' && typeof target === 'string' && protectedType(strapi, target))
      .map(([name]) => name.toLowerCase()),
  );

const decoded = (text: string): string => {
  if (!text.includes('%')) return text.toLowerCase();
  try {
    return decodeURIComponent(text).toLowerCase();
  } catch {
    return text.toLowerCase();
  }
};

/** In `bootstrap`: behind the logger, in front of the routes. */
export const closeLog = (strapi: Strapi): void => {
  if (protectedTypes(strapi).size === 0) return;
  const isOfType = addressesOfTypes(strapi);
  const leading = leadingNames(strapi);
  const graphql = strapi.config.get<string>('plugin::graphql.endpoint', '/graphql');
  const asksAbout = (url: string): boolean => {
    const words = leading.length > 0 ? decoded(url) : '';
    return leading.some((name) => words.includes(name));
  };
  const isPrivate = ({ path, url }: Context): boolean => isOfType(path) || path === graphql || asksAbout(url);
  const close = async (ctx: Context, next: Next, shut: boolean): Promise<void> => {
    try {
      await next();
    } finally {
      if (shut) ctx.url = ctx.path;
      // The address of a file is its name, and some files were sent by somebody.
      if (ctx.status === 404 && ctx.path.startsWith(UPLOADS)) ctx.url = UPLOADS;
    }
  };
  guardRequests(strapi, 'close-log', (ctx, next) => {
    const shut = isPrivate(ctx);
    return shut || ctx.path.startsWith(UPLOADS) ? close(ctx, next, shut) : next();
  });
};
