/**
 * Whoever may reset a colleague's password or e-mail could read as that colleague. So what changes an account is looked at where it
 * happens: the person's own change with the current password keeps what they are named for, every other one suspends it. What
 * passes this guard (SQL, the command line of Strapi, code) the door finds by itself.
 */
import { currentActor, guardService, holdFunctions } from '../protection';
import { transaction, type Context, type Strapi } from '../strapi';
import { knownAccount } from './accounts';
import { knowOwnChange } from './keep-accounts';
import { lastingGrants, noticeChange, noticeChanges, noticeSignIn, personIn } from './suspended';

const GUARD = 'guard-accounts';

interface UserService {
  updateById(id: unknown, attributes: Record<string, unknown>, ...rest: unknown[]): Promise<unknown>;
}
interface AuthService {
  validatePassword(password: string, hash: string): Promise<boolean>;
}

const LOOKED_AT = ['password', 'email', 'isActive', 'blocked'];

/** @returns the hash that the current password in this request fits, of the person who sent it */
const provenHash = async (strapi: Strapi, adminUserId: number): Promise<string | null> => {
  const actor = currentActor(strapi);
  if (actor.kind !== 'admin' || actor.id !== String(adminUserId)) return null;
  const body = (strapi.requestContext.get() as Context | undefined)?.request.body as { currentPassword?: unknown } | undefined;
  const hash = (await knownAccount(strapi, adminUserId)).account?.passwordHash;
  if (typeof body?.currentPassword !== 'string' || !hash) return null;
  const auth = strapi.service('admin::auth') as unknown as AuthService;
  return (await auth.validatePassword(body.currentPassword, hash)) ? hash : null;
};

const watchChanges = (strapi: Strapi): void => {
  guardService<UserService>(strapi, GUARD, 'admin::user', ['updateById'], (service) => ({
    async updateById(id, attributes, ...rest) {
      const adminUserId = Number(id);
      if (!LOOKED_AT.some((name) => Object.hasOwn(attributes, name))) return service.updateById(id, attributes, ...rest);
      const proven = await provenHash(strapi, adminUserId);
      return transaction(strapi, async () => {
        const before = await knownAccount(strapi, adminUserId);
        const updated = await service.updateById(id, attributes, ...rest);
        const after = await knownAccount(strapi, adminUserId);
        if (before.row?.state !== 'known' || (before.standing === 'good' && after.standing === 'good')) return updated;
        const actor = currentActor(strapi);
        const isOwn = proven !== null && proven === before.account?.passwordHash;
        if (before.standing === 'good' && after.standing === 'changed' && isOwn) {
          await knowOwnChange(strapi, after, { actor, person: await personIn(strapi, before) });
        } else if ((await lastingGrants(strapi, { adminUserId })).length > 0) {
          // One that was switched off past us, and is now on as it was, has been off all the same.
          await noticeChange(strapi, after.standing === 'good' ? { ...after, standing: before.standing } : after, actor);
        }
        return updated;
      });
    },
  }));
  const registry = strapi.get('services') as unknown as { get(uid: string): AuthService | undefined };
  holdFunctions(strapi, GUARD, 'the service admin::auth', registry.get('admin::auth'), ['validatePassword']);
};

/** In `register`. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const guardAccounts = (strapi: Strapi): void => watchChanges(strapi);

const HOURLY = '41 37 * * * *';

/** In `bootstrap`: each session of the admin, however somebody signed in; and now and then whoever is named. */
export const watchAccounts = (strapi: Strapi): void => {
  // Throws where there is no such thing any more: a watch over nothing would be none.
  strapi.db.metadata.get('admin::session');
  strapi.db.lifecycles.subscribe({
    models: ['admin::session'],
    async afterCreate(event) {
      const { userId, origin } = (event as unknown as { result: { userId: string; origin: string } }).result;
      if (origin === 'admin') await noticeSignIn(strapi, Number(userId));
    },
  });
  strapi.cron.add({ formGuardAccounts: { task: () => noticeChanges(strapi), options: { rule: HOURLY } } });
};
