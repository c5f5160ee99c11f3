/**
 * Closes wrapped types where Strapi 5.54 turns permission rows into abilities: rows that SQL, an import or an older
 * version left behind give a visitor nothing, and in the content manager (its screens, admin tokens, MCP tools) a role,
 * super admin too, sees of a submission only what the site listed as plain.
 */
import type { Context, Next, Strapi } from '../strapi';
import { guardRequests, holdFunctions, notAsExpected } from './hold';
import { opensType } from './private-actions';
import { protectedType, protectedTypes } from './protected-types';

const GUARD = 'close-abilities';
const READ = 'plugin::content-manager.explorer.read';
/** An empty list would mean every field to some of Strapi's checks. */
const NOTHING = ['documentId'];

interface Permission {
  action: string;
  subject?: string | null;
  properties?: { fields?: string[] };
}
interface Hook<Handler> {
  register(handler: Handler): unknown;
}
interface Ability {
  can(action: string, subject?: string, field?: string): boolean;
}
interface ContentApiEngine {
  generateAbility(permissions: Permission[], ...rest: unknown[]): Promise<Ability>;
}
interface AdminEngine {
  hooks: { 'format.permission'?: Hook<(permission: Permission) => Permission> };
  generateAbility?: unknown;
}

const plainFieldsOnly =
  (strapi: Strapi, actions: readonly string[] = [READ]) =>
  (permission: Permission): Permission => {
    const type =
      actions.includes(permission.action) && permission.subject ? protectedType(strapi, permission.subject) : undefined;
    if (!type) return permission;
    const { fields } = permission.properties ?? {};
    const kept = fields ? type.plain.filter((name) => fields.includes(name)) : type.plain;
    return { ...permission, properties: { ...permission.properties, fields: kept.length > 0 ? kept : NOTHING } };
  };

const contentApiEngine = (strapi: Strapi): ContentApiEngine =>
  holdFunctions(
    strapi,
    GUARD,
    'the permission engine of the content API',
    (strapi.contentAPI.permissions as unknown as { engine?: ContentApiEngine }).engine,
    ['generateAbility'],
  );

/**
 * In `bootstrap`: the engines are there by now. The engine of the content API has hooks for this too, but each would be
 * waited for with every row of every request.
 * @throws Fault STRAPI_NOT_AS_EXPECTED
 */
export const closeAbilities = (strapi: Strapi): void => {
  const uids = [...protectedTypes(strapi).keys()];
  if (uids.length === 0) return;
  const engine = contentApiEngine(strapi);
  const generateAbility = engine.generateAbility.bind(engine);
  engine.generateAbility = (permissions, ...rest) =>
    generateAbility(
      permissions.filter(({ action }) => opensType(action, uids) === null),
      ...rest,
    );

  const admin = (strapi.service('admin::permission') as { engine?: AdminEngine } | undefined)?.engine;
  const hook = admin?.hooks['format.permission'];
  if (!hook) throw notAsExpected(strapi, GUARD, 'the permission engine of the admin has no hook "format.permission"');
  holdFunctions(strapi, GUARD, 'the hook "format.permission"', hook, ['register']);
  hook.register(plainFieldsOnly(strapi));
};

/** In `bootstrap`: makes an ability of rows that should give nothing. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const tryAbilities = async (strapi: Strapi): Promise<void> => {
  const [first] = protectedTypes(strapi).values();
  if (!first) return;
  const { uid, sealedFields } = first;
  const visitor = await contentApiEngine(strapi).generateAbility([{ action: `${uid}.find` }]);
  if (visitor.can(`${uid}.find`)) throw notAsExpected(strapi, GUARD, `a row for ${uid}.find still gives a visitor the right`);
  const [sealed] = sealedFields;
  if (!sealed) return;
  const admin = (
    strapi.service('admin::permission') as { engine: { hooks: Record<string, { call(p: Permission): Promise<Permission> }> } }
  ).engine.hooks['format.permission'];
  const formatted = await admin?.call({ action: READ, subject: uid, properties: { fields: [sealed] } });
  if (!formatted?.properties?.fields || formatted.properties.fields.includes(sealed)) {
    throw notAsExpected(strapi, GUARD, `a role of the admin may still read the sealed "${sealed}" of ${uid}`);
  }
};

const OWN_PERMISSIONS = '/admin/users/me/permissions';
const SHOWN_LOCKED = [READ, 'plugin::content-manager.explorer.update'];

/**
 * In `register`: what the admin's screens ask for themselves. With the same fields the content manager shows sealed ones
 * as not permitted, where it would draw empty boxes, and "false" for a sealed yes.
 */
export const showLocked = (strapi: Strapi): void => {
  if (protectedTypes(strapi).size === 0) return;
  const lock = async (ctx: Context, next: Next): Promise<void> => {
    await next();
    if (ctx.status !== 200) return;
    const body = ctx.body as { data: Permission[] };
    ctx.body = { ...body, data: body.data.map(plainFieldsOnly(strapi, SHOWN_LOCKED)) };
  };
  guardRequests(strapi, GUARD, (ctx, next) => (ctx.path === OWN_PERMISSIONS ? lock(ctx, next) : next()));
};
