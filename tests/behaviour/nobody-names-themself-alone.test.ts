/**
 * Whoever may name readers, and names themself, reads nothing until somebody else who may name readers confirms it; where there is
 * nobody else, it goes through, on record. Those who read already are told of everybody who comes.
 */
import type { Grant, ReadersPage } from '../../server/src/contract';
import { canary } from '../helpers/canary';
import { IN_90_DAYS } from '../helpers/in-90-days';
import { adminPerson, as, COMPLAINT, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

const mark = canary('oneself');
let running: Running;
let boss: AdminPerson;
let second: AdminPerson;
let naima: AdminPerson;
let form: string;
let recordId: string;
let mails: { to: string; subject: string; text: string }[] = [];

const soon = async (isSo: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 40 && !isSo(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 50));
};
const catchMails = (): void => {
  (running.strapi.plugin('email') as unknown as { provider: { send(mail: (typeof mails)[0]): Promise<void> } }).provider.send =
    async (mail) => void mails.push(mail);
};
const open = (person: AdminPerson) => as(running, person).post(`/form-guard/inbox/${form}/${recordId}/open`);
const name = (by: AdminPerson, people: AdminPerson[], extra: object = {}) =>
  as(running, by).post(`/form-guard/readers/${form}`, {
    people: people.map(({ id }) => id),
    until: IN_90_DAYS,
    fields: null,
    ...extra,
  });
const grantsOf = async (person: AdminPerson): Promise<Grant[]> =>
  ((await as(running, boss).get(`/form-guard/readers/${form}`).expect(200)).body as ReadersPage).data.filter(
    (grant) => grant.person?.id === person.id && grant.status !== 'removed',
  );
const confirm = (by: AdminPerson, { id }: Pick<Grant, 'id'>) => as(running, by).post(`/form-guard/readers/${form}/${id}/confirm`);
const newest = async () =>
  ((await as(running, boss).get('/form-guard/audit').expect(200)).body as { data: { event: string; actor: { name: string } }[] })
    .data[0];
const removeAll = async (person: AdminPerson): Promise<void> => {
  for (const { id } of await grantsOf(person)) await as(running, boss).delete(`/form-guard/readers/${form}/${id}`).expect(200);
};

beforeAll(async () => {
  running = await startStrapi();
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  naima = await adminPerson(running.strapi, 'Naima');
  catchMails();
  form = ((await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201)).body as { data: { id: string } }).data.id;
  const sent = { name: mark, email: `${mark}@example.org`, message: mark };
  const { body } = await running.http.post(`/api/form-guard/forms/${COMPLAINT.slug}`).send(sent).expect(201);
  recordId = (body as { data: { reference: string } }).data.reference.replaceAll('-', '');
});
afterAll(() => running.stop());
beforeEach(() => {
  mails = [];
});

test('where nobody else may name readers it goes through, on record', async () => {
  await name(boss, [boss]).expect(200);
  expect(await newest()).toMatchObject({ event: 'reader.named', actor: { name: 'boss@example.org (Boss Example)' } });
  await open(boss).expect(200);
  await removeAll(boss);
  second = await adminPerson(running.strapi, 'Second', 'strapi-super-admin');
});

test('where there is somebody else it waits for them, and whoever is named beside oneself does not', async () => {
  await name(boss, [boss, naima]).expect(200);
  await open(naima).expect(200);
  const [grant] = (await grantsOf(boss)) as [Grant];
  expect([grant.status, (await open(boss)).status]).toEqual(['pending', 403]);
  expect((await as(running, boss).get('/form-guard/audit')).text).toContain('Named themself');
  await soon(() => mails.length > 0);
  expect(mails.map(({ to }) => to)).toEqual([second.email]);

  for (const nobody of [boss, naima]) await confirm(nobody, grant).expect(403);
  expect((await open(boss)).status).toBe(403);
  mails = [];
  await confirm(second, grant).expect(200);
  await open(boss).expect(200);
  expect(await newest()).toMatchObject({ event: 'submission.opened' });
  expect((await grantsOf(boss)).map(({ status, givenBy }) => [status, givenBy])).toEqual([
    ['current', 'second@example.org (Second Example)'],
  ]);
  // Who reads already is told who reads from now on.
  await soon(() => mails.length > 0);
  expect(mails.map(({ to }) => to)).toEqual([naima.email]);
  expect(mails[0]?.text).toContain('Boss Example');
  expect(JSON.stringify(mails)).not.toContain(mark);
  await confirm(second, grant).expect(403);
});

