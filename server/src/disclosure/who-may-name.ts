/** Who may name readers now: asked of Strapi's own rights, as a request of that person would be. */
import { actionId, type AdminAction } from '../permissions';
import type { Strapi } from '../strapi';
import { listPeople, type PersonRow } from './people';

interface Ability {
  can(action: string): boolean;
}

/** People of the same roles have the same rights on the pages of this plugin. */
export const createMay = (strapi: Strapi) => {
  const engine = (
    strapi.service('admin::permission') as unknown as { engine: { generateUserAbility(user: object): Promise<Ability> } }
  ).engine;
  const known = new Map<string, Promise<Ability>>();
  return async (user: PersonRow, action: AdminAction): Promise<boolean> => {
    const roles = (user.roles ?? []).map(({ id }) => id).sort();
    const key = roles.join();
    const ability = known.get(key) ?? engine.generateUserAbility(user);
    known.set(key, ability);
    return (await ability).can(actionId(action));
  };
};

/** Whose account is on; by e-mail. */
export const peopleWhoMayName = async (strapi: Strapi): Promise<PersonRow[]> => {
  const may = createMay(strapi);
  const naming: PersonRow[] = [];
  for (const user of await listPeople(strapi)) {
    if (user.isActive && !user.blocked && (await may(user, 'readers.manage'))) naming.push(user);
  }
  return naming;
};
