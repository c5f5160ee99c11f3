/**
 * An editor works through an inbox: narrows it, takes a submission on, sets a day, notes something, sees who looked, goes on to
 * the next one, and takes some out as a table, with a reason. The home page says that everything is private.
 */
import fs from 'node:fs';
import { unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { canary } from '../helpers/canary';
import { FORM_GUARD, openBrowser, signedIn, type Seat } from '../helpers/browser';
import { callAs, complaintForm, FIRST_START_MS, startDemo, type Call, type Demo } from '../helpers/demo';
import { obstaclesIn } from '../helpers/everybody';

const NOTE = canary('note');
let demo: Demo;
let browser: Browser;
let boss: Call;
let naima: Seat;
let inbox: string;

const choose = async (page: Page, label: string, option: string): Promise<void> => {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};
const rows = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('rowheader') });

beforeAll(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  boss = await callAs(demo, demo.ada);
  inbox = `${FORM_GUARD}/inbox/${encodeURIComponent((await complaintForm(boss)).id)}`;
  const roles = (await boss('GET', '/admin/roles')).body as { data: { id: number; code: string }[] };
  const editor = roles.data.find(({ code }) => code === 'strapi-editor')?.id;
  const held = (await boss('GET', `/admin/roles/${editor}/permissions`)).body as {
    data: { action: string; subject: string | null; properties: object; conditions: string[] }[];
  };
  const more = { action: 'plugin::form-guard.submissions.export', subject: null, properties: {}, conditions: [] };
  const permissions = [...held.data, more].map(({ action, subject, properties, conditions }) => ({
    action,
    subject,
    properties,
    conditions,
  }));
  expect((await boss('PUT', `/admin/roles/${editor}/permissions`, { permissions })).status).toBe(200);
  naima = await signedIn(browser, demo, demo.naima);
}, FIRST_START_MS);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

it('the home page says that everything is private', async () => {
  const { page } = naima;
  await naima.go('/admin');
  await page.getByText('All 3 forms are private').waitFor();
  await naima.shot('inbox-1-home');
  await expect(obstaclesIn(page, '[data-form-guard=widget]')).resolves.toEqual([]);
});

it('a submission is taken on, given a day and a note', async () => {
  const { page } = naima;
  await naima.go(inbox);
  await rows(page).first().waitFor();
  await naima.shot('inbox-2-list');
  await expect(obstaclesIn(page, 'main')).resolves.toEqual([]);
  await page
    .getByRole('link', { name: /^Open submission/ })
    .nth(1)
    .click();
  await page.getByText(/^Opened for you/).waitFor();
  await choose(page, 'Dealt with by', 'Naima Reader');
  await page.getByText('Changed who deals with it.').waitFor();
  await page.getByLabel('Due by').fill('2020-02-29');
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await page.getByText('The day was set.').waitFor();
  await page.getByLabel('New note').fill(`Called back. ${NOTE}`);
  await page.getByRole('button', { name: 'Write note' }).click();
  await page.getByRole('listitem').filter({ hasText: NOTE }).waitFor();
  await page.getByRole('button', { name: 'Show who opened this and when' }).click();
  await page.getByText('Wrote a note to a submission.').waitFor();
  await page.getByText('Set the day by which a submission is to be dealt with: Feb 29, 2020.').waitFor();
  await naima.shot('inbox-3-submission');
  await expect(obstaclesIn(page, 'main')).resolves.toEqual([]);
});

it('on paper are the answers and the notes, and nothing of the admin', async () => {
  const { page } = naima;
  await page.emulateMedia({ media: 'print' });
  await naima.shot('inbox-4-paper');
  await expect(page.getByRole('button', { name: 'Print' }).isVisible()).resolves.toBe(false);
  await expect(page.getByRole('button', { name: 'Write note' }).isVisible()).resolves.toBe(false);
  await expect(page.getByText(NOTE).isVisible()).resolves.toBe(true);
  await page.emulateMedia({ media: 'screen' });
});

it('the next one is a click away', async () => {
  const { page } = naima;
  const before = page.url();
  await page.getByRole('link', { name: 'Older' }).click();
  await page.waitForURL((url) => url.href !== before);
  await page.getByText(/^Opened for you/).waitFor();
  await expect(page.getByText(NOTE).count()).resolves.toBe(0);
  await page.getByRole('link', { name: 'Newer' }).click();
  await page.getByText(NOTE).waitFor();
});

it('the list is narrowed to what is overdue and one’s own', async () => {
  const { page } = naima;
  await naima.go(inbox);
  await choose(page, 'Due', 'Overdue');
  await page.getByText('1 submission', { exact: true }).waitFor();
  await expect(rows(page).first().innerText()).resolves.toMatch(/Naima Reader\s+Feb 29, 2020 \(overdue\)/);
  await choose(page, 'Dealt with by', 'Nobody');
  await page.getByText('No submission matches.').waitFor();
  await choose(page, 'Dealt with by', 'Me');
  await rows(page).first().waitFor();
  await naima.shot('inbox-5-overdue');
  expect(new URL(page.url()).search).not.toContain(NOTE);
});

it('a reference finds its submission', async () => {
  const { page } = naima;
  await naima.go(inbox);
  const reference = await rows(page).nth(3).getByRole('link').innerText();
  await choose(page, 'Search in', 'Reference');
  await page.getByLabel('Reference', { exact: true }).fill(reference.toLowerCase());
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.getByText('1 submission', { exact: true }).waitFor();
  await expect(rows(page).first().getByRole('link').innerText()).resolves.toBe(reference);
  expect(page.url().toLowerCase()).not.toContain(reference.toLowerCase());
});

it('two that were picked leave as a workbook, or as the table that is chosen, once it is said why', async () => {
  const { page } = naima;
  await naima.go(inbox);
  await rows(page).nth(0).getByRole('checkbox').click();
  await rows(page).nth(1).getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Export 2 picked' }).click();
  await page.getByText('What 2 people sent leaves the system').waitFor();
  const save = page.getByRole('button', { name: 'Export 2 submissions' });
  await expect(save.isDisabled()).resolves.toBe(true);
  await page.getByLabel('Why do they leave the system?').fill('The ombudsman asked for them');
  await naima.shot('inbox-6-export');
  await expect(obstaclesIn(page, '[role=dialog]')).resolves.toEqual([]);
  const workbook = page.waitForEvent('download');
  await save.click();
  expect((await workbook).suggestedFilename()).toBe('submissions.xlsx');
  expect(Object.keys(unzipSync(fs.readFileSync(await (await workbook).path())))).toContain('xl/worksheets/sheet1.xml');

  await page.getByRole('button', { name: 'Export 2 picked' }).click();
  await page.getByLabel('Why do they leave the system?').fill('The ombudsman asked for them');
  await choose(page, 'As what kind of table?', 'CSV with commas (usual in English)');
  const saved = page.waitForEvent('download');
  await save.click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe('submissions.csv');
  const lines = fs.readFileSync(await file.path(), 'utf8').split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/^\uFEFF"Reference","Received","State"/);
  const { data } = (await boss('GET', '/form-guard/audit')).body as { data: { sentence: string }[] };
  expect(data.map(({ sentence }) => sentence)).toContainEqual(
    expect.stringMatching(/^Exported 2 submissions .* The reason given: The ombudsman asked for them$/),
  );
});
