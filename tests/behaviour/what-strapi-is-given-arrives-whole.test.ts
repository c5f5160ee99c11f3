/**
 * Guards stand in front of Strapi's functions and hand over everything they were given: an argument or an option that a later version of
 * Strapi knows, and this plugin does not, arrives as it was sent.
 */
import { COMPLAINT, CONTACT, startStrapi, type Running } from '../helpers/strapi';

type Fn = (...args: unknown[]) => unknown;
type Owner = Record<string, Fn>;
/** Every function that a guard took hold of, as Strapi's callers find it. */
const mockHeld: { where: string; name: string; owner: () => Owner }[] = [];
const mockHeard: unknown[][] = [];
/** The one that is called now. */
let mockTried = '';
/** Puts something in front of the real function, below the guard, that says what arrived; it is not called then. */
const mockListen = (where: string, owner: Owner, names: readonly string[], answers: Record<string, unknown>): void => {
  for (const name of names) {
    const real = owner[name];
    if (typeof real !== 'function') continue;
    if ('heldAs' in real) {
      (real as unknown as { heldAs: string[] }).heldAs.push(`${where} ${name}`);
      continue;
    }
    const heldAs = [`${where} ${name}`];
    const listening = function (this: unknown, ...args: unknown[]): unknown {
      if (!heldAs.includes(mockTried)) return real.apply(this, args);
      mockHeard.push(args);
      return answers[name] ?? null;
    };
    // Some guards read the text of a function.
    owner[name] = Object.assign(listening, { heldAs, toString: () => String(real) });
  }
};
const mockAnswers = {
  findMany: [],
  findAvailable: [],
  create: { documentId: 'made' },
  updateMany: { count: 0 },
  getSchema: { contentTypes: {} },
};

jest.mock('../../server/src/protection/hold', () => {
  type Hold = typeof import('../../server/src/protection/hold');
  const actual = jest.requireActual<Hold>('../../server/src/protection/hold');
  const held: Hold = {
    ...actual,
    holdFunctions(strapi, guard, where, owner, names) {
      const found = actual.holdFunctions(strapi, guard, where, owner, names);
      mockListen(where, found as unknown as Owner, names, mockAnswers);
      for (const name of names) mockHeld.push({ where, name, owner: () => found as unknown as Owner });
      return found;
    },
    guardService(strapi, guard, uid, names, guarded) {
      const services = strapi.get('services') as unknown as { get(uid: string): unknown };
      const service = () => services.get(uid) as Owner;
      mockListen(uid, service(), names, mockAnswers);
      for (const name of names) mockHeld.push({ where: uid, name, owner: service });
      actual.guardService(strapi, guard, uid, names, guarded);
    },
  };
  return held;
});

let running: Running;
beforeAll(async () => {
  running = await startStrapi();
});
afterAll(() => running.stop());

const EXTRA = { preserveBackup: true };
/** What comes before the further argument, where a guard needs more than nothing to read. */
const FORM = 'plugin::form-guard.form';
let form = '';
const TOKEN = { type: 'custom', permissions: [] };
const FIRST: Record<string, () => unknown[]> = {
  'the entity manager': () => [CONTACT, {}],
  'the query builder': () => [{}],
  'plugin::content-type-builder.schema updateSchema': () => [{ contentTypes: [], components: [] }],
  'plugin::content-type-builder.content-types createContentType': () => [
    { contentType: { singularName: 'x', attributes: {} }, components: [] },
  ],
  'plugin::content-type-builder.content-types createContentTypes': () => [[]],
  'plugin::content-type-builder.content-types editContentType': () => [
    'api::article.article',
    { contentType: { attributes: {} }, components: [] },
  ],
  'plugin::content-type-builder.content-types deleteContentTypes': () => [[]],
  'plugin::content-type-builder.content-types formatContentType': () => [{ uid: 'api::article.article', attributes: {} }],
  'plugin::content-type-builder.components createComponent': () => [{ component: { attributes: {} }, components: [] }],
  'plugin::content-type-builder.components editComponent': () => [
    'shared.none',
    { component: { attributes: {} }, components: [] },
  ],
  'admin::role': () => [0, []],
  'admin::api-token create': () => [TOKEN],
  'admin::api-token update': () => [0, TOKEN],
  'admin::api-token-content-api create': () => [TOKEN],
  'admin::api-token-content-api update': () => [0, TOKEN],
  'admin::api-token-admin assignAdminPermissionsToToken': () => [0, []],
  'admin::user': () => [0, {}],
  'plugin::users-permissions.role updateRole': () => [0, {}],
  [`strapi.documents("${FORM}") create`]: () => [{ data: { ...COMPLAINT, slug: 'another' } }],
  [`strapi.documents("${FORM}") update`]: () => [{ documentId: form, data: COMPLAINT }],
  [`strapi.documents("${FORM}") delete`]: () => [{ documentId: form }],
};
const firstOf = (what: string, where: string): unknown[] => (FIRST[what] ?? FIRST[where] ?? (() => [{}, {}]))();
/** These always refuse. */
const REFUSES = [`strapi.documents("${CONTACT}") clone`];

test('every function that a guard took hold of gets what it was called with', async () => {
  const made = running.strapi.documents(FORM as never) as unknown as Record<
    'create',
    (asked: object) => Promise<{ documentId: string }>
  >;
  form = (await made.create({ data: COMPLAINT })).documentId;
  expect(running.strapi.db.queryBuilder(CONTACT as never)).toBeDefined();
  const functions = new Map(mockHeld.map(({ where, name, owner }) => [`${where} ${name}`, { where, name, owner }]));
  const lost: string[] = [];
  for (const [what, { where, name, owner }] of functions) {
    if (REFUSES.includes(what)) continue;
    mockHeard.length = 0;
    mockTried = what;
    const problem = await Promise.resolve()
      .then(() => owner()[name]?.(...firstOf(what, where), EXTRA))
      .then(
        () => 'it was lost',
        (error: Error) => error.message,
      );
    mockTried = '';
    if (mockHeard.length === 0 || !mockHeard.every((args) => args.includes(EXTRA))) lost.push(`${what}: ${problem}`);
  }
  expect(lost).toEqual([]);
  expect(functions.size).toBeGreaterThan(40);
});
