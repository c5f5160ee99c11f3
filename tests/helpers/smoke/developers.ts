/** For developers: Content-Type Builder, the documentation plugin, Strapi's own OpenAPI document, MCP. */
import type { World } from './world';

export const visitBuilder = async (world: World): Promise<void> => {
  const boss = world.in('content-type builder', world.boss);
  await boss('GET /content-type-builder/reserved-names');
  await boss('GET /content-type-builder/content-types');
  await boss('GET /content-type-builder/components');
  await boss('GET /content-type-builder/schema');
  await boss('GET /content-type-builder/update-schema-status');
  for (const uid of ['api::book.book', 'api::topic.topic', 'plugin::users-permissions.user']) {
    await boss(`GET /content-type-builder/content-types/${uid}`);
  }
  await boss('GET /content-type-builder/components/shelf.quote');
  await boss('GET /content-type-builder/content-types/api::nothing.nothing', { is: 404 });
  await world.in('content-type builder', world.editor)('GET /content-type-builder/schema', { is: 403 });
};

export const visitDocuments = async (world: World): Promise<void> => {
  const stranger = world.in('documentation');
  await stranger('GET /documentation');
  await stranger('GET /documentation/v1.0.0');
  await stranger('GET /api/openapi.json');
  await stranger('GET /admin/openapi.json', { is: 401 });
  const boss = world.in('documentation', world.boss);
  await boss('GET /admin/openapi.json');
  await boss('GET /documentation/getInfos');
};

const MCP_VERSION = '2025-06-18';

export const visitMcp = async (world: World): Promise<void> => {
  const headers = { accept: 'application/json, text/event-stream', 'mcp-protocol-version': MCP_VERSION };
  await world.in('mcp')('POST /mcp', { body: { jsonrpc: '2.0', id: 1, method: 'tools/list' }, headers, is: 401 });
  const right = (name: string) => ({
    action: `plugin::content-manager.explorer.${name}`,
    subject: 'api::article.article',
    properties: { fields: ['title', 'body'] },
    conditions: [],
  });
  const token = await world.in('mcp', world.boss)('POST /admin/admin-tokens', {
    body: { name: 'Assistant', description: '', lifespan: null, adminPermissions: [right('read')] },
    is: 201,
  });
  const assistant = world.in('mcp', token.at('data.accessKey'));
  const call = (method: string, params: object, called: string) =>
    assistant('POST /mcp', { body: { jsonrpc: '2.0', id: 1, method, params }, headers, called: `POST /mcp ${called}` });
  const client = { protocolVersion: MCP_VERSION, capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  await call('initialize', client, 'initialize');
  await call('tools/list', {}, 'tools/list');
  await call('tools/call', { name: 'list_article', arguments: {} }, 'list_article');
};
