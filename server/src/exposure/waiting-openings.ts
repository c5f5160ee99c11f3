/**
 * What would read a wrapped type at once if it were not wrapped: rows, tokens and routes that Form Guard keeps shut. Whoever takes
 * submissions out of the vault takes these away first, or everything is published. In words for the terminal.
 */
import { listRoutes, opensType } from '../protection';
import type { Strapi } from '../strapi';
import { rows } from './checks/rows';

interface Named {
  name: string;
}
type Row = { action: string; role?: Named | null; token?: Named | null };

const byRows = async (strapi: Strapi, uid: string): Promise<string[]> => {
  const ofRoles = strapi.plugin('users-permissions')
    ? await rows<Row>(strapi, 'plugin::users-permissions.permission', { populate: ['role'] })
    : [];
  const ofTokens = await rows<Row>(strapi, 'admin::api-token-permission', { populate: ['token'] });
  return [...ofRoles, ...ofTokens]
    .filter(({ action, role, token }) => (role ?? token) && opensType(action, [uid]) !== null)
    .map(({ action, role, token }) => `${role ? 'the role' : 'the API token'} “${(role ?? token)?.name}” (${action})`);
};

const byWideTokens = async (strapi: Strapi): Promise<string[]> => {
  const wide = { kind: 'content-api', type: { $in: ['read-only', 'full-access'] } };
  const tokens = await rows<Named & { type: string }>(strapi, 'admin::api-token', { where: wide });
  const pulling = await rows<Named>(strapi, 'admin::transfer-token', { where: { permissions: { action: 'pull' } } });
  return [
    ...tokens.map(({ name, type }) => `the API token “${name}” (${type})`),
    ...pulling.map(({ name }) => `the transfer token “${name}”, which copies the whole site`),
  ];
};

const byRoutes = (strapi: Strapi, uid: string): string[] =>
  listRoutes(strapi)
    .filter(({ handler, config }) => {
      const { auth } = (config ?? {}) as { auth?: unknown };
      return auth === false && typeof handler === 'string' && opensType(handler.trim(), [uid]) !== null;
    })
    .map(({ method, path }) => `everybody, by the route ${method} ${path}, which asks nobody who they are`);

type AdminRow = { role: (Named & { code: string; users?: unknown[] }) | null; apiToken: Named | null };
const inContentManager = (strapi: Strapi, uid: string): Promise<AdminRow[]> =>
  rows<AdminRow>(strapi, 'admin::permission', {
    where: { action: 'plugin::content-manager.explorer.read', subject: uid },
    populate: { role: { populate: ['users'] }, apiToken: true },
  });

export interface WaitingOpenings {
  /** Visitors, accounts that people made themselves, tokens. */
  outside: string[];
  /** People of the admin who would see the rows in the content manager. */
  inside: string[];
}

export const waitingOpenings = async (strapi: Strapi, uid: string): Promise<WaitingOpenings> => {
  const ofAdmin = await inContentManager(strapi, uid);
  const adminTokens = ofAdmin.flatMap(({ apiToken }) => (apiToken ? [`the admin token “${apiToken.name}”`] : []));
  const inside = ofAdmin.flatMap(({ role }) =>
    role && (role.users?.length ?? 0) > 0 ? [`the admin role “${role.name}” (people: ${role.users?.length})`] : [],
  );
  return {
    outside: [...(await byRows(strapi, uid)), ...(await byWideTokens(strapi)), ...adminTokens, ...byRoutes(strapi, uid)],
    inside,
  };
};
