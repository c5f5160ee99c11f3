/**
 * At the first start, and when the plugin comes back after it was away (Strapi deletes the permissions of a plugin that is
 * not there): Strapi's own Editor and Author may open the plugin's pages, so that somebody who is named as a reader can
 * read without a second errand. The pages show a value to named readers only. On record; undone by hand.
 */
import { record, SYSTEM } from './audit';
import { actionId } from './permissions';
import { transaction, type Strapi } from './strapi';

const CODES = ['strapi-editor', 'strapi-author'];
interface Role {
  id: number;
  name: string;
  code: string;
}

const allow = (strapi: Strapi, roles: Role[]): Promise<void> =>
  transaction(strapi, async () => {
    for (const role of roles) {
      const permission = {
        action: actionId('pages.read'),
        subject: null,
        properties: {},
        conditions: [],
        actionParameters: {},
        role: role.id,
      };
      await strapi.db.query('admin::permission').create({ data: permission });
    }
    await record(strapi, { event: 'roles.allowedPages', actor: SYSTEM, details: { roles: roles.map(({ name }) => name) } });
  });

export const allowPagesOnce = async (strapi: Strapi): Promise<void> => {
  // A super admin has every action of a plugin that was there at the last boot.
  if ((await strapi.db.query('admin::permission').count({ where: { action: actionId('pages.read') } })) > 0) return;
  const roles = (await strapi.db.query('admin::role').findMany({ where: { code: { $in: CODES } } })) as Role[];
  if (roles.length > 0) return allow(strapi, roles);
  // At the very first boot Strapi makes these roles after plugins have started.
  strapi.db.lifecycles.subscribe({
    models: ['admin::role'],
    async afterCreate(event) {
      const role = (event as unknown as { result: Role }).result;
      if (!strapi.isLoaded && CODES.includes(role.code)) await allow(strapi, [role]);
    },
  });
};
