/**
 * Whoever ticks the box that would publish submissions meets a dialog that says what would have happened, cannot go on,
 * and is led to the right way, which is short: naming the person who needs to read.
 */
import type { Browser, Locator, Page } from 'playwright-core';
import { canary } from '../helpers/canary';
import { FORM_GUARD, openBrowser, report, signedIn, textsOf, type Seat } from '../helpers/browser';
import { callAs, FIRST_START_MS, startDemo, type Call, type Demo } from '../helpers/demo';

const CONTACT = 'api::contact-submission.contact-submission';
const CONTACT_PAGE = encodeURIComponent(CONTACT);
const VALUE = canary('message');
/** 100 of the demo, and the one that this test sends. */
const SUBMISSIONS = 101;

let demo: Demo;
let browser: Browser;
let boss: Call;
let nobody: Call;
let ada: Seat;

const dialogIn = (page: Page): Locator => page.getByRole('alertdialog', { name: 'This was stopped: nothing was saved' });
const roleCalled = async (type: string): Promise<{ id: number }> => {
  const { body } = await boss('GET', '/users-permissions/roles');
  const role = (body as { roles: { id: number; type: string }[] }).roles.find((one) => one.type === type);
  if (!role) throw new Error(`There is no role ${type}.`);
  return role;
};
const heldBy = async (type: string): Promise<unknown> =>
  (await boss('GET', `/users-permissions/roles/${(await roleCalled(type)).id}`)).body;

/** The way a person takes to the list of roles, and into one of them. */
const openRole = async ({ page }: Seat, name: string): Promise<void> => {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.locator('a[href="/admin/settings/users-permissions/roles"]').click();
  await page.getByText(name, { exact: true }).click();
  await page.getByRole('heading', { name, exact: true }).waitFor();
};
const tickFind = async ({ page }: Seat): Promise<void> => {
  await page.getByRole('button', { name: 'Contact-submission' }).click();
  await page.getByRole('checkbox', { name: 'find', exact: true }).click();
};
const save = ({ page }: Seat): Promise<void> => page.getByRole('button', { name: 'Save', exact: true }).click();

beforeAll(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  boss = await callAs(demo, demo.ada);
  nobody = await callAs(demo);
  const data = { name: 'Wilma Example', email: 'wilma@example.org', topic: 'housing', message: VALUE };
  expect((await nobody('POST', '/api/contact-submissions', { data })).status).toBe(201);
  ada = await signedIn(browser, demo, demo.ada);
}, FIRST_START_MS);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

describe('the box of the 2022 incident: “find”, for the public', () => {
  let before: unknown;
  beforeAll(async () => {
    before = await heldBy('public');
    await openRole(ada, 'Public');
  });

  it('stands on a screen that says what is locked', async () => {
    const banner = ada.page.getByRole('complementary', { name: 'Locked by Form Guard' });
    await expect(banner.textContent()).resolves.toContain('“Contact form”. Nobody can be given access to their submissions here');
    const { y, height } = (await banner.boundingBox()) ?? { y: Infinity, height: 0 };
    expect(y + height).toBeLessThanOrEqual(ada.page.viewportSize()?.height ?? 0);
    await ada.shot('wrong-click-1-banner');
  });

  it('brings a dialog with the number of submissions, when it is saved', async () => {
    await tickFind(ada);
    await save(ada);
    const said = await dialogIn(ada.page).innerText();
    expect(said).toContain(`${SUBMISSIONS} submissions to “Contact form” would become readable by anyone on the internet.`);
    expect(said).toContain('nothing was saved');
    await ada.shot('wrong-click-2-dialog');
  });

  it('offers no way to go on', async () => {
    await expect(textsOf(dialogIn(ada.page).getByRole('button'))).resolves.toEqual(['Close', 'Choose who may read it']);
    await expect(dialogIn(ada.page).getByRole('link').count()).resolves.toBe(0);
    await ada.page.keyboard.press('Escape');
    await dialogIn(ada.page).waitFor({ state: 'detached' });
    await save(ada);
    await dialogIn(ada.page).waitFor();
  });

  it('has changed nothing', async () => {
    await expect(heldBy('public')).resolves.toEqual(before);
    await expect(nobody('GET', '/api/contact-submissions')).resolves.toMatchObject({ status: 403 });
  });
});

