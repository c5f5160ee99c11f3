/**
 * Door: webhooks. Strapi has no choice per type, so a webhook on `entry.*` is told of every submission; one that would
 * begin to be told (a new event, a new address, switched on) is refused before anything is written. What a webhook is
 * told is reduced elsewhere; this is about the setting. A site can let them pass with `unsafeEntryWebhooks`.
 */
import { isUndefined, omitBy } from 'lodash';
import { say, type Phrase } from '../sentences';
import { configOf, type Strapi } from '../strapi';
import { currentActor } from './actor';
import { holdFunctions } from './hold';
import { protectedTypes } from './protected-types';
import { refuseExposure } from './refuse-exposure';

const ENTRY = 'entry.';

interface Webhook {
  name?: string;
  url?: string;
  events?: unknown;
  isEnabled?: boolean;
}
interface Store {
  findWebhook(id: unknown): Promise<Webhook | null>;
  createWebhook(webhook: Webhook, ...rest: unknown[]): Promise<unknown>;
  updateWebhook(id: unknown, webhook: Webhook, ...rest: unknown[]): Promise<unknown>;
}

/** What its receiver is told of entries. */
const entryEvents = ({ events, isEnabled }: Webhook): string[] =>
  isEnabled === false || !Array.isArray(events)
    ? []
    : (events as unknown[]).filter((event): event is string => typeof event === 'string' && event.startsWith(ENTRY));

/** @throws Fault STRAPI_NOT_AS_EXPECTED */
export const guardWebhooks = (strapi: Strapi): void => {
  const uids = [...protectedTypes(strapi).keys()];
  if (uids.length === 0 || configOf(strapi).unsafeEntryWebhooks) return;
  const store = holdFunctions<Store>(
    strapi,
    'guard-webhooks',
    'the webhook store',
    strapi.get('webhookStore') as unknown as Store,
    ['findWebhook', 'createWebhook', 'updateWebhook'],
  );
  const [createWebhook, updateWebhook] = [store.createWebhook.bind(store), store.updateWebhook.bind(store)];

  const refuseNew = async (webhook: Webhook, before: Webhook | null): Promise<void> => {
    const known = before && before.url === webhook.url ? entryEvents(before) : [];
    const added = entryEvents(webhook).filter((event) => !known.includes(event));
    const audience: Phrase = { key: 'audience.webhook', values: { name: webhook.name ?? say('newWebhook') } };
    const openings = uids.flatMap((uid) => added.map((action) => ({ uid, action, effect: 'told' as const, audience })));
    await refuseExposure(strapi, { openings, actor: currentActor(strapi) });
  };

  store.createWebhook = async (webhook, ...rest) => {
    // Strapi switches a new one on, whatever it is given.
    await refuseNew({ ...webhook, isEnabled: true }, null);
    return createWebhook(webhook, ...rest);
  };
  store.updateWebhook = async (id, webhook, ...rest) => {
    const before = await store.findWebhook(id);
    // What is left out stays as it is.
    await refuseNew({ ...before, ...omitBy(webhook, isUndefined) }, before);
    return updateWebhook(id, webhook, ...rest);
  };
};
