/** The admin actions that this plugin registers, and the route options that ask for them. */
import { refuse } from './errors';
import { say } from './sentences';
import { PLUGIN_ID, type Strapi } from './strapi';

const ACTIONS = [
  { uid: 'pages.read', displayName: 'Open Form Guard and the inboxes one is named for' },
  { uid: 'forms.manage', displayName: 'Create and change forms' },
  { uid: 'readers.manage', displayName: 'Name and remove readers' },
  { uid: 'submissions.export', displayName: 'Export submissions that one may read' },
  { uid: 'submissions.delete', displayName: 'Delete submissions that one may read' },
  { uid: 'audit.read', displayName: 'See what happened' },
  { uid: 'keys.manage', displayName: 'Change the keys' },
] as const;

export type AdminAction = (typeof ACTIONS)[number]['uid'];
export const actionId = (action: AdminAction): string => `plugin::${PLUGIN_ID}.${action}`;

/** Strapi takes new actions during bootstrap only (5.54). */
export const registerActions = (strapi: Strapi): Promise<unknown> =>
  strapi
    .service('admin::permission')
    .actionProvider.registerMany(ACTIONS.map((action) => ({ ...action, section: 'plugins', pluginName: PLUGIN_ID })));

const HAS_RIGHT = 'has-right';
/** `config` of an admin route that asks for one action. */
export const asks = (action: AdminAction) => ({
  policies: ['admin::isAuthenticatedAdmin', { name: `plugin::${PLUGIN_ID}.${HAS_RIGHT}`, config: { action } }],
});

type Asking = { state: Record<string, unknown> };
/** Whether the caller's role holds an action; for what a page may offer, never instead of a route's policy. */
export const mayDo = (ctx: Asking, action: AdminAction): boolean =>
  Boolean((ctx.state.userAbility as { can(action: string): boolean } | undefined)?.can(actionId(action)));

/** A person at a screen; an admin token acts for somebody who need not know of it. */
export const isAtScreen = ({ state }: Asking): boolean =>
  (state.auth as { strategy?: { name?: string } } | undefined)?.strategy?.name === 'admin';

/**
 * In place of Strapi's own policy, which refuses with “Policy Failed” and nothing more (5.54).
 * @throws PolicyError RIGHT_MISSING
 */
const hasRight = (ctx: Asking, { action }: { action: AdminAction }): boolean => {
  if (mayDo(ctx, action)) return true;
  const right = ACTIONS.find(({ uid }) => uid === action)?.displayName ?? action;
  throw refuse('RIGHT_MISSING', say('right.missing', { right, isToken: !isAtScreen(ctx) }));
};

export const permissionPolicies = { [HAS_RIGHT]: hasRight };
