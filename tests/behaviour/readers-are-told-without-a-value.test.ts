/** Where a form asks for it, its readers get a mail that something was sent: never what, never who, never a flood. */
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
import { canary, whileListening } from '../helpers/canary';

const mark = canary('mail');
let running: Running;
let boss: AdminPerson;
let naima: AdminPerson;
let mails: { to: string; subject: string; text: string }[] = [];
let isDown = false;
/** A mailbox that takes nothing. */
let badMailbox: string | null = null;

/** Everything that a mail server would be handed. */
const catchMails = (): void => {
  (running.strapi.plugin('email') as unknown as { provider: { send(mail: (typeof mails)[0]): Promise<void> } }).provider.send =
    async (mail) => {
      // Told when somebody else is named, some time after; there is a test of its own for it.
      if (mail.subject.startsWith('Somebody else can read')) return;
      if (isDown || mail.to === badMailbox) throw new Error(`cannot reach ${mail.to}`);
      mails.push(mail);
    };
};
const quiet = () => new Promise((resolve) => setTimeout(resolve, 300));
const made = async (slug: string, tellReaders: boolean): Promise<string> =>
  (
    (
      await as(running, boss)
        .post('/form-guard/forms', { ...COMPLAINT, slug, tellReaders })
        .expect(201)
    ).body as { data: { id: string } }
  ).data.id;
const post = (slug: string) =>
  running.http
    .post(`/api/form-guard/forms/${slug}/submissions`)
    .send({ name: `${mark} name`, email: `${mark}@example.org`, message: mark });

beforeAll(async () => {
  const { protect } = PROTECT_CONTACT;
  running = await startStrapi({ config: { protect: { [CONTACT]: { ...protect[CONTACT], tellReaders: true } } } });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  naima = await adminPerson(running.strapi, 'Naima');
  catchMails();
});
afterAll(() => running.stop());
beforeEach(() => {
  mails = [];
  isDown = false;
  badMailbox = null;
});

test('its readers, and nobody else, get one mail with a way to the inbox and no value', async () => {
  const id = await made('telling', true);
  await readsForm(running, boss, id, [naima]);
  for (let count = 0; count < 5; count += 1) await post('telling').expect(201);
  await quiet();
  expect(mails.map(({ to }) => to)).toEqual([naima.email]);
  expect(mails[0]?.text).toContain(`/plugins/form-guard/inbox/${encodeURIComponent(id)}`);
  expect(mails[0]?.subject).toContain(COMPLAINT.title);
  expect(JSON.stringify(mails)).not.toContain(mark);
});

test('a wrapped type does it too, when the config says so', async () => {
  await tick(running.strapi, `${CONTACT}.create`);
  await readsForm(running, boss, CONTACT, [naima]);
  await running.http
    .post('/api/contacts')
    .send({ data: { name: mark, email: `${mark}@example.org`, message: mark } })
    .expect(201);
  await quiet();
  expect(mails.map(({ to }) => to)).toEqual([naima.email]);
  expect(JSON.stringify(mails)).not.toContain(mark);
});

test('a form that does not ask for it sends nothing', async () => {
  await readsForm(running, boss, await made('silent', false), [naima]);
  await post('silent').expect(201);
  await quiet();
  expect(mails).toEqual([]);
});

test('a refused submission sends nothing', async () => {
  await readsForm(running, boss, await made('refusing', true), [naima]);
  await running.http.post('/api/form-guard/forms/refusing/submissions').send({ name: mark }).expect(400);
  await quiet();
  expect(mails).toEqual([]);
});

test('a mail server that is down loses no submission, and the log names nobody', async () => {
  await readsForm(running, boss, await made('down', true), [naima]);
  isDown = true;
  const { said } = await whileListening(running.strapi, async () => {
    await post('down').expect(201);
    await quiet();
  });
  expect(said).toContain('could not mail the readers');
  expect(said).not.toContain(mark);
  expect(said).not.toContain(naima.email);
});

