/**
 * Exact search among very many submissions, to the same look-up on an indexed plain column of a type that seals nothing.
 * BENCH_RECORDS (1,000,000), BENCH_CLIENT=sqlite for that one.
 */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { makeApp } from './measure/app.mjs';
import { serverFromSources } from './measure/from-sources.mjs';
import { compare } from './measure/medians.mjs';
import { reportAlone } from './measure/report.mjs';
import { makeDatabase, startVault } from './measure/vault-site.mjs';

const RECORDS = Number(process.env.BENCH_RECORDS ?? 1_000_000);
const CLIENT = process.env.BENCH_CLIENT ?? 'postgres';
const PAIRS = Number(process.env.BENCH_PAIRS ?? 3);
const ROUNDS = 100;
const AT_ONCE = 20;

export const measure = async () => {
  const { app, remove } = makeApp();
  serverFromSources(path.resolve(app, '../..'));
  const { env, drop } = await makeDatabase(app, CLIENT);
  try {
    const site = await startVault(app, CLIENT, { ...env, FORM_GUARD_KEYS: `bench:${randomBytes(32).toString('base64')}` });
    const formOrType = await site.ask('fill', { rows: RECORDS });
    await site.ask('fillPlain', { rows: RECORDS });
    console.error(`${RECORDS} are there, twice`);
    const pairs = [];
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const { isWhole, ...times } = await site.ask('search', { formOrType, rows: RECORDS, rounds: ROUNDS, atOnce: AT_ONCE });
      if (!isWhole) throw new Error('Something was not found, or too much.');
      pairs.push(times);
    }
    await site.stop();
    return [{ what: `search among ${RECORDS} (${CLIENT})`, aim: 1.3, ...compare(pairs) }];
  } finally {
    await drop();
    remove();
  }
};
await reportAlone(import.meta.url, measure);