test('so does more of what one reads, or for longer', async () => {
  await removeAll(boss);
  await name(second, [boss], { fields: ['age'] }).expect(200);
  expect((await open(boss)).text).not.toContain(mark);
  await name(boss, [boss]).expect(200);
  expect((await open(boss).expect(200)).text).not.toContain(mark);
  await name(boss, [boss], { fields: ['message'] }).expect(200);
  expect((await open(boss).expect(200)).text).not.toContain(mark);
  const waiting = (await grantsOf(boss)).filter(({ status }) => status === 'pending');
  expect(waiting).toHaveLength(2);
  await confirm(second, waiting[1] as Grant).expect(200);
  expect((await open(boss).expect(200)).text).toContain(mark);
});

test('what waits is not let through by SQL, nor after it was removed, nor when the account has changed since', async () => {
  await removeAll(boss);
  const grants = () => running.strapi.db.connection('form_guard_grants');
  await name(boss, [boss]).expect(200);
  const [grant] = (await grantsOf(boss)) as [Grant];
  await grants().where({ grant_id: grant.id }).update({ asked_at: null });
  await open(boss).expect(403);
  expect((await confirm(second, grant)).status).toBe(403);
  await removeAll(boss);
  await open(boss).expect(403);

  await name(boss, [boss]).expect(200);
  const [other] = (await grantsOf(boss)) as [Grant];
  await as(running, boss).delete(`/form-guard/readers/${form}/${other.id}`).expect(200);
  expect((await confirm(second, other)).status).toBe(403);

  await name(boss, [boss]).expect(200);
  const [asked] = (await grantsOf(boss)) as [Grant];
  await running.strapi.db.connection('admin_users').where({ id: boss.id }).update({ password: 'made up' });
  expect((await confirm(second, asked)).body).toMatchObject({ error: { details: { code: 'ASKER_CHANGED' } } });
  await open(boss).expect(403);
});

