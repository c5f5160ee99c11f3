/**
 * On every screen of the admin where submissions could be given away or lost, a super admin who tries it meets a dialog that
 * says what would have happened, and nothing in the database or in the site's sources has changed.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import knex, { type Knex } from 'knex';
import type { Browser, Locator } from 'playwright-core';
import { notificationsIn, openBrowser, signedIn, signIn, stranger, textsOf, type Seat } from '../helpers/browser';
import { callAs, FIRST_START_MS, startDemo, type Call, type Demo } from '../helpers/demo';
import { focusOn } from '../helpers/everybody';
import { makeOwnDemo, type OwnDemo } from '../helpers/own-demo';

const CONTACT = 'api::contact-submission.contact-submission';
const READERS = 'To let colleagues read, name them as readers in Form Guard.';
const WORK = 'To let colleagues work with them, name them as readers in Form Guard.';
const BY_HAND = 'If it has to be, a developer does it in the schema files, with a backup of the database at hand.';

let own: OwnDemo;
let demo: Demo;
let browser: Browser;
let boss: Call;
let ada: Seat;

const withDatabase = async <Result>(run: (db: Knex) => Promise<Result>): Promise<Result> => {
  const filename = path.join(demo.home, 'data', 'demo.db');
  const db = knex({ client: 'better-sqlite3', connection: { filename }, useNullAsDefault: true });
  try {
    return await run(db);
  } finally {
    await db.destroy();
  }
};

/** The record of what was tried grows, and sessions go on. */
const MAY_CHANGE = ['form_guard_audit', 'form_guard_audit_head', 'form_guard_audit_check', 'strapi_sessions', 'sqlite_sequence'];
/** A screen of Strapi that saves in two requests has saved the first: the name of a role, as it was, at another time. */
const withoutTimes = (table: string, row: object): object =>
  table === 'admin_roles' ? { ...row, updated_at: null, updated_by_id: null } : row;

/** Strapi counts its media library once a week, for the first time five minutes after a site's first start. */
const countedByStrapi = (table: string, row: object): boolean =>
  table === 'strapi_core_store_settings' && 'key' in row && row.key === 'plugin_upload_metrics';

/** A digest of every table, and of the site's sources. */
const everything = (): Promise<Record<string, string>> =>
  withDatabase(async (db) => {
    const digest = (what: unknown): string => createHash('sha256').update(JSON.stringify(what)).digest('hex');
    const tables = (await db('sqlite_master').where({ type: 'table' }).select('name').orderBy('name')) as { name: string }[];
    const found: Record<string, string> = { sources: digest(own.sources()) };
    for (const { name } of tables) {
      if (MAY_CHANGE.includes(name)) continue;
      const rows = ((await db(name)) as object[]).filter((row) => !countedByStrapi(name, row));
      found[name] = digest(rows.map((row) => withoutTimes(name, row)));
    }
    return found;
  });

const dialog = (): Locator => ada.page.getByRole('alertdialog', { name: 'This was stopped: nothing was saved' });
const button = (name: string): Promise<void> => ada.page.getByRole('button', { name, exact: true }).first().click();
const tick = (name: string): Promise<void> => ada.page.getByRole('checkbox', { name, exact: true }).click();
/** A box of Strapi's matrix, whose name ends in a blank where there is nothing more to say. */
const tickOf = (right: string): Promise<void> =>
  ada.page.getByRole('checkbox', { name: `Select ${right} Contact-submission permission` }).click();
const write = (label: string, text: string): Promise<void> => ada.page.getByLabel(label).first().fill(text);
const choose = async (label: string, option: string): Promise<void> => {
  await ada.page.getByRole('combobox', { name: label }).click();
  await ada.page.getByRole('option', { name: option, exact: true }).click();
};
const settings = (page: string) => (): Promise<void> => ada.go(`/admin/settings/${page}`);
const builder = (uid: string) => (): Promise<void> => ada.go(`/admin/plugins/content-type-builder/content-types/${uid}`);

interface Screen {
  name: string;
  open(): Promise<void>;
  /** What is done there, up to saving it. */
  act(): Promise<void>;
  says: string[];
  saferWay: string;
  leadsToReaders: boolean;
}

let helpers = 0;
const of = (what: string): string => `100 submissions to “Contact form” ${what}`;

