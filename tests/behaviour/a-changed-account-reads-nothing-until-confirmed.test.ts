/**
 * Whoever takes over the account of a reader reads nothing: whichever way its password or address was changed, its namings are
 * suspended until somebody else who may name readers confirms them. The person's own change, with the current password, keeps them.
 */
import { omit } from 'lodash';
import { recordChange, SYSTEM } from '../../server/src/audit';
import { findCommand } from '../../server/src/commands';
import type { Grant, ReadersPage, WhoCanRead } from '../../server/src/contract';
import { vaultOf } from '../../server/src/vault';
import { canary } from '../helpers/canary';
import { adminPerson, as, jwtOf, readsForm, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

const mark = canary('account');
const PASSWORD = 'Correct-Horse-1';
const ANOTHER = 'Battery-Staple-2';
let running: Running;
let boss: AdminPerson;
let second: AdminPerson;
let mails: { to: string; subject: string; text?: string; html?: string }[] = [];
let form: string;
let otherForm: string;
let recordId: string;
let file: string;

const catchMails = (): void => {
  (running.strapi.plugin('email') as unknown as { provider: { send(mail: (typeof mails)[0]): Promise<void> } }).provider.send =
    // That somebody else was named goes to the readers of the form, some time after; it is told of in a test of its own.
    async (mail) => void (/can read|peut lire/.test(mail.subject) || mails.push(mail));
};
const soon = async (isSo: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 40 && !isSo(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 50));
};
const users = () => running.strapi.db.connection('admin_users');
const audit = () => running.strapi.db.connection('form_guard_audit');
const accounts = () => running.strapi.db.connection('form_guard_accounts');
const makeForm = async (slug: string): Promise<string> => {
  const fields = [
    { name: 'name', label: 'Your name', type: 'text', required: true, searchable: true },
    { name: 'proof', label: 'Proof', type: 'file', required: false, accept: ['text'] },
  ];
  const made = await as(running, boss).post('/form-guard/forms', { title: slug, slug, fields }).expect(201);
  return (made.body as { data: { id: string } }).data.id;
};

/** [what, HTTP status] of everything that gives something out, with whether a value came along. */
const everything = async (person: Pick<AdminPerson, 'jwt'>): Promise<[string, number, boolean][]> => {
  const inbox = `/form-guard/inbox/${form}`;
  const reason = { reason: 'a hearing on Monday' };
  const answers = {
    list: await as(running, person).get(inbox),
    open: await as(running, person).post(`${inbox}/${recordId}/open`),
    search: await as(running, person).post(`${inbox}/search`, { field: 'name', value: mark }),
    history: await as(running, person).get(`${inbox}/${recordId}/history`),
    download: await as(running, person).post(`${inbox}/${recordId}/files/${file}`),
    export: await as(running, person).post(`${inbox}/export`, reason),
    change: await as(running, person).put(`${inbox}/${recordId}`, { state: 'open' }),
  };
  return Object.entries(answers).map(([what, { status, text, body }]) => {
    const content = `${text ?? ''}${Buffer.isBuffer(body) ? body.toString() : ''}`;
    return [what, status, ['open', 'download', 'export'].includes(what) && content.includes(mark)];
  });
};
const reads = async (person: Pick<AdminPerson, 'jwt'>): Promise<void> =>
  expect(await everything(person)).toEqual([
    ['list', 200, false],
    ['open', 200, true],
    ['search', 200, false],
    ['history', 200, false],
    ['download', 200, true],
    ['export', 200, true],
    ['change', 200, false],
  ]);
const readsNothing = async (person: Pick<AdminPerson, 'jwt'>, status = 403): Promise<void> =>
  expect(await everything(person)).toEqual(
    ['list', 'open', 'search', 'history', 'download', 'export', 'change'].map((what) => [what, status, false]),
  );

const page = async (source = form): Promise<ReadersPage> =>
  (await as(running, boss).get(`/form-guard/readers/${source}`).expect(200)).body as ReadersPage;
const grantOf = async (person: AdminPerson, source = form): Promise<Grant> =>
  (await page(source)).data.find((grant) => grant.person?.id === person.id) as Grant;
const confirm = async (by: AdminPerson, person: AdminPerson) =>
  as(running, by).post(`/form-guard/readers/${form}/${(await grantOf(person)).id}/confirm`);
