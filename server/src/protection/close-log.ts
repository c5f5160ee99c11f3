/**
 * Keeps searches for people out of the server's log: Strapi 5.54 writes every address with its query, and a filter on a
 * wrapped type, answered or refused, has somebody's name or e-mail in it.
 */
import { apiPrefix, attributesOf, type Context, type Next, type Strapi } from '../strapi';
import { beDiscreet, isDiscreet } from './discretion';
import { guardRequests } from './hold';
import { protectedType, protectedTypes } from './protected-types';
import { listRoutes } from './routes';

const UPLOADS = '/uploads/';

/** Addresses of a wrapped type: of its own routes, and of the content manager. */
const addressesOfTypes = (strapi: Strapi): ((path: string) => boolean) => {
  const uids = [...protectedTypes(strapi).keys()].map((uid) => uid.toLowerCase());
  const prefix = apiPrefix(strapi);
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

/** In `bootstrap`, when all routes are known; in front of everything. */
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
  const uids = [...protectedTypes(strapi).keys()].map((uid) => uid.toLowerCase());
  const close = (ctx: Context, next: Next): Promise<unknown> => {
    // The gate knows better about the addresses that are its own.
    if (isDiscreet(ctx)) return next();
    // The address of a file is its name, and some files were sent by somebody.
    if (ctx.path.startsWith(UPLOADS)) beDiscreet(ctx, { address: ({ status, url }) => (status === 404 ? UPLOADS : url) });
    if (isPrivate(ctx)) beDiscreet(ctx, { address: ({ path }) => path });
    const small = ctx.path.toLowerCase();
    // The content manager's own checks name the type in the body, which nobody has read yet.
    if (small.startsWith('/content-manager/uid/') || uids.some((uid) => small.includes(uid)))
      beDiscreet(ctx, { carriesValues: true });
    return next();
  };
  guardRequests(strapi, 'close-log', close, { first: true });
};