const SCREENS: Screen[] = [
  {
    name: 'a new role of visitors',
    open: settings('users-permissions/roles/new'),
    async act() {
      await write('Name', 'Helpers');
      await write('Description', 'They help.');
      await ada.page.getByRole('button', { name: 'Contact-submission' }).click();
      await tick('findOne');
      await tick('delete');
    },
    says: [
      of('would become readable by everyone who has the role “Helpers”.'),
      of('could be changed or deleted by everyone who has the role “Helpers”.'),
    ],
    saferWay: `${READERS} ${WORK}`,
    leadsToReaders: true,
  },
  {
    name: 'signing up',
    open: settings('users-permissions/advanced-settings'),
    act: () => ada.page.getByLabel('Enable sign-ups').click(),
    says: [of('would become readable by anyone who signs up on the site.')],
    saferWay: READERS,
    leadsToReaders: true,
  },
  {
    name: 'an API token',
    open: settings('api-tokens/create'),
    async act() {
      await write('Name', 'newsletter');
      await choose('Token duration', '7 days');
      await choose('Token type', 'Full access');
    },
    says: [
      of('would become readable by whoever holds the token “newsletter”.'),
      of('could be changed or deleted by whoever holds the token “newsletter”.'),
    ],
    saferWay: `${READERS} ${WORK}`,
    leadsToReaders: true,
  },
  {
    name: 'an admin token',
    open: settings('admin-tokens/create'),
    async act() {
      await write('Name', 'assistant');
      await choose('Token duration', '7 days');
      await tickOf('read');
    },
    says: [of('would become readable by whoever holds the admin token “assistant”.')],
    saferWay: READERS,
    leadsToReaders: true,
  },
  {
    name: 'a transfer token',
    open: settings('transfer-tokens/create'),
    async act() {
      await write('Name', 'backup');
      await choose('Token duration', '7 days');
      await choose('Token type', 'Full Access');
    },
    says: [
      'Whoever holds the transfer token “backup” could copy the whole site, with what is not sealed of 100 submissions to “Contact form”.',
    ],
    saferWay: 'A token that may only push is safe. Back submissions up with the database, and the keys elsewhere.',
    leadsToReaders: false,
  },
  {
    name: 'a role of the admin',
    open: () => settings(`roles/${helpers}`)(),
    async act() {
      await tickOf('create');
      await tickOf('read');
    },
    says: [
      'Submissions to “Contact form” could be entered by hand by everyone who has the admin role “Helpers”, nobody yet.',
      of('would become readable by everyone who has the admin role “Helpers”, nobody yet.'),
    ],
    saferWay: `Submissions come from the people who send them; to let colleagues read, name them as readers in Form Guard. ${READERS}`,
    leadsToReaders: true,
  },
  {
    name: 'a webhook',
    open: settings('webhooks/create'),
    async act() {
      await write('Name', 'mailer');
      await write('Url', 'https://example.org/hook');
      await tick('entry.create');
    },
    says: ['Whoever receives the webhook “mailer” would be told of each submission to “Contact form”; 100 have come so far.'],
    saferWay:
      'Leave out the events of entries. If the site needs them for its other types, whoever runs it can set unsafeEntryWebhooks in the config of Form Guard.',
    leadsToReaders: false,
  },
  {
    name: 'a part of a type in the Content-Type Builder',
    open: builder(CONTACT),
    act: () => button('Delete message'),
    says: ['What 100 submissions to “Contact form” say under the attribute “message” would be lost.'],
    saferWay: BY_HAND,
    leadsToReaders: false,
  },
  {
    name: 'a whole type in the Content-Type Builder',
    open: builder(CONTACT),
    async act() {
      ada.page.once('dialog', (question) => void question.accept());
      await button('Edit');
      await button('Delete');
    },
    says: [of('would be destroyed: what is not sealed would be gone, and nobody could open the rest.')],
    saferWay: BY_HAND,
    leadsToReaders: false,
  },
];

beforeAll(async () => {
  own = makeOwnDemo();
  demo = await startDemo(own.root);
  browser = await openBrowser();
  boss = await callAs(demo, demo.ada);
  const role = await boss('POST', '/admin/roles', { name: 'Helpers', description: 'They help.' });
  helpers = (role.body as { data: { id: number } }).data.id;
  // A tick from before the plugin, on the role of those who sign up; and signing up is off, as it should be.
  await withDatabase(async (db) => {
    const [permission] = (await db('up_permissions')
      .insert({ action: `${CONTACT}.find` })
      .returning('id')) as { id: number }[];
    const role = (await db('up_roles').where({ type: 'authenticated' }).first('id')) as { id: number };
    await db('up_permissions_role_lnk').insert({ permission_id: permission?.id, role_id: role.id });
  });
  const advanced = (await boss('GET', '/users-permissions/advanced')).body as { settings: object };
  const off = await boss('PUT', '/users-permissions/advanced', { ...advanced.settings, allow_register: false });
  expect(off.status).toBe(200);
  ada = await signedIn(browser, demo, demo.ada);
}, FIRST_START_MS);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
  own?.remove();
});