const events = async (): Promise<{ event: string; sentence: string; actor: { name: string | null } }[]> =>
  ((await as(running, boss).get('/form-guard/audit?pageSize=100').expect(200)).body as { data: never[] }).data;

let number = 0;
/** Somebody new, who is named and reads. */
const reader = async (): Promise<AdminPerson> => {
  number += 1;
  const person = await adminPerson(running.strapi, `Reader${number}`);
  await readsForm(running, boss, form, [person]);
  return person;
};

const mayExport = async (): Promise<void> => {
  const role = (await running.strapi.db.query('admin::role').findOne({ where: { code: 'strapi-editor' } })) as { id: number };
  await running.strapi.db.query('admin::permission').create({
    data: {
      action: 'plugin::form-guard.submissions.export',
      subject: null,
      properties: {},
      conditions: [],
      actionParameters: {},
      role: role.id,
    },
  });
};

/** Named by the version before this one, which knew nothing of accounts. */
const namedByOlderVersion = async (person: AdminPerson): Promise<void> => {
  await readsForm(running, boss, form, [person]);
  await accounts().where({ admin_user_id: person.id }).delete();
  await recordChange(
    running.strapi,
    { event: 'roles.allowedPages', actor: SYSTEM, details: { roles: [] } },
    { about: ['form-guard:accounts'], change: ([list]) => [omit(list as object, String(person.id))] },
  );
};

let adopted: AdminPerson;
beforeAll(async () => {
  running = await startStrapi();
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  second = await adminPerson(running.strapi, 'Second', 'strapi-super-admin');
  await mayExport();
  catchMails();
  form = await makeForm('complaint');
  otherForm = await makeForm('witness');
  const posted = await running.http
    .post('/api/form-guard/forms/complaint/submissions')
    .field('name', mark)
    .attach('proof', Buffer.from(`${mark} proof`), 'proof.txt')
    .expect(201);
  recordId = (posted.body as { data: { reference: string } }).data.reference.replaceAll('-', '');
  const row = (await running.strapi.db.connection('form_guard_files').where({ record_id: recordId }).first()) as {
    file_id: string;
  };
  file = row.file_id;
  adopted = await adminPerson(running.strapi, 'Adopted');
  await namedByOlderVersion(adopted);
  running = await running.again();
  catchMails();
});
afterAll(() => running.stop());
beforeEach(() => {
  mails = [];
});

test('the first boot of the version that looks at accounts adopts those who were named before, on record', async () => {
  await reads(adopted);
  const own = (await events()).filter(({ sentence }) => sentence.includes(adopted.email)).map(({ event }) => event);
  expect(own).toEqual(expect.arrayContaining(['reader.accountKnown', 'reader.named']));
});

describe('Changed with the current password, or not at all, it reads on', () => {
  const ways: [string, (person: AdminPerson) => Promise<unknown>][] = [
    [
      'their name and language',
      (p) => as(running, p).put('/admin/users/me', { firstname: 'Rita', preferedLanguage: 'fr' }).expect(200),
    ],
    [
      'the same address, written otherwise',
      (p) => as(running, p).put('/admin/users/me', { email: p.email.toUpperCase() }).expect(200),
    ],
    [
      'their own password, in the profile',
      (p) => as(running, p).put('/admin/users/me', { currentPassword: PASSWORD, password: ANOTHER }).expect(200),
    ],
    [
      'their own password and address at once',
      (p) =>
        as(running, p)
          .put('/admin/users/me', { email: `new-${p.email}`, currentPassword: PASSWORD, password: ANOTHER })
          .expect(200),
    ],
    [
      'their own address, with the current password',
      (p) =>
        as(running, p)
          .put('/admin/users/me', { email: `new-${p.email}`, currentPassword: PASSWORD })
          .expect(200),
    ],
    ['by somebody else: another name', (p) => as(running, boss).put(`/admin/users/${p.id}`, { firstname: 'Rita' }).expect(200)],
    [
      'by code: a role, a name',
      (p) => running.strapi.db.query('admin::user').update({ where: { id: p.id }, data: { lastname: 'Roe' } }),
    ],
  ];
  test.each(ways)('%s', async (_way, change) => {
    const person = await reader();
    await change(person);
    await reads({ jwt: await jwtOf(running.strapi, person.id) });
    expect((await grantOf(person)).status).toBe('current');
    expect(mails).toEqual([]);
  });
});

