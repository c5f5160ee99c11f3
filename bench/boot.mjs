/**
 * The boot of Strapi (`createStrapi().load()` in a fresh process) on a database that is migrated already, with the
 * plugin against without, in turns: on the clock, and in processor time, which a busy machine falsifies less.
 */
import { makeApp } from './measure/app.mjs';
import { PROTECT } from './measure/answers.mjs';
import { compare } from './measure/medians.mjs';
import { reportAlone } from './measure/report.mjs';
import { startSite } from './measure/site.mjs';

const SIDES = ['with', 'without'];
const PARTS = 3;
const ROUNDS = 8;
const contactOnly = { protect: { 'api::contact.contact': PROTECT.protect['api::contact.contact'] } };

export const measure = async () => {
  const { app, remove } = makeApp();
  const boot = async (side) => {
    const site = await startSite(app, { file: `${side}.db`, config: contactOnly, withPlugin: side === 'with' });
    await site.stop();
    return site;
  };
  const measurePart = async () => {
    const boots = { with: [], without: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const side of round % 2 === 0 ? SIDES : [...SIDES].reverse()) boots[side].push(await boot(side));
    }
    return boots;
  };
  try {
    // The first migrates; the second still writes down what the first has made.
    for (let round = 0; round < 2; round += 1) for (const side of SIDES) await boot(side);
    const parts = [];
    for (let part = 0; part < PARTS; part += 1) parts.push(await measurePart());
    const times = (name) =>
      parts.map((part) => Object.fromEntries(SIDES.map((side) => [side, part[side].map((site) => site[name])])));
    return [
      { what: 'boot', aim: 1.1, ...compare(times('bootMs')) },
      { what: 'boot, processor time', aim: 1.1, ...compare(times('bootCpuMs')) },
    ];
  } finally {
    remove();
  }
};

await reportAlone(import.meta.url, measure);