describe.each(SCREENS)('$name', ({ name, open, act, says, saferWay, leadsToReaders }) => {
  const shot = (what: string): Promise<void> => ada.shot(`refused-${name.toLowerCase().replace(/\W+/g, '-')}-${what}`);
  let before: Record<string, string>;

  it('stands on a screen that says what is locked', async () => {
    await open();
    const banner = ada.page.getByRole('complementary', { name: 'Locked by Form Guard' });
    await expect(banner.textContent()).resolves.toContain('“Contact form”');
    const { y, height } = (await banner.boundingBox()) ?? { y: Infinity, height: 0 };
    expect(y + height).toBeLessThanOrEqual(ada.page.viewportSize()?.height ?? 0);
    await shot('1-banner');
  });

  it('meets a dialog that says what would have happened, and what to do instead', async () => {
    before = await everything();
    await act();
    await button('Save');
    await dialog().waitFor();
    // Strapi's own notification, on the screens that have one, comes when the answer does.
    await ada.page
      .locator('[data-sonner-toast]')
      .first()
      .waitFor({ state: 'attached', timeout: 1500 })
      .catch(() => undefined);
    await shot('2-dialog');
    await expect(notificationsIn(ada.page).count()).resolves.toBe(0);
    // Under each sentence may stand which boxes it is about.
    const said = (await textsOf(dialog().getByRole('listitem'))).map((item) => item.split('\n')[0]);
    expect(said).toEqual(says);
    expect((await dialog().innerText()).replace(/\s+/g, ' ')).toContain(saferWay);
    await expect(textsOf(dialog().getByRole('button'))).resolves.toEqual(
      leadsToReaders ? ['Close', 'Choose who may read it'] : ['Close'],
    );
  });

  it('leaves the page as it was written, to go on with', async () => {
    await dialog().getByRole('button', { name: 'Close' }).click();
    await dialog().waitFor({ state: 'detached' });
    await ada.page.getByRole('button', { name: 'Save', exact: true }).first().click();
    await focusOn(dialog().getByRole('button', { name: 'Close' }));
    await ada.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('has changed nothing', async () => {
    await expect(everything()).resolves.toEqual(before);
  });
});

describe('one of many changes in a save is refused, and the rest can be saved', () => {
  const saveTheRest = async (): Promise<void> => {
    const loaded = ada.page.waitForEvent('load');
    await dialog().getByRole('button', { name: 'Save the rest' }).click();
    await loaded;
  };

  it('of a webhook', async () => {
    const hook = { name: 'pictures', url: 'https://example.org/hook', headers: {}, events: ['media.create'] };
    const { id } = ((await boss('POST', '/admin/webhooks', hook)).body as { data: { id: number } }).data;
    await settings(`webhooks/${id}`)();
    await write('Name', 'pictures and more');
    await tick('media.update');
    await tick('entry.create');
    await button('Save');
    await dialog().getByText('The boxes: entry.create').waitFor();
    await ada.shot('rest-of-a-webhook');
    await saveTheRest();
    const { data } = (await boss('GET', `/admin/webhooks/${id}`)).body as { data: { name: string; events: string[] } };
    expect([data.name, [...data.events].sort()]).toEqual(['pictures and more', ['media.create', 'media.update']]);
  });

  it('of an admin token', async () => {
    const token = { name: 'helper', description: '', lifespan: null, adminPermissions: [] };
    const made = await boss('POST', '/admin/admin-tokens', token);
    expect(made).toMatchObject({ status: 201 });
    const { id } = (made.body as { data: { id: number } }).data;
    await settings(`admin-tokens/${id}`)();
    await write('Name', 'renamed helper');
    await tickOf('read');
    await button('Save');
    await dialog().getByText('The boxes: read').waitFor();
    await saveTheRest();
    const { data } = (await boss('GET', `/admin/admin-tokens/${id}`)).body as {
      data: { name: string; adminPermissions: object[] };
    };
    expect([data.name, data.adminPermissions]).toEqual(['renamed helper', []]);
  });

  it('of the settings for signing up', async () => {
    await settings('users-permissions/advanced-settings')();
    await ada.page.getByLabel('Enable sign-ups').click();
    await ada.page.getByLabel('Reset password page').fill('https://example.org/reset');
    await button('Save');
    await dialog().waitFor();
    await saveTheRest();
    const { settings: saved } = (await boss('GET', '/users-permissions/advanced')).body as { settings: object };
    expect(saved).toMatchObject({
      allow_register: false,
      email_reset_password: 'https://example.org/reset',
      default_role: 'authenticated',
    });
  });
});

describe('the boxes that would be refused carry a lock, and no others', () => {
  /** By what they are called, or else what is written beside them. */
  const boxes = async (isLocked: boolean): Promise<string[]> => {
    const all = await ada.page.getByRole('checkbox').evaluateAll((found) =>
      found.map((box) => ({
        name: box.getAttribute('aria-label') ?? document.querySelector(`label[for="${box.id}"]`)?.textContent ?? '',
        drawn: getComputedStyle(box).backgroundImage,
      })),
    );
    return all.filter(({ drawn }) => drawn.startsWith('url("data:image/svg+xml') === isLocked).map(({ name }) => name.trim());
  };
  const locked = (): Promise<string[]> => boxes(true);

  it('in a role of visitors: all but sending', async () => {
    await settings('users-permissions/roles/new')();
    await ada.page.getByRole('button', { name: 'Contact-submission' }).click();
    await ada.page.getByRole('checkbox', { name: 'findOne', exact: true }).waitFor();
    expect((await locked()).sort()).toEqual(['delete', 'find', 'findOne', 'update']);
    expect(await boxes(false)).toContain('create');
    await ada.shot('lock-visitors');
    // Those of another type stand beside them.
    await ada.page.getByRole('button', { name: 'Article' }).click();
    await ada.page.getByRole('checkbox', { name: 'findOne', exact: true }).nth(1).waitFor();
    expect((await locked()).sort()).toEqual(['delete', 'find', 'findOne', 'update']);
    expect(await boxes(false)).toContain('findOne');
  });

  it('in an API token', async () => {
    await settings('api-tokens/create')();
    await choose('Token type', 'Custom');
    await ada.page.getByRole('button', { name: 'Contact-submission' }).click();
    await ada.page.getByRole('checkbox', { name: 'findOne', exact: true }).waitFor();
    expect((await locked()).sort()).toEqual(['delete', 'find', 'findOne', 'update']);
    await ada.shot('lock-token');
  });

  it('in a role of the admin', async () => {
    await settings(`roles/${helpers}`)();
    await ada.page.getByRole('checkbox', { name: 'Select read Contact-submission permission' }).waitFor();
    const names = await locked();
    expect(names.length).toBeGreaterThanOrEqual(4);
    expect(names.every((name) => /contact-submission/i.test(name))).toBe(true);
    await ada.shot('lock-role');
  });

  it('in a webhook: the events of entries', async () => {
    await settings('webhooks/create')();
    await ada.page.getByRole('checkbox', { name: 'entry.create' }).waitFor();
    expect((await locked()).every((name) => name.startsWith('entry.'))).toBe(true);
    expect((await locked()).length).toBeGreaterThan(2);
    await ada.shot('lock-webhook');
  });
});

/** Screens on which nothing can be opened: they say why submissions are not in them. */
const LISTS = `/admin/content-manager/collection-types/${CONTACT}`;
describe.each([
  { name: 'the media library', open: () => ada.go('/admin/plugins/upload'), says: 'Files that people sent to them are sealed' },
  { name: 'the list of a type', open: () => ada.go(`${LISTS}/configurations/list`), says: 'It is not shown in these lists' },
  { name: 'the page of an entry', open: () => ada.go(`${LISTS}/configurations/edit`), says: 'It is not shown in these lists' },
])('$name', ({ name, open, says }) => {
  it('says what is locked', async () => {
    await open();
    const banner = ada.page.getByRole('complementary', { name: 'Locked by Form Guard' });
    await expect(banner.textContent()).resolves.toContain('“Contact form”');
    await expect(banner.textContent()).resolves.toContain(says);
    const { y, height } = (await banner.boundingBox()) ?? { y: Infinity, height: 0 };
    expect(y + height).toBeLessThanOrEqual(ada.page.viewportSize()?.height ?? 0);
    await ada.shot(`locked-${name.replace(/\W+/g, '-')}`);
  });
});

it('a list that is told to show the answers shows none', async () => {
  await ada.go(`${LISTS}/configurations/list`);
  await button('Add a field');
  await ada.page.getByRole('menuitem', { name: 'message' }).click();
  await button('Save');
  await ada.page.getByText('Saved').first().waitFor();
  await ada.go(LISTS);
  const table = ada.page.getByRole('grid');
  const cells = async (row: number): Promise<string[]> => textsOf(table.getByRole('row').nth(row).getByRole('gridcell'));
  await table.getByRole('gridcell', { name: 'message' }).waitFor();
  await table.getByRole('row').nth(10).waitFor();
  // The style writes it in capitals.
  const column = (await cells(0)).findIndex((name) => name.toLowerCase() === 'message');
  for (const row of [1, 2, 10]) expect((await cells(row))[column]).toBe('-');
  await ada.shot('locked-list-with-answers');
});

it('the settings of another type say nothing', async () => {
  await ada.go('/admin/content-manager/collection-types/api::article.article/configurations/list');
  await ada.page.getByRole('button', { name: 'Save', exact: true }).waitFor();
  await expect(ada.page.getByRole('complementary', { name: 'Locked by Form Guard' }).count()).resolves.toBe(0);
});

/** In a browser of its own: whatever the plugin's pages would add is away, be it broken or blocked. */
it('without anything of the plugin on the page, the refusal is a sentence in the notification of Strapi', async () => {
  const alone = await stranger(browser, demo);
  await alone.page.addInitScript(() => {
    const { fetch } = window;
    // The plugin looks at answers by putting a function of its own here.
    Object.defineProperty(window, 'fetch', { get: () => fetch, set: () => undefined });
  });
  await alone.page.route('**/form-guard/**', (route) => route.abort());
  await signIn(alone, demo.ada);
  const before = await everything();
  await alone.go('/admin/settings/api-tokens/create');
  await alone.page.getByLabel('Name').fill('newsletter');
  await alone.page.getByRole('combobox', { name: 'Token duration' }).click();
  await alone.page.getByRole('option', { name: '7 days' }).click();
  await alone.page.getByRole('combobox', { name: 'Token type' }).click();
  await alone.page.getByRole('option', { name: 'Full access' }).click();
  await alone.page.getByRole('button', { name: 'Save', exact: true }).click();
  const notice = alone.page
    .getByRole('alert')
    .or(alone.page.getByRole('status'))
    .filter({ hasText: 'Form Guard stopped this: nothing was saved.' });
  await notice.first().waitFor();
  await expect(notice.first().innerText()).resolves.toContain(
    of('would become readable by whoever holds the token “newsletter”.'),
  );
  await expect(alone.page.getByRole('alertdialog').count()).resolves.toBe(0);
  await alone.shot('refused-without-the-plugin');
  await expect(everything()).resolves.toEqual(before);
  await alone.page.context().close();
});

it('somebody who has chosen French is refused in French', async () => {
  expect((await boss('PUT', '/admin/users/me', { preferedLanguage: 'fr' })).status).toBe(200);
  const french = await signedIn(browser, demo, demo.ada);
  await french.go('/admin/settings/webhooks/create');
  await french.page.getByRole('complementary', { name: 'Verrouillé par Form Guard' }).waitFor();
  await french.page.locator('input[name=name]').fill('mailer');
  await french.page.locator('input[name=url]').fill('https://example.org/hook');
  await french.page.getByRole('checkbox', { name: 'entry.create' }).click();
  await french.page.locator('button[type=submit]').click();
  const refused = french.page.getByRole('alertdialog', { name: 'Ceci a été arrêté : rien n’a été enregistré' });
  await refused
    .getByText(
      'Chaque envoi à « Contact form » serait signalé à toute personne qui reçoit le webhook « mailer » ; 100 sont arrivés jusqu’ici.',
    )
    .waitFor();
  await french.page.locator('[data-sonner-toast]').first().waitFor({ state: 'attached' });
  await expect(notificationsIn(french.page).count()).resolves.toBe(0);
  await french.shot('refused-in-french');
  await french.go('/admin/plugins/form-guard');
  await french.page.getByText('Le rôle « Authenticated » a une case cochée').first().waitFor();
  await french.shot('overview-in-french');
  await french.go('/admin/plugins/form-guard/audit');
  await french.page.getByText('A essayé ceci :').first().waitFor();
  await french.shot('activity-in-french');
  await french.page.context().close();
  await boss('PUT', '/admin/users/me', { preferedLanguage: null });
});
