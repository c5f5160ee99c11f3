/** Every function of Strapi that a guard takes hold of, and how it is called otherwise with all who call it. */
import { CONTACT } from '../strapi';
import { calls, CALLERS, everywhere, other, type Change } from './change';

export const UNPROTECTED = { TEST_FORM_GUARD: '{}' };
export const GRAPHQL = { TEST_GRAPHQL: 'true' };
const ADMIN = 'admin/dist/server/server/src';
const tokenSource = `${ADMIN}/services/api-token.js`;
export const documents = (name: string): Change[] => [
  {
    in: 'core/dist/services/document-service/repository.js',
    what: new RegExp(`^( {8})${name}: `, 'm'),
    by: `$1${other(name)}: `,
  },
];

interface Held {
  /** Guards that hold it. */
  guards: string[];
  /** As the sentence calls it. */
  where: string;
  names: string[];
  rename: (name: string) => Change[];
  /** In place of "has no function": how the sentence goes on. */
  says?: (name: string) => string;
  /** What is on besides. Where nothing is protected, another guard would speak first. */
  with?: Record<string, string>;
}

/** Guard, service, functions. */
const BUILDER: [string, string, string[]][] = [
  ['guard-type-builder', 'schema', ['updateSchema']],
  [
    'guard-type-builder',
    'content-types',
    ['createContentType', 'createContentTypes', 'editContentType', 'deleteContentType', 'deleteContentTypes'],
  ],
  ['guard-type-builder', 'components', ['createComponent', 'editComponent', 'deleteComponent']],
  ['guard-type-builder', 'component-categories', ['editCategory', 'deleteCategory']],
  ['guard-type-builder', 'api-handler', ['clear']],
  ['show-types-as-written', 'schema', ['getSchema', 'formatAttribute']],
  ['show-types-as-written', 'content-types', ['formatContentType']],
];

