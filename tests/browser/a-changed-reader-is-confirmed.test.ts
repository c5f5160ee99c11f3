/**
 * Somebody resets a reader's password: the reader sees why nothing is shown and who can help, a colleague sees it on the overview and
 * confirms it in two clicks. And the dialog for the right to name readers, with the number of people.
 */
import type { Browser } from 'playwright-core';
import { FORM_GUARD, openBrowser, signedIn, type Seat } from '../helpers/browser';
import { callAs, FIRST_START_MS, startDemo, type Call, type Demo } from '../helpers/demo';

const ANOTHER = 'Battery-Staple-2';
let demo: Demo;
let browser: Browser;
let boss: Call;
let ada: Seat;
let form: string;
let naimaId: number;
let oscarId: number;

const idOf = async (name: string): Promise<number> =>
  ((await boss('GET', `/form-guard/people?q=${name}`)).body as { data: { id: number }[] }).data[0]?.id ?? 0;

beforeAll(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  boss = await callAs(demo, demo.ada);
  const { data } = (await boss('GET', '/form-guard/overview')).body as {
    data: { sources: { id: string; kind: string; readers: number }[] };
  };
  form = data.sources.find(({ kind, readers }) => kind === 'form' && readers === 1)?.id ?? '';
  [naimaId, oscarId] = [await idOf('naima'), await idOf('oscar')];
  expect((await boss('PUT', `/admin/users/${naimaId}`, { password: ANOTHER })).status).toBe(200);
  ada = await signedIn(browser, demo, demo.ada);
}, FIRST_START_MS);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

it('the reader sees what happened and who can help', async () => {
  const naima = await signedIn(browser, demo, { ...demo.naima, password: ANOTHER });
  await naima.go(`${FORM_GUARD}/inbox/${encodeURIComponent(form)}`);
  await naima.page.getByRole('heading', { name: 'Your reading is suspended' }).waitFor();
  await naima.page.getByText(/Ask admin@example\.org \(Ada Admin\)/).waitFor();
  await naima.shot('suspended-1-reader');
});

it('somebody else sees it on the overview, and confirms it in two clicks', async () => {
  const { page } = ada;
  await ada.go(FORM_GUARD);
  await page.getByText('One reader is suspended').waitFor();
  await ada.shot('suspended-2-overview');
  await ada.go(`${FORM_GUARD}/readers/${encodeURIComponent(form)}`);
  const row = page.getByRole('row', { name: /Naima.*Suspended/ });
  await row.getByText('was changed, but not by Naima Reader').waitFor();
  await ada.shot('suspended-3-readers');
  ada.presses();
  await row.getByRole('button', { name: 'Confirm Naima Reader' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Is this account in the right hands?' });
  await dialog.waitFor();
  await ada.shot('suspended-4-sure');
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('row', { name: /Naima.*Can read/ }).waitFor();
  expect(ada.presses()).toBe(2);
  await ada.shot('suspended-5-confirmed');
  const naima = await callAs(demo, { ...demo.naima, password: ANOTHER });
  expect((await naima('GET', `/form-guard/inbox/${encodeURIComponent(form)}`)).status).toBe(200);
});

it('the right to name readers meets the dialog, and a decision in two clicks lets it through', async () => {
  const { page } = ada;
  const made = await boss('POST', '/admin/roles', { name: 'Clerks', description: 'Answer letters' });
  const role = (made.body as { data: { id: number } }).data.id;
  for (const id of [naimaId, oscarId]) expect((await boss('PUT', `/admin/users/${id}`, { roles: [role] })).status).toBe(200);
  await ada.go(`/admin/settings/roles/${role}`);
  await page.getByRole('tab', { name: 'Plugins' }).click();
  await page.getByRole('button', { name: /form.guard/i }).click();
  await page.getByRole('checkbox', { name: 'Name and remove readers' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('alertdialog', { name: 'This was stopped: nothing was saved' });
  await dialog.getByText('2 people').first().waitFor();
  await ada.shot('naming-right-1-dialog');
  await dialog.getByRole('button', { name: 'Let it happen all the same' }).click();
  await ada.shot('naming-right-2-sure');
  await dialog.getByRole('button', { name: 'Yes, 2 people may name readers' }).click();
  await dialog.waitFor({ state: 'detached' });
  const { data } = (await boss('GET', `/admin/roles/${role}/permissions`)).body as { data: { action: string }[] };
  expect(data.map(({ action }) => action)).toContain('plugin::form-guard.readers.manage');
});
