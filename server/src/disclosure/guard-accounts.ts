/**
 * Whoever may reset a colleague's password or e-mail could read as that colleague. So when anybody but the person changes
 * one of the two, every grant of that person ends, on record; naming them again is an act that has a name on it.
 */
import { record } from '../audit';
import { currentActor, guardService } from '../protection';
import { transaction, type Strapi } from '../strapi';
import { endGrantsOf } from './grants';
import { findPerson } from './people';

const USER_SERVICE = 'admin::user';

interface UserService {
  updateById(id: unknown, attributes: { password?: unknown; email?: unknown }, ...rest: unknown[]): Promise<unknown>;
}

export const guardAccounts = (strapi: Strapi): void => {
  guardService<UserService>(strapi, 'guard-accounts', USER_SERVICE, ['updateById'], (service) => ({
    async updateById(id, attributes, ...rest) {
      const before = await findPerson(strapi, Number(id));
      const changesEmail = typeof attributes.email === 'string' && attributes.email.toLowerCase() !== before?.email;
      const actor = currentActor(strapi);
      const isOther = actor.kind === 'admin' && actor.id !== String(id);
      if (!before || !isOther || !(attributes.password || changesEmail)) return service.updateById(id, attributes, ...rest);
      return transaction(strapi, async () => {
        const ended = await endGrantsOf(strapi, before.id, actor);
        if (ended > 0)
          await record(strapi, { event: 'reader.suspended', actor, details: { person: `${before.name} (${before.email})` } });
        return service.updateById(id, attributes, ...rest);
      });
    },
  }));
};
