/**
 * Door: roles of Users & Permissions (public, authenticated, custom). A save that would let a role read a wrapped type is
 * refused before anything is written, over HTTP and from code alike.
 */
import { say, type Phrase } from '../sentences';
import type { Strapi } from '../strapi';
import { currentActor } from './actor';
import { guardService } from './hold';
import { effectOf, enabledActions, opensType } from './private-actions';
import { protectedTypes } from './protected-types';
import { refuseExposure, type Opening } from './refuse-exposure';

const GUARD = 'guard-roles';
const ROLE_SERVICE = 'plugin::users-permissions.role';

interface RoleService {
  createRole(params: { permissions?: unknown; name?: string }, ...rest: unknown[]): Promise<unknown>;
  updateRole(id: unknown, data: { permissions?: unknown }, ...rest: unknown[]): Promise<unknown>;
}
interface Role {
  name: string;
  type: string;
  permissions: { action: string }[];
}

const audienceOf = (role: Partial<Role>): Phrase => {
  if (role.type === 'public') return { key: 'audience.public' };
  if (role.type === 'authenticated') return { key: 'audience.signedUp' };
  return { key: 'audience.role', values: { name: role.name ?? say('newRole') } };
};

/** @throws Fault STRAPI_NOT_AS_EXPECTED */
export const guardRoles = (strapi: Strapi): void => {
  const uids = [...protectedTypes(strapi).keys()];
  if (!strapi.plugin('users-permissions') || uids.length === 0) return;

  const refuseNew = async (permissions: unknown, role: Partial<Role>): Promise<void> => {
    const held = new Set((role.permissions ?? []).map(({ action }) => action));
    const openings = enabledActions(permissions).flatMap((action): Opening[] => {
      const uid = held.has(action) ? null : opensType(action, uids);
      return uid ? [{ uid, action, effect: effectOf(action), audience: audienceOf(role) }] : [];
    });
    await refuseExposure(strapi, { openings, actor: currentActor(strapi) });
  };

  guardService<RoleService>(strapi, GUARD, ROLE_SERVICE, ['createRole', 'updateRole'], (service) => ({
    async createRole(params, ...rest) {
      await refuseNew(params.permissions, params.name === undefined ? {} : { name: params.name });
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
