/**
 * Door: the right to name readers, given to a role of the admin that several people have, or a role that has it, given to one person more.
 * Whoever has it can let anybody read, so the save is refused with the number of people; a super admin may let exactly that many have it,
 * on record, and then save again.
 */
import { difference, uniqBy } from 'lodash';
import * as yup from 'yup';
import { believed, record } from '../audit';
import { validateBody } from '../body';
import { refuse, refuseUnknown } from '../errors';
import { actionId, asks } from '../permissions';
import { say, type Phrase } from '../sentences';
import type { Context, Strapi } from '../strapi';
import { actorOf, currentActor, isSuperAdmin } from './actor';
import { guardService } from './hold';
import type { AdminRight } from './private-actions';
import { refuseExposure } from './refuse-exposure';

const GUARD = 'guard-naming-right';
const SUPER_ADMIN = 'strapi-super-admin';
/** What the entries about roles stand under. */
const ROLES = 'form-guard:roles';
/** One person may be meant by a role of their own. */
const FEW = 1;
const ALLOWED_MS = 10 * 60_000;

interface Role {
  id: number;
  name: string;
  code: string;
  permissions: AdminRight[];
}
interface RoleService {
  assignPermissions(roleId: unknown, permissions?: AdminRight[], ...rest: unknown[]): Promise<unknown>;
  addPermissions(roleId: unknown, permissions: AdminRight[], ...rest: unknown[]): Promise<unknown>;
  getUsersCount(roleId: unknown): Promise<number>;
}
interface UserService {
  create(attributes: { roles?: unknown }, ...rest: unknown[]): Promise<unknown>;
  updateById(id: unknown, attributes: { roles?: unknown }, ...rest: unknown[]): Promise<unknown>;
}

const NAMING = actionId('readers.manage');
const hasNaming = (rights: readonly AdminRight[]): boolean => rights.some(({ action }) => action === NAMING);

const roleOf = (strapi: Strapi, id: unknown): Promise<Role | null> =>
  strapi.db.query('admin::role').findOne({ where: { id }, populate: ['permissions'] }) as Promise<Role | null>;

/** By the same super admin, just now, for as many people. */
const wasAllowed = async (strapi: Strapi, role: Role, people: number): Promise<boolean> => {
  const since = new Date(Date.now() - ALLOWED_MS).toISOString();
  const where = { event: 'role.allowedToName', formOrType: ROLES, recordId: String(role.id), at: { $gt: since } };
  const actor = currentActor(strapi);
  return (await believed(strapi, where)).some(
    ({ actorId, details }) => actorId === actor.id && (JSON.parse(details) as { people: number }).people === people,
  );
};

/** Goes on record; refused, where the role would then be that of several people. */
const letName = async (strapi: Strapi, role: Role, people: number): Promise<void> => {
  const actor = currentActor(strapi);
  if (people > FEW && !(await wasAllowed(strapi, role, people))) {
    const audience: Phrase = { key: 'audience.adminRole', values: { name: role.name, people } };
    const mayAllow = isSuperAdmin(strapi.requestContext.get() as Context | undefined);
    await refuseExposure(strapi, {
      openings: [{ uid: ROLES, action: NAMING, effect: 'named', audience }],
      actor,
      ...(mayAllow ? { allow: { role: role.id, people } } : {}),
    });
  }
  const about = { formOrType: ROLES, recordId: String(role.id) };
  await record(strapi, { event: 'role.mayName', actor, ...about, details: { role: role.name, people } });
};

const idsOf = (roles: unknown): number[] => (Array.isArray(roles) ? roles : []).map((one) => Number(one?.id ?? one));
const rolesOf = async (strapi: Strapi, userId: unknown): Promise<number[]> => {
  const user = await strapi.db.query('admin::user').findOne({ where: { id: userId as number }, populate: ['roles'] });
  return idsOf((user as { roles?: unknown } | null)?.roles);
};

