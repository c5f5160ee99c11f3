/**
 * Door: roles of the admin. A save that would give a role a right on a wrapped type in the content manager, which it does
 * not have yet, is refused before anything is written. What the super admin has, and what Strapi gives at a boot, passes.
 */
import type { Phrase } from '../sentences';
import type { Strapi } from '../strapi';
import { currentActor } from './actor';
import { guardService } from './hold';
import { newExplorerRights, type AdminRight } from './private-actions';
import { protectedTypes } from './protected-types';
import { refuseExposure } from './refuse-exposure';

const SUPER_ADMIN = 'strapi-super-admin';

interface RoleService {
  assignPermissions(roleId: unknown, permissions?: AdminRight[], ...rest: unknown[]): Promise<unknown>;
  addPermissions(roleId: unknown, permissions: AdminRight[], ...rest: unknown[]): Promise<unknown>;
  getUsersCount(roleId: unknown): Promise<number>;
}
interface Role {
  id: number;
  name: string;
  code: string;
  permissions: AdminRight[];
}

/** @throws Fault STRAPI_NOT_AS_EXPECTED */
export const guardRolePermissions = (strapi: Strapi): void => {
  const uids = [...protectedTypes(strapi).keys()];
  if (uids.length === 0) return;

  guardService<RoleService>(
    strapi,
    'guard-role-permissions',
    'admin::role',
    ['assignPermissions', 'addPermissions', 'getUsersCount'],
    (service) => {
      const refuseNew = async (roleId: unknown, wanted: AdminRight[]): Promise<void> => {
        // At a boot Strapi makes its roles and resets the super admin's rights; a refusal would stop the server.
        if (!strapi.isLoaded) return;
        const role = (await strapi.db
          .query('admin::role')
          .findOne({ where: { id: roleId }, populate: ['permissions'] })) as Role | null;
        if (!role || role.code === SUPER_ADMIN) return;
        const rights = newExplorerRights(wanted, role.permissions, uids);
        if (rights.length === 0) return;
        const people = await service.getUsersCount(role.id);
        const audience: Phrase = { key: 'audience.adminRole', values: { name: role.name, people } };
        const openings = rights.map((right) => ({ ...right, audience }));
        await refuseExposure(strapi, { openings, actor: currentActor(strapi) });
      };
      return {
        async assignPermissions(roleId, permissions = [], ...rest) {
          await refuseNew(roleId, permissions);
          return service.assignPermissions(roleId, permissions, ...rest);
        },
        async addPermissions(roleId, permissions, ...rest) {
          await refuseNew(roleId, permissions);
          return service.addPermissions(roleId, permissions, ...rest);
        },
      };
    },
  );
};
