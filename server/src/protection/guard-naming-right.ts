/**
 * Door: the right to name readers, given to a role of the admin that several people have. Whoever has it can let anybody read, so the save
 * is refused with the number of people; a super admin may let exactly that many have it, on record, and then save again.
 */
import * as yup from 'yup';
import { believed, record } from '../audit';
import { validateBody } from '../body';
import { refuse, refuseUnknown } from '../errors';
import { actionId, asks } from '../permissions';
import { say, type Phrase } from '../sentences';
import type { Context, Strapi } from '../strapi';
import { actorOf, currentActor } from './actor';
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

const NAMING = actionId('readers.manage');
const hasNaming = (rights: readonly AdminRight[]): boolean => rights.some(({ action }) => action === NAMING);

const roleOf = (strapi: Strapi, id: unknown): Promise<Role | null> =>
  strapi.db.query('admin::role').findOne({ where: { id }, populate: ['permissions'] }) as Promise<Role | null>;

const isSuperAdmin = (ctx: Context | undefined): boolean =>
  ((ctx?.state.user as { roles?: Role[] } | undefined)?.roles ?? []).some(({ code }) => code === SUPER_ADMIN);

/** By the same super admin, just now, for as many people. */
const wasAllowed = async (strapi: Strapi, role: Role, people: number): Promise<boolean> => {
  const since = new Date(Date.now() - ALLOWED_MS).toISOString();
  const where = { event: 'role.allowedToName', formOrType: ROLES, recordId: String(role.id), at: { $gt: since } };
  const actor = currentActor(strapi);
  return (await believed(strapi, where)).some(
    ({ actorId, details }) => actorId === actor.id && (JSON.parse(details) as { people: number }).people === people,
  );
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
      const [people, actor] = [await service.getUsersCount(role.id), currentActor(strapi)];
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
    if ((await service.getUsersCount(role.id)) !== people) throw refuse('ROLE_CHANGED', say('role.changed'));
    const about = { actor: actorOf(ctx), formOrType: ROLES, recordId: String(role.id) };
    await record(strapi(), { event: 'role.allowedToName', ...about, details: { role: role.name, people } });
    return (ctx.body = { data: { people } });
  },
  config: asks('readers.manage'),
});
