/** The other end of a transfer, as another Strapi would be it: opens the socket, begins, pulls everything there is. */
import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import type { Target } from './target';

const PATIENCE_MS = 10_000;
export const STAGES = ['entities', 'links', 'configuration', 'assets'] as const;

interface Message {
  uuid?: string;
  error?: { message: string } | null;
  data?: { type?: string; ended?: boolean; data?: unknown; id?: string } | null;
  diagnostic?: unknown;
}

export interface Transfer {
  /** All that came, files decoded. */
  received(): string;
  command(command: string, params?: object): Promise<Message>;
  action(action: string): Promise<Message>;
  /** @returns what one stage held */
  pull(stage: (typeof STAGES)[number]): Promise<string>;
  /** Into the stage of entities, which nothing is deleted for before. */
  push(entities: object[]): Promise<void>;
  close(): Promise<void>;
}

/** Files come in base64. */
const decoded = (chunk: unknown): string => {
  const { encoding, data } = (chunk ?? {}) as { encoding?: string; data?: unknown };
  if (encoding === 'base64' && typeof data === 'string') return Buffer.from(data, 'base64').toString('latin1');
  return JSON.stringify(chunk);
};

/** @throws when the site does not open the socket */
export const openTransfer = (target: Target, kind: 'pull' | 'push'): Promise<Transfer> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${target.url().replace('http', 'ws')}/admin/transfer/runner/${kind}`, {
      headers: { authorization: `Bearer ${target.tokens.transfer ?? ''}` },
    });
    const texts: string[] = [];
    const waiting = new Map<string, (message: Message) => void>();
    let stage: { texts: string[]; done(): void } | undefined;

    socket.on('message', (data) => {
      const text = data.toString();
      const message = JSON.parse(text) as Message;
      texts.push(text);
      const answered = message.uuid === undefined ? undefined : waiting.get(message.uuid);
      if (answered) return answered(message);
      if (message.data?.type !== 'transfer') return undefined;
      socket.send(JSON.stringify({ uuid: message.uuid, data: null }));
      const chunks = Array.isArray(message.data.data) ? (message.data.data as unknown[]) : [];
      stage?.texts.push(...chunks.flat().map(decoded));
      if (message.data.ended) stage?.done();
      return undefined;
    });

    const send = (message: object): Promise<Message> =>
      new Promise((answer, refuse) => {
        const uuid = randomUUID();
        const impatient = setTimeout(() => refuse(new Error(`No answer to ${JSON.stringify(message)}`)), PATIENCE_MS);
        waiting.set(uuid, (answered) => {
          clearTimeout(impatient);
          waiting.delete(uuid);
          answer(answered);
        });
        socket.send(JSON.stringify({ uuid, ...message }));
      });

    const transfer: Transfer = {
      received: () => texts.join('\n'),
      command: (command, params = {}) => send({ type: 'command', command, params }),
      action: (action) => send({ type: 'transfer', kind: 'action', action }),
      async pull(step) {
        const held: string[] = [];
        const ended = new Promise<void>((done) => (stage = { texts: held, done }));
        const { error } = await send({ type: 'transfer', kind: 'step', step, action: 'start' });
        if (error) throw new Error(error.message);
        await ended;
        await send({ type: 'transfer', kind: 'step', step, action: 'end' });
        return held.join('\n');
      },
      async push(entities) {
        const step = { type: 'transfer', kind: 'step', step: 'entities' };
        for (const sent of [{ action: 'start' }, { action: 'stream', data: entities }, { action: 'end' }]) {
          const { error } = await send({ ...step, ...sent });
          if (error) throw new Error(`${sent.action}: ${error.message}`);
        }
      },
      close: () =>
        new Promise((closed) => {
          socket.on('close', () => closed());
          socket.close();
          // The server turns lifecycles on again when it has heard of it.
          setTimeout(closed, 200);
        }),
    };
    socket.on('open', () => resolve(transfer));
    socket.on('error', reject);
  });
