/**
 * Door: webhooks. A webhook on `entry.*` is told of every submission (Strapi 5.54 has no choice per type); one that would
 * begin to be told (a new event, a new address, switched on) is refused before anything is written. What a webhook is
 * told is reduced elsewhere; this is about the setting. A site can let them pass with `unsafeEntryWebhooks`.
 */
import { differenceWith, isEqual, isUndefined, omitBy } from 'lodash';
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
  /** Of some types alone, in a later Strapi (5.60). */
  contentTypeEvents?: unknown;
  isEnabled?: boolean;
}
interface Store {
  findWebhook(id: unknown): Promise<Webhook | null>;
  createWebhook(webhook: Webhook, ...rest: unknown[]): Promise<unknown>;
  updateWebhook(id: unknown, webhook: Webhook, ...rest: unknown[]): Promise<unknown>;
}

interface Told {
  uid: string;
  action: string;
}

/** What its receiver is told of every entry. */
const entryEvents = ({ events }: Webhook): string[] =>
  Array.isArray(events)
    ? (events as unknown[]).filter((event): event is string => typeof event === 'string' && event.startsWith(ENTRY))
    : [];

/** Every name and text in it, however it is laid out. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  const names = Array.isArray(value) ? [] : Object.keys(value);
  return [...names, ...Object.values(value).flatMap(textsIn)];
};

/** The types that are named; all of them where none is, or everything. */
const typesTold = (contentTypeEvents: unknown, uids: readonly string[]): readonly string[] => {
  const texts = textsIn(contentTypeEvents);
  if (texts.length === 0) return [];
  const named = texts.filter((text) => text.includes('::'));
  if (named.length === 0 || texts.some((text) => text.includes('*'))) return uids;
  return uids.filter((uid) => named.some((text) => text === uid || text.startsWith(`${uid}.`) || text.startsWith(`${uid}:`)));
};

/** What a receiver is told of the entries of these types. */
export const toldOf = (webhook: Webhook, uids: readonly string[]): Told[] => {
  if (webhook.isEnabled === false) return [];
  const ofAll = uids.flatMap((uid) => entryEvents(webhook).map((action) => ({ uid, action })));
  return [...ofAll, ...typesTold(webhook.contentTypeEvents, uids).map((uid) => ({ uid, action: 'contentTypeEvents' }))];
};

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
    const known = before && before.url === webhook.url ? toldOf(before, uids) : [];
    const added = differenceWith(toldOf(webhook, uids), known, isEqual);
    const audience: Phrase = { key: 'audience.webhook', values: { name: webhook.name ?? say('newWebhook') } };
    const openings = added.map((told) => ({ ...told, effect: 'told' as const, audience }));
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