export const HELD: Held[] = [
  {
    guards: ['close-scopes'],
    where: 'the auth service of the content API',
    names: ['verify'],
    rename: (name) => [
      { in: 'core/dist/services/auth/index.js', what: /async verify \(/, by: `async ${other(name)} (` },
      ...calls('auth', name),
      ...calls('authService', name),
    ],
  },
  {
    guards: ['close-account-secrets', 'account-tokens', 'seal-queries', 'take-along', 'close-queries', 'close-files'],
    where: 'the entity manager',
    names: ['create', 'createMany', 'update', 'updateMany', 'findMany', 'createQueryBuilder'],
    rename: (name) => [
      {
        in: 'database/dist/entity-manager/index.js',
        what: new RegExp(`^( {8}(?:async )?)${name} \\(uid`, 'm'),
        by: `$1${other(name)} (uid`,
      },
      { in: 'database/dist/entity-manager/index.js', what: new RegExp(`this\\.${name}\\(`, 'g'), by: `this.${other(name)}(` },
      { in: 'database/dist/index.js', what: new RegExp(`entityManager\\.${name}\\(`, 'g'), by: `entityManager.${other(name)}(` },
      ...calls('entityManager', name),
    ],
  },
  {
    guards: ['take-along'],
    where: 'the lifecycles',
    names: ['disable', 'enable'],
    rename: (name) => [
      { in: 'database/dist/lifecycles/index.js', what: new RegExp(`^( {8})${name} \\(`, 'm'), by: `$1${other(name)} (` },
    ],
  },
  {
    guards: ['close-account-secrets', 'account-tokens', 'close-queries', 'close-files'],
    where: 'the query builder',
    names: ['processState', 'clone'],
    rename: (name) => [
      { in: 'database/dist/query/query-builder.js', what: new RegExp(`^( {8})${name} \\(`, 'm'), by: `$1${other(name)} (` },
      { in: 'database/dist/query/query-builder.js', what: /this\.processState\(/g, by: `this.${other('processState')}(` },
    ],
  },
  {
    guards: ['seal-documents'],
    where: `strapi.documents("${CONTACT}")`,
    names: ['create', 'update', 'delete'],
    rename: documents,
  },
  {
    guards: ['guard-forms'],
    where: 'strapi.documents("plugin::form-guard.form")',
    names: ['create', 'update', 'delete'],
    rename: documents,
    with: UNPROTECTED,
  },
  {
    guards: ['close-documents'],
    where: `strapi.documents("${CONTACT}")`,
    names: ['findOne', 'findFirst', 'findMany', 'count'],
    rename: documents,
  },
  {
    guards: ['close-graphql'],
    where: "GraphQL's extension service",
    names: ['shadowCRUD'],
    rename: everywhere(...CALLERS),
    with: GRAPHQL,
  },
  {
    guards: ['close-graphql'],
    where: "GraphQL's shadowCRUD",
    names: ['disableQueries', 'disableActions', 'field'],
    rename: (name) =>
      name === 'field'
        ? [
            {
              in: 'plugin-graphql/dist/server/services/extension/shadow-crud-manager.js',
              what: /field \(fieldName\)/,
              by: `${other(name)} (fieldName)`,
            },
            ...CALLERS.map((one) => ({
              in: `${one}/dist`,
              what: /(shadowCRUD\w*\([^()]*\)\s*)\.field\(/g,
              by: `$1.${other(name)}(`,
            })),
          ]
        : everywhere(...CALLERS)(name),
    with: GRAPHQL,
  },
  {
    guards: ['close-events'],
    where: 'the event hub',
    names: ['emit', 'on', 'off'],
    rename: (name) => [
      { in: 'core/dist/services/event-hub.js', what: new RegExp(`^( {8}(?:async )?)${name} \\(`, 'm'), by: `$1${other(name)} (` },
      ...calls('eventHub', name),
    ],
  },
  {
    guards: ['close-raw-queries', 'close-pickers'],
    where: 'a route',
    names: ['relations.findAvailable', 'relations.findExisting'],
    rename: (name) => everywhere('content-manager')(name.split('.')[1] as string),
    says: (name) => `no route leads to "${name}"`,
  },
  {
    guards: ['close-raw-queries'],
    where: 'the transformer of queries',
    names: ['transform'],
    rename: (name) => [
      {
        in: 'core/dist/services/query-params.js',
        what: /transform: transformQueryParams/,
        by: `${other(name)}: transformQueryParams`,
      },
      ...CALLERS.map((one) => ({ in: `${one}/dist`, what: /(get\('query-params'\))\.transform\(/g, by: `$1.${other(name)}(` })),
    ],
  },
  ...(['upload', 'replace'] as const).map((name): Held => ({
    guards: name === 'upload' ? ['close-files', 'guard-uploads'] : ['guard-uploads'],
    where: 'the service plugin::upload.upload',
    names: [name],
    rename: () => [
      {
        in: 'upload/dist/server/services/upload.js',
        what: new RegExp(`^( {8})${name},$`, 'm'),
        by: `$1${other(name)}: ${name},`,
      },
      ...calls('uploadService', name),
      { in: 'upload/dist', what: new RegExp(`(getService\\('upload'\\))\\.${name}\\(`, 'g'), by: `$1.${other(name)}(` },
    ],
  })),
  {
    guards: ['close-raw-queries'],
    where: 'a route',
    names: ['collection-types.find', 'collection-types.findOne'],
    rename: (name) => {
      const action = name.split('.')[1] as string;
      return [
        {
          in: 'content-manager/dist/server/controllers/collection-types.js',
          what: new RegExp(`\\basync ${action} \\(ctx`),
          by: `async ${other(action)} (ctx`,
        },
        {
          in: 'content-manager/dist/server/routes',
          what: new RegExp(`'${name}'`, 'g'),
          by: `'collection-types.${other(action)}'`,
        },
      ];
    },
    says: (name) => `no route leads to "${name}"`,
  },
  {
    guards: ['close-origins'],
    where: 'the server',
    names: ['api'],
    rename: (name) => [
      { in: 'core/dist/services/server/index.js', what: /^( {8})api \(name\)/m, by: `$1${other(name)} (name)` },
      ...calls('server', name),
    ],
  },
  {
    guards: ['close-origins'],
    where: 'the admin of the server',
    names: ['listRoutes'],
    rename: (name) => [{ in: 'core/dist/services/server/api.js', what: /^( {8})listRoutes \(/m, by: `$1${other(name)} (` }],
  },
  {
    guards: ['close-abilities'],
    where: 'the permission engine of the content API',
    names: ['generateAbility'],
    rename: everywhere('permissions', ...CALLERS),
  },
  {
    guards: ['close-abilities'],
    where: 'the hook "format.permission"',
    names: ['register'],
    rename: (name) => [
      { in: 'utils/dist/hooks.js', what: /register \(handler\)/, by: `${other(name)} (handler)` },
      { in: 'permissions/dist/engine/index.js', what: /(\[hook\])\.register\(/, by: `$1.${other(name)}(` },
      ...CALLERS.map((one) => ({
        in: `${one}/dist`,
        what: /(\bhook\('[^']+'\)|\bhooks(?:\.\w+|\['[^']+'\])+)\.register\(/g,
        by: `$1.${other(name)}(`,
      })),
      // A second one behind the first.
      ...['content-releases', 'review-workflows'].map((one) => ({
        in: `${one}/dist/server/register.js`,
        what: /(\(\w+(?:\.\w+)?\))\.register\(/g,
        by: `$1.${other(name)}(`,
      })),
    ],
  },
  {
    guards: ['guard-roles'],
    where: 'the service plugin::users-permissions.role',
    names: ['createRole', 'updateRole'],
    rename: everywhere('plugin-users-permissions'),
  },
  {
    guards: ['guard-api-tokens'],
    where: 'the service admin::api-token',
    names: ['create', 'update', 'getById'],
    rename: (name) => [
      // The first of two objects in that file is the service of the content API's tokens.
      { in: tokenSource, what: new RegExp(`^( {12})${name}: \\(`, 'm'), by: `$1${other(name)}: (` },
      {
        in: `${ADMIN}/controllers/api-token.js`,
        what: new RegExp(`apiTokenService\\.${name}\\(`, 'g'),
        by: `apiTokenService.${other(name)}(`,
      },
      {
        in: `${ADMIN}/bootstrap.js`,
        what: new RegExp(`apiTokenService\\.${name}\\(`, 'g'),
        by: `apiTokenService.${other(name)}(`,
      },
    ],
  },
  {
    guards: ['guard-api-tokens'],
    where: 'the service admin::api-token-content-api',
    names: ['create', 'update', 'getById'],
    // One object under two names; here the second name goes.
    rename: () => [
      { in: 'admin/dist/server', what: /'api-token-content-api'/g, by: `'api-token-of-another-strapi'` },
      { in: 'core/dist', what: /'admin::api-token-content-api'/g, by: `'admin::api-token-of-another-strapi'` },
    ],
    says: () => 'the service admin::api-token-content-api is not there',
  },
  {
    guards: ['guard-admin-tokens'],
    where: 'the service admin::api-token-admin',
    names: ['create', 'update', 'assignAdminPermissionsToToken', 'getById'],
    rename: (name) =>
      name.startsWith('assign')
        ? [
            {
              in: tokenSource,
              what: /^( {8})assignAdminPermissionsToToken,$/m,
              by: `$1${other(name)}: assignAdminPermissionsToToken,`,
            },
          ]
        : [
            { in: tokenSource, what: new RegExp(`^( {8})${name}: \\(`, 'm'), by: `$1${other(name)}: (` },
            {
              in: `${ADMIN}/controllers/admin-token.js`,
              what: new RegExp(`apiTokenService\\.${name}\\(`, 'g'),
              by: `apiTokenService.${other(name)}(`,
            },
          ],
  },
  {
    guards: ['guard-registration'],
    where: 'the core store',
    names: ['get', 'set'],
    rename: (name) => [
      { in: 'core/dist/services/core-store.js', what: new RegExp(`\\bstore\\.${name}\\b`, 'g'), by: `store.${other(name)}` },
      ...calls('(?:strapi1?|this)\\.store', name),
    ],
  },
  {
    guards: ['guard-type-builder'],
    // The first, one between and the last of the nine that it looks for.
    where: 'a route',
    names: ['schema.updateSchema', 'components.updateComponent', 'component-categories.deleteCategory'],
    rename: (name) => {
      const [controller, action] = name.split('.') as [string, string];
      return [
        {
          in: `content-type-builder/dist/server/controllers/${controller}.js`,
          what: new RegExp(`\\b${action} \\(ctx`),
          by: `${other(action)} (ctx`,
        },
        {
          in: 'content-type-builder/dist/server/routes',
          what: new RegExp(`'${name}'`, 'g'),
          by: `'${controller}.${other(action)}'`,
        },
      ];
    },
    says: (name) => `the Content-Type Builder has no address for "${name}"`,
  },
  ...BUILDER.map(([guard, service, names]): Held => ({
    guards: [guard],
    where: `the service plugin::content-type-builder.${service}`,
    names,
    rename: (name) => [
      {
        in: 'content-type-builder/dist/server/services',
        what: new RegExp(`\\b${name}\\b`, 'g'),
        by: other(name),
      },
      {
        in: 'content-type-builder/dist/server/controllers',
        what: new RegExp(`((?:Service|getService\\('${service}'\\)))\\.${name}\\(`, 'g'),
        by: `$1.${other(name)}(`,
      },
    ],
  })),
  {
    guards: ['guard-webhooks'],
    where: 'the webhook store',
    names: ['findWebhook', 'createWebhook', 'updateWebhook'],
    rename: everywhere('core', 'admin'),
  },
  {
    guards: ['guard-transfer-tokens'],
    where: 'the part "token" of the service admin::transfer',
    names: ['create', 'update', 'getById'],
    rename: (name) => [
      { in: `${ADMIN}/services/transfer/token.js`, what: new RegExp(`exports\\.${name} =`), by: `exports.${other(name)} =` },
      {
        in: `${ADMIN}/controllers/transfer/token.js`,
        what: new RegExp(`tokenService\\.${name}\\(`, 'g'),
        by: `tokenService.${other(name)}(`,
      },
    ],
  },
  {
    guards: ['guard-role-permissions', 'guard-naming-right'],
    where: 'the service admin::role',
    names: ['assignPermissions', 'addPermissions', 'getUsersCount'],
    rename: everywhere(...CALLERS),
  },
  {
    guards: ['guard-accounts', 'guard-naming-right'],
    where: 'the service admin::user',
    names: ['updateById'],
    rename: everywhere('admin'),
  },
  {
    guards: ['guard-naming-right'],
    where: 'the service admin::user',
    names: ['create'],
    rename: (name) => [
      { in: `${ADMIN}/services/user.js`, what: new RegExp(`^ {4}${name},$`, 'm'), by: `    ${other(name)}: ${name},` },
    ],
  },
  {
    guards: ['guard-accounts'],
    where: 'the service admin::auth',
    names: ['validatePassword'],
    rename: everywhere('admin'),
  },
];