describe('The right to name readers', () => {
  const NAMING = { action: 'plugin::form-guard.readers.manage', subject: null, properties: {}, conditions: [] };
  const PAGES = { ...NAMING, action: 'plugin::form-guard.pages.read' };
  let clerks: number;
  const give = (by: AdminPerson, permissions: object[] = [PAGES, NAMING]) =>
    as(running, by).put(`/admin/roles/${clerks}/permissions`, { permissions });
  const allow = (by: AdminPerson, people: number) => as(running, by).post(`/form-guard/roles/${clerks}/may-name`, { people });
  const hold = async (people: AdminPerson[]): Promise<void> => {
    for (const { id } of people)
      await as(running, boss)
        .put(`/admin/users/${id}`, { roles: [clerks] })
        .expect(200);
  };

  test('is not given to a role of several people but by a decision of a super admin, on record', async () => {
    const made = await as(running, boss).post('/admin/roles', { name: 'Clerks', description: 'Answer letters' }).expect(201);
    clerks = (made.body as { data: { id: number } }).data.id;
    const people = [await adminPerson(running.strapi, 'Carla'), await adminPerson(running.strapi, 'Cem'), naima];
    await hold(people);
    const before = await running.strapi.db.query('admin::permission').count({});
    const refused = await give(second).expect(403);
    const { message, details } = (
      refused.body as { error: { message: string; details: { code: string; allow: object; exposures: object[] } } }
    ).error;
    expect(message).toContain('3 people');
    expect(details).toMatchObject({ code: 'VISIBILITY_CHANGE_REFUSED', allow: { role: clerks, people: 3 } });
    expect(details.exposures).toMatchObject([{ effect: 'named', action: NAMING.action }]);
    expect(await running.strapi.db.query('admin::permission').count({})).toBe(before);
    expect(await newest()).toMatchObject({ event: 'visibility.refused' });
    await give(second, [PAGES]).expect(200);

    // Not by who has the role, not by somebody else's decision, not for another number.
    for (const person of people) expect([401, 403]).toContain((await allow(person, 3)).status);
    await allow(second, 2).expect(403);
    await allow(boss, 3).expect(200);
    await give(second).expect(403);
    await allow(second, 3).expect(200);
    await give(second).expect(200);
    expect(await newest()).toMatchObject({ event: 'role.mayName', actor: { name: 'second@example.org (Second Example)' } });
    // Once it has it, it is saved as before; taken away, it is asked for anew.
    await give(boss).expect(200);
  });

  test('goes to a role that one person has, or nobody yet, on record', async () => {
    const made = await as(running, boss).post('/admin/roles', { name: 'Privacy', description: 'Decide who reads' }).expect(201);
    clerks = (made.body as { data: { id: number } }).data.id;
    await give(boss).expect(200);
    expect(await newest()).toMatchObject({ event: 'role.mayName' });
  });

  describe('in the other order, to one person more by a role that has it', () => {
    const invite = (by: AdminPerson, email: string) =>
      as(running, by).post('/admin/users', { firstname: 'New', lastname: 'Person', email, roles: [clerks] });
    const give = (by: AdminPerson, { id }: AdminPerson) => as(running, by).put(`/admin/users/${id}`, { roles: [clerks] });
    const rolesOf = async ({ id }: AdminPerson): Promise<number[]> =>
      (
        (await as(running, boss).get(`/admin/users/${id}`).expect(200)).body as { data: { roles: { id: number }[] } }
      ).data.roles.map((role) => role.id);
    const found = async (): Promise<object[]> =>
      (
        (await as(running, boss).get('/form-guard/overview').expect(200)).body as { data: { findings: { code: string }[] } }
      ).data.findings.filter(({ code }) => code === 'MANY_MAY_NAME');
    let third: AdminPerson;

    test('the first has it, on record; a second needs a decision of a super admin', async () => {
      const first = await adminPerson(running.strapi, 'First');
      third = await adminPerson(running.strapi, 'Third');
      await give(boss, first).expect(200);
      expect(await newest()).toMatchObject({ event: 'role.mayName' });
      // What leaves the roles as they are, asks for nothing.
      await give(boss, first).expect(200);
      await as(running, boss).put(`/admin/users/${first.id}`, { firstname: 'Fi' }).expect(200);

      const { details, message } = ((await give(boss, third).expect(403)).body as { error: { message: string; details: object } })
        .error;
      expect(message).toContain('2 people');
      expect(details).toMatchObject({ code: 'VISIBILITY_CHANGE_REFUSED', allow: { role: clerks, people: 2 } });
      expect(await rolesOf(third)).not.toContain(clerks);
      expect(await newest()).toMatchObject({ event: 'visibility.refused' });
      await invite(boss, 'invited@example.org').expect(403);
      expect(await running.strapi.db.query('admin::user').count({ where: { email: 'invited@example.org' } })).toBe(0);

      await allow(boss, 1).expect(403);
      await allow(boss, 2).expect(200);
      await give(boss, third).expect(200);
      expect(await rolesOf(third)).toContain(clerks);
      expect(await found()).toEqual([]);
      // Two was decided, and not three.
      await invite(boss, 'invited@example.org').expect(403);
    });

    test('by SQL it is a finding', async () => {
      const link = running.strapi.db.connection('admin_users_roles_lnk');
      await link.insert({ user_id: naima.id, role_id: clerks, role_ord: 9, user_ord: 9 });
      expect(await found()).toEqual([expect.objectContaining({ message: expect.stringContaining('3 people') })]);
      await running.strapi.db.connection('admin_users_roles_lnk').where({ user_id: naima.id, role_id: clerks }).delete();
      expect(await found()).toEqual([]);
    });
  });
});

test('without an end nobody is named, unless the site says so', async () => {
  const refused = await name(boss, [naima], { until: null }).expect(400);
  expect((refused.body as { error: { message: string } }).error.message).toContain('every naming has an end');
  running = await running.again({ config: { endlessReaders: true, secondPersonForOneself: false } });
  await name(second, [naima, second], { until: null }).expect(200);
  await open(second).expect(200);
  expect((await grantsOf(second)).map(({ until, status }) => [until, status])).toEqual([[null, 'current']]);
});
