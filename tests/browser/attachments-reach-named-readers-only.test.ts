/**
 * The whole way of a file: an editor asks for it, a stranger sends it from a plain HTML page without a script, the person named
 * for the form downloads the very same bytes on record, and nobody else gets anything.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Download, Locator, Page } from 'playwright-core';
import { canary } from '../helpers/canary';
import { FORM_GUARD, openBrowser, signedIn, stranger, type Seat } from '../helpers/browser';
import { callAs, FIRST_START_MS, startDemo, type Call, type Demo } from '../helpers/demo';
import { IN_90_DAYS } from '../helpers/in-90-days';

const TITLE = 'Proofs';
/** Some other website. */
const WEBSITE = 'http://127.0.0.1:9/proofs.html';
const PICTURE = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
  Buffer.from(canary('picture')),
]);
/** Long enough to be sealed in many chunks. */
const NOTES = Buffer.from(`${canary('notes')} and so on\n`.repeat(60_000));
const SENT = [
  { name: 'Straße im Regen.png', mimeType: 'image/png', buffer: PICTURE },
  // What a file calls itself does not matter; a name that would run is made one that does not.
  { name: '../notes "of" mine.txt', mimeType: 'text/html', buffer: NOTES },
];
const [PICTURE_NAME, NOTES_NAME] = ['Straße im Regen.png', 'notes _of_ mine.txt'];

let demo: Demo;
let browser: Browser;
let boss: Call;
let ada: Seat;
let naima: Seat;
let html = '';
let formId = '';
let submission = '';
let files: string[] = [];
/** Where the last file was asked for. */
let address = '';

const digest = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const downloadOf = (name: string): Locator => naima.page.getByRole('button', { name: `Download ${name}`, exact: true });
const contentOf = async (download: Download): Promise<Buffer> => fs.readFileSync(await download.path());
const downloaded = async (page: Page, name: string): Promise<Download> => {
  const coming = page.waitForEvent('download');
  await downloadOf(name).click();
  return coming;
};
const storedFiles = (): string[] =>
  fs
    .readdirSync(path.join(demo.home, 'data', 'files'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && (entry.parentPath ?? entry.path).includes('kept'))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
const sentences = async (): Promise<string[]> => {
  const { body } = await boss('GET', `/form-guard/audit?pageSize=100&formOrType=${encodeURIComponent(formId)}`);
  return (body as { data: { actor: { name: string | null }; sentence: string }[] }).data.map(
    ({ actor, sentence }) => `${actor.name}: ${sentence}`,
  );
};

beforeAll(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  boss = await callAs(demo, demo.ada);
  ada = await signedIn(browser, demo, demo.ada);
  naima = await signedIn(browser, demo, demo.naima);
}, FIRST_START_MS);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

