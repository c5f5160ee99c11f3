/** A Strapi that lies open to a benchmark: in a process of its own, on a database of its own, and it does what it is asked. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';

/** @returns the environment that names it, and `drop` */
export const makeDatabase = async (app, client) => {
  if (client === 'sqlite') return { env: { TEST_DB_FILE: path.join(app, 'vault.db') }, drop: async () => undefined };
  const { default: pg } = await import('pg');
  const administer = async (sql) => {
    const connection = new pg.Client({ host: '127.0.0.1', user: 'postgres', database: 'postgres' });
    await connection.connect();
    await connection.query(sql);
    await connection.end();
  };
  const name = `form_guard_bench_${randomBytes(4).toString('hex')}`;
  await administer(`CREATE DATABASE ${name}`);
  return { env: { TEST_DB_NAME: name }, drop: () => administer(`DROP DATABASE ${name} WITH (FORCE)`) };
};

/** What can be asked stands in vault-process.mjs. @returns `ask(deed, details)`, `port`, `kill`, `stop` */
export const startVault = async (app, client, env) => {
  const child = fork(path.join(import.meta.dirname, 'vault-process.mjs'), {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      STRAPI_TELEMETRY_DISABLED: 'true',
      BENCH_APP: app,
      TEST_DB_CLIENT: client,
      TEST_FORM_GUARD: '{}',
      TEST_GRAPHQL: 'false',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map();
  const answer = (id) => new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.on('message', ({ id, answer: given, failure }) => {
    if (failure === undefined) waiting.get(id)?.resolve(given);
    else waiting.get(id)?.reject(new Error(failure));
  });
  void ended.then(() => [...waiting.values()].forEach(({ reject }) => reject(new Error('The Strapi ended.'))));
  await answer('booted');
  let last = 0;
  const ask = (deed, details = {}) => {
    last += 1;
    child.send({ id: last, deed, details });
    return answer(last);
  };
  const { port } = await ask('listen');
  return {
    ask,
    port,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      await ask('stop').catch(() => undefined);
      await ended;
    },
  };
};
