/** Admin users, as somebody sees them who names readers. */
import type { Colleague, Person } from '../contract';
import { actionId } from '../permissions';
import { nameOf, type AdminUser } from '../protection';
import { languageOf } from '../sentences';
import type { Context, Strapi } from '../strapi';

export type PersonRow = AdminUser & {
  isActive: boolean;
  blocked: boolean;
  roles?: { id: number }[];
  preferedLanguage?: string | null;
};
/** Who asks, behind a route that only people of the admin pass. */
export const readerId = (ctx: Context): number => (ctx.state.user as AdminUser).id;

const users = (strapi: Strapi) =>
  strapi.db.query('admin::user') as unknown as {
    findOne(params: object): Promise<PersonRow | null>;
    findMany(params: object): Promise<PersonRow[]>;
  };

const mayOpenPages = async (strapi: Strapi, roles: { id: number }[]): Promise<boolean> => {
  const where = { action: actionId('pages.read'), role: { id: { $in: roles.map(({ id }) => id) } } };
  return roles.length > 0 && (await strapi.db.query('admin::permission').count({ where })) > 0;
};

const toPerson = async (strapi: Strapi, user: PersonRow): Promise<Person> => ({
  id: user.id,
  name: nameOf(user),
  email: user.email,
  active: user.isActive && !user.blocked,
  mayOpenPages: await mayOpenPages(strapi, user.roles ?? []),
});

export const findUser = (strapi: Strapi, id: number): Promise<PersonRow | null> =>
  users(strapi).findOne({ where: { id }, populate: ['roles'] });

export const findPerson = async (strapi: Strapi, id: number): Promise<Person | null> => {
  const user = await findUser(strapi, id);
  return user && toPerson(strapi, user);
};

/** Somebody to write to, and in which language; null where the account is gone or off. */
export const findAddressee = async (strapi: Strapi, id: number): Promise<{ email: string; language: string } | null> => {
  const user = await findUser(strapi, id);
  return user?.isActive && !user.blocked ? { email: user.email, language: languageOf(user.preferedLanguage) } : null;
};

/** As they are called; somebody whose account is gone is not among them. */
export const colleaguesOf = async (strapi: Strapi, ids: Iterable<number>): Promise<Map<number, Colleague>> => {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const found = await users(strapi).findMany({
    select: ['id', 'firstname', 'lastname', 'email'],
    where: { id: { $in: wanted } },
    orderBy: { email: 'asc' },
  });
  return new Map(found.map((user) => [user.id, { id: user.id, name: nameOf(user) }]));
};

/** Everybody who has an account of the admin, switched off or not, without anything secret. */
export const listPeople = (strapi: Strapi): Promise<PersonRow[]> =>
  users(strapi).findMany({
    select: ['id', 'firstname', 'lastname', 'email', 'isActive', 'blocked'],
    populate: ['roles'],
    orderBy: { email: 'asc' },
  });

/** By parts of names and e-mail, each word somewhere: a full name finds its bearer. At most 25. */
export const searchPeople = async (strapi: Strapi, text: string): Promise<Person[]> => {
  const $and = text
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 5)
    .map((word) => ({ $or: ['email', 'firstname', 'lastname'].map((column) => ({ [column]: { $containsi: word } })) }));
  const found = await users(strapi).findMany({
    where: { isActive: true, ...($and.length > 0 ? { $and } : {}) },
    populate: ['roles'],
    orderBy: { email: 'asc' },
    limit: 25,
  });
  return Promise.all(found.map((user) => toPerson(strapi, user)));
};
