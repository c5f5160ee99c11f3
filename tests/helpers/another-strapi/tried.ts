/**
 * What is still there under its name and does something else, and what a guard changes without having been told to hold
 * it. Strapi itself works in each of these.
 */
import { CONTACT } from '../strapi';
import { calls, CALLERS, everywhere, other, type Change } from './change';
import { documents, GRAPHQL, UNPROTECTED } from './held';

export interface Row {
  what: string;
  guards: string[];
  says: string;
  changes: Change[];
  with?: Record<string, string> | undefined;
}

/** Found by trying it at boot. */
export const TRIED: Row[] = [
  {
    what: 'an error is known by another class',
    guards: ['refusals'],
    says: 'a refusal is answered with 500 in place of 403 and its text',
    changes: [
      {
        in: 'core/dist/middlewares/errors.js',
        what: /instanceof strapiUtils\.errors\.ApplicationError/,
        by: 'instanceof class OfAnotherCopy extends Error {}',
      },
    ],
  },
  {
    what: 'rights are checked by another object than the registered one',
    guards: ['close-scopes'],
    says: `the right ${CONTACT}.find is still given`,
    changes: [
      {
        in: 'core/dist/services/auth/index.js',
        what: /async verify \(auth, config = \{\}\) \{/,
        by: 'async verify (...args) { return this.reallyVerify(...args); }, async reallyVerify (auth, config = {}) {',
      },
      {
        in: 'core/dist/Strapi.js',
        what: /return this\.get\('auth'\);/,
        by: "const auth = this.get('auth'); return { ...auth, verify: auth.reallyVerify };",
      },
    ],
  },
  {
    what: 'a query is made ready by another function than processState',
    guards: ['close-queries'],
    says: `a query on ${CONTACT} still selects the sealed "name"`,
    changes: [
      {
        in: 'database/dist/query/query-builder.js',
        what: /^( {8})processState \(\) \{/m,
        by: '$1processState () { this.makeReady(); }, makeReady () {',
      },
      {
        in: 'database/dist/query/query-builder.js',
        what: /this\.processState\(\);\n {12}if/,
        by: 'this.makeReady();\n            if',
      },
    ],
  },
  {
    what: 'a query keeps its conditions under another name',
    guards: ['close-queries'],
    says: `a filter on the sealed "name" of ${CONTACT} is answered`,
    changes: [
      { in: 'database/dist/query/query-builder.js', what: /state\.where\b/g, by: 'state.conditions' },
      { in: 'database/dist/query/query-builder.js', what: /^( +)where: \[\],/m, by: '$1conditions: [],' },
    ],
  },
  {
    what: 'an invitation is called otherwise in an account',
    guards: ['close-account-secrets'],
    says: 'an account of the staff has no "registrationToken"',
    changes: [{ in: 'admin/dist/server', what: /\bregistrationToken\b/g, by: 'invitation' }],
  },
  {
    what: 'a join keeps the name of its table under another name',
    guards: ['close-account-secrets'],
    says: 'of an account is answered across a relation',
    changes: ['database/dist/query', 'upload/dist/server/services/folder.js'].map((one) => ({
      in: one,
      what: /\breferencedTable\b/g,
      by: 'joinedTable',
    })),
  },
  {
    what: 'a population hands its filters on under another name',
    guards: ['close-account-secrets'],
    says: '"password" of an account is populated across a relation',
    changes: [
      { in: 'database/dist/query/helpers/populate/apply.js', what: /^( +)filters,\n( +)\.\.\.pick/m, by: '$1...pick' },
      { in: 'database/dist/query/helpers/populate/apply.js', what: /^ +'filters',\n/m, by: '' },
    ],
  },
  {
    what: 'who saved an entry is not populated',
    guards: ['close-account-secrets'],
    says: 'an account is not populated across a relation',
    changes: [
      {
        in: 'database/dist/query/helpers/populate/apply.js',
        what: /result\[attributeName\] = fromTargetRow\(\S+first\(map\[result\[joinColumnName\]\]\)\);/,
        by: 'result[attributeName] = null;',
      },
    ],
  },
  {
    what: 'the content API gives out its engine of permissions anew each time',
    guards: ['close-abilities'],
    says: `a row for ${CONTACT}.find still gives a visitor the right`,
    changes: [
      {
        in: 'core/dist/services/content-api/permissions/index.js',
        what: /engine: engine\$1,/,
        by: 'get engine () { return { ...engine$$1 }; },',
      },
    ],
  },
  {
    what: 'the hook that formats a right has another name',
    guards: ['close-abilities'],
    says: 'the permission engine of the admin has no hook "format.permission"',
    changes: ['permissions', 'admin'].map((one) => ({
      in: `${one}/dist`,
      what: /'format\.permission'/g,
      by: "'shape.permission'",
    })),
  },
  {
    what: 'the hook that formats a right no longer takes what it is given back',
    guards: ['close-abilities'],
    says: `a role of the admin may still read the sealed "name" of ${CONTACT}`,
    changes: [{ in: 'utils/dist/hooks.js', what: /res = await handler\(res\)/, by: 'await handler(res)' }],
  },
  {
    what: 'an event arrives later',
    guards: ['close-events'],
    says: `an event of ${CONTACT} carries more than ids, or none arrives`,
    changes: [
      {
        in: 'core/dist/services/event-hub.js',
        what: /await listener\(\.\.\.args\);/,
        by: 'setTimeout(listener, 5000, ...args);',
      },
    ],
  },
  {
    what: 'the store of a plugin no longer writes through the core store',
    guards: ['guard-registration'],
    says: 'the store of a plugin does not write through the core store',
    changes: [
      { in: 'core/dist/services/core-store.js', what: /set: \(params\)=>store\.set\(/, by: 'set: (params)=>reallySet(' },
      { in: 'core/dist/services/core-store.js', what: /store\.set = async/, by: 'const reallySet = store.set = async' },
    ],
  },
  {
    what: 'strapi.documents makes a new object each time',
    guards: ['seal-documents'],
    says: `strapi.documents("${CONTACT}") is not one object`,
    changes: [{ in: 'core/dist/services/document-service/index.js', what: /repositories\.set\(uid, instance\);/, by: '' }],
  },
];

const builder = (name: string): Change[] => [
  { in: 'database/dist/query/query-builder.js', what: new RegExp(`^( {8})${name} \\(data`, 'm'), by: `$1${other(name)} (data` },
  { in: 'database/dist/entity-manager/index.js', what: new RegExp(`\\.${name}\\(`, 'g'), by: `.${other(name)}(` },
  { in: 'core/dist', what: new RegExp(`(queryBuilder\\([^()]*\\))\\.${name}\\(`, 'g'), by: `$1.${other(name)}(` },
];

/** Changed in place by a guard. */
export const CHANGED: Row[] = [
  {
    what: 'the query builder, insert',
    guards: ['seal-queries'],
    says: 'the query builder has no function "insert"',
    changes: builder('insert'),
  },
  {
    what: 'the query builder, update',
    guards: ['seal-queries'],
    says: 'the query builder has no function "update"',
    changes: builder('update'),
  },
  {
    what: `strapi.documents("${CONTACT}"), clone`,
    guards: ['seal-documents'],
    says: `strapi.documents("${CONTACT}") has no function "clone"`,
    changes: documents('clone'),
  },
  {
    what: "GraphQL's shadowCRUD, disable",
    guards: ['guard-forms'],
    says: `GraphQL's shadowCRUD has no function "disable"`,
    changes: [
      {
        in: 'plugin-graphql/dist/server/services/extension/shadow-crud-manager.js',
        what: /^( {12})disable \(/m,
        by: `$1${other('disable')} (`,
      },
      ...CALLERS.map((one) => ({ in: `${one}/dist`, what: /(shadowCRUD\([^()]*\))\.disable\(/g, by: `$1.${other('disable')}(` })),
    ],
    with: { ...UNPROTECTED, ...GRAPHQL },
  },
  {
    what: "a field of GraphQL's shadowCRUD, disable",
    guards: ['close-graphql'],
    says: `a field of GraphQL's shadowCRUD has no function "disable"`,
    changes: [
      {
        in: 'plugin-graphql/dist/server/services/extension/shadow-crud-manager.js',
        what: /^( {20})disable \(/m,
        by: `$1${other('disable')} (`,
      },
    ],
    with: GRAPHQL,
  },
  {
    what: 'the documentation plugin, mutateDocumentation',
    guards: ['close-documentation'],
    says: 'the documentation plugin asks for no "mutateDocumentation"',
    changes: everywhere('plugin-documentation')('mutateDocumentation'),
    with: { TEST_DOCUMENTATION: 'true' },
  },
  {
    what: 'the documentation service, generateFullDoc',
    guards: ['close-documentation'],
    says: 'the documentation service has no function "generateFullDoc"',
    changes: everywhere('plugin-documentation')('generateFullDoc'),
    with: { TEST_DOCUMENTATION: 'true' },
  },
  ...['routes', 'listRoutes'].map((name) => ({
    what: `the server, ${name}`,
    guards: ['routes'],
    says: `the server has no function "${name}"`,
    changes: [
      { in: 'core/dist/services/server/index.js', what: new RegExp(`^( {8})${name} \\(`, 'm'), by: `$1${other(name)} (` },
      ...calls('server', name),
    ],
  })),
  {
    what: 'the server, use',
    guards: [
      'close-origins',
      'close-active-uploads',
      'close-documentation',
      'close-files',
      'close-log',
      'close-abilities',
      'intake',
      'intake-addresses',
    ],
    says: 'the server has no function "use"',
    changes: [
      { in: 'core/dist/services/server/index.js', what: /^( {8})use \(/m, by: `$1${other('use')} (` },
      ...calls('server', 'use'),
    ],
  },
  {
    what: 'the registry of services, extend',
    guards: [
      'guard-roles',
      'guard-role-permissions',
      'guard-naming-right',
      'guard-api-tokens',
      'guard-admin-tokens',
      'guard-accounts',
      'guard-type-builder',
      'show-types-as-written',
      'close-files',
      'guard-uploads',
    ],
    says: 'the registry of services has no function "extend"',
    changes: [{ in: 'core/dist/registries/services.js', what: /\bextend \(uid/, by: `${other('extend')} (uid` }],
  },
  {
    what: 'a route, policies',
    guards: ['routes'],
    says: 'a policy of a route is not asked',
    changes: [
      { in: 'core/dist/services/server/policy.js', what: /config\?\.policies/, by: 'config?.guards' },
      { in: 'core/dist/services/mcp', what: /\bauth\.policies\b/g, by: 'auth.guards' },
      { in: 'core/dist/services/server/routing.js', what: /policies: strapiUtils/, by: 'guards: strapiUtils' },
      ...CALLERS.map((one) => ({ in: `${one}/dist`, what: /\bpolicies: \[/g, by: 'guards: [' })),
    ],
  },
  {
    what: 'a route, middlewares',
    guards: ['routes'],
    says: 'a middleware of a route is not asked',
    changes: [
      { in: 'core/dist/services/server/middleware.js', what: /config\?\.middlewares/, by: 'config?.around' },
      { in: 'core/dist/services/server/routing.js', what: /middlewares: strapiUtils/, by: 'around: strapiUtils' },
      ...CALLERS.map((one) => ({ in: `${one}/dist`, what: /\bmiddlewares: \[/g, by: 'around: [' })),
    ],
  },
  {
    what: 'the list of tables that are kept',
    guards: ['keep-tables'],
    says: 'a table on the list of kept ones would be dropped',
    changes: [
      { in: 'database/dist/schema/diff.js', what: /'persisted_tables'/g, by: "'kept_tables'" },
      { in: 'admin/dist', what: /'persisted_tables'/g, by: "'kept_tables'" },
    ],
  },
  {
    what: 'the registry of models gives a copy of its list',
    guards: ['hide-models'],
    says: 'the registry of models keeps a list that cannot be shortened',
    changes: [{ in: 'core/dist/registries/models.js', what: /return models;/, by: 'return [...models];' }],
  },
  {
    what: 'the way in to the admin has another address',
    guards: ['close-origins'],
    says: 'the way in to the admin is not among its routes',
    changes: [{ in: 'admin/dist/server', what: /path: '\/login'/g, by: "path: '/sign-in'" }],
  },
];
