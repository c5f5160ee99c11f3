/**
 * Types that were wrapped once, which the keys in the vault tell, and are not any more: what is posted to them lies in Strapi's own
 * table, unsealed, and whoever Strapi lets reads it. Nobody is to forget that.
 */
import type { ExposureFinding } from '../../contract';
import { protectedTypes } from '../../protection';
import { say } from '../../sentences';
import type { Strapi } from '../../strapi';
import { vaultOf } from '../../vault';
import { rows } from './rows';

interface LeftType {
  uid: string;
  label: string;
  entries: number;
  /** Whether a visitor, or somebody who signed up, may post to it. */
  takesPosts: boolean;
}

const findLeft = async (strapi: Strapi): Promise<LeftType[]> => {
  const known = strapi.contentTypes as unknown as Record<string, { info: { displayName: string } } | undefined>;
  const left: LeftType[] = [];
  for (const uid of await vaultOf(strapi).keys.formsAndTypes()) {
    const type = known[uid];
    if (!type || protectedTypes(strapi).has(uid)) continue;
    const where = { action: `${uid}.create` };
    const posts = strapi.plugin('users-permissions')
      ? await rows<object>(strapi, 'plugin::users-permissions.permission', { where })
      : [];
    const entries = await strapi.db.query(uid as never).count();
    left.push({ uid, label: type.info.displayName, entries, takesPosts: posts.length > 0 });
  }
  return left;
};

export const leftTypes = async (strapi: Strapi): Promise<ExposureFinding[]> =>
  (await findLeft(strapi)).map(({ uid, label, entries, takesPosts }) => ({
    code: 'TYPE_LEFT',
    severity: takesPosts ? 'high' : 'notice',
    formOrType: uid,
    message: say('finding.TYPE_LEFT', { label, uid, count: entries, takesPosts }),
    step: say('finding.TYPE_LEFT.step', { uid }),
    href: null,
  }));

/** In `bootstrap`, at each of them. */
export const tellLeftTypes = async (strapi: Strapi): Promise<void> => {
  for (const { message, step } of await leftTypes(strapi)) strapi.log.warn(`Form Guard: ${message} ${step}`);
};
