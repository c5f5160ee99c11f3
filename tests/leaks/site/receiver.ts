/** Somebody else's server, to which a webhook points. It keeps what it is told. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Receiver {
  url: string;
  heard(): string;
  close(): void;
}

export const openReceiver = async (): Promise<Receiver> => {
  const heard: string[] = [];
  const server = http.createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      heard.push(text);
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    heard: () => heard.join('\n'),
    close: () => void server.close(),
  };
};