describe('Changed in any other way, it reads nothing', () => {
  const resetByMail = async ({ email }: AdminPerson): Promise<void> => {
    await running.http.post('/admin/forgot-password').send({ email }).expect(204);
    const code = (): string | undefined => {
      const sent = mails.find(({ to }) => to === email);
      return /code=([\w-]+)/.exec(`${sent?.text} ${sent?.html}`)?.[1];
    };
    // Strapi answers before it has sent the mail.
    await soon(() => code() !== undefined);
    const resetPasswordToken = code();
    mails = [];
    await running.http.post('/admin/reset-password').send({ resetPasswordToken, password: ANOTHER }).expect(200);
  };
  const resetOnCommandLine = ({ email }: AdminPerson): Promise<unknown> =>
    (
      running.strapi.service('admin::user') as unknown as { resetPasswordByEmail(email: string, password: string): Promise<void> }
    ).resetPasswordByEmail(email, ANOTHER);
  const ways: [string, (person: AdminPerson) => Promise<unknown>][] = [
    ['a reset that was mailed', resetByMail],
    ['a reset on the command line of Strapi', resetOnCommandLine],
    ['the password, by somebody else', (p) => as(running, second).put(`/admin/users/${p.id}`, { password: ANOTHER }).expect(200)],
    [
      'the address, by somebody else',
      (p) =>
        as(running, second)
          .put(`/admin/users/${p.id}`, { email: `x-${p.email}` })
          .expect(200),
    ],
    [
      'their own address, in the profile',
      (p) =>
        as(running, p)
          .put('/admin/users/me', { email: `x-${p.email}` })
          .expect(200),
    ],
    [
      'their own address, with another password than the current one',
      (p) =>
        as(running, p)
          .put('/admin/users/me', { email: `x-${p.email}`, currentPassword: ANOTHER })
          .expect(200),
    ],
    ['the password, in SQL', (p) => users().where({ id: p.id }).update({ password: 'made up' })],
    ['the password taken away, in SQL', (p) => users().where({ id: p.id }).update({ password: null })],
    [
      'the address, in SQL',
      (p) =>
        users()
          .where({ id: p.id })
          .update({ email: `x-${p.email}` }),
    ],
    [
      'the password, by code of the site',
      (p) => running.strapi.db.query('admin::user').update({ where: { id: p.id }, data: { password: 'made up' } }),
    ],
    ['blocked, in SQL', (p) => users().where({ id: p.id }).update({ blocked: true })],
  ];
  test.each(ways)('%s', async (_way, change) => {
    const person = await reader();
    await reads(person);
    await change(person);
    const jwt = await jwtOf(running.strapi, person.id);
    await readsNothing({ jwt });
    expect((await grantOf(person)).status).toBe('suspended');
    const { body } = await as(running, boss).get(`/form-guard/who-can-read/${form}`).expect(200);
    const listed = (body as { data: WhoCanRead }).data.readers.find(({ kind, id }) => kind === 'person' && id === person.id);
    expect(listed).toMatchObject({ reads: false, because: expect.stringMatching(/^(suspended|inactive)$/) });
    await soon(() => mails.length > 0);
    // At the address from before, and there alone; nothing of what anybody sent.
    expect(mails.map(({ to }) => to)).toEqual([person.email]);
    expect((await events()).filter(({ sentence }) => sentence.includes(person.email)).map(({ event }) => event)).toEqual([
      'reader.suspended',
      'reader.named',
      'reader.accountKnown',
    ]);
    const refused = await as(running, { jwt }).get(`/form-guard/inbox/${form}`);
    const { message, details } = (refused.body as { error: { message: string; details: object } }).error;
    expect(details).toEqual({ code: 'NOT_A_READER', because: 'suspended' });
    expect(message).toContain('boss@example.org');
  });

  test('switched off and on again by somebody else', async () => {
    const person = await reader();
    await as(running, second).put(`/admin/users/${person.id}`, { isActive: false }).expect(200);
    await readsNothing(person, 401);
    await as(running, second).put(`/admin/users/${person.id}`, { isActive: true }).expect(200);
    await readsNothing({ jwt: await jwtOf(running.strapi, person.id) });
    expect((await confirm(second, person)).status).toBe(200);
    await reads({ jwt: await jwtOf(running.strapi, person.id) });
  });

  test('blocked: also when the door had seen it and the block was taken off; and nobody confirms somebody who is blocked', async () => {
    const person = await reader();
    await users().where({ id: person.id }).update({ blocked: true });
    await readsNothing(person);
    expect((await grantOf(person)).suspended).toBe('off');
    expect((await confirm(boss, person)).body).toMatchObject({ error: { details: { code: 'ACCOUNT_OFF' } } });
    await users().where({ id: person.id }).update({ blocked: false });
    await readsNothing(person);
    expect((await confirm(boss, person)).status).toBe(200);
    await reads(person);
  });

  test('changed in SQL for as long as it takes to sign in, and put back', async () => {
    const person = await reader();
    const { password } = (await users().where({ id: person.id }).first()) as { password: string };
    await users().where({ id: person.id }).update({ password: 'made up' });
    const jwt = await jwtOf(running.strapi, person.id);
    await users().where({ id: person.id }).update({ password });
    await readsNothing({ jwt });
    await readsNothing(person);
  });

  test('changed in SQL, and then by the one who did it, with the password that is current by now', async () => {
    const person = await reader();
    const { password } = (await users().where({ id: second.id }).first()) as { password: string };
    await users().where({ id: person.id }).update({ password });
    await as(running, person).put('/admin/users/me', { currentPassword: PASSWORD, password: ANOTHER }).expect(200);
    await readsNothing({ jwt: await jwtOf(running.strapi, person.id) });
  });
});

