/**
 * The demo as `npm run demo` starts it, in a process of its own, on a free port and with data, secrets and key in a
 * temporary folder: a developer's own demo is not touched. It ends with the test, or when the test is gone.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const READY = /^Form Guard demo is ready: (http:\S+)\/admin$/m;
const PATIENCE_MS = 10_000;

export interface Account {
  firstname: string;
  lastname: string;
  email: string;
  password: string;
}
export interface Demo {
  url: string;
  /** The folder of its data, secrets and key. */
  home: string;
  /** What it has printed so far, its log included. */
  said(): string;
  /** Super admin; reader of nothing until named. */
  ada: Account;
  /** Editor; reader of the complaint form. */
  naima: Account;
  /** Editor; reader of nothing. */
  oscar: Account;
  stop(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

/** The first start builds the demo when its sources have changed, which takes about a minute. */
export const FIRST_START_MS = 300_000;

/**
 * @param root a copy of the repository (helpers/own-demo.ts), in which types can be edited as with `strapi develop`
 * @throws with what the demo said when it ends before it is ready
 */
export const startDemo = async (root?: string): Promise<Demo> => {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-demo-'));
  const child = spawn(process.execPath, ['demo/start.mjs', '--port', String(await freePort())], {
    cwd: root ?? ROOT,
    env: {
      ...process.env,
      FORM_GUARD_DEMO_DATA: home,
      FORM_GUARD_DEMO_DEVELOP: String(root !== undefined),
      // As if npm had started it: then it ends by itself when the process above it, this one, is gone.
      npm_lifecycle_event: 'test:browser',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const impatient = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    await ended;
    clearTimeout(impatient);
    fs.rmSync(home, { recursive: true, force: true });
  };
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const ready = READY.exec(said)?.[1];
      if (ready !== undefined) resolve(ready);
    };
    for (const out of [child.stdout, child.stderr]) out.on('data', listen);
    void ended.then(() => reject(new Error(`The demo ended before it was ready: ${said}`)));
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const people = JSON.parse(fs.readFileSync(path.join(home, 'data', 'credentials.json'), 'utf8')) as Account[];
  const person = (name: string): Account => {
    const found = people.find(({ firstname }) => firstname === name);
    if (!found) throw new Error(`The demo has nobody called ${name}.`);
    return found;
  };
  return { url, home, said: () => said, ada: person('Ada'), naima: person('Naima'), oscar: person('Oscar'), stop };
};

export interface Answer {
  status: number;
  body: unknown;
}
export type Call = (method: string, address: string, body?: object) => Promise<Answer>;

/** Past the screens, to see what the server holds: as a stranger, or signed in. */
export const callAs = async ({ url }: Demo, account?: Account): Promise<Call> => {
  let headers: Record<string, string> = { 'content-type': 'application/json' };
  const call: Call = async (method, address, body) => {
    const answer = await fetch(`${url}${address}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    return { status: answer.status, body: await answer.json().catch(() => null) };
  };
  if (account) {
    const { body } = await call('POST', '/admin/login', { email: account.email, password: account.password });
    headers = { ...headers, authorization: `Bearer ${(body as { data: { token: string } }).data.token}` };
  }
  return call;
};

/** The form that the demo has submissions of, as whoever manages forms sees it. */
export const complaintForm = async (manager: Call): Promise<{ id: string; documentId: string }> => {
  const { data } = (await manager('GET', '/form-guard/forms')).body as {
    data: { id: string; documentId: string; slug: string }[];
  };
  const form = data.find(({ slug }) => slug === 'police-complaint');
  if (!form) throw new Error('The demo has no form for complaints.');
  return form;
};
