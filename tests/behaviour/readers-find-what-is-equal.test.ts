/**
 * Exact search goes by what a value is: an e-mail address in capitals, a telephone number written otherwise, its last digits
 * where the site declared them. What becomes searchable later is found when the keys were changed.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { canary, wholeDatabase } from '../helpers/canary';
import { adminPerson, as, CONTACT, readsForm, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

const wrapped = (search: unknown[]) => ({ config: { protect: { [CONTACT]: { plain: ['subject'], search } } } });
const PHONE = { field: 'phone', as: 'phone', parts: ['last:4'] };
let running: Running;
let boss: AdminPerson;
const mark = canary('found');

const write = async (name: string, data: object): Promise<string> => {
  const all = { name, email: `${name}@example.org`, message: name, ...data };
  return ((await running.strapi.documents(CONTACT as never).create({ data: all } as never)) as { documentId: string }).documentId;
};
const search = (body: object) => as(running, boss).post(`/form-guard/inbox/${CONTACT}/search`, body);
const found = async (field: string, value: string, part?: string): Promise<string[]> => {
  const { body } = await search({ field, value, ...(part ? { part } : {}) }).expect(200);
  return (body as { data: { recordId: string }[] }).data.map(({ recordId }) => recordId);
};

beforeAll(async () => {
  running = await startStrapi(wrapped(['email', PHONE, 'age', 'born']));
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  await readsForm(running, boss, CONTACT, [boss]);
});
afterAll(() => running.stop());

test('what is equal is found, and nothing else', async () => {
  const one = await write('ada', { email: `${mark}@Example.org`, phone: '+44 2079460018', age: 40, born: '1980-02-01' });
  await write('eve', { phone: '+44 2079461234', age: 41, born: '1980-02-02' });
  expect(await found('email', ` ${mark.toUpperCase()}@EXAMPLE.ORG `)).toEqual([one]);
  expect(await found('phone', '0044 (0)20 7946-0018')).toEqual([one]);
  expect(await found('phone', '0018', 'last:4')).toEqual([one]);
  expect(await found('phone', '0018')).toEqual([]);
  expect(await found('age', '40')).toEqual([one]);
  expect(await found('born', '1980-02-01')).toEqual([one]);
  expect(await found('born', '1980-02-03')).toEqual([]);
  expect(await wholeDatabase(running.strapi)).not.toContain('79460018');
});

test('a part that was not declared is refused, and a reader of other fields finds nothing by it', async () => {
  for (const part of ['last:5', 'postcode-district', 'x', '__proto__']) {
    const { status, text } = await search({ field: 'phone', part, value: '0018' });
    expect([part, status, text]).toEqual([part, 403, expect.stringContaining('This field cannot be searched')]);
  }
  const clerk = await adminPerson(running.strapi, 'Clerk');
  await readsForm(running, boss, CONTACT, [clerk], ['name', 'email']);
  await as(running, clerk)
    .post(`/form-guard/inbox/${CONTACT}/search`, { field: 'phone', part: 'last:4', value: '0018' })
    .expect(403);
  const { body } = await as(running, clerk).get(`/form-guard/inbox/${CONTACT}`).expect(200);
  expect((body as { searchable: object[] }).searchable).toEqual([{ name: 'email', label: 'Email', part: 'whole' }]);
});

test('what becomes searchable later is found after a change of the keys, what is not any more leaves no digest', async () => {
  const [one] = await found('phone', '+442079460018');
  running = await running.again(wrapped(['name', { field: 'phone', as: 'phone', parts: ['last:6'] }]));
  expect(await found('name', 'Ada')).toEqual([]);
  await as(running, boss).post(`/form-guard/keys/${CONTACT}/rotate`).expect(200);
  for (let tries = 0; tries < 200; tries += 1) {
    const { body } = await as(running, boss).get('/form-guard/keys').expect(200);
    if ((body as { data: { work: { phase: string } }[] }).data[0]?.work.phase === 'done') break;
    await pause(25);
  }
  expect(await found('name', 'Ada')).toEqual([one]);
  expect(await found('phone', '460018', 'last:6')).toEqual([one]);
  const kinds = (await running.strapi.db.connection('form_guard_digests').distinct('field', 'part')) as {
    field: string;
    part: string;
  }[];
  expect(kinds.map(({ field, part }) => `${field} ${part}`).sort()).toEqual(['name whole', 'phone last:6', 'phone whole']);
});