it('an editor asks for files: which, how large, how many; and is warned of every kind', async () => {
  const { page } = ada;
  await ada.go(`${FORM_GUARD}/forms/new`);
  await page.getByLabel('Title').fill(TITLE);
  const question = page.getByRole('group', { name: 'Question 1' });
  await question.getByLabel('Question').fill('What proves it');
  await question.getByRole('combobox', { name: 'Kind of answer' }).click();
  await page.getByRole('option', { name: 'Files' }).click();
  const kinds = question.getByRole('group', { name: 'What may be sent' });
  await expect(kinds.getByRole('checkbox', { checked: true }).count()).resolves.toBe(3);
  await expect(question.getByText('characters').count()).resolves.toBe(0);
  await expect(question.getByText('Readers can search').count()).resolves.toBe(0);

  await kinds.getByRole('checkbox', { name: 'Any kind of file' }).click();
  await question.getByText('Opening such a file can harm a reader’s computer.').waitFor();
  await ada.shot('attachments-1-any-kind');
  await kinds.getByRole('checkbox', { name: 'Any kind of file' }).click();
  await kinds.getByRole('checkbox', { name: /^Documents/ }).click();
  await question.getByLabel('Largest file, in MB').fill('2.5');
  await question.getByLabel('How many files at most').fill('2');
  await question.getByRole('checkbox', { name: 'Must be answered' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Show HTML' }).click();
  html = (await page.getByRole('group', { name: 'HTML for your page' }).textContent()) ?? '';
  formId = `form:${new URL(page.url()).pathname.split('/').at(-1)}`;
  await ada.shot('attachments-2-saved');

  expect(html).toContain('enctype="multipart/form-data"');
  expect(html).toMatch(/<input [^>]*required[^>]* type="file" accept="image\/jpeg,[^"]*\.txt[^"]*" multiple>/);
  expect(html).toContain('At most 2 files of 2.5 MB each.');
  const { body } = await boss('GET', `/form-guard/forms/${formId.slice('form:'.length)}/definition`);
  expect((body as { data: { fields: object[] } }).data.fields).toEqual([
    expect.objectContaining({ type: 'file', accept: ['image', 'text'], maxBytes: 2.5 * 1024 * 1024, maxFiles: 2 }),
  ]);
});

it('a stranger sends them from another website, without a script', async () => {
  const { page, shot } = await stranger(browser, demo, { javaScriptEnabled: false });
  await page.route(WEBSITE, (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><body>${html}` }));
  await page.goto(WEBSITE);
  await page.getByLabel('What proves it').setInputFiles(SENT);
  await shot('attachments-3-on-a-website');
  const before = storedFiles();
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText(/Your reference is \w+/).waitFor();
  await expect(page.content()).resolves.not.toMatch(/canary|Regen/);
  files = storedFiles().filter((file) => !before.includes(file));
  expect(files).toHaveLength(SENT.length);
  for (const file of files) expect(fs.readFileSync(file, 'latin1')).not.toMatch(/canary/);
  await page.context().close();
});

it('the person named for it sees what there is, and that a download is written down', async () => {
  const { data: people } = (await boss('GET', '/form-guard/people?q=naima')).body as { data: { id: number }[] };
  const body = { people: people.map(({ id }) => id), until: IN_90_DAYS, fields: null };
  expect((await boss('POST', `/form-guard/readers/${encodeURIComponent(formId)}`, body)).status).toBe(200);
  const { page } = naima;
  await naima.go(`${FORM_GUARD}/inbox/${encodeURIComponent(formId)}`);
  await page.getByRole('link', { name: /^Open submission/ }).click();
  await downloadOf(PICTURE_NAME).waitFor();
  submission = new URL(page.url()).pathname;
  const items = await page.locator('dd').getByRole('listitem').allInnerTexts();
  expect(items.map((item) => item.replace(/\s+/g, ' ').trim())).toEqual([
    `${PICTURE_NAME} Picture, ${PICTURE.length} bytes Download`,
    `${NOTES_NAME} Plain text, ${(NOTES.length / 1024 / 1024).toFixed(1)} MB Download`,
  ]);
  await page.getByText('Each download is written down, with your name.').waitFor();
  await naima.shot('attachments-4-opened');
  expect((await sentences()).filter((one) => one.includes('attachment'))).toEqual([]);
});

it.each([
  ['a picture', PICTURE_NAME, PICTURE],
  ['long notes', NOTES_NAME, NOTES],
])('and gets the very same bytes: %s', async (_, name, content) => {
  const { page } = naima;
  const request = page.waitForRequest((one) => one.url().includes('/files/'));
  const download = await downloaded(page, name);
  expect(download.suggestedFilename()).toBe(name);
  expect(digest(await contentOf(download))).toBe(digest(content));
  expect((await request).method()).toBe('POST');
  expect((await request).url()).not.toMatch(/Regen|notes/);
  address = new URL((await request).url()).pathname;
  // Nothing was opened: the page is the one that it was, and the address of the file is gone.
  expect(new URL(page.url()).pathname).toBe(submission);
  expect(page.context().pages()).toHaveLength(1);
  const asked = page.evaluate((blob) => fetch(blob).then(String, () => 'gone'), download.url());
  await expect(asked).resolves.toBe('gone');
  await downloadOf(name).waitFor();
});

it('each download is in the activity, without a name of a file', async () => {
  const found = (await sentences()).filter((one) => one.includes('Opened an attachment'));
  expect(found).toHaveLength(2);
  for (const one of found) expect(one).toMatch(/^naima@example\.org \(Naima Reader\): .*“What proves it”/);
  await ada.go(`${FORM_GUARD}/audit?formOrType=${encodeURIComponent(formId)}`);
  await ada.page
    .getByRole('row', { name: /Naima Reader.*Opened an attachment/ })
    .first()
    .waitFor();
  await expect(ada.page.content()).resolves.not.toMatch(/canary|Regen|of_ mine/);
  await ada.shot('attachments-5-activity');
});

it('the button says that it is at it, and what is on its way when the page is left is dropped', async () => {
  const { page } = naima;
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/files/*', async (route) => {
    await held;
    await route.continue().catch(() => undefined);
  });
  const downloads: Download[] = [];
  page.on('download', (download) => downloads.push(download));
  await downloadOf(NOTES_NAME).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `Downloading ${NOTES_NAME}…` }).waitFor();
  await naima.shot('attachments-6-downloading');
  await page.getByRole('link', { name: 'Back' }).click();
  await page.getByRole('heading', { name: `Inbox: ${TITLE}` }).waitFor();
  release();
  await page.waitForTimeout(1000);
  await page.unroute('**/files/*');
  expect(downloads).toEqual([]);
  await expect(page.content()).resolves.not.toMatch(/canary|Regen|of_ mine/);
});

it('a file that is damaged on the disk is told of in words, and not saved', async () => {
  const largest = files.reduce((a, b) => (fs.statSync(a).size > fs.statSync(b).size ? a : b));
  const stored = fs.readFileSync(largest);
  stored.writeUInt8(stored.readUInt8(stored.length - 100) ^ 1, stored.length - 100);
  fs.writeFileSync(largest, stored);
  const { page } = naima;
  await naima.go(submission);
  const downloads: Download[] = [];
  page.on('download', (download) => downloads.push(download));
  await downloadOf(NOTES_NAME).click();
  await page.getByText('The file did not arrive whole, so nothing was saved.').waitFor();
  await downloadOf(NOTES_NAME).waitFor();
  await naima.shot('attachments-7-damaged');
  expect(downloads).toEqual([]);
});

it.each(['oscar', 'ada'] as const)('nobody else gets anything: %s', async (who) => {
  const seat = await signedIn(browser, demo, demo[who]);
  await seat.go(submission);
  await seat.page.getByText('You are not a reader of this form').waitFor();
  await expect(seat.page.content()).resolves.not.toMatch(/canary|Regen|of_ mine/);
  await seat.page.context().close();
  const call = await callAs(demo, demo[who]);
  const opened = (await sentences()).length;
  expect(address).toMatch(/\/files\/\w{32}$/);
  const answer = await call('POST', address);
  expect([answer.status, JSON.stringify(answer.body)]).toEqual([403, expect.not.stringMatching(/canary|Regen|of_ mine/)]);
  expect((await sentences()).length).toBe(opened);
});
