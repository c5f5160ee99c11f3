/** Who is behind the request that is being answered: an admin user, a sender, or nobody (a script, the boot). */
import type { Actor } from '../audit';
import { byEmail, inOneLine } from '../plain-words';
import type { Context, Strapi } from '../strapi';

export interface AdminUser {
  id: number;
  firstname?: string | null;
  lastname?: string | null;
  email: string;
}

export const nameOf = (user: Pick<AdminUser, 'firstname' | 'lastname' | 'email'>): string =>
  inOneLine([user.firstname, user.lastname].filter(Boolean).join(' ')) || inOneLine(user.email, 120);

export const actorOf = (ctx: Pick<Context, 'state'> | undefined): Actor => {
  const user = ctx?.state.user as AdminUser | undefined;
  const isAdminRoute = (ctx?.state.route as { info?: { type?: string } } | undefined)?.info?.type === 'admin';
  // Strapi's MCP server (5.54) answers at a route of no kind, and says so beside the owner of the token.
  const isAdmin = isAdminRoute || ctx?.state.auditSource === 'mcp';
  if (user && isAdmin) return { kind: 'admin', id: String(user.id), name: byEmail({ name: nameOf(user), email: user.email }) };
  return { kind: ctx ? 'sender' : 'system', id: null, name: null };
};

export const currentActor = (strapi: Strapi): Actor => actorOf(strapi.requestContext.get() as Context | undefined);

/** A person who is signed in, never a token that somebody made for one. */
export const isSuperAdmin = (ctx: Pick<Context, 'state'> | undefined): boolean => {
  const { user, auth, route } = (ctx?.state ?? {}) as {
    user?: { roles?: { code?: string }[] };
    auth?: { strategy?: { name?: string } };
    route?: { info?: { type?: string } };
  };
  return (
    route?.info?.type === 'admin' &&
    auth?.strategy?.name === 'admin' &&
    (user?.roles ?? []).some(({ code }) => code === 'strapi-super-admin')
  );
};
