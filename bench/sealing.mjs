/**
 * A typical submission (8 fields, about 1 KB) sealed and opened again by the sealer as it ships, values to text and back,
 * against node:crypto on bytes that are ready, and against libraries that sites use for the like. What is not marked "a field
 * each" has the submission in one piece. The digest for search is compared with what it is made of. The libraries are none
 * of the plugin's: they are installed in bench/libraries when this is run for the first time.
 */
import path from 'node:path';
import { ensureInstalled } from '../tests/ensure-installed.mjs';
import { inRounds } from './measure/in-rounds.mjs';
import { nodeOperations } from './measure/node-gcm.mjs';
import { reportAlone } from './measure/report.mjs';
import { shippedSealer } from './measure/shipped-sealer.mjs';

const VALUES = {
  subject: 'complaint',
  name: 'Alex Example',
  email: 'alex.example@example.org',
  phone: '+32 2 123 45 67',
  address: 'Rue de l’Exemple 16, 1000 Bruxelles',
  born: new Date('1984-05-06T00:00:00.000Z'),
  newsletter: true,
  message: 'On the evening of the first I stood at the corner of the street and saw it all. '.repeat(9).trim(),
};
const PLACE = { formOrType: 'form:k3p8z1m5q7v9x2c4b6n8h0jd', recordId: 'a1b2c3d4e5f6g7h8i9j0k1l2', part: 'values' };
const OURS = 'seal and open';
const DIGEST = 'digest for search';
const AIMS = { 'node:crypto AES-256-GCM': 2, 'cloak, a field each': 1 / 5 };

const textOf = (value) => (value instanceof Date ? value.toISOString() : String(value));

const ourOperations = async (sealer) => {
  const digest = () => sealer.digests(PLACE.formOrType, [{ field: 'email', kind: 'email', part: 'whole' }], VALUES);
  return [
    { what: OURS, run: async () => await sealer.open(PLACE, await sealer.seal(PLACE, VALUES)), gives: VALUES },
    { what: DIGEST, run: digest, gives: await digest() },
  ];
};

export const measure = async () => {
  await ensureInstalled(path.join(import.meta.dirname, 'libraries'));
  const { libraryOperations } = await import('./libraries/index.mjs');
  const { sealer, encodeValues, associatedData } = shippedSealer();
  const fields = Object.fromEntries(Object.entries(VALUES).map(([name, value]) => [name, textOf(value)]));
  const same = { bytes: encodeValues(VALUES), fields, place: associatedData(PLACE, 'd0123456789abcdef0123') };
  const others = [...nodeOperations(same), ...(await libraryOperations(same))];
  const compared = await inRounds([...(await ourOperations(sealer)), ...others]);
  return others.flatMap(({ what }) => {
    const ours = what.startsWith('HMAC') || what.startsWith('HKDF') ? DIGEST : OURS;
    const row = { what: `${ours}, against ${what}`, aim: AIMS[what], ...compared(ours, what, 'wall') };
    if (row.aim === undefined) return [row];
    return [row, { ...row, what: '… processor time', ...compared(ours, what, 'processor') }];
  });
};

await reportAlone(import.meta.url, measure);
