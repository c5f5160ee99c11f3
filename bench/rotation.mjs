/**
 * Changing the keys of a form with very many submissions: how fast everything is sealed anew, as a ratio to a bare UPDATE of the
 * same rows in the same batches; and whether all of it is there, once, and opens, when people send 20 submissions a second
 * meanwhile and the server is killed five times. BENCH_RECORDS (200,000), BENCH_CLIENT=postgres for two instances there.
 */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeApp } from './measure/app.mjs';
import { answers } from './measure/answers.mjs';
import { serverFromSources } from './measure/from-sources.mjs';
import { reportAlone } from './measure/report.mjs';
import { makeDatabase, startVault } from './measure/vault-site.mjs';

const RECORDS = Number(process.env.BENCH_RECORDS ?? 200_000);
const CLIENT = process.env.BENCH_CLIENT ?? 'sqlite';
const KILLS = 5;
const A_SECOND = 20;

/** 20 a second to whichever instance is there; those that were answered with 201 must be found again. */
const sending = (ports) => {
  const references = [];
  let isOver = false;
  const one = async (number) => {
    const port = ports()[number % ports().length];
    if (!port) return;
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(answers(`s${number}`)),
    };
    const got = await fetch(`http://127.0.0.1:${port}/api/form-guard/forms/complaint/submissions`, request).catch(() => null);
    if (got?.status === 201) references.push((await got.json()).data.reference.replaceAll('-', ''));
  };
  const all = (async () => {
    const under = new Set();
    for (let number = 0; !isOver; number += 1) {
      const sent = one(number).finally(() => under.delete(sent));
      under.add(sent);
      await pause(1000 / A_SECOND);
    }
    await Promise.all(under);
  })();
  return {
    references,
    async stop() {
      isOver = true;
      await all;
    },
  };
};

export const measure = async () => {
  const { app, remove } = makeApp();
  serverFromSources(path.resolve(app, '../..'));
  const { env, drop } = await makeDatabase(app, CLIENT);
  const own = { ...env, FORM_GUARD_KEYS: `bench:${randomBytes(32).toString('base64')}` };
  try {
    let first = await startVault(app, CLIENT, own);
    const formOrType = await first.ask('fill', { rows: RECORDS });
    console.error(`${RECORDS} submissions are there`);

    await first.ask('tidy');
    const bare = await first.ask('bareUpdate', { formOrType });
    await first.ask('tidy');
    await first.ask('rotate', { formOrType });
    const { sealed, all, job } = await first.ask('work', { formOrType });
    console.error(
      `bare UPDATE ${bare.toFixed(0)} ms, sealed anew ${sealed.toFixed(0)} ms, and opened once more ${all.toFixed(0)} ms (${job.phase}, ${job.done} of ${job.total})`,
    );

    const second = CLIENT === 'sqlite' ? null : await startVault(app, CLIENT, own);
    let ports = [first.port];
    const people = sending(() => (second ? [...ports, second.port] : ports));
    await first.ask('rotate', { formOrType });
    first.ask('work', { formOrType }).catch(() => undefined);
    for (let kill = 0; kill < KILLS; kill += 1) {
      await pause(500 + Math.random() * 2500);
      const { done } = await first.ask('job', { formOrType });
      ports = [];
      await first.kill();
      console.error(`killed at ${done} of ${RECORDS}`);
      first = await startVault(app, CLIENT, own);
      ports = [first.port];
    }
    for (;;) {
      const { phase, done, total } = await first.ask('job', { formOrType });
      if (phase === 'done') break;
      console.error(`${phase} ${done} of ${total}`);
      await pause(2000);
    }
    await people.stop();
    const found = await first.ask('examine', { formOrType, references: people.references });
    console.error(`sent meanwhile and answered: ${people.references.length}`, found);
    const isWhole =
      found.broken === 0 &&
      found.missing === 0 &&
      found.keys === 1 &&
      found.digestKeys === 1 &&
      found.different === found.total &&
      found.digests === found.total &&
      found.total >= RECORDS + people.references.length;
    if (!isWhole) throw new Error('Something was lost, is there twice, or does not open.');
    await second?.stop();
    await first.stop();
    const row = (what, ms, aim) => {
      const ratio = ms / bare;
      return { what: `${what} (${RECORDS}, ${CLIENT})`, aim, with: ms, without: bare, ratio, lowest: ratio, highest: ratio };
    };
    return [row('seal submissions anew, to a bare UPDATE', sealed, 2), row('… and open all of them once more', all)];
  } finally {
    await drop();
    remove();
  }
};
await reportAlone(import.meta.url, measure);
