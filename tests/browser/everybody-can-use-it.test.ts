/**
 * Whoever cannot use a mouse, or hears the screen instead of seeing it, can name readers and read: nothing that axe-core
 * calls serious or critical is in the plugin's own part of any page, in either look, and both ways can be walked with keys.
 */
import type { Browser } from 'playwright-core';
import { FORM_GUARD, openBrowser, report, signedIn, type Seat } from '../helpers/browser';
import { callAs, complaintForm, FIRST_START_MS, startDemo, type Demo } from '../helpers/demo';
import { focusOn, hasFocus, obstaclesIn, tabTo } from '../helpers/everybody';

const CONTACT = encodeURIComponent('api::contact-submission.contact-submission');
const BANNER = 'aside[aria-label="Locked by Form Guard"]';

let demo: Demo;
let browser: Browser;
let ada: Seat;
let naima: Seat;
let complaints = '';
let complaint = '';

beforeAll(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  const [boss, reader] = await Promise.all([callAs(demo, demo.ada), callAs(demo, demo.naima)]);
  complaints = encodeURIComponent((await complaintForm(boss)).id);
  const { data: rows } = (await reader('GET', `/form-guard/inbox/${complaints}`)).body as { data: { recordId: string }[] };
  complaint = rows[0]?.recordId ?? '';
  [ada, naima] = await Promise.all([signedIn(browser, demo, demo.ada), signedIn(browser, demo, demo.naima)]);
}, FIRST_START_MS);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

interface View {
  name: string;
  /** Not at once: people and addresses are known once the demo runs. */
  open(): Promise<Seat>;
  part: string;
}

/** @param ready words that are there only once the page has everything */
const at = (seat: () => Seat, address: () => string, ready: string | RegExp) => async (): Promise<Seat> => {
  await seat().go(address());
  await seat().page.getByText(ready).first().waitFor();
  return seat();
};
const boss = (address: () => string, ready: string | RegExp) => at(() => ada, address, ready);
const reader = (address: () => string, ready: string | RegExp) => at(() => naima, address, ready);

const openRefusal = async (): Promise<Seat> => {
  await ada.go('/admin/settings/users-permissions/roles');
  await ada.page.getByText('Public', { exact: true }).click();
  await ada.page.getByRole('button', { name: 'Contact-submission' }).click();
  await ada.page.getByRole('checkbox', { name: 'find', exact: true }).click();
  await ada.page.getByRole('button', { name: 'Save', exact: true }).click();
  await ada.page.getByRole('alertdialog').waitFor();
  return ada;
};
const openAddPeople = async (): Promise<Seat> => {
  await ada.go(`${FORM_GUARD}/readers/${CONTACT}`);
  await ada.page.getByRole('button', { name: 'Add people' }).click();
  await ada.page.getByRole('checkbox', { name: /Oscar/ }).click();
  await ada.page.getByRole('radio', { name: 'Only some answers' }).click();
  return ada;
};

const openHusk = async (): Promise<Seat> => {
  await ada.go(`/admin/content-manager/collection-types/${decodeURIComponent(CONTACT)}`);
  await ada.page.getByRole('row').nth(1).click();
  await ada.page.getByRole('link', { name: 'Read it in Form Guard' }).waitFor();
  return ada;
};
const openFileQuestion = async (): Promise<Seat> => {
  await ada.go(`${FORM_GUARD}/forms/new`);
  const question = ada.page.getByRole('group', { name: 'Question 1' });
  await question.getByRole('combobox', { name: 'Kind of answer' }).click();
  await ada.page.getByRole('option', { name: 'Files' }).click();
  await question.getByRole('checkbox', { name: 'Any kind of file' }).click();
  await question.getByText('Opening such a file').waitFor();
  return ada;
};

