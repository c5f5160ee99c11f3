// Two other plugins that keep what they see: one is loaded before Form Guard, one after it.
const path = require('node:path');

const watcher = (name) => ({ [name]: { enabled: true, resolve: path.resolve(__dirname, '../src/plugins', name) } });

module.exports = () => ({
  'users-permissions': { config: { jwtSecret: 'test-jwt-secret', ratelimit: { enabled: false } } },
  graphql: { enabled: true, config: { landingPage: false, apolloServer: { introspection: true } } },
  documentation: { enabled: true },
  ...watcher('watcher-before'),
  ...(process.env.TEST_WITHOUT_FORM_GUARD === 'true'
    ? {}
    : {
        'form-guard': {
          enabled: true,
          resolve: path.resolve(__dirname, '../../../..'),
          config: JSON.parse(process.env.TEST_FORM_GUARD || '{}'),
        },
      }),
  ...watcher('watcher-after'),
});
