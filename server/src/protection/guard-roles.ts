/**
 * Door: roles of Users & Permissions (public, authenticated, custom). A save that would let a role read a wrapped type, or publish what
 * strangers send to a type that nobody listed, is refused before anything is written, over HTTP and from code alike.
 */
import { deburr, snakeCase } from 'lodash';
import { say, type Phrase } from '../sentences';
import type { Strapi } from '../strapi';
import { currentActor } from './actor';
import { guardService } from './hold';
import { effectOf, enabledActions, opensType } from './private-actions';
import { protectedTypes } from './protected-types';
import { refuseExposure, type Opening } from './refuse-exposure';
import { publicationsBy, type Access } from './unlisted';

const GUARD = 'guard-roles';
const ROLE_SERVICE = 'plugin::users-permissions.role';

interface RoleService {
  createRole(params: { permissions?: unknown; name?: string; type?: string }, ...rest: unknown[]): Promise<unknown>;
  updateRole(id: unknown, data: { permissions?: unknown }, ...rest: unknown[]): Promise<unknown>;
}
interface Role {
  id: number;
  name: string;
  type: string;
  permissions: { action: string }[];
}

const audienceOf = (role: Partial<Role>): Phrase => {
  if (role.type === 'public') return { key: 'audience.public' };
  if (role.type === 'authenticated') return { key: 'audience.signedUp' };
  return { key: 'audience.role', values: { name: role.name ?? say('newRole') } };
};

/** One that is only being made has no number, and no bearers unless it is called like those that everybody gets. */
const withRole = (access: Access, { id, name = '', type = '' }: Partial<Role>, actions: string[]): Access => {
  // As Strapi (5.54) calls a role without a type.
  const saved = { id: id ?? null, name, type: type || snakeCase(deburr(name.toLowerCase())), actions };
  return { ...access, roles: [...access.roles.filter((role) => id === undefined || role.id !== id), saved] };
};

/** @throws Fault STRAPI_NOT_AS_EXPECTED */
export const guardRoles = (strapi: Strapi): void => {
  if (!strapi.plugin('users-permissions')) return;
  const uids = [...protectedTypes(strapi).keys()];

  const refuseNew = async (permissions: unknown, role: Partial<Role>): Promise<void> => {
    const held = new Set((role.permissions ?? []).map(({ action }) => action));
    const openings = enabledActions(permissions).flatMap((action): Opening[] => {
      const uid = held.has(action) ? null : opensType(action, uids);
      return uid ? [{ uid, action, effect: effectOf(action), audience: audienceOf(role) }] : [];
    });
    openings.push(...(await publicationsBy(strapi, (access) => withRole(access, role, enabledActions(permissions)))));
    await refuseExposure(strapi, { openings, actor: currentActor(strapi) });
  };

  guardService<RoleService>(strapi, GUARD, ROLE_SERVICE, ['createRole', 'updateRole'], (service) => ({
    async createRole(params, ...rest) {
      const { name, type } = params;
      await refuseNew(params.permissions, { ...(name === undefined ? {} : { name }), ...(type === undefined ? {} : { type }) });
      return service.createRole(params, ...rest);
    },
    async updateRole(id, data, ...rest) {
      const role = (await strapi.db
        .query('plugin::users-permissions.role')
        .findOne({ where: { id }, populate: ['permissions'] })) as Role | null;
      await refuseNew(data.permissions, role ?? {});
      return service.updateRole(id, data, ...rest);
    },
  }));
};
