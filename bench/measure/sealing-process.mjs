/**
 * One process of sealing.mjs: a typical submission (8 fields, about 1 KB) sealed and opened again by the sealer as it ships,
 * by node:crypto and by the libraries, in rounds. Sends the turns, and ends.
 */
import { libraryOperations } from '../libraries/index.mjs';
import { inRounds } from './in-rounds.mjs';
import { nodeOperations } from './node-gcm.mjs';
import { DIGEST, OURS } from './sealing-names.mjs';
import { shippedSealer } from './shipped-sealer.mjs';

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

const textOf = (value) => (value instanceof Date ? value.toISOString() : String(value));

const ourOperations = async (sealer) => {
  const digest = () => sealer.digests(PLACE.formOrType, [{ field: 'email', kind: 'email', part: 'whole' }], VALUES);
  return [
    { what: OURS, run: async () => await sealer.open(PLACE, await sealer.seal(PLACE, VALUES)), gives: VALUES },
    { what: DIGEST, run: digest, gives: await digest() },
  ];
};

const { sealer, encodeValues, associatedData } = shippedSealer();
const fields = Object.fromEntries(Object.entries(VALUES).map(([name, value]) => [name, textOf(value)]));
const same = { bytes: encodeValues(VALUES), fields, place: associatedData(PLACE, 'd0123456789abcdef0123') };
process.send(await inRounds([...(await ourOperations(sealer)), ...nodeOperations(same), ...(await libraryOperations(same))]));
process.disconnect();
