/**
 * Door: who may sign up. Where a role has ticks on a wrapped type (from an import, from SQL, from before the plugin), or would publish
 * what strangers send to a type that nobody listed, a change that would hand this role to more of those who sign up is refused before
 * anything is written.
 */
import { isEqual } from 'lodash';
import type { Phrase } from '../sentences';
import type { Strapi } from '../strapi';
import { currentActor } from './actor';
import { holdFunctions, notAsExpected } from './hold';
import { effectOf, opensType } from './private-actions';
import { protectedTypes } from './protected-types';
import { refuseExposure, type Opening } from './refuse-exposure';
import { publicationsBy, signUpOf, type SignUpSettings } from './unlisted';

const GUARD = 'guard-registration';
const TRY = 'form-guard-try';
const SETTINGS = 'plugin_users-permissions_advanced';

interface Where {
  type?: string;
  name?: string;
  key?: string;
  environment?: unknown;
  tag?: unknown;
}
interface Store {
  get(where: Where): Promise<unknown>;
  set(where: Where & { value?: unknown }, ...rest: unknown[]): Promise<unknown>;
}
type Settings = SignUpSettings;

/** As Strapi's store makes the key of a row. */
const isAboutSigningUp = ({ type = 'core', name, key, environment, tag }: Where): boolean =>
  !environment && !tag && `${type}${name ? `_${name}` : ''}_${key ?? ''}` === SETTINGS;

const settingsOf = (value: unknown): Settings => (value !== null && typeof value === 'object' ? value : {});

/** The settings that would hand the role of those who sign up to more people than now. */
const openedBy = (before: Settings, after: Settings): string[] => {
  if (!after.allow_register) return [];
  const opened = [
    ...(before.allow_register ? [] : ['allow_register']),
    ...(before.email_confirmation && !after.email_confirmation ? ['email_confirmation'] : []),
    ...(isEqual(before.default_role, after.default_role) ? [] : ['default_role']),
  ];
  return opened;
};

/** @throws Fault STRAPI_NOT_AS_EXPECTED */
export const guardRegistration = (strapi: Strapi): void => {
  const uids = [...protectedTypes(strapi).keys()];
  if (!strapi.plugin('users-permissions')) return;
  const store = holdFunctions<Store>(strapi, GUARD, 'the core store', strapi.get('coreStore') as unknown as Store, [
    'get',
    'set',
  ]);
  const set = store.set.bind(store);

  /** Asked for as Strapi asks for it when somebody signs up, whatever was put there as the role. */
  const heldByRole = async (type: unknown): Promise<string[]> => {
    const role = (await strapi.db
      .query('plugin::users-permissions.role')
      .findOne({ where: { type: type as never }, populate: ['permissions'] })) as { permissions: { action: string }[] } | null;
    return (role?.permissions ?? []).map(({ action }) => action).filter((action) => opensType(action, uids) !== null);
  };

  const refuseOpening = async (before: Settings, after: Settings): Promise<void> => {
    const opened = openedBy(before, after);
    if (opened.length === 0) return;
    const audience: Phrase = { key: after.email_confirmation ? 'audience.confirmed' : 'audience.signedUp' };
    const held = after.default_role ? await heldByRole(after.default_role) : [];
    const openings = held.flatMap((action) =>
      opened.map((setting): Opening => ({
        uid: opensType(action, uids) as string,
        action: setting,
        effect: effectOf(action),
        audience,
      })),
    );
    const signUp = await signUpOf(strapi, after);
    const published = await publicationsBy(strapi, (access) => ({ ...access, ...signUp }));
    // What was changed here are the settings, not the ticks.
    openings.push(...published.flatMap((opening) => opened.map((action) => ({ ...opening, action }))));
    await refuseExposure(strapi, { openings, actor: currentActor(strapi) });
  };

  let isHeld = false;
  store.set = async (where, ...rest) => {
    if (where.type === TRY) {
      isHeld = true;
      return null;
    }
    // At its first boot Users & Permissions writes its defaults.
    if (strapi.isLoaded && isAboutSigningUp(where)) {
      const { value, ...place } = where;
      await refuseOpening(settingsOf(await store.get(place)), settingsOf(value));
    }
    return set(where, ...rest);
  };
  // A store of one plugin, as Strapi hands it out, has to write through this very function.
  strapi
    .store({ type: TRY as never })
    .set({ key: 'try', value: null })
    .catch(() => undefined);
  if (!isHeld) throw notAsExpected(strapi, GUARD, 'the store of a plugin does not write through the core store');
};
