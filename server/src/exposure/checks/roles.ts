/** Ticks in roles and tokens that reach for a wrapped type. Form Guard keeps them shut; they open something if it ever goes. */
import type { ExposureFinding } from '../../contract';
import { opensType } from '../../protection';
import { say } from '../../sentences';
import type { Strapi } from '../../strapi';
import { labelOf, rows, uids } from './rows';

export const tickedRoles = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  if (!strapi.plugin('users-permissions')) return [];
  type Row = { action: string; role: { id: number; name: string } | null };
  const permissions = await rows<Row>(strapi, 'plugin::users-permissions.permission', { populate: ['role'] });
  return permissions.flatMap(({ action, role }): ExposureFinding[] => {
    const uid = opensType(action, uids(strapi));
    if (!uid || !role) return [];
    return [
      {
        code: 'PERMISSION_ROW',
        severity: 'notice',
        formOrType: uid,
        message: say('finding.PERMISSION_ROW', { name: role.name, label: labelOf(strapi, uid), action }),
        step: say('finding.PERMISSION_ROW.step'),
        href: `/settings/users-permissions/roles/${role.id}`,
      },
    ];
  });
};

export const tickedTokens = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  type Row = { action: string; token: { id: number; name: string } | null };
  const permissions = await rows<Row>(strapi, 'admin::api-token-permission', { populate: ['token'] });
  return permissions.flatMap(({ action, token }): ExposureFinding[] => {
    const uid = opensType(action, uids(strapi));
    if (!uid || !token) return [];
    return [
      {
        code: 'TOKEN_PERMISSION_ROW',
        severity: 'notice',
        formOrType: uid,
        message: say('finding.TOKEN_PERMISSION_ROW', { name: token.name, label: labelOf(strapi, uid), action }),
        step: say('finding.TOKEN_PERMISSION_ROW.step'),
        href: `/settings/api-tokens/${token.id}`,
      },
    ];
  });
};

/** Editors of Strapi's first boot have every right on every type; of a submission they see its husk. */
export const adminRoles = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  if (uids(strapi).length === 0) return [];
  type Row = {
    subject: string;
    role: { id: number; name: string; code: string; users?: unknown[] } | null;
    apiToken: { name: string } | null;
  };
  const permissions = await rows<Row>(strapi, 'admin::permission', {
    where: { action: 'plugin::content-manager.explorer.read', subject: { $in: uids(strapi) } },
    populate: { role: { populate: ['users'] }, apiToken: true },
  });
  return permissions.flatMap(({ subject, role, apiToken }): ExposureFinding[] => {
    if (role?.code === 'strapi-super-admin' || (!role && !apiToken)) return [];
    const label = labelOf(strapi, subject);
    const message = role
      ? say('finding.ADMIN_PERMISSION_ROW.role', { name: role.name, people: role.users?.length ?? 0, label })
      : say('finding.ADMIN_PERMISSION_ROW.token', { name: apiToken?.name ?? '', label });
    return [
      {
        code: 'ADMIN_PERMISSION_ROW',
        severity: 'notice',
        formOrType: subject,
        message,
        step: say('finding.ADMIN_PERMISSION_ROW.step'),
        href: role ? `/settings/roles/${role.id}` : '/settings/admin-tokens',
      },
    ];
  });
};