test('one mailbox that takes nothing keeps no mail from the others, and the log counts it without a name', async () => {
  const others = [await adminPerson(running.strapi, 'Bad'), naima, await adminPerson(running.strapi, 'After')];
  await readsForm(running, boss, await made('one-bad', true), others);
  badMailbox = others[0]?.email ?? '';
  const { said } = await whileListening(running.strapi, async () => {
    await post('one-bad').expect(201);
    await quiet();
  });
  expect(mails.map(({ to }) => to).sort()).toEqual(['after@example.org', naima.email]);
  expect(said).toContain('1 of 3 got no mail');
  expect(said).not.toContain('bad@');
});

describe('a naming that is about to end', () => {
  const days = (count: number): string => new Date(Date.now() + count * 86_400_000).toISOString();
  const named = (id: string, person: AdminPerson, until: string | null) =>
    as(running, boss)
      .post(`/form-guard/readers/${id}`, { people: [person.id], until, fields: null })
      .expect(200);
  const remind = (): Promise<void> => {
    const jobs = (running.strapi.cron as unknown as { jobs: { name: string; job: { invoke(date: Date): Promise<void> } }[] })
      .jobs;
    const found = jobs.find(({ name }) => name === 'formGuardReminders');
    return found?.job.invoke(new Date()) ?? Promise.reject(new Error('There are no reminders.'));
  };

  test('is told to its reader once, a week before, with whom to ask', async () => {
    const id = await made('ending', false);
    const [late, other] = [await adminPerson(running.strapi, 'Late'), await adminPerson(running.strapi, 'Other')];
    await named(id, naima, days(5));
    await named(id, late, days(20));
    await named(id, other, days(5));
    await named(id, other, days(90));
    await remind();
    await remind();
    expect(mails.map(({ to }) => to)).toEqual([naima.email]);
    expect(mails[0]?.subject).toBe(`Your reading of “${COMPLAINT.title}” ends on ${days(5).slice(0, 10)}`);
    expect(mails[0]?.text).toContain('ask boss@example.org (Boss Example)');
  });

  test('one that was removed, or written by hand, tells nobody', async () => {
    const id = await made('ends-removed', false);
    const page = (await named(id, naima, days(3))).body as { data: { id: string }[] };
    const row = await running.strapi.db.connection('form_guard_grants').where({ form_or_type: id }).first();
    await as(running, boss).delete(`/form-guard/readers/${id}/${page.data[0]?.id}`).expect(200);
    await running.strapi.db
      .connection('form_guard_grants')
      .insert({ ...row, id: undefined, grant_id: 'by hand', ends_at: days(2) });
    await remind();
    expect(mails).toEqual([]);
  });

  test('a mail server that is down keeps nobody from reading, and its error names nobody', async () => {
    const id = await made('ends-while-down', false);
    await named(id, naima, days(3));
    isDown = true;
    const { said } = await whileListening(running.strapi, remind);
    expect(said).toContain('could not remind a reader');
    expect(said).not.toContain(naima.email);
    await as(running, naima).get(`/form-guard/inbox/${id}`).expect(200);
    // What was not sent is not marked as sent.
    isDown = false;
    await remind();
    await remind();
    expect(mails.map(({ to }) => to)).toEqual([naima.email]);
  });

  test('one bad mailbox keeps nobody else from being told, and is tried again', async () => {
    const id = await made('ends-with-one-bad', false);
    const [full, later] = [await adminPerson(running.strapi, 'Full'), await adminPerson(running.strapi, 'Later')];
    for (const person of [full, naima, later]) await named(id, person, days(4));
    badMailbox = full.email;
    await remind();
    expect(mails.map(({ to }) => to).sort()).toEqual([later.email, naima.email]);
    badMailbox = null;
    await remind();
    expect(mails.at(-1)?.to).toBe(full.email);
    expect(mails.length).toBe(3);
  });
});
