/** What the server itself says (refusals, findings, the activity, mails) is in the language that each person chose for the admin. */
import {
  adminPerson,
  as,
  COMPLAINT,
  CONTACT,
  PROTECT_CONTACT,
  readsForm,
  startStrapi,
  tick,
  type AdminPerson,
  type Running,
} from '../helpers/strapi';
import { IN_90_DAYS } from '../helpers/in-90-days';
import { sendThree } from '../helpers/refused';

let running: Running;
let boss: AdminPerson;
let claire: AdminPerson;
let publicRole: number;

/** French has spaces that do not break inside its quotation marks and before some signs. */
const withPlainSpaces = <Answer>(answer: Answer): Answer =>
  JSON.parse(JSON.stringify(answer).replaceAll('\u00a0', ' ')) as Answer;
const speaks = (person: AdminPerson, preferedLanguage: string | null) =>
  running.strapi.db.query('admin::user').update({ where: { email: person.email }, data: { preferedLanguage } });
const permissions = { 'api::contact': { controllers: { contact: { find: { enabled: true, policy: '' } } } } };
/** Ticks the box that was ticked in 2022. */
const tryToOpen = async (person: AdminPerson) => {
  const { body } = await as(running, person)
    .put(`/users-permissions/roles/${publicRole}`, { name: 'Public', description: '', permissions })
    .expect(403);
  return withPlainSpaces((body as { error: { message: string; details: { exposures: object[]; saferWay: object } } }).error);
};
const readAll = async (person: AdminPerson) => {
  const [overview, audit] = await Promise.all(
    ['/form-guard/overview', '/form-guard/audit'].map((address) => as(running, person).get(address).expect(200)),
  );
  const { findings } = (overview?.body as { data: { findings: { message: string; step: string }[] } }).data;
  const said = findings.map(({ message, step }) => `${message} ${step}`).join('\n');
  const activity = (audit?.body as { data: { sentence: string }[] }).data.map(({ sentence }) => sentence);
  return withPlainSpaces({ findings: said, activity });
};

beforeAll(async () => {
  running = await startStrapi({ config: PROTECT_CONTACT });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  claire = await adminPerson(running.strapi, 'Claire', 'strapi-super-admin');
  await speaks(claire, 'fr');
  await sendThree(running);
  const role = await running.strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: 'public' } });
  publicRole = (role as { id: number }).id;
});
afterAll(() => running.stop());

test('a refusal, in dialog and toast, each in their own at the same time', async () => {
  const [french, english] = await Promise.all([tryToOpen(claire), tryToOpen(boss)]);
  expect(french.message).toBe(
    '3 envois à « Contact form » pourraient être lus par n’importe qui sur internet. Form Guard a arrêté ceci : rien n’a été enregistré. Pour que des collègues puissent lire, désignez-les comme lecteurs dans Form Guard.',
  );
  expect(french.details.exposures).toEqual([
    expect.objectContaining({
      audience: 'n’importe qui sur internet',
      sentence: '3 envois à « Contact form » pourraient être lus par n’importe qui sur internet.',
    }),
  ]);
  expect(french.details.saferWay).toMatchObject({
    sentence: 'Pour que des collègues puissent lire, désignez-les comme lecteurs dans Form Guard.',
  });
  expect(english.message).toMatch(
    /^3 submissions to “Contact form” would become readable by anyone on the internet\. Form Guard stopped/,
  );
});

test('what is open, and what happened, also what somebody else did in another language', async () => {
  await tick(running.strapi, `${CONTACT}.findOne`);
  await readsForm(running, boss, CONTACT, [claire]);
  const [french, english] = await Promise.all([readAll(claire), readAll(boss)]);
  expect(french.findings).toContain('Le rôle « Public » a une case cochée qui lui ouvrirait « Contact form »');
  expect(english.findings).toContain('The role “Public” has a tick that would let it reach “Contact form”');
  expect(french.activity).toHaveLength(english.activity.length);
  expect(french.activity).toContainEqual(
    expect.stringContaining('A essayé ceci : lecture des envois par n’importe qui sur internet'),
  );
  expect(english.activity).toContainEqual(
    expect.stringContaining('Tried to let anyone on the internet read submissions (find).'),
  );
  expect(french.activity).toContainEqual(
    expect.stringMatching(/^A désigné claire@example\.org \(Claire Example\) comme lecteur de toutes les réponses, /),
  );
  expect(french.activity.join('\n')).not.toMatch(/\b(Tried|Named|submissions)\b/);
});

