/** A reader deletes a submission, finds it under “Deleted”, takes it back with the keyboard alone, and erases another for good. */
import type { Browser } from 'playwright-core';
import { FORM_GUARD, openBrowser, signedIn, type Seat } from '../helpers/browser';
import { callAs, complaintForm, FIRST_START_MS, startDemo, type Call, type Demo } from '../helpers/demo';
import { obstaclesIn } from '../helpers/everybody';

let demo: Demo;
let browser: Browser;
let boss: Call;
let naima: Seat;
let id: string;
let editor: number | undefined;

const inbox = () => `${FORM_GUARD}/inbox/${encodeURIComponent(id)}`;
const bin = () => `${FORM_GUARD}/bin/${encodeURIComponent(id)}`;
const permit = async (...actions: string[]): Promise<void> => {
  const held = (await boss('GET', `/admin/roles/${editor}/permissions`)).body as {
    data: { action: string; subject: string | null; properties: object; conditions: string[] }[];
  };
  const more = actions.map((action) => ({ action, subject: null, properties: {}, conditions: [] }));
  const permissions = [...held.data, ...more].map(({ action, subject, properties, conditions }) => ({
    action,
    subject,
    properties,
    conditions,
  }));
  expect((await boss('PUT', `/admin/roles/${editor}/permissions`, { permissions })).status).toBe(200);
};
const open = async (nth: number): Promise<string> => {
  const { page } = naima;
  await naima.go(inbox());
  const link = page.getByRole('link', { name: /^Open submission/ }).nth(nth);
  const reference = await link.innerText();
  await link.click();
  await page.getByText(/^Opened for you/).waitFor();
  return reference;
};

beforeAll(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  boss = await callAs(demo, demo.ada);
  id = (await complaintForm(boss)).id;
  const roles = (await boss('GET', '/admin/roles')).body as { data: { id: number; code: string }[] };
  editor = roles.data.find(({ code }) => code === 'strapi-editor')?.id;
  naima = await signedIn(browser, demo, demo.naima);
}, FIRST_START_MS);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

it('a reader without the right is offered nothing', async () => {
  const { page } = naima;
  await open(0);
  await expect(page.getByRole('button', { name: 'Delete', exact: true }).count()).resolves.toBe(0);
  await naima.go(inbox());
  await page
    .getByRole('link', { name: /^Open submission/ })
    .first()
    .waitFor();
  await expect(page.getByRole('link', { name: 'Deleted' }).count()).resolves.toBe(0);
});

it('deletes, and takes back with the keyboard', async () => {
  await permit('plugin::form-guard.submissions.delete');
  const { page } = naima;
  const reference = await open(0);
  await page.getByRole('button', { name: 'Delete', exact: true }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog');
  await dialog.getByText(/For 30 days it can be taken back/).waitFor();
  await naima.shot('bin-1-asks');
  await dialog.getByRole('button', { name: 'Confirm' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(`${reference} was deleted. It can be taken back under “Deleted”.`).waitFor();
  await page
    .getByRole('link', { name: /^Open submission/ })
    .first()
    .waitFor();
  await expect(page.getByRole('link', { name: `Open submission ${reference}` }).count()).resolves.toBe(0);
  await naima.shot('bin-2-inbox');
  await page.getByRole('link', { name: 'Deleted' }).click();
  await page.getByRole('rowheader', { name: reference }).waitFor();
  await naima.shot('bin-3-deleted');
  await expect(obstaclesIn(page, 'main')).resolves.toEqual([]);
  await page.getByRole('button', { name: `Take back submission ${reference}` }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(`${reference} is in the inbox again.`).waitFor();
  await page.getByText('Nothing that was deleted is waiting here.').waitFor();
  await naima.go(inbox());
  await page.getByRole('link', { name: `Open submission ${reference}` }).waitFor();
});

it('erases one for good', async () => {
  const { page } = naima;
  const reference = await open(1);
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Confirm' }).click();
  await page.getByText(`${reference} was deleted.`, { exact: false }).waitFor();
  await naima.go(bin());
  await page.getByRole('button', { name: `Erase now: submission ${reference}` }).click();
  await page
    .getByRole('alertdialog')
    .getByText(/are gone at once/)
    .waitFor();
  await naima.shot('bin-4-erases');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('Nothing that was deleted is waiting here.').waitFor();
  const { data } = (await boss('GET', '/form-guard/audit')).body as { data: { sentence: string }[] };
  expect(data.map(({ sentence }) => sentence)).toContain('Erased a submission from the bin; its values are gone.');
});
