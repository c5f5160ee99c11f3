/**
 * November 2022 once more. Somebody wants four colleagues to read what people write to a form, and begins on the screen that
 * gives it to everyone. In a minute and ten clicks the four can read, and nobody else.
 */
import type { Browser, Page } from 'playwright-core';
import { canary } from '../helpers/canary';
import { FORM_GUARD, openBrowser, report, signedIn, type Seat } from '../helpers/browser';
import { callAs, FIRST_START_MS, startDemo, type Account, type Call, type Demo } from '../helpers/demo';

const CONTACT = 'api::contact-submission.contact-submission';
const VALUE = canary('complaint');
const MOST_CLICKS = 10;
const MOST_SECONDS = 60;

let demo: Demo;
let browser: Browser;
let boss: Call;
let nobody: Call;
let ada: Seat;
let recordId: string;
const colleagues: Account[] = ['Amara', 'Bilal', 'Chiara', 'Dylan'].map((firstname) => ({
  firstname,
  lastname: 'Commissioner',
  email: `${firstname.toLowerCase()}@commissioner.example.org`,
  password: 'Correct-Horse-1',
}));

const open = async (call: Call) => call('POST', `/form-guard/inbox/${CONTACT}/${recordId}/open`);
const dialogIn = (page: Page) => page.getByRole('alertdialog', { name: 'This was stopped: nothing was saved' });

beforeAll(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  [boss, nobody] = [await callAs(demo, demo.ada), await callAs(demo)];
  const roles = (await boss('GET', '/admin/roles')).body as { data: { id: number; code: string }[] };
  const editor = roles.data.find(({ code }) => code === 'strapi-editor')?.id;
  for (const { password, ...person } of colleagues) {
    const { body } = await boss('POST', '/admin/users', { ...person, roles: [editor] });
    const { registrationToken } = (body as { data: { registrationToken: string } }).data;
    const { firstname, lastname } = person;
    const userInfo = { firstname, lastname, password };
    expect((await nobody('POST', '/admin/register', { registrationToken, userInfo })).status).toBe(200);
  }
  const data = { name: 'Wilma Example', email: 'wilma@example.org', topic: 'housing', message: VALUE };
  const sent = await nobody('POST', '/api/contact-submissions', { data });
  expect(sent.status).toBe(201);
  const list = await boss('GET', `/content-manager/collection-types/${CONTACT}?sort=createdAt:DESC&pageSize=1`);
  recordId = (list.body as { results: { documentId: string }[] }).results[0]?.documentId ?? '';
  ada = await signedIn(browser, demo, demo.ada);
}, FIRST_START_MS);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

it('nobody reads it beforehand', async () => {
  for (const account of colleagues) expect((await open(await callAs(demo, account))).status).toBe(403);
});

it('from the wrong screen to four readers', async () => {
  const { page } = ada;
  const { body } = await boss('GET', '/users-permissions/roles');
  const everyone = (body as { roles: { id: number; type: string }[] }).roles.find(({ type }) => type === 'public');
  await ada.go(`/admin/settings/users-permissions/roles/${everyone?.id}`);
  await page.getByRole('heading', { name: 'Public', exact: true }).waitFor();
  ada.presses();
  const began = Date.now();

  await page.getByRole('button', { name: 'Contact-submission' }).click();
  await page.getByRole('checkbox', { name: 'find', exact: true }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await dialogIn(page).getByText('would become readable by anyone on the internet').waitFor();
  await dialogIn(page).getByRole('button', { name: 'Choose who may read it' }).click();
  const people = page.getByRole('group', { name: 'People' });
  await people.getByRole('checkbox', { name: /Ada Admin/ }).waitFor();
  await page.getByLabel('Find people').pressSequentially('commissioner');
  await people.getByRole('checkbox', { name: /Ada Admin/ }).waitFor({ state: 'detached' });
  for (const { firstname } of colleagues) await people.getByRole('checkbox', { name: new RegExp(firstname) }).click();
  await expect(page.getByLabel('They may read until').inputValue()).resolves.toMatch(/^\d{4}-\d\d-\d\d$/);
  await expect(page.getByText('No end date').count()).resolves.toBe(0);
  await ada.shot('replay-1-four-colleagues');
  await page.getByRole('button', { name: 'Add 4 people' }).click();
  for (const { firstname } of colleagues) await page.getByRole('row', { name: new RegExp(`${firstname}.*Can read`) }).waitFor();

  const [clicks, seconds] = [ada.presses(), (Date.now() - began) / 1000];
  report(
    `From the wrong screen to four colleagues who can read: ${clicks} clicks, 12 letters, ${seconds.toFixed(1)} s of machine time.`,
  );
  await ada.shot('replay-2-named');
  expect(clicks).toBeLessThanOrEqual(MOST_CLICKS);
  expect(seconds).toBeLessThan(MOST_SECONDS);
});

it('the four read, and a stranger and the other colleagues still do not', async () => {
  for (const account of colleagues) {
    const { status, body } = await open(await callAs(demo, account));
    expect([status, JSON.stringify(body).includes(VALUE)]).toEqual([200, true]);
  }
  for (const call of [nobody, boss, await callAs(demo, demo.oscar), await callAs(demo, demo.naima)]) {
    const answers = [
      await open(call),
      await call('GET', '/api/contact-submissions?populate=*'),
      await call('GET', `/api/contact-submissions/${recordId}`),
    ];
    expect(JSON.stringify(answers)).not.toContain(VALUE);
    for (const { status } of answers) expect([401, 403]).toContain(status);
  }
});

it('“Who can read this?” says so, two clicks from the menu', async () => {
  const { page } = ada;
  await page.getByRole('link', { name: 'Form Guard' }).click();
  await page.getByRole('link', { name: 'Who can read this? Contact form' }).click();
  await page.getByText('4 people can read this; the others cannot.').waitFor();
  await page.getByRole('row', { name: /Anyone on the internet No/ }).waitFor();
  for (const { firstname } of colleagues)
    await page.getByRole('row', { name: new RegExp(`${firstname}.*Yes Named by`) }).waitFor();
  await ada.shot('replay-3-who-can-read');
  await ada.go(`${FORM_GUARD}/who-can-read`);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a table' }).click();
  expect((await saved).suggestedFilename()).toBe('who-can-read.csv');
  await ada.shot('replay-4-who-can-read-what');
});
