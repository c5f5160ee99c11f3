/** The admin actions that this plugin registers, and the route options that ask for them. */
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

/** `config` of an admin route that asks for one action. */
export const asks = (action: AdminAction) => ({
  policies: ['admin::isAuthenticatedAdmin', { name: 'admin::hasPermissions', config: { actions: [actionId(action)] } }],
});

/** Whether the caller's role holds an action; for what a page may offer, never instead of a route's policy. */
export const mayDo = (ctx: { state: Record<string, unknown> }, action: AdminAction): boolean =>
  Boolean((ctx.state.userAbility as { can(action: string): boolean } | undefined)?.can(actionId(action)));
