/**
 * A refused save may hold other changes, which nobody refused. This finds out whether there are some, by comparing what was sent,
 * without what was refused, with what the server has; and sends exactly that when somebody asks for it. The server looks at it
 * again as at any other save.
 */
import type { VisibilityRefusalDetails } from '../../../server/src/contract';

export interface Sent {
  url: string;
  init: RequestInit;
}
type Json = Record<string, unknown>;
type Refused = (action: string, subject?: string | null) => boolean;

interface Screen {
  address: RegExp;
  /** What was sent, without what was refused; `saved` is what there is. */
  without(body: Json, isRefused: Refused, saved: Json): Json;
  /** What can be compared: of what is sent, and of what the server answers to GET at the same address. */
  parts(body: Json): string[];
  saved(answer: Json): Json;
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => JSON.stringify(value ?? null);

type Tree = Record<string, { controllers?: Record<string, Record<string, { enabled?: boolean }>> }>;
/** `api::contact.contact.find` and whether it is ticked, of the tree that Users & Permissions sends. */
const ticksIn = (tree: unknown): [string, { enabled?: boolean }][] =>
  Object.entries(isJson(tree) ? (tree as Tree) : {}).flatMap(([type, { controllers = {} }]) =>
    Object.entries(controllers).flatMap(([controller, actions]) =>
      Object.entries(actions).map(([action, tick]): [string, { enabled?: boolean }] => [`${type}.${controller}.${action}`, tick]),
    ),
  );

const VISITORS: Screen = {
  address: /\/users-permissions\/roles\/\d+$/,
  without(body, isRefused) {
    const copy = structuredClone(body);
    for (const [action, tick] of ticksIn(copy.permissions)) if (isRefused(action)) tick.enabled = false;
    return copy;
  },
  parts: ({ name, description, permissions }) => [
    text([name, description]),
    ...ticksIn(permissions).flatMap(([action, { enabled }]) => (enabled ? [action] : [])),
  ],
  saved: ({ role }) => (isJson(role) ? role : {}),
};

interface Right {
  action: string;
  subject?: string | null;
  properties?: { fields?: string[] };
  conditions?: string[];
}
const rightsOf = (rights: unknown): string[] =>
  (listOf(rights) as Right[]).map(({ action, subject, properties, conditions }) =>
    text([action, subject ?? null, [...(properties?.fields ?? [])].sort(), [...(conditions ?? [])].sort()]),
  );
const withoutRights = (rights: unknown, isRefused: Refused): Right[] =>
  (listOf(rights) as Right[]).filter(({ action, subject }) => !isRefused(action, subject ?? null));

const ADMINS: Screen = {
  address: /\/admin\/roles\/\d+\/permissions$/,
  without: (body, isRefused) => ({ ...body, permissions: withoutRights(body.permissions, isRefused) }),
  parts: ({ permissions }) => rightsOf(permissions),
  saved: ({ data }) => ({ permissions: data }),
};

const ADMIN_TOKENS: Screen = {
  address: /\/admin\/admin-tokens\/\d+$/,
  without: (body, isRefused) => ({ ...body, adminPermissions: withoutRights(body.adminPermissions, isRefused) }),
  parts: ({ name, description, adminPermissions }) => [text([name, description]), ...rightsOf(adminPermissions)],
  saved: ({ data }) => (isJson(data) ? data : {}),
};

const TOKENS: Screen = {
  address: /\/admin\/api-tokens\/\d+$/,
  without: (body, isRefused) => ({
    ...body,
    permissions: (listOf(body.permissions) as string[]).filter((action) => !isRefused(action)),
  }),
  parts: ({ name, description, type, permissions }) => [text([name, description, type]), ...(listOf(permissions) as string[])],
  saved: ({ data }) => (isJson(data) ? data : {}),
};

const WEBHOOKS: Screen = {
  address: /\/admin\/webhooks\/\d+$/,
  without: (body, isRefused) => ({ ...body, events: (listOf(body.events) as string[]).filter((event) => !isRefused(event)) }),
  parts: ({ name, url, headers, isEnabled, events }) => [
    text([name, url, headers ?? {}, isEnabled]),
    ...(listOf(events) as string[]),
  ],
  saved: ({ data }) => (isJson(data) ? data : {}),
};

/** Stored as a whole: what is left out would be lost. */
const SIGNING_UP: Screen = {
  address: /\/users-permissions\/advanced$/,
  without: (body, isRefused, saved) =>
    Object.fromEntries(Object.entries(body).map(([name, value]) => [name, isRefused(name) ? saved[name] : value])),
  parts: (settings) =>
    Object.entries(settings)
      .filter(([, value]) => value !== null && value !== '')
      .map(text),
  saved: ({ settings }) => (isJson(settings) ? settings : {}),
};

const SCREENS = [VISITORS, ADMINS, TOKENS, ADMIN_TOKENS, WEBHOOKS, SIGNING_UP];

/** A refused right is named by its action; in the administration also by what it is about. */
const refusedIn = ({ exposures }: VisibilityRefusalDetails): Refused => {
  const refused = exposures.flatMap(({ action, formOrType }) => action.split(', ').map((one) => [one, formOrType] as const));
  return (action, subject) =>
    refused.some(
      ([one, type]) =>
        one === action && (subject === undefined || subject === type || (subject === null && !type.includes('::'))),
    );
};

/** @returns what saves the rest, or null where there is none, or it cannot be known */
export async function findRest(
  send: typeof window.fetch,
  { url, init }: Sent,
  details: VisibilityRefusalDetails,
): Promise<(() => Promise<boolean>) | null> {
  const screen = SCREENS.find(({ address }) => address.test(url.split('?')[0] ?? ''));
  if (!screen || init.method?.toUpperCase() !== 'PUT' || typeof init.body !== 'string') return null;
  const body: unknown = JSON.parse(init.body);
  if (!isJson(body)) return null;
  const answer = await send(url, { ...init, method: 'GET', body: null });
  if (!answer.ok) return null;
  const saved = screen.saved((await answer.json()) as Json);
  const rest = screen.without(body, refusedIn(details), saved);
  const before = screen.parts(saved).sort();
  const after = screen.parts(rest).sort();
  if (text(before) === text(after)) return null;
  return async () => (await send(url, { ...init, body: JSON.stringify(rest) })).ok;
}
