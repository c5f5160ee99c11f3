// As open as a site can be: descriptions of the API for everybody, MCP on, every request in the log.
const cache = { enabled: false };

module.exports = () => ({
  host: '127.0.0.1',
  port: Number(process.env.TEST_PORT || 0),
  app: { keys: ['test-key-one', 'test-key-two'] },
  mcp: { enabled: true },
  openapi: { 'content-api': { access: 'public', cache }, admin: { access: 'authenticated', cache } },
  logger: { config: { level: process.env.TEST_LOG_LEVEL || 'debug' } },
  webhooks: { populateRelations: true },
});