describe('the right way, from the dialog on', () => {
  let submission = '';

  it('names a person with three clicks and a name', async () => {
    const { page } = ada;
    ada.presses();
    const began = Date.now();
    await dialogIn(page).getByRole('button', { name: 'Choose who may read it' }).click();
    const people = page.getByRole('group', { name: 'People' });
    await people.getByRole('checkbox', { name: /Ada Admin/ }).waitFor();
    await page.getByLabel('Find people').pressSequentially('osc');
    await people.getByRole('checkbox', { name: /Ada Admin/ }).waitFor({ state: 'detached' });
    await expect(textsOf(people.locator('label'))).resolves.toEqual(['Oscar Editor oscar@example.org']);
    await people.getByRole('checkbox').click();
    await ada.shot('wrong-click-3-naming');
    await page.getByRole('button', { name: 'Add 1 person' }).click();
    await page.getByRole('row', { name: /Oscar Editor.*Can read/ }).waitFor();
    const seconds = (Date.now() - began) / 1000;
    const clicks = ada.presses();
    report(`From the dialog to “Oscar can read”: ${clicks} clicks, 3 letters, ${seconds.toFixed(1)} s of machine time.`);
    await ada.shot('wrong-click-4-named');
    expect(new URL(page.url()).pathname).toBe(`${FORM_GUARD}/readers/${CONTACT_PAGE}`);
    expect(clicks).toBeLessThanOrEqual(3);
  });

  it('lets that person read, on record', async () => {
    const oscar = await signedIn(browser, demo, demo.oscar);
    const { page } = oscar;
    await page.getByRole('link', { name: 'Form Guard' }).click();
    await page.getByRole('link', { name: 'Inbox of Contact form' }).click();
    await page
      .getByRole('link', { name: /^Open submission/ })
      .first()
      .click();
    await page.getByText(VALUE).waitFor();
    await page.getByText(/Opened for you\. This view was recorded on .* as number \d+\./).waitFor();
    submission = new URL(page.url()).pathname;
    await oscar.shot('wrong-click-5-read');
    await page.context().close();
  });

  it.each(['inbox', 'submission'])('shows somebody who is not named no value: the %s', async (what) => {
    const naima = await signedIn(browser, demo, demo.naima);
    await naima.go(what === 'inbox' ? `${FORM_GUARD}/inbox/${CONTACT_PAGE}` : submission);
    await naima.page.getByRole('heading', { name: 'Not open to you' }).waitFor();
    await naima.page.getByText('You are not a reader of this form').waitFor();
    await expect(naima.page.content()).resolves.not.toContain(VALUE);
    await naima.shot(`wrong-click-6-not-named-${what}`);
    await naima.page.context().close();
  });
});

describe('a save that holds other changes as well', () => {
  const description = 'Whoever comes along';
  const savedDescription = async (): Promise<string> => {
    const { role } = (await heldBy('public')) as { role: { description: string } };
    return role.description;
  };

  it('names the boxes, and offers to save the rest', async () => {
    await openRole(ada, 'Public');
    await ada.page.getByLabel('Description').fill(description);
    await tickFind(ada);
    await save(ada);
    await dialogIn(ada.page).getByText('The boxes: find').waitFor();
    await dialogIn(ada.page).getByRole('button', { name: 'Save the rest' }).waitFor();
    await ada.shot('wrong-click-9-rest');
    expect(await savedDescription()).not.toBe(description);
  });

  it('saves the rest, and not what was refused', async () => {
    const loaded = ada.page.waitForEvent('load');
    await dialogIn(ada.page).getByRole('button', { name: 'Save the rest' }).click();
    await loaded;
    await ada.page.getByRole('heading', { name: 'Public', exact: true }).waitFor();
    await expect(ada.page.getByLabel('Description').inputValue()).resolves.toBe(description);
    expect(await savedDescription()).toBe(description);
    await expect(nobody('GET', '/api/contact-submissions')).resolves.toMatchObject({ status: 403 });
    await ada.page.getByRole('button', { name: 'Contact-submission' }).click();
    await expect(ada.page.getByRole('checkbox', { name: 'find', exact: true }).isChecked()).resolves.toBe(false);
  });
});

describe('the same dialog, wherever the click is', () => {
  const sentence = (audience: string): string =>
    `${SUBMISSIONS} submissions to “Contact form” would become readable by ${audience}.`;

  it('for everyone who has signed up', async () => {
    const before = await heldBy('authenticated');
    await openRole(ada, 'Authenticated');
    await tickFind(ada);
    await save(ada);
    await expect(dialogIn(ada.page).innerText()).resolves.toContain(sentence('anyone who signs up on the site'));
    await ada.shot('wrong-click-7-authenticated');
    await expect(heldBy('authenticated')).resolves.toEqual(before);
  });

  it.each(['Full access', 'Read-only', 'Custom'])('for an API token: %s', async (type) => {
    const { page } = ada;
    const before = (await boss('GET', '/admin/api-tokens')).body;
    await ada.go('/admin/settings/api-tokens/create');
    await page.getByLabel('Name').fill('newsletter');
    await page.getByRole('combobox', { name: 'Token duration' }).click();
    await page.getByRole('option', { name: '7 days' }).click();
    await page.getByRole('combobox', { name: 'Token type' }).click();
    await page.getByRole('option', { name: type }).click();
    if (type === 'Custom') await tickFind(ada);
    await page.getByRole('complementary', { name: 'Locked by Form Guard' }).waitFor();
    await save(ada);
    await expect(dialogIn(page).innerText()).resolves.toContain(sentence('whoever holds the token “newsletter”'));
    await ada.shot(`wrong-click-8-token-${type.toLowerCase().replace(/\W/g, '-')}`);
    expect((await boss('GET', '/admin/api-tokens')).body).toEqual(before);
  });
});