const VIEWS: View[] = [
  { name: 'overview', open: boss(() => FORM_GUARD, 'All 3 forms are private'), part: 'main' },
  { name: 'forms', open: boss(() => `${FORM_GUARD}/forms`, 'police-complaint'), part: 'main' },
  { name: 'new form', open: boss(() => `${FORM_GUARD}/forms/new`, 'Question 1'), part: 'main' },
  {
    name: 'form',
    open: boss(() => `${FORM_GUARD}/forms/${decodeURIComponent(complaints).slice('form:'.length)}`, 'Public address'),
    part: 'main',
  },
  { name: 'inbox', open: reader(() => `${FORM_GUARD}/inbox/${complaints}`, /^\d+ submissions$/), part: 'main' },
  { name: 'submission', open: reader(() => `${FORM_GUARD}/inbox/${complaints}/${complaint}`, /^Opened for you/), part: 'main' },
  { name: 'not named', open: reader(() => `${FORM_GUARD}/inbox/${CONTACT}`, 'Not open to you'), part: 'main' },
  { name: 'readers', open: reader(() => `${FORM_GUARD}/readers/${complaints}`, 'Can read'), part: 'main' },
  { name: 'who can read', open: boss(() => `${FORM_GUARD}/who-can-read/${complaints}`, /can read this/), part: 'main' },
  { name: 'who can read what', open: boss(() => `${FORM_GUARD}/who-can-read`, /can read this/), part: 'main' },
  { name: 'share', open: boss(() => `${FORM_GUARD}/readers/${CONTACT}?share`, 'They may read until'), part: '[role=dialog]' },
  { name: 'home page', open: boss(() => '/admin', 'All 3 forms are private'), part: '[data-form-guard=widget]' },
  { name: 'add people', open: openAddPeople, part: '[role=dialog]' },
  { name: 'activity', open: boss(() => `${FORM_GUARD}/audit`, /^The record is complete/), part: 'main' },
  {
    name: 'banner of a role',
    open: boss(() => '/admin/settings/users-permissions/roles/1', /^Locked by Form Guard/),
    part: BANNER,
  },
  { name: 'banner of a token', open: boss(() => '/admin/settings/api-tokens/create', /^Locked by Form Guard/), part: BANNER },
  {
    name: 'banner of the type builder',
    open: boss(() => `/admin/plugins/content-type-builder/content-types/${decodeURIComponent(CONTACT)}`, /^Locked by Form Guard/),
    part: BANNER,
  },
  { name: 'banner of the media library', open: boss(() => '/admin/plugins/upload', /^Locked by Form Guard/), part: BANNER },
  {
    name: 'banner of a list of entries',
    open: boss(
      () => `/admin/content-manager/collection-types/${decodeURIComponent(CONTACT)}/configurations/list`,
      /^Locked by Form Guard/,
    ),
    part: BANNER,
  },
  { name: 'panel beside a submission', open: openHusk, part: '[data-form-guard=sealed]' },
  { name: 'question for files', open: openFileQuestion, part: 'main' },
  { name: 'refusal', open: openRefusal, part: '[role=alertdialog]' },
];

describe.each(['light', 'dark'])('in the %s look', (look) => {
  beforeAll(async () => {
    for (const { page } of [ada, naima]) await page.evaluate((theme) => localStorage.setItem('STRAPI_THEME', theme), look);
  });

  it.each(VIEWS)('nothing keeps anybody out: $name', async ({ name, open, part }) => {
    const seat = await open();
    await seat.page.locator(part).first().waitFor();
    // The shot also ends what is still moving: colours on their way are not those that people see.
    await seat.shot(`everybody-${look}-${name.replace(/ /g, '-')}`);
    await expect(obstaclesIn(seat.page, part)).resolves.toEqual([]);
  });
});

describe('with keys alone', () => {
  it('the dialog of a refusal holds the focus, and leaves it on the page', async () => {
    const { page } = await openRefusal();
    const dialog = page.getByRole('alertdialog');
    const close = dialog.getByRole('button', { name: 'Close' });
    const choose = dialog.getByRole('button', { name: 'Choose who may read it' });
    for (let presses = 0; presses < 5; presses += 1) {
      await page.keyboard.press('Tab');
      expect((await hasFocus(close)) || (await hasFocus(choose))).toBe(true);
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement !== document.body);
  });

  it('somebody names a reader', async () => {
    const { page } = ada;
    await ada.go(FORM_GUARD);
    ada.presses();
    let tabs = await tabTo(page, page.getByRole('link', { name: 'Share Contact form' }));
    await page.keyboard.press('Enter');
    await focusOn(page.getByLabel('Find people'));
    await page.getByRole('checkbox', { name: /Ada Admin/ }).waitFor();
    await page.keyboard.type('osc');
    await page.getByRole('checkbox', { name: /Ada Admin/ }).waitFor({ state: 'detached' });
    tabs += await tabTo(page, page.getByRole('checkbox', { name: /Oscar Editor/ }));
    await page.keyboard.press('Space');
    tabs += await tabTo(page, page.getByRole('button', { name: 'Add 1 person' }));
    await ada.shot('everybody-keys-1-naming');
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /Oscar Editor.*Can read/ }).waitFor();
    await focusOn(page.getByRole('button', { name: 'Add people' }));
    expect(ada.presses()).toBe(0);
    report(`Naming a reader from the overview with keys alone: ${tabs} times Tab, 3 letters, 3 times Enter or Space.`);
  });

  it('somebody reads a submission, and says that it is being dealt with', async () => {
    const oscar = await signedIn(browser, demo, demo.oscar);
    const { page } = oscar;
    await oscar.go(FORM_GUARD);
    let tabs = await tabTo(page, page.getByRole('link', { name: 'Inbox of Contact form' }));
    await page.keyboard.press('Enter');
    tabs += await tabTo(page, page.getByRole('link', { name: /^Open submission/ }).first());
    await page.keyboard.press('Enter');
    await page.getByText(/^Opened for you/).waitFor();
    report(`Reading a submission from the overview with keys alone: ${tabs} times Tab, 2 times Enter.`);
    const state = page.getByRole('combobox', { name: 'State of this submission' });
    await tabTo(page, state);
    await page.keyboard.press('Enter');
    await focusOn(page.getByRole('option', { name: 'New' }));
    await page.keyboard.press('ArrowDown');
    await focusOn(page.getByRole('option', { name: 'In progress' }));
    await page.keyboard.press('Enter');
    await state.filter({ hasText: 'State: In progress' }).waitFor();
    await focusOn(state);
    await oscar.shot('everybody-keys-2-read');
    expect(oscar.presses()).toBe(0);
  });
});
