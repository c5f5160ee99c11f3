/**
 * A local HTTP server with a protocol on it, and with weather: it can be down, silent, cut off, endless, or say something
 * else than the protocol, for ever or for some requests.
 */
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface WireRequest {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

export interface WireAnswer {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

export type Weather = 'fair' | 'silent' | 'cut' | 'cut in the middle' | 'endless' | 'dripping' | WireAnswer;

const readBody = async (request: http.IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const pour = (response: http.ServerResponse): void => {
  const more = (): void => {
    while (!response.destroyed && response.write('x'.repeat(16_384)));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
};

const drip = (response: http.ServerResponse): void => {
  const timer = setInterval(() => (response.destroyed ? clearInterval(timer) : response.write(' ')), 20);
  response.once('close', () => clearInterval(timer));
};

const storm = (weather: Exclude<Weather, 'fair'>, response: http.ServerResponse): void => {
  if (typeof weather === 'object') {
    response.writeHead(weather.status, weather.headers).end(weather.body);
  } else if (weather === 'cut') {
    response.socket?.destroy();
  } else if (weather === 'cut in the middle') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"data":', () => response.socket?.destroy());
  } else if (weather !== 'silent') {
    response.writeHead(200, { 'content-type': 'application/json' });
    (weather === 'endless' ? pour : drip)(response);
  }
};

export const startWire = async (answer: (request: WireRequest) => WireAnswer, tls?: { cert: string; key: string }) => {
  const requests: WireRequest[] = [];
  let weather: Weather = 'fair';
  let left = Infinity;
  let slowness = 0;

  const listener = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const seen = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: await readBody(request),
    };
    requests.push(seen);
    if (weather !== 'fair' && left > 0) {
      left -= 1;
      storm(weather, response);
      return;
    }
    if (slowness > 0) await pause(slowness);
    const { status, body, headers } = answer(seen);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };
  const heed = (request: http.IncomingMessage, response: http.ServerResponse): void => {
    listener(request, response).catch(() => response.destroy());
  };
  const server = tls ? https.createServer(tls, heed) : http.createServer(heed);
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve()));
  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    /** Everything that came in, since the last time that this was emptied. */
    requests,
    set(next: Weather, times = Infinity): void {
      weather = next;
      left = times;
      requests.length = 0;
    },
    /** Each fair answer takes so long. */
    slow(ms: number): void {
      slowness = ms;
    },
    async stop(): Promise<void> {
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
    startAgain: () => listen(port),
  };
};

export type Wire = Awaited<ReturnType<typeof startWire>>;