test('answers and days by the names that people know, and settings as the config has them', async () => {
  await readsForm(running, boss, CONTACT, [claire], ['email', 'phone']);
  const day = (language: string): string =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(IN_90_DAYS));
  // Another setting, which somebody has to find again.
  running = await running.again({ config: { protect: { [CONTACT]: { plain: ['subject'], label: 'Contact form' } } } });
  const [french, english] = await Promise.all([readAll(claire), readAll(boss)]);
  expect(english.activity).toContainEqual(
    `Named claire@example.org (Claire Example) as a reader of the answers “Email”, “Phone”, until ${day('en')}.`,
  );
  expect(french.activity).toContainEqual(
    `A désigné claire@example.org (Claire Example) comme lecteur de ces réponses : « Email », « Phone », jusqu’au ${day('fr')}.`,
  );
  expect(english.activity.join('\n')).toContain('protect["api::contact.contact"].search: email');
  for (const { activity } of [french, english])
    expect(activity.filter((sentence) => !sentence.includes('protect["')).join('\n')).not.toMatch(/\b(api|plugin)::/);
});

test('an entry from before there were languages is read as it was written', async () => {
  const { say } = jest.requireActual<typeof import('../../server/src/sentences')>('../../server/src/sentences');
  const { eventSentence } = jest.requireActual<typeof import('../../server/src/audit/events')>('../../server/src/audit/events');
  expect(eventSentence('visibility.refused', { audience: 'anyone on the internet', actions: ['find'] })).toBe(
    'Tried to let anyone on the internet read submissions (find). It was refused; nothing was saved.',
  );
  expect(say('form.unknown')).toBe('There is no such form.');
});

test('a form that was not saved, with a sentence at each mistake', async () => {
  const { body } = await as(running, claire)
    .post('/form-guard/forms', { ...COMPLAINT, title: '', fields: [] })
    .expect(400);
  expect((body as { error: { message: string } }).error.message).toBe(
    'Le formulaire n’a pas été enregistré. Un formulaire a besoin d’un titre. Un formulaire a besoin d’au moins une question.',
  );
});

test('a mail to a reader', async () => {
  const mails: { to: string; subject: string; text: string }[] = [];
  (running.strapi.plugin('email') as unknown as { provider: { send(mail: (typeof mails)[0]): Promise<void> } }).provider.send =
    // That somebody else was named comes some time after it.
    async (mail) => void (/can read|peut lire/.test(mail.subject) || mails.push(mail));
  const { body } = await as(running, boss)
    .post('/form-guard/forms', { ...COMPLAINT, slug: 'mailing', tellReaders: true })
    .expect(201);
  // Not the boss: nobody names themself alone.
  const edda = await adminPerson(running.strapi, 'Edda');
  await readsForm(running, boss, (body as { data: { id: string } }).data.id, [edda, claire]);
  await running.http
    .post('/api/form-guard/forms/mailing/submissions')
    .send({ name: 'Ann', email: 'ann@example.org', message: 'Hello' })
    .expect(201);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const subjects = withPlainSpaces(Object.fromEntries(mails.map(({ to, subject }) => [to, subject])));
  expect(subjects[edda.email]).toBe(`Something was sent to “${COMPLAINT.title}”`);
  expect(subjects[claire.email]).toBe(`Nouvel envoi : « ${COMPLAINT.title} »`);
});

test('a language that is not there, none, and nobody who is signed in: English', async () => {
  for (const language of ['de', 'constructor', null]) {
    await speaks(claire, language);
    expect((await tryToOpen(claire)).message).toMatch(/^3 submissions to “Contact form”/);
  }
  const { body } = await running.http.get('/api/contacts').set('accept-language', 'fr').expect(403);
  expect((body as { error: { message: string } }).error.message).not.toMatch(/envois/);
});
