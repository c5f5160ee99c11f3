/**
 * An inbox of very many submissions to one of few, at the same server, by HTTP and in turns: opened, filtered, put in order,
 * paged. The order of what is overdue is that of its days. BENCH_RECORDS (100,000), BENCH_CLIENT=postgres for that one.
 */
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import path from 'node:path';
import { makeApp } from './measure/app.mjs';
import { serverFromSources } from './measure/from-sources.mjs';
import { compare } from './measure/medians.mjs';
import { reportAlone } from './measure/report.mjs';
import { makeDatabase, startVault } from './measure/vault-site.mjs';

const RECORDS = Number(process.env.BENCH_RECORDS ?? 100_000);
const FEW = 100;
const CLIENT = process.env.BENCH_CLIENT ?? 'sqlite';
const PAIRS = Number(process.env.BENCH_PAIRS ?? 3);
const ROUNDS = 150;
const WARM_UP = 50;
const QUESTIONS = {
  opened: '',
  'by state': '&state=open',
  'by person': '&assigned=1',
  'to nobody': '&assigned=nobody',
  overdue: '&due=overdue',
  'oldest first': '&order=oldest',
  'due next': '&order=due',
  'page 3': '&page=3',
  'by state, page 2': '&state=new&page=2',
};

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
/** @returns milliseconds. A list that is empty by mistake would be fast. */
const ask = (port, jwt, address) =>
  new Promise((resolve, reject) => {
    const started = performance.now();
    const headers = { authorization: `Bearer ${jwt}` };
    http
      .get({ host: '127.0.0.1', port, agent, path: address, headers }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          const ms = performance.now() - started;
          const { data } = JSON.parse(Buffer.concat(chunks).toString());
          if (response.statusCode === 200 && data.length >= 5) resolve(ms);
          else reject(new Error(`${address} answered ${response.statusCode}, ${data?.length} rows.`));
        });
      })
      .on('error', reject);
  });

export const measure = async () => {
  const { app, remove } = makeApp();
  serverFromSources(path.resolve(app, '../..'));
  const { env, drop } = await makeDatabase(app, CLIENT);
  try {
    const site = await startVault(app, CLIENT, { ...env, FORM_GUARD_KEYS: `bench:${randomBytes(32).toString('base64')}` });
    const forms = {
      with: await site.ask('fill', { rows: RECORDS, slug: 'many' }),
      without: await site.ask('fill', { rows: FEW, slug: 'few' }),
    };
    const jwt = await site.ask('reader', { formsOrTypes: Object.values(forms) });
    const rows = [];
    for (const [name, query] of Object.entries(QUESTIONS)) {
      const pairs = [];
      for (let pair = 0; pair < PAIRS; pair += 1) {
        const times = { with: [], without: [] };
        for (let round = -WARM_UP; round < ROUNDS; round += 1) {
          for (const side of round % 2 === 0 ? ['with', 'without'] : ['without', 'with']) {
            const ms = await ask(site.port, jwt, `/form-guard/inbox/${forms[side]}?pageSize=20${query}`);
            if (round >= 0) times[side].push(ms);
          }
        }
        pairs.push(times);
      }
      rows.push({ what: `inbox of ${RECORDS} to one of ${FEW} (${CLIENT}): ${name}`, aim: 1.3, ...compare(pairs) });
    }
    await site.stop();
    return rows;
  } finally {
    await drop();
    remove();
  }
};
await reportAlone(import.meta.url, measure);
