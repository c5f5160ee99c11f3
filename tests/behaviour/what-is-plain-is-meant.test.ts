/**
 * What people say about themselves does not become readable by a line of config that nobody thought about: a later boot stops, the
 * settings of each boot are compared with the last and stand on record, and what is plain is told with who sees it.
 */
import { changesBetween, settingsIn } from '../../server/src/protection/config-changes';
import { adminPerson, as, CONTACT, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

let running: Running;
let boss: AdminPerson;
const withPlain = (plain: string[], more: object = {}, options: object = {}) => ({
  config: { protect: { [CONTACT]: { plain, label: 'Contact form', ...more } }, ...options },
});
interface Finding {
  code: string;
  severity: string;
  message: string;
}
const found = async (): Promise<Finding | undefined> =>
  (
    (await as(running, boss).get('/form-guard/overview').expect(200)).body as { data: { findings: Finding[] } }
  ).data.findings.find(({ code }) => code === 'PLAIN_PERSONAL');
const changes = async (): Promise<string[]> =>
  (
    (await as(running, boss).get('/form-guard/audit?pageSize=100').expect(200)).body as {
      data: { event: string; sentence: string }[];
    }
  ).data
    .filter(({ event }) => event === 'config.changed')
    .map(({ sentence }) => sentence);

beforeAll(async () => {
  running = await startStrapi(withPlain(['subject', 'email']));
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  await adminPerson(running.strapi, 'Edda', 'strapi-editor');
});
afterAll(() => running.stop());

test('what is plain already at the first boot starts, and is a grave finding with the number of people who see it', async () => {
  expect(await found()).toMatchObject({ severity: 'high' });
  expect((await found())?.message).toContain('What people give as email in “Contact form” is listed as plain');
  expect((await found())?.message).toContain('2 people of the admin see it');
  expect(await changes()).toEqual(['Took down the settings of Form Guard as they are.']);
});

test('“Who can read this?” counts what is plain, and those who see it', async () => {
  const { body } = await as(running, boss).get(`/form-guard/who-can-read/${CONTACT}`).expect(200);
  expect((body as { data: { plain: unknown } }).data.plain).toEqual({ fields: ['Subject', 'Email'], people: 2 });
});

test.each([['message'], ['name'], ['children']])(
  'a later boot with %s among what is plain stops, and changes nothing',
  async (field) => {
    await expect(running.again(withPlain(['subject', 'email', field]))).rejects.toThrow(
      new RegExp(`protect\\["${CONTACT}"\\]\\.plain is new with "${field}".*shown to 2 people of the admin.*plainOnPurpose`, 's'),
    );
    running = await running.again(withPlain(['subject', 'email']));
    expect(await changes()).toHaveLength(1);
  },
);

test('it starts when the config says that it is meant, on record with before and after, once', async () => {
  const meant = withPlain(['subject', 'email', 'message'], { plainOnPurpose: ['email', 'message'] });
  running = await running.again(meant);
  expect((await changes())[0]).toBe(
    `The settings of Form Guard changed: protect["${CONTACT}"].plain: email, subject → email, message, subject; ` +
      `protect["${CONTACT}"].plainOnPurpose: – → email, message.`,
  );
  expect(await found()).toMatchObject({ severity: 'notice' });
  running = await running.again(meant);
  expect(await changes()).toHaveLength(2);
});

test('what is no longer plain, a field that is searched, and an option that is unsafe are on record too', async () => {
  running = await running.again(withPlain(['subject'], { search: ['email'] }, { unsafeEntryWebhooks: true }));
  const [newest] = await changes();
  expect(newest).toContain(`protect["${CONTACT}"].plain: email, message, subject → subject`);
  expect(newest).toContain(`protect["${CONTACT}"].search: – → email`);
  expect(newest).toContain('unsafeEntryWebhooks: – → true');
  expect(await found()).toBeUndefined();
});

test('a record that was changed by SQL says nothing about what was plain: it is not taken for a first boot', async () => {
  await running.strapi.db.connection('form_guard_audit_lists').where({ about: 'config' }).delete();
  const before = (await changes()).length;
  running = await running.again(withPlain(['subject', 'email'], { plainOnPurpose: ['email'] }));
  expect(await changes()).toHaveLength(before);
});

test('plainOnPurpose with something that is not plain stops the boot', async () => {
  await expect(running.again(withPlain(['subject'], { plainOnPurpose: ['message'] }))).rejects.toThrow(
    /plainOnPurpose lists "message", which plain does not/,
  );
});

test('what is not said, off and empty are one and the same', () => {
  const base = { keyLifetimeSeconds: 600, endlessReaders: false, unsafeEntryWebhooks: false, attachments: {} };
  const settings = (protect: object, more: object = {}) => settingsIn({ ...base, protect, ...more } as never);
  expect(changesBetween(settings({}), settings({}, { unsafeActiveUploads: [] }))).toEqual([]);
  expect(changesBetween(settings({ a: {} }), settings({ a: { plain: [], search: [], tellReaders: false } }))).toEqual([]);
  expect(changesBetween(settings({ a: { plain: ['x', 'y'] } }), settings({ a: { plain: ['y', 'x'] } }))).toEqual([]);
  expect(changesBetween(settings({}), settings({ a: {} }))).toEqual([{ option: 'protect', before: [], after: ['a'] }]);
});
