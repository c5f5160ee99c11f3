const path = require('node:path');

module.exports = () => ({
  'users-permissions': { config: { jwtSecret: 'test-jwt-secret' } },
  graphql: {
    enabled: process.env.TEST_GRAPHQL === 'true',
    config: { landingPage: false, apolloServer: { introspection: true } },
  },
  documentation: { enabled: process.env.TEST_DOCUMENTATION === 'true' },
  ...(process.env.TEST_UPLOAD ? { upload: { config: JSON.parse(process.env.TEST_UPLOAD) } } : {}),
  ...(process.env.TEST_WITHOUT_FORM_GUARD === 'true'
    ? {}
    : {
        'form-guard': {
          enabled: true,
          resolve: path.resolve(__dirname, '../../..'),
          config: JSON.parse(process.env.TEST_FORM_GUARD || '{}'),
        },
      }),
});
