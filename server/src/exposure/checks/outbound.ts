/** Settings that tell the outside something about submissions, or describe them to it. */
import type { ExposureFinding } from '../../contract';
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
  isEnabled: boolean;
}

export const entryWebhooks = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  if (uids(strapi).length === 0) return [];
  const webhooks = (await strapi.get('webhookStore').findWebhooks()) as unknown as Webhook[];
  return webhooks
    .filter(({ events, isEnabled }) => isEnabled && events.some((event) => event.startsWith('entry.')))
    .map(({ id, name }) =>
      notice({
        code: 'ENTRY_WEBHOOK',
        message: `The webhook “${name}” is told of every submission to a protected type: that it came, and its id. No answers.`,
        step: 'Take the entry events away if the other side need not know.',
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
        message:
          'AI clients can use this site with an admin token (server.mcp). Of submissions they see when they came, and what you listed as plain.',
        step: 'Turn server.mcp off in config/server if nobody uses it.',
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
          message: 'The documentation of the API is open to everybody. Of protected types it shows how to send, nothing else.',
          step: 'Restrict it with a password if it is not meant for the public.',
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
      message: `Anybody can sign up on this site${settings.email_confirmation ? '' : ', without confirming an e-mail'}: what “Authenticated” may do, everybody may do.`,
      step: 'Switch sign-ups off if the site has no members.',
      href: '/settings/users-permissions/advanced-settings',
    }),
  ];
};

/** Options whose name begins with `unsafe` stay on the overview as long as they are on. */
export const unsafeOptions = (strapi: Strapi): ExposureFinding[] =>
  Object.entries(configOf(strapi))
    .filter(([name, value]) => name.startsWith('unsafe') && value === true)
    .map(([name]) =>
      notice({
        code: 'UNSAFE_OPTION',
        message: `The option “${name}” is on: a guard of Form Guard is off.`,
        step: 'Remove it from config/plugins when it is no longer needed.',
        href: null,
      }),
    );
