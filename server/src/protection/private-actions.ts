/**
 * The actions that no public role, signed-up visitor, token or stranger may hold on a wrapped type: all but `create`.
 * `update` and `delete` are among them, because an empty update answers with the record. Pure.
 */

const CREATE = 'create';

/** @param action for example `api::contact.contact.find` @returns the UID it would open, or null. */
export const opensType = (action: string, protectedUids: Iterable<string>): string | null => {
  const dot = action.lastIndexOf('.');
  const uid = action.slice(0, dot);
  if (action.slice(dot + 1) === CREATE) return null;
  for (const candidate of protectedUids) if (candidate === uid) return uid;
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
