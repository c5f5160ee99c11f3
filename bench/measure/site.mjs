/** Starts one Strapi in a process of its own, and speaks to it: deeds over IPC, requests over HTTP on one kept connection. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import path from 'node:path';

const CHILD = path.join(import.meta.dirname, 'strapi-process.mjs');
const KEYS = `bench:${randomBytes(32).toString('base64')}`;

const environment = (app, { file, config, withPlugin }) => ({
  ...process.env,
  NODE_ENV: 'production',
  STRAPI_TELEMETRY_DISABLED: 'true',
  STRAPI_DISABLE_UPDATE_NOTIFICATION: 'true',
  BENCH_APP: app,
  TEST_DB_CLIENT: 'sqlite',
  TEST_DB_FILE: path.join(app, file),
  TEST_FORM_GUARD: JSON.stringify(config),
  TEST_WITHOUT_FORM_GUARD: String(!withPlugin),
  TEST_GRAPHQL: 'false',
  FORM_GUARD_KEYS: KEYS,
});

/** BENCH_CPU_PROF=<folder> writes a V8 profile of every Strapi there. */
const profiling = ({ withPlugin }) =>
  process.env.BENCH_CPU_PROF
    ? ['--cpu-prof', `--cpu-prof-dir=${path.join(process.env.BENCH_CPU_PROF, withPlugin ? 'with' : 'without')}`]
    : [];

/** @param file name of its database in the app's folder; made when it is not there. */
export const startSite = async (app, options) => {
  const child = fork(CHILD, {
    env: environment(app, options),
    execArgv: profiling(options),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map();
  const answerTo = (id) => new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.on('message', ({ id, answer, failure }) => {
    if (failure === undefined) waiting.get(id)?.resolve(answer);
    else waiting.get(id)?.reject(new Error(failure));
    waiting.delete(id);
  });
  void ended.then((code) => {
    for (const { reject } of waiting.values()) reject(new Error(`A Strapi ended by itself (${code}).`));
  });
  const { bootMs, bootCpuMs } = await answerTo('booted');

  let last = 0;
  const ask = (deed, details) => {
    last += 1;
    child.send({ id: last, deed, details });
    return answerTo(last);
  };

  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  let port;
  /** @returns status, body, and the milliseconds from sending to the last byte. */
  const request = ({ method = 'GET', path: to, jwt, body, expect }) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers = {
        ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        ...(jwt ? { authorization: `Bearer ${jwt}` } : {}),
      };
      const sent = performance.now();
      const call = http.request({ host: '127.0.0.1', port, agent, method, path: to, headers }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const ms = performance.now() - sent;
          const answer = Buffer.concat(chunks).toString();
          if (expect && response.statusCode !== expect)
            reject(new Error(`${method} ${to} answered ${response.statusCode}: ${answer.slice(0, 500)}`));
          else resolve({ ms, status: response.statusCode, body: answer });
        });
      });
      call.on('error', reject);
      call.end(text);
    });

  return {
    pid: child.pid,
    get port() {
      return port;
    },
    bootMs,
    bootCpuMs,
    ask,
    request,
    async listen() {
      ({ port } = await ask('listen'));
    },
    /** The SQL statements that one request makes. */
    async statementsOf(call) {
      await ask('noteStatements');
      await request(call);
      return ask('notedStatements');
    },
    async stop() {
      agent.destroy();
      if (child.connected) await ask('stop').catch(() => undefined);
      const late = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(late);
    },
  };
};