/** @throws Fault STRAPI_NOT_AS_EXPECTED */
export const guardNamingRight = (strapi: Strapi): void => {
  const names = ['assignPermissions', 'addPermissions', 'getUsersCount'] as const;
  guardService<RoleService>(strapi, GUARD, 'admin::role', names, (service) => {
    const refuseMany = async (roleId: unknown, wanted: readonly AdminRight[]): Promise<void> => {
      // At a boot Strapi makes its roles and resets the super admin's rights.
      if (!strapi.isLoaded || !hasNaming(wanted)) return;
      const role = await roleOf(strapi, roleId);
      if (!role || role.code === SUPER_ADMIN || hasNaming(role.permissions)) return;
      await letName(strapi, role, await service.getUsersCount(role.id));
    };
    return {
      async assignPermissions(roleId, permissions = [], ...rest) {
        await refuseMany(roleId, permissions);
        return service.assignPermissions(roleId, permissions, ...rest);
      },
      async addPermissions(roleId, permissions, ...rest) {
        await refuseMany(roleId, permissions);
        return service.addPermissions(roleId, permissions, ...rest);
      },
    };
  });
  guardService<UserService>(strapi, GUARD, 'admin::user', ['create', 'updateById'], (service) => {
    const refuseOneMore = async (gained: readonly number[]): Promise<void> => {
      if (!strapi.isLoaded) return;
      for (const id of gained) {
        const role = await roleOf(strapi, id);
        if (!role || role.code === SUPER_ADMIN || !hasNaming(role.permissions)) continue;
        const count = await (strapi.service('admin::role') as unknown as RoleService).getUsersCount(role.id);
        await letName(strapi, role, count + 1);
      }
    };
    return {
      async create(attributes, ...rest) {
        await refuseOneMore(idsOf(attributes?.roles));
        return service.create(attributes, ...rest);
      },
      async updateById(id, attributes, ...rest) {
        if (attributes?.roles !== undefined) await refuseOneMore(difference(idsOf(attributes.roles), await rolesOf(strapi, id)));
        return service.updateById(id, attributes, ...rest);
      },
    };
  });
};

/** Roles that may name readers and have more people than anybody let have it: changed past this door, or given before there was one. */
export const rolesWithMoreThanAllowed = async (strapi: Strapi): Promise<{ id: number; name: string; people: number }[]> => {
  type Row = { role: { id: number; name: string; code: string; users?: unknown[] } | null };
  const rows = (await strapi.db
    .query('admin::permission')
    .findMany({ where: { action: NAMING }, populate: { role: { populate: ['users'] } } })) as Row[];
  const found: { id: number; name: string; people: number }[] = [];
  for (const { role } of uniqBy(rows, ({ role: one }) => one?.id)) {
    const people = role?.users?.length ?? 0;
    if (!role || role.code === SUPER_ADMIN || people <= FEW) continue;
    const entries = await believed(strapi, { event: 'role.mayName', formOrType: ROLES, recordId: String(role.id) });
    const allowed = Math.max(0, ...entries.map(({ details }) => (JSON.parse(details) as { people: number }).people));
    if (people > allowed) found.push({ id: role.id, name: role.name, people });
  }
  return found;
};

const allowBody = yup
  .object({ people: yup.number().strict().integer().required() })
  .noUnknown(true, 'There is an option that does not exist.');

/** `POST /form-guard/roles/:id/may-name`, from the dialog. */
export const allowNamingRoute = (strapi: () => Strapi) => ({
  method: 'POST',
  path: '/roles/:id/may-name',
  handler: async (ctx: Context) => {
    const { people } = validateBody<{ people: number }>(allowBody, ctx.request.body);
    const role = await roleOf(strapi(), ctx.params.id);
    if (!role) throw refuseUnknown(say('role.unknown'));
    if (!isSuperAdmin(ctx)) throw refuse('NOT_SUPER_ADMIN', say('role.notSuperAdmin'));
    const service = strapi().service('admin::role') as unknown as RoleService;
    const now = await service.getUsersCount(role.id);
    // Those who have a role that gets the right, or one more who gets a role that has it.
    if (people !== (hasNaming(role.permissions) ? now + 1 : now)) throw refuse('ROLE_CHANGED', say('role.changed'));
    const about = { actor: actorOf(ctx), formOrType: ROLES, recordId: String(role.id) };
    await record(strapi(), { event: 'role.allowedToName', ...about, details: { role: role.name, people } });
    return (ctx.body = { data: { people } });
  },
  config: asks('readers.manage'),
});
