/**
 * An attack that fails because its token is wrong proves nothing: everybody asks for something that nobody protects, the way
 * the attacks ask.
 */
import type { Sent } from './ask';
import { ARTICLE, TOPIC } from './fixture';
import type { Person, Target } from './target';

const topics = `GET /content-manager/collection-types/${TOPIC}`;
const mcp = {
  headers: { accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2025-06-18' },
  body: { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'list_topic', arguments: {} } },
};

const QUESTIONS: [person: Person, request: string, answer: string, sent?: Sent][] = [
  ['stranger', 'GET /api/topics', 'Roads'],
  ['stranger', 'GET /api/articles?populate=*', 'As a citizen wrote'],
  ['stranger', 'GET /api/upload/files', 'town-hall'],
  ['stranger', 'GET /api/upload/files/page', 'town-hall'],
  ['stranger', 'POST /graphql', 'Roads', { body: { query: '{ topics { title } }' } }],
  ['member', 'GET /api/topics', 'Roads'],
  ['custom', 'GET /api/topics', 'Roads'],
  ['seeded', 'GET /api/topics', 'Roads'],
  ['readOnly', 'GET /api/topics', 'Roads'],
  ['readOnly', 'GET /api/upload/files', 'town-hall'],
  ['fullAccess', 'GET /api/topics', 'Roads'],
  ['customToken', 'GET /api/topics', 'Roads'],
  ['boss', topics, 'Roads'],
  ['boss', 'GET /admin/api-tokens', 'readOnly'],
  ['editor', topics, 'Roads'],
  ['editor', 'GET /upload/files', 'town-hall'],
  ['author', topics, 'Roads'],
  ['topics', topics, 'Roads'],
  ['topics', `GET /content-manager/relations/${ARTICLE}/topic`, 'Roads'],
  ['limited', 'GET /admin/users/me', 'Stafflimited'],
  ['ticked', 'GET /admin/users/me', 'Staffticked'],
  ['nobody', 'GET /content-manager/init', 'api::topic.topic'],
  ['adminToken', topics, 'Roads'],
  ['adminToken', 'POST /mcp', 'Roads', mcp],
];

/** @returns who could not, with the answer */
export const whoCannotAsk = async (target: Target): Promise<string[]> => {
  const cannot: string[] = [];
  for (const [person, request, answer, sent] of QUESTIONS) {
    const { status, text } = await target.as(person, request, sent);
    if (!text.includes(answer)) cannot.push(`${person}: ${request} → ${status} ${text.slice(0, 200)}`);
  }
  return cannot;
};
