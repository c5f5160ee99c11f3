/** Objects in memory, put, read and deleted by HTTP as from a bucket; reading one needs a signed address. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export const startBucket = async () => {
  const objects = new Map<string, Buffer>();
  let left = Infinity;
  const answer = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://bucket');
    left -= 1;
    if (left < 0) return void response.writeHead(503).end();
    if (request.method === 'PUT') {
      objects.set(pathname, await buffer(request));
      return void response.writeHead(200).end();
    }
    if (request.method === 'DELETE') {
      objects.delete(pathname);
      return void response.writeHead(204).end();
    }
    if (!searchParams.has('signature')) return void response.writeHead(403).end();
    const found = objects.get(pathname);
    response.writeHead(found ? 200 : 404).end(found);
  };
  const server = http.createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    /** Answers so many requests more. */
    failAfter: (requests: number) => void (left = requests),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
