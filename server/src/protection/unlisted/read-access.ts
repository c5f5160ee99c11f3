/** Who can send and who can read, as the site is now: Strapi's rows, tokens, settings and composed routes. */
import { PLUGIN_ID, type Strapi } from '../../strapi';
import { protectedTypes } from '../protected-types';
import { schemasNow } from '../type-builder-edits';
import type { Access, AccessRole, AccessRoute, AccessToken } from './access';

const ROLE = 'plugin::users-permissions.role';
const ADVANCED = { type: 'plugin', name: 'users-permissions', key: 'advanced' } as const;

interface Route {
  method: string;
  handler: unknown;
  config?: { auth?: false | { scope?: unknown } };
}
interface Router {
  type?: string;
  routes?: unknown;
}
interface Owner {
  routes?: unknown;
}

const routersOf = ({ routes }: Owner): Router[] =>
  routes === null || typeof routes !== 'object' || Array.isArray(routes) ? [] : (Object.values(routes) as Router[]);

const routesOf = (owner: string, routers: Router[]): AccessRoute[] =>
  routers
    .filter(({ type, routes }) => type === 'content-api' && Array.isArray(routes))
    .flatMap(({ routes }) => routes as Route[])
    .flatMap(({ method, handler, config }): AccessRoute[] => {
      const isOpen = config?.auth === false;
      const scope = config?.auth ? config.auth.scope : undefined;
      const named = typeof handler === 'string' ? handler : null;
      const own = named && (named.startsWith(`${owner}.`) ? named : `${owner}.${named}`);
      const actions = Array.isArray(scope) && scope.length > 0 ? (scope as string[]) : [own];
      return actions.map((action) => ({ owner, action, method: method.toUpperCase(), isOpen }));
    });

/** After Strapi has composed them (5.54: after `register`). */
const allRoutes = (strapi: Strapi): AccessRoute[] => [
  ...Object.entries(strapi.apis as Record<string, Owner>).flatMap(([name, api]) => routesOf(`api::${name}`, routersOf(api))),
  ...Object.entries(strapi.plugins as unknown as Record<string, Owner>).flatMap(([name, plugin]) =>
    routesOf(`plugin::${name}`, routersOf(plugin)),
  ),
];

const rolesOf = async (strapi: Strapi): Promise<AccessRole[]> => {
  type Row = { id: number; name: string; type: string; permissions: { action: string }[] };
  const rows = (await strapi.db.query(ROLE).findMany({ populate: ['permissions'] })) as Row[];
  return rows.map(({ id, name, type, permissions }) => ({ id, name, type, actions: permissions.map(({ action }) => action) }));
};

const tokensOf = async (strapi: Strapi): Promise<AccessToken[]> => {
  type Row = { id: number; name: string; type: string; permissions: { action: string }[] };
  const rows = (await strapi.db
    .query('admin::api-token')
    .findMany({ where: { kind: 'content-api' }, populate: ['permissions'] })) as Row[];
  return rows.map(({ id, name, type, permissions }) => ({ id, name, type, actions: permissions.map(({ action }) => action) }));
};

export interface SignUpSettings {
  allow_register?: unknown;
  email_confirmation?: unknown;
  default_role?: unknown;
}
type SignUp = Pick<Access, 'signUpRoles' | 'isSignUpOpen' | 'defaultRole' | 'isConfirmed'>;

/** Asked for as Strapi asks for it when somebody signs up, whatever was put there as the role. */
export const signUpOf = async (strapi: Strapi, settings: SignUpSettings | null): Promise<SignUp> => {
  const { allow_register: isOpen, email_confirmation: isConfirmed, default_role: type } = settings ?? {};
  const role =
    isOpen && type ? ((await strapi.db.query(ROLE).findOne({ where: { type: type as never } })) as { id: number } | null) : null;
  return {
    signUpRoles: role ? [role.id] : [],
    isSignUpOpen: Boolean(isOpen),
    defaultRole: typeof type === 'string' ? type : null,
    isConfirmed: Boolean(isConfirmed),
  };
};

const NOBODY: SignUp = { signUpRoles: [], isSignUpOpen: false, defaultRole: null, isConfirmed: false };

export const readAccess = async (strapi: Strapi): Promise<Access> => {
  const hasVisitors = Boolean(strapi.plugin('users-permissions'));
  const ours = Object.keys(strapi.contentTypes).filter((uid) => uid.startsWith(`plugin::${PLUGIN_ID}.`));
  return {
    roles: hasVisitors ? await rolesOf(strapi) : [],
    ...(hasVisitors ? await signUpOf(strapi, (await strapi.store.get(ADVANCED)) as SignUpSettings | null) : NOBODY),
    tokens: await tokensOf(strapi),
    wide: [],
    routes: allRoutes(strapi),
    schemas: schemasNow(strapi),
    except: new Set([...protectedTypes(strapi).keys(), ...ours]),
  };
};
