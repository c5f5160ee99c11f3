/**
 * A maintainer gives a form a new key by a click, sees how far it is, and destroys the older one; whoever reads the form
 * notices nothing. Nobody else sees the page. With the mouse and with keys alone.
 */
import type { Browser } from 'playwright-core';
import { FORM_GUARD, openBrowser, signedIn, type Seat } from '../helpers/browser';
import { callAs, complaintForm, FIRST_START_MS, startDemo, type Call, type Demo } from '../helpers/demo';
import { obstaclesIn, tabTo } from '../helpers/everybody';

const FORM = 'Complaint about the police';
const ALL = 'Everything is sealed with the current key';
let demo: Demo;
let browser: Browser;
let ada: Seat;
let reader: Call;
let form: string;
let records: string[];

beforeAll(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  reader = await callAs(demo, demo.naima);
  const boss = await callAs(demo, demo.ada);
  form = encodeURIComponent((await complaintForm(boss)).id);
  const { data } = (await reader('GET', `/form-guard/inbox/${form}`)).body as { data: { recordId: string }[] };
  records = data.map(({ recordId }) => recordId).slice(0, 5);
  ada = await signedIn(browser, demo, demo.ada);
}, FIRST_START_MS);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

const opened = async (): Promise<unknown[]> => {
  const all = [];
  for (const recordId of records) {
    const { status, body } = await reader('POST', `/form-guard/inbox/${form}/${recordId}/open`);
    expect(status).toBe(200);
    all.push((body as { data: { fields: unknown } }).data.fields);
  }
  return all;
};
const row = () => ada.page.getByRole('row', { name: new RegExp(FORM) });
const dialog = () => ada.page.getByRole('alertdialog');

test('a new key, the work behind it, and the end of the older one', async () => {
  const before = await opened();
  expect(before).toHaveLength(5);
  await ada.go(FORM_GUARD);
  await ada.page.getByRole('link', { name: 'Keys', exact: true }).click();
  await row().getByText(ALL, { exact: true }).waitFor();
  await ada.shot('keys-page');
  expect(await obstaclesIn(ada.page, 'main')).toEqual([]);

  await row()
    .getByRole('button', { name: `New key for “${FORM}”` })
    .click();
  await dialog().getByText('goes on by itself after a restart').waitFor();
  await ada.shot('keys-new-key');
  expect(await obstaclesIn(ada.page, '[role=alertdialog]')).toEqual([]);
  await dialog().getByRole('button', { name: 'Confirm' }).click();
  await ada.page.getByText(`“${FORM}” has a new key.`).first().waitFor();
  await row().getByText('the older ones are not needed any more').waitFor();
  await ada.shot('keys-changed');
  expect(await opened()).toEqual(before);

  await row()
    .getByRole('button', { name: `Destroy the older keys of “${FORM}”` })
    .click();
  await dialog().getByText('This cannot be undone').waitFor();
  await ada.shot('keys-destroy-older');
  await dialog().getByRole('button', { name: 'Confirm' }).click();
  await row().getByText(ALL, { exact: true }).waitFor();
  expect(await row().getByRole('button').count()).toBe(1);
  expect(await opened()).toEqual(before);
});

test('the same with keys alone', async () => {
  await ada.go(`${FORM_GUARD}/keys`);
  await row().waitFor();
  await tabTo(ada.page, row().getByRole('button', { name: `New key for “${FORM}”` }));
  await ada.page.keyboard.press('Enter');
  await tabTo(ada.page, dialog().getByRole('button', { name: 'Confirm' }));
  await ada.page.keyboard.press('Enter');
  await row().getByText('the older ones are not needed any more').waitFor();
});

test('an editor neither sees the page nor gets an answer', async () => {
  const editor = await signedIn(browser, demo, demo.oscar);
  await editor.go(FORM_GUARD);
  await editor.page.getByText('Form Guard').first().waitFor();
  expect(await editor.page.getByRole('link', { name: 'Keys', exact: true }).count()).toBe(0);
  await editor.go(`${FORM_GUARD}/keys`);
  await editor.page.getByText('permission').first().waitFor();
  expect(await editor.page.getByRole('table').count()).toBe(0);
  const call = await callAs(demo, demo.oscar);
  expect((await call('GET', '/form-guard/keys')).status).toBe(403);
  expect((await call('POST', `/form-guard/keys/${form}/rotate`)).status).toBe(403);
});
