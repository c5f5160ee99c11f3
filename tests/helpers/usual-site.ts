/**
 * A site as many are: articles, comments under them, a newsletter to sign up for, and forms whose types nobody listed in the config of the
 * plugin. Its files may be changed.
 */
import fs from 'node:fs';
import path from 'node:path';
import { makeOwnApp, type OwnApp } from './own-app';
import { as, type AdminPerson, type Running } from './strapi';

export const JOB = 'api::job-application.job-application';
export const COMMENT = 'api::comment.comment';
export const NEWSLETTER = 'api::newsletter.newsletter';
export const GUESTBOOK = 'api::guestbook.guestbook';
export const OPEN_DAY = 'api::open-day.open-day';
export const ARTICLE = 'api::article.article';
const PERSON = 'people.person';

type Attributes = Record<string, object>;

const write = (file: string, text: string): void => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
};

/** @param app the folder that has `src/api`, as Strapi loads it */
export const addType = (app: string, uid: string, displayName: string, attributes: Attributes, drafts = false): void => {
  const name = uid.slice(uid.indexOf('.') + 1);
  const folder = path.join(app, 'src/api', name);
  const schema = {
    kind: 'collectionType',
    collectionName: `${name.replace(/-/g, '_')}s`,
    info: { singularName: name, pluralName: `${name}s`, displayName },
    options: { draftAndPublish: drafts },
    attributes,
  };
  write(path.join(folder, 'content-types', name, 'schema.json'), JSON.stringify(schema));
  for (const [part, factory] of [
    ['controllers', 'createCoreController'],
    ['routes', 'createCoreRouter'],
    ['services', 'createCoreService'],
  ] as const) {
    write(path.join(folder, part, `${name}.js`), `module.exports = require('@strapi/strapi').factories.${factory}('${uid}');`);
  }
};

/** A route that takes something from everybody, as a developer writes it: no box in any role stands for it. */
const addOpenRoute = (app: string): void => {
  const folder = path.join(app, 'src/api/open-day');
  const route = { method: 'POST', path: '/open-days/sign-up', handler: 'sign-up.take', config: { auth: false } };
  write(path.join(folder, 'routes/sign-up.js'), `module.exports = { routes: [${JSON.stringify(route)}] };`);
  write(
    path.join(folder, 'controllers/sign-up.js'),
    `module.exports = { async take(ctx) {
       ctx.body = await strapi.documents('${OPEN_DAY}').create({ data: ctx.request.body });
     } };`,
  );
};

export const makeUsualSite = (): OwnApp => {
  const own = makeOwnApp();
  const { app } = own;
  const person = { email: { type: 'email' }, phone: { type: 'string' } };
  addType(app, JOB, 'Job application', { position: { type: 'string' }, ...person, cover: { type: 'text' } }, true);
  addType(app, COMMENT, 'Comment', { name: { type: 'string' }, message: { type: 'text' } });
  addType(app, NEWSLETTER, 'Newsletter', { email: { type: 'email', unique: true } });
  const inside = { type: 'component', component: PERSON, repeatable: true };
  addType(app, GUESTBOOK, 'Guestbook', { title: { type: 'string' }, guests: inside });
  addType(app, OPEN_DAY, 'Open day', { name: { type: 'string' }, homeAddress: { type: 'string' } });
  const component = {
    collectionName: 'components_people_persons',
    info: { displayName: 'Person' },
    attributes: { email: { type: 'string' } },
  };
  write(path.join(app, 'src/components/people/person.json'), JSON.stringify(component));
  addOpenRoute(app);
  return own;
};

interface Role {
  id: number;
  name: string;
  description: string;
  permissions: { action: string }[];
}
export const roleOf = async ({ strapi }: Running, type: string): Promise<Role> =>
  (await strapi.db.query('plugin::users-permissions.role').findOne({ where: { type }, populate: ['permissions'] })) as Role;

/** What a role holds, with more and without some of it, as the screen sends it. */
export const ticks = async (running: Running, type: string, { more = [], less = [] }: { more?: string[]; less?: string[] }) => {
  const { name, description, permissions } = await roleOf(running, type);
  const actions = new Set([...permissions.map(({ action }) => action), ...more]);
  for (const action of less) actions.delete(action);
  const tree: Record<string, { controllers: Record<string, Record<string, { enabled: boolean }>> }> = {};
  for (const action of actions) {
    const [owner = '', controller = '', one = ''] = action.split('.');
    const controllers = (tree[owner] ??= { controllers: {} }).controllers;
    (controllers[controller] ??= {})[one] = { enabled: true };
  }
  return { name, description, permissions: tree };
};

/** Saves a role on its screen. */
export const saveRole = async (
  running: Running,
  person: Pick<AdminPerson, 'jwt'>,
  type: string,
  change: { more?: string[]; less?: string[] },
) => {
  const { id } = await roleOf(running, type);
  return as(running, person).put(`/users-permissions/roles/${id}`, await ticks(running, type, change));
};
