/**
 * Who can send to a type that is not wrapped, and who can read it, told from the rows, tokens, settings and routes of a site: as they
 * are, or as they would be after a save. Strangers are everybody on the internet and whoever signs up. Pure.
 */
import type { Phrase } from '../../sentences';
import type { Schemas } from '../schema-after';

export interface AccessRole {
  id: number | null;
  name: string;
  type: string;
  actions: string[];
}
export interface AccessToken {
  id: number | null;
  name: string;
  type: string;
  actions: string[];
}
/** A route of the content API. */
export interface AccessRoute {
  /** `api::contact`, `plugin::comments` */
  owner: string;
  /** `api::contact.contact.submit`; null where the handler is a function. */
  action: string | null;
  method: string;
  /** `auth: false`: nobody is asked who they are. */
  isOpen: boolean;
}
export interface Access {
  roles: AccessRole[];
  /** Ids of the roles that whoever signs up gets; empty where nobody can. */
  signUpRoles: (number | null)[];
  isSignUpOpen: boolean;
  /** How the role is called that they get, where it is a name. */
  defaultRole: string | null;
  isConfirmed: boolean;
  tokens: AccessToken[];
  /**
   * Tokens that reach every type, as far as they count: in a save, the one that is saved (for those from before nobody chose this type); on
   * the overview, all of them.
   */
  wide: AccessToken[];
  routes: AccessRoute[];
  schemas: Schemas;
  /** Types that are not for these questions: wrapped, or of this plugin. */
  except: ReadonlySet<string>;
}

/** One thing that somebody may do: as whom, by which action. */
export interface Way {
  by: string;
  action: string;
  audience: Phrase;
  isToken: boolean;
}
export interface Ways {
  sends: Way[];
  reads: Way[];
}

const USER = 'plugin::users-permissions.user';
const KNOWN: Record<string, keyof Ways> = { create: 'sends', find: 'reads', findOne: 'reads', update: 'reads' };
/** Actions with a name of their own, of Strapi's own plugins. */
const SENDS_TO: Record<string, string> = {
  'plugin::users-permissions.auth.register': USER,
  'plugin::upload.content-api.upload': 'plugin::upload.file',
};
const ONLY_KNOWN = ['plugin::users-permissions', 'plugin::upload', 'plugin::i18n'];
/** Custom actions that give out no entries of others. */
const HARMLESS = ['count', 'me', 'mine'];
const WIDE: Record<string, string[]> = { 'read-only': ['find', 'findOne'], 'full-access': ['find', 'findOne', 'update'] };

const splitAction = (action: string): { uid: string; name: string; owner: string } => {
  const uid = action.slice(0, action.lastIndexOf('.'));
  return { uid, name: action.slice(uid.length + 1), owner: uid.slice(0, uid.indexOf('.')) };
};

/** Types that entries of can be many of, of the site and of plugins. */
export const unlistedTypes = ({ schemas, except }: Pick<Access, 'schemas' | 'except'>): string[] =>
  Object.entries(schemas.types)
    .filter(([uid, { isSingle }]) => /^(api|plugin)::/.test(uid) && !isSingle && !except.has(uid))
    .map(([uid]) => uid);

/** What an action lets its holder do, as far as can be told from its name and its route. */
const effectsOf = (action: string, methods: string[], types: string[]): [uid: string, kind: keyof Ways][] => {
  const { uid, name, owner } = splitAction(action);
  const target = SENDS_TO[action];
  if (target) return [[target, 'sends']];
  const isType = types.includes(uid);
  const known = KNOWN[name];
  if (isType && known) return [[uid, known]];
  if (ONLY_KNOWN.includes(owner)) return [];
  const effects: [string, keyof Ways][] = [];
  if (methods.includes('POST')) {
    const sentTo = isType ? [uid] : types.filter((type) => type.startsWith(`${owner}.`));
    effects.push(...sentTo.map((type): [string, keyof Ways] => [type, 'sends']));
  }
  if (isType && methods.includes('GET') && owner.startsWith('api::') && !HARMLESS.includes(name)) effects.push([uid, 'reads']);
  return effects;
};

const EVERYBODY: Phrase = { key: 'audience.public' };

/** Everything that strangers, and whoever holds a token, may do with each type that is not wrapped. */
export const waysOf = (access: Access): Map<string, Ways> => {
  const types = unlistedTypes(access);
  const ways = new Map(types.map((uid): [string, Ways] => [uid, { sends: [], reads: [] }]));
  const methodsOf = new Map<string, string[]>();
  for (const { action, method } of access.routes) if (action) methodsOf.set(action, [...(methodsOf.get(action) ?? []), method]);
  const add = (action: string, way: Omit<Way, 'action'>, methods = methodsOf.get(action) ?? []): void => {
    if (action === 'plugin::users-permissions.auth.register' && !access.isSignUpOpen) return;
    for (const [uid, kind] of effectsOf(action, methods, types)) ways.get(uid)?.[kind].push({ ...way, action });
  };

  for (const { owner, action, method } of access.routes.filter(({ isOpen }) => isOpen)) {
    const way = { by: 'everybody', audience: EVERYBODY, isToken: false };
    // A handler that is a function says nothing about what it does: one that takes something is taken to store it.
    if (action) add(action, way, [method]);
    else if (method === 'POST') add(`${owner}.form-guard-unknown.post`, way, [method]);
  }
  const isForSignUps = ({ id, type }: AccessRole): boolean =>
    access.isSignUpOpen && (access.signUpRoles.includes(id) || type === access.defaultRole);
  for (const role of access.roles) {
    const { id, type, actions } = role;
    const isPublic = type === 'public';
    if (!isPublic && !isForSignUps(role)) continue;
    const signedUp: Phrase = { key: access.isConfirmed ? 'audience.confirmed' : 'audience.signedUp' };
    const way = { by: isPublic ? 'everybody' : `role ${id}`, audience: isPublic ? EVERYBODY : signedUp, isToken: false };
    for (const action of actions) add(action, way);
  }
  for (const { id, name, type, actions } of access.tokens) {
    const way = { by: `token ${id}`, audience: { key: 'audience.apiToken', values: { name } } as Phrase, isToken: true };
    if (type === 'custom') for (const action of actions) add(action, way);
  }
  for (const { id, name, type } of access.wide) {
    const audience: Phrase = { key: 'audience.apiToken', values: { name } };
    const reach = WIDE[type] ?? (WIDE['read-only'] as string[]);
    // Whoever signs up has an account; that a token reads those is how Strapi is made.
    for (const uid of types.filter((one) => one !== USER))
      for (const action of reach) add(`${uid}.${action}`, { by: `token ${id}`, audience, isToken: true });
  }
  return ways;
};
