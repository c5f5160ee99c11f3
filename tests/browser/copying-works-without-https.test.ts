/**
 * Every button that copies does so on a site without https too, where browsers keep their clipboard from pages; and where nothing can be
 * copied, it says so and leaves the text selected.
 */
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { FORM_GUARD, openBrowser, signedIn, WITHOUT_HTTPS, type Seat } from '../helpers/browser';
import { callAs, complaintForm, FIRST_START_MS, startDemo, type Demo } from '../helpers/demo';
import { makeOwnDemo, type OwnDemo } from '../helpers/own-demo';
import { addType, JOB } from '../helpers/usual-site';

const NOT_COPIED = /did not let this page copy\. The text is selected/;

let own: OwnDemo;
let demo: Demo;
let browser: Browser;
let form = '';
let visitors = 0;

const insecure = (): Demo => ({ ...demo, url: demo.url.replace('127.0.0.1', WITHOUT_HTTPS) });
const sit = async (isAllowed: boolean): Promise<Seat> => {
  const seat = await signedIn(browser, insecure(), demo.ada);
  await expect(seat.page.evaluate(() => [isSecureContext, 'clipboard' in navigator])).resolves.toEqual([false, false]);
  if (!isAllowed) await seat.page.addInitScript(() => (document.execCommand = () => false));
  return seat;
};
const selected = (page: Page): Promise<string> => page.evaluate(() => window.getSelection()?.toString() ?? '');
/** Where everybody sees it: in a box of Strapi's own. */
const pasted = async ({ page, go }: Seat): Promise<string> => {
  await go('/admin/settings/webhooks/create');
  const box = page.locator('input[name=url]');
  await box.click();
  await page.keyboard.press('Control+V');
  return box.inputValue();
};

const openForm = async ({ go, page }: Seat): Promise<void> => {
  await go(`${FORM_GUARD}/forms/${form}`);
  await page.getByRole('button', { name: 'Copy address' }).waitFor();
};
/** What everybody may send and read, and nobody listed. */
const openLine = async ({ go, page }: Seat): Promise<void> => {
  await go(`/admin/settings/users-permissions/roles/${visitors}`);
  await page.getByRole('button', { name: 'Job-application' }).first().click();
  const boxes = page.getByRole('region', { name: 'Job-application' });
  for (const name of ['create', 'find']) await boxes.getByRole('checkbox', { name, exact: true }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Protect “Job application”' }).click();
};

const BUTTONS = [
  { button: 'Copy address', open: openForm, content: /^http:\/\/forms\.test:\d+\/api\/form-guard\/forms\/police-complaint$/ },
  { button: 'Copy HTML', open: openForm, content: /^<form [^]*<\/form>\s*$/ },
  { button: 'Copy the line', open: openLine, content: /^'api::job-application\.job-application': \{\},$/ },
];

beforeAll(async () => {
  own = makeOwnDemo();
  addType(path.join(own.root, 'demo/dist'), JOB, 'Job application', { position: { type: 'string' }, email: { type: 'email' } });
  demo = await startDemo(own.root);
  browser = await openBrowser();
  const boss = await callAs(demo, demo.ada);
  form = (await complaintForm(boss)).documentId;
  const { roles } = (await boss('GET', '/users-permissions/roles')).body as { roles: { id: number; type: string }[] };
  visitors = roles.find(({ type }) => type === 'public')?.id ?? 0;
}, FIRST_START_MS);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
  own?.remove();
});

describe.each(BUTTONS)('$button', ({ button, open, content }) => {
  const press = async ({ page }: Seat): Promise<void> => {
    await page.getByRole('button', { name: button }).focus();
    await page.keyboard.press('Enter');
  };

  it('copies', async () => {
    const seat = await sit(true);
    await open(seat);
    await press(seat);
    await seat.page.getByRole('status').filter({ hasText: 'Copied.' }).waitFor();
    await seat.shot(`copying-${button.toLowerCase().replace(/ /g, '-')}`);
    expect(await selected(seat.page)).toMatch(content);
    // A box for one line takes the line breaks away.
    expect(await pasted(seat)).toMatch(content);
    await seat.page.context().close();
  });

  it('says so where it cannot, and leaves the text selected', async () => {
    const seat = await sit(false);
    await open(seat);
    await press(seat);
    await seat.page.getByRole('status').filter({ hasText: NOT_COPIED }).waitFor();
    await seat.shot(`copying-not-${button.toLowerCase().replace(/ /g, '-')}`);
    expect(await selected(seat.page)).toMatch(content);
    await seat.page.context().close();
  });
});
