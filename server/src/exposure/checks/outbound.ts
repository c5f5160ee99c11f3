/** Settings that tell the outside something about submissions, or describe them to it. */
import type { ExposureFinding } from '../../contract';
import { toldOf } from '../../protection';
import { say } from '../../sentences';
import { configOf, type Strapi } from '../../strapi';
import { uids } from './rows';

const notice = (finding: Pick<ExposureFinding, 'code' | 'message' | 'step' | 'href'>): ExposureFinding => ({
  ...finding,
  severity: 'notice',
  formOrType: null,
});

interface Webhook {
  id: number | string;
  name: string;
  events: string[];
  contentTypeEvents?: unknown;
  isEnabled: boolean;
}

export const entryWebhooks = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  if (uids(strapi).length === 0) return [];
  const webhooks = (await strapi.get('webhookStore').findWebhooks()) as unknown as Webhook[];
  return webhooks
    .filter((webhook) => webhook.isEnabled && toldOf(webhook, uids(strapi)).length > 0)
    .map(({ id, name }) =>
      notice({
        code: 'ENTRY_WEBHOOK',
        message: say('finding.ENTRY_WEBHOOK', { name }),
        step: say('finding.ENTRY_WEBHOOK.step'),
        href: `/settings/webhooks/${id}`,
      }),
    );
};

export const describedToEverybody = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  if (uids(strapi).length === 0) return [];
  const found: ExposureFinding[] = [];
  if (strapi.config.get('server.mcp.enabled', false)) {
    found.push(
      notice({
        code: 'MCP_ON',
        message: say('finding.MCP_ON'),
        step: say('finding.MCP_ON.step'),
        href: null,
      }),
    );
  }
  if (strapi.plugin('documentation')) {
    const settings = (await strapi.store.get({ type: 'plugin', name: 'documentation', key: 'config' })) as {
      restrictedAccess?: boolean;
    } | null;
    if (!settings?.restrictedAccess) {
      found.push(
        notice({
          code: 'DOCUMENTATION_PUBLIC',
          message: say('finding.DOCUMENTATION_PUBLIC'),
          step: say('finding.DOCUMENTATION_PUBLIC.step'),
          href: '/settings/documentation',
        }),
      );
    }
  }
  return found;
};

export const openRegistration = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  if (!strapi.plugin('users-permissions') || uids(strapi).length === 0) return [];
  const settings = (await strapi.store.get({ type: 'plugin', name: 'users-permissions', key: 'advanced' })) as {
    allow_register?: boolean;
    email_confirmation?: boolean;
  } | null;
  if (!settings?.allow_register) return [];
  return [
    notice({
      code: 'OPEN_REGISTRATION',
      message: say('finding.OPEN_REGISTRATION', { isConfirmed: settings.email_confirmation === true }),
      step: say('finding.OPEN_REGISTRATION.step'),
      href: '/settings/users-permissions/advanced-settings',
    }),
  ];
};

/** Options whose name begins with `unsafe` stay on the overview as long as they are on. */
export const unsafeOptions = (strapi: Strapi): ExposureFinding[] =>
  Object.entries(configOf(strapi))
    .filter(([name, value]) => name.startsWith('unsafe') && (value === true || (Array.isArray(value) && value.length > 0)))
    .map(([name, value]) =>
      notice({
        code: 'UNSAFE_OPTION',
        message: say('finding.UNSAFE_OPTION', { name: Array.isArray(value) ? `${name}: ${value.join(', ')}` : name }),
        step: say('finding.UNSAFE_OPTION.step'),
        href: null,
      }),
    );
