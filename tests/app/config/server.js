// Not kept in a file: two tests may run with different plugins.
const cache = { enabled: false };
const openapi = { 'content-api': { access: 'public', cache }, admin: { access: 'authenticated', cache } };

module.exports = () => ({
  host: process.env.TEST_HOST || '127.0.0.1',
  ...(process.env.TEST_SITE_URL ? { url: process.env.TEST_SITE_URL } : {}),
  port: Number(process.env.TEST_PORT || 0),
  ...(process.env.TEST_SERVER_URL ? { url: process.env.TEST_SERVER_URL } : {}),
  app: { keys: ['test-key-one', 'test-key-two'] },
  ...(process.env.TEST_PUBLIC ? { dirs: { public: process.env.TEST_PUBLIC } } : {}),
  mcp: { enabled: process.env.TEST_MCP === 'true' },
  ...(process.env.TEST_DOCUMENTATION === 'true' ? { openapi } : {}),
  logger: { config: { level: process.env.TEST_LOG_LEVEL || 'error' } },
});
