/**
 * Closes what Strapi 5.54 tells outwards: every event, and with it every webhook, audit log and listener of a plugin,
 * carries of a submission its ids and nothing else, also where it hangs on another entry.
 */
import { pick } from 'lodash';
import { attributesOf, type Attribute, type Strapi } from '../strapi';
import { holdFunctions, notAsExpected } from './hold';
import { protectedType, protectedTypes } from './protected-types';

const GUARD = 'close-events';
const IDS = ['id', 'documentId'];

type Entry = Record<string, unknown>;
interface EventHub {
  emit(event: string, ...args: unknown[]): Promise<unknown>;
  on(event: string, listener: (info: unknown) => unknown): unknown;
  off(event: string, listener: (info: unknown) => unknown): unknown;
}

const isEntry = (value: unknown): value is Entry => value !== null && typeof value === 'object' && !(value instanceof Date);

/** The type of what an attribute holds: of a relation its target, of a part of a dynamic zone or a morph what it says itself. */
const typeOf = (attribute: Attribute, value: unknown): string | undefined => {
  const said = isEntry(value) ? (value.__component ?? value.__type) : undefined;
  const own = attribute.target ?? attribute.component ?? said;
  return typeof own === 'string' ? own : undefined;
};

const reduced = (strapi: Strapi, uid: string | undefined, value: unknown): unknown => {
  if (!uid || !isEntry(value)) return value;
  if (Array.isArray(value)) return value.map((one) => reduced(strapi, uid, one));
  if (protectedType(strapi, uid)) return pick(value, IDS);
  const model = strapi.getModel(uid as never) as { attributes: unknown } | undefined;
  if (!model) return value;
  const attributes = attributesOf(model);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const attribute = attributes[name];
      if (!attribute || !isEntry(inner)) return [name, inner];
      const each = (one: unknown): unknown => reduced(strapi, typeOf(attribute, one), one);
      return [name, Array.isArray(inner) ? inner.map(each) : each(inner)];
    }),
  );
};

const reducedInfo = (strapi: Strapi, info: unknown): unknown => {
  if (!isEntry(info) || typeof info.uid !== 'string' || !isEntry(info.entry)) return info;
  return { ...info, entry: reduced(strapi, info.uid, info.entry) };
};

/** In `register`. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const closeEvents = (strapi: Strapi): void => {
  if (protectedTypes(strapi).size === 0) return;
  const hub = holdFunctions(strapi, GUARD, 'the event hub', strapi.eventHub as unknown as EventHub, ['emit', 'on', 'off']);
  const emit = hub.emit.bind(hub);
  hub.emit = (event, ...args) => emit(event, ...args.map((info) => reducedInfo(strapi, info)));
};

/** In `bootstrap`: sends an event through and looks at what arrives. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const tryEvents = async (strapi: Strapi): Promise<void> => {
  const [uid] = protectedTypes(strapi).keys();
  if (!uid) return;
  const event = 'form-guard.canary';
  let heard = '';
  const listen = (info: unknown): void => {
    heard = JSON.stringify(info);
  };
  strapi.eventHub.on(event, listen as never);
  await strapi.eventHub.emit(event, { uid, entry: { documentId: 'id', canary: 'canary' } } as never);
  strapi.eventHub.off(event, listen as never);
  if (!heard.includes('documentId') || heard.includes('canary"')) {
    throw notAsExpected(strapi, GUARD, `an event of ${uid} carries more than ids, or none arrives`);
  }
};
