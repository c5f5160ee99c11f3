/**
 * The actions that no public role, signed-up visitor, token or stranger may hold on a wrapped type: all but `create`.
 * `update` is one that reads, because an empty update answers with the record. And the rights in the content manager
 * that no role of the admin is given anew. Pure.
 */
import { difference } from 'lodash';
import type { ExposureEffect } from '../contract';

const CREATE = '.create';
const DELETE = '.delete';

/**
 * Asked of every right of every request of the site.
 * @param action for example `api::contact.contact.find` @returns the UID it would open, or null.
 */
export const opensType = (action: string, protectedUids: Iterable<string>): string | null => {
  const length = action.lastIndexOf('.');
  for (const uid of protectedUids) {
    if (uid.length === length && action.startsWith(uid)) return action.endsWith(CREATE) ? null : uid;
  }
  return null;
};

/** The enabled actions in a users-permissions tree: `{ 'api::x': { controllers: { y: { find: { enabled } } } } }`. */
export const enabledActions = (permissions: unknown): string[] => {
  const entries = (value: unknown): [string, unknown][] =>
    value !== null && typeof value === 'object' ? Object.entries(value) : [];
  return entries(permissions).flatMap(([typeName, type]) =>
    entries((type as { controllers?: unknown } | null)?.controllers).flatMap(([controller, actions]) =>
      entries(actions)
        .filter(([, action]) => Boolean((action as { enabled?: unknown } | null)?.enabled))
        .map(([action]) => `${typeName}.${controller}.${action}`),
    ),
  );
};

/** What somebody could do with submissions who holds an action of the content API. */
export const effectOf = (action: string): 'read' | 'changed' => (action.endsWith(DELETE) ? 'changed' : 'read');

/** A row of the admin's permissions, of a role or of an admin token. No fields at all means every field. */
export interface AdminRight {
  action: string;
  subject?: string | null;
  properties?: { fields?: string[] | null } | null;
  conditions?: unknown[] | null;
}

const EXPLORER = 'plugin::content-manager.explorer.';
type ExplorerEffect = Extract<ExposureEffect, 'read' | 'changed' | 'entered'>;
const EXPLORER_EFFECTS: Record<string, ExplorerEffect> = {
  [`${EXPLORER}create`]: 'entered',
  [`${EXPLORER}update`]: 'changed',
  [`${EXPLORER}publish`]: 'changed',
  [`${EXPLORER}delete`]: 'changed',
};

/** Whether a row that is held lets its bearer do all that the other would. Strapi lets one fulfilled condition do. */
const covers = (held: AdminRight, wanted: AdminRight): boolean => {
  if (held.action !== wanted.action || (held.subject ?? null) !== (wanted.subject ?? null)) return false;
  const [mayFields, wantsFields] = [held.properties?.fields, wanted.properties?.fields];
  const [mayOnlyIf, wantsOnlyIf] = [held.conditions ?? [], wanted.conditions ?? []];
  const isWithinFields = !mayFields || (Boolean(wantsFields) && difference(wantsFields, mayFields).length === 0);
  const isWithinConditions =
    mayOnlyIf.length === 0 || (wantsOnlyIf.length > 0 && difference(wantsOnlyIf, mayOnlyIf).length === 0);
  return isWithinFields && isWithinConditions;
};

/** The rights in the content manager, on wrapped types, that no row covers which is held already. */
export const newExplorerRights = (
  wanted: AdminRight[],
  held: AdminRight[],
  protectedUids: string[],
): { uid: string; action: string; effect: ExplorerEffect }[] =>
  wanted
    .filter(({ action }) => action.startsWith(EXPLORER))
    // To Strapi an empty list of fields is no right at all.
    .filter(({ properties }) => properties?.fields?.length !== 0)
    .filter((right) => !held.some((one) => covers(one, right)))
    .flatMap(({ action, subject }) =>
      // Without a subject it is about every type.
      protectedUids
        .filter((uid) => !subject || subject === uid)
        .map((uid) => ({ uid, action, effect: EXPLORER_EFFECTS[action] ?? 'read' })),
    );