describe('Until somebody confirms it', () => {
  const changed = async (): Promise<AdminPerson> => {
    const person = await reader();
    await readsForm(running, boss, otherForm, [person]);
    await as(running, second).put(`/admin/users/${person.id}`, { password: ANOTHER }).expect(200);
    return { ...person, jwt: await jwtOf(running.strapi, person.id) };
  };

  test('who is somebody else and may name readers: then everything holds again, on record, and mailed', async () => {
    const person = await changed();
    await readsNothing(person);
    await soon(() => mails.length > 0);
    mails = [];
    const { body } = await confirm(boss, person);
    expect((body as ReadersPage).data.find((grant) => grant.person?.id === person.id)).toMatchObject({ status: 'current' });
    await reads(person);
    expect((await grantOf(person, otherForm)).status).toBe('current');
    const confirmed = (await events()).find(({ event }) => event === 'reader.confirmed');
    expect(confirmed).toMatchObject({ actor: { name: 'boss@example.org (Boss Example)' } });
    expect(confirmed?.sentence).toContain(person.email);
    await soon(() => mails.length > 0);
    expect(mails.map(({ to }) => to)).toEqual([person.email]);
    // There is nothing left to confirm.
    expect((await confirm(boss, person)).status).toBe(403);
  });

  test('not the same account, nor an editor, nor a token, nor somebody who waits to be confirmed', async () => {
    const person = await changed();
    const editor = await adminPerson(running.strapi, `Editor${number}`);
    expect((await confirm(editor, person)).status).toBe(403);
    const grant = await grantOf(person);
    await running.http.post(`/form-guard/readers/${form}/${grant.id}/confirm`).expect(401);

    const head = await adminPerson(running.strapi, `Head${number}`, 'strapi-super-admin');
    await readsForm(running, boss, form, [head]);
    await users().where({ id: head.id }).update({ password: 'made up' });
    expect((await confirm(head, head)).body).toMatchObject({ error: { details: { code: 'CONFIRM_ONESELF' } } });
    expect((await confirm(head, person)).body).toMatchObject({ error: { details: { code: 'CONFIRMER_SUSPENDED' } } });
    await readsNothing(person);
  });

  test('a new naming does not bring the others back', async () => {
    const person = await changed();
    const body = { people: [person.id], until: new Date(Date.now() + 86_400_000).toISOString(), fields: null };
    const refused = await as(running, boss).post(`/form-guard/readers/${form}`, body).expect(403);
    expect(refused.body).toMatchObject({ error: { details: { code: 'READER_SUSPENDED' } } });
    await readsNothing(person);
    // Without any naming there is nothing to bring back, and whoever is named is the account as it is.
    for (const source of [form, otherForm])
      await as(running, boss)
        .delete(`/form-guard/readers/${source}/${(await grantOf(person, source)).id}`)
        .expect(200);
    await readsForm(running, boss, form, [person]);
    await reads(person);
  });

  test('the overview says so, to those who can do something about it', async () => {
    const person = await changed();
    const found = async (who: AdminPerson) =>
      (
        (await as(running, who).get('/form-guard/overview').expect(200)).body as {
          data: { findings: { code: string; formOrType: string; href: string }[] };
        }
      ).data.findings.filter(({ code }) => code === 'READERS_SUSPENDED');
    expect((await found(boss)).map(({ formOrType, href }) => [formOrType, href])).toEqual(
      [form, otherForm].map((source) => [source, `/plugins/form-guard/readers/${encodeURIComponent(source)}`]),
    );
    expect(await found(person)).toEqual([]);
  });

  test('whoever runs the server confirms where nobody else can, on record, and mailed', async () => {
    const person = await changed();
    const run = async (...args: string[]) => {
      const said: string[] = [];
      const code = await findCommand(args)?.run(running.strapi, {
        print: (line) => said.push(line),
        explain: (line) => said.push(line),
      });
      return { code, said: said.join() };
    };
    expect((await run('readers', 'list')).said).toContain(`${person.email}: changed`);
    expect((await run('readers', 'confirm', 'nobody@example.org')).code).toBe(1);
    await soon(() => mails.length > 0);
    mails = [];
    expect((await run('readers', 'confirm', person.email.toUpperCase())).code).toBe(0);
    expect(mails.map(({ to }) => to)).toEqual([person.email]);
    await reads(person);
    expect((await events()).find(({ event }) => event === 'reader.confirmed')).toMatchObject({ actor: { kind: 'system' } });
    expect((await run('readers', 'confirm', person.email)).code).toBe(1);
  });

  test('what is written by SQL about the account confirms nothing', async () => {
    const person = await reader();
    const other = await reader();
    const mine = { admin_user_id: person.id };
    const before = (await accounts().where(mine).first()) as Record<string, unknown>;
    const { password } = (await users().where({ id: person.id }).first()) as { password: string };
    await users().where({ id: person.id }).update({ password: 'made up' });
    await readsNothing(person);
    const after = (await accounts().where(mine).first()) as Record<string, unknown>;
    const { digest } = (await accounts().where({ admin_user_id: other.id }).first()) as { digest: string };
    const tries: [string, () => Promise<unknown>][] = [
      ['state', () => accounts().where(mine).update({ state: 'known' })],
      ['digest', () => accounts().where(mine).update({ state: 'known', digest })],
      [
        'row from before',
        () =>
          accounts()
            .where(mine)
            .update({ ...before, id: after.id }),
      ],
      ['row away', () => accounts().where(mine).delete()],
      [
        'row from before, and the entry of the suspension pointed elsewhere',
        async () => {
          await accounts()
            .where(mine)
            .update({ ...before, id: after.id });
          await audit().where({ seq: after.seq }).update({ record_id: '0' });
        },
      ],
    ];
    // With the account as it was before: what is on record alone keeps it shut.
    await users().where({ id: person.id }).update({ password });
    for (const [what, forge] of tries) {
      await forge();
      expect([what, (await as(running, person).post(`/form-guard/inbox/${form}/${recordId}/open`)).status]).toEqual([what, 403]);
      await accounts().where(mine).delete();
      await accounts().insert(after);
      await audit()
        .where({ seq: after.seq })
        .update({ record_id: String(person.id) });
    }
    await readsNothing(person);
    expect((await confirm(boss, person)).status).toBe(200);
    await reads(person);
  });
});

describe('The next boot', () => {
  test('adopts nobody anew, of whom nothing is known any more or who was named past us; new keys suspend nobody', async () => {
    const [forgotten, kept, older] = [await reader(), await reader(), await adminPerson(running.strapi, 'Older')];
    await accounts().where({ admin_user_id: forgotten.id }).delete();
    for (const source of [form, otherForm]) await vaultOf(running.strapi).keys.rotate(source, SYSTEM);
    running = await running.again();
    await readsNothing(forgotten);
    await reads(kept);
    await namedByOlderVersion(older);
    await readsNothing(older);
  });
});
