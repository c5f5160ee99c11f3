/**
 * What of a wrapped type lies readable in Strapi's own table, which of it looks as if it said something about a person, and who of the
 * admin sees it there.
 */
import { uniq } from 'lodash';
import { configOf, type Strapi } from '../strapi';
import type { ProtectedType } from './protected-types';
import type { Schemas } from './schema-after';
import { personalAttributes } from './unlisted/personal-attributes';

/** Of what strangers send, a name or a message is about them as much as an address is. */
export const personalAmong = (strapi: Strapi, { uid, original }: ProtectedType, plain: readonly string[]): string[] => {
  const schemas = { types: { [uid]: original }, components: strapi.components } as unknown as Schemas;
  const { strong, weak } = personalAttributes(uid, schemas);
  const signs = new Set([...strong, ...weak].map((path) => path.split('.')[0]));
  return plain.filter((name) => signs.has(name));
};

/** Those of them that the config does not say are plain on purpose. */
export const unmeantAmong = (strapi: Strapi, type: ProtectedType, plain: readonly string[]): string[] => {
  const { plainOnPurpose = [] } = configOf(strapi).protect[type.uid] ?? {};
  return personalAmong(strapi, type, plain).filter((name) => !plainOnPurpose.includes(name));
};

const SUPER_ADMIN = 'strapi-super-admin';
type Account = { id: number; isActive: boolean | null; blocked: boolean | null };
interface Role {
  code: string;
  users?: Account[];
}

/** How many people of the admin see the list of a type in the content manager. */
export const peopleWhoList = async (strapi: Strapi, uid: string): Promise<number> => {
  const permissions = (await strapi.db.query('admin::permission').findMany({
    where: { action: 'plugin::content-manager.explorer.read', subject: uid },
    populate: { role: { populate: ['users'] } },
  })) as { role: Role | null }[];
  const supers = (await strapi.db.query('admin::role').findMany({ where: { code: SUPER_ADMIN }, populate: ['users'] })) as Role[];
  const roles = [...supers, ...permissions.flatMap(({ role }) => role ?? [])];
  const people = roles.flatMap(({ users = [] }) => users).filter(({ isActive, blocked }) => isActive && !blocked);
  return uniq(people.map(({ id }) => id)).length;
};
