/**
 * What was opened is on the screen for as long as its page is shown, and nowhere in the browser afterwards: no storage, no
 * address, no cache, no file of the profile. Coming back is another opening, with another entry.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext, type Response } from 'playwright-core';
import { canary } from '../helpers/canary';
import { FORM_GUARD, launchOptions, seatIn, signIn, type Seat } from '../helpers/browser';
import { callAs, FIRST_START_MS, startDemo, type Call, type Demo } from '../helpers/demo';

const SECRET = canary('value');
const SECRETS = new RegExp(SECRET, 'i');
const ANSWERS = {
  name: SECRET,
  email: `${SECRET}@example.org`,
  borough: 'Camden',
  message: `I was stopped and nobody told me why. ${SECRET}`,
  consent: true,
};

/** Its name stays in the list of downloads of a browser, as every reader knows; what is in it does not. */
const ATTACHMENT = 'what-i-saw.txt';

let demo: Demo;
let profile: string;
let context: BrowserContext;
let naima: Seat;
let boss: Call;
let complaints = '';
let submission = '';
/** Everything that the browser asked for, and everything it told its console. */
const addresses: string[] = [];
const said: string[] = [];
const openings: Response[] = [];

const isOpening = (response: Response): boolean =>
  response.request().method() === 'POST' && new URL(response.url()).pathname.endsWith('/open');

const entries = async (): Promise<number> => {
  const { body } = await boss('GET', `/form-guard/audit?pageSize=100&formOrType=${encodeURIComponent(complaints)}`);
  return (body as { data: { event: string; recordId: string | null }[] }).data.filter(
    ({ event, recordId }) => event === 'submission.opened' && submission.endsWith(`/${recordId}`),
  ).length;
};
const isShown = (): Promise<void> => naima.page.getByText(/^Opened for you/).waitFor();

/** Everything a page can look up in its browser, as text. */
const leftInTheBrowser = async (): Promise<string> => {
  const seen = await naima.page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const caches = await Promise.all((await window.caches.keys()).map(async (name) => (await window.caches.open(name)).keys()));
    return {
      page: document.documentElement.outerHTML,
      inputs: [...document.querySelectorAll('input, textarea')].map((input) => (input as HTMLInputElement).value),
      title: document.title,
      address: location.href,
      state: history.state as unknown,
      name: window.name,
      local: { ...localStorage },
      session: { ...sessionStorage },
      databases,
      caches: caches.flat().map(({ url }) => url),
      performance: performance.getEntries().map(({ name }) => name),
    };
  });
  return JSON.stringify({ ...seen, cookies: await context.cookies() });
};

beforeAll(async () => {
  demo = await startDemo();
  boss = await callAs(demo, demo.ada);
  const body = new FormData();
  for (const [name, value] of Object.entries(ANSWERS)) body.set(name, String(value));
  body.set('evidence', new Blob([`I wrote this down. ${SECRET}`]), ATTACHMENT);
  const sent = await fetch(`${demo.url}/api/form-guard/forms/police-complaint/submissions`, { method: 'POST', body });
  expect(sent.status).toBe(201);
  profile = fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-profile-'));
  context = await chromium.launchPersistentContext(profile, {
    ...launchOptions,
    viewport: { width: 1440, height: 900 },
    // As in people's browsers: a page that is left may be kept whole, to be shown again on “Back”.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  naima = await seatIn(context, demo);
  naima.page.on('request', (request) => addresses.push(request.url()));
  naima.page.on('framenavigated', (frame) => addresses.push(frame.url()));
  naima.page.on('console', (message) => said.push(message.text()));
  naima.page.on('response', (response) => {
    if (isOpening(response)) openings.push(response);
  });
  await signIn(naima, demo.naima);
}, FIRST_START_MS);
afterAll(async () => {
  await context?.close();
  await demo?.stop();
  if (profile) fs.rmSync(profile, { recursive: true, force: true });
});

it('a visit is one opening, on record, and no cache may keep its answer', async () => {
  const { page } = naima;
  await page.getByRole('link', { name: 'Form Guard' }).click();
  await page.getByRole('link', { name: 'Inbox of Complaint about the police' }).click();
  await page
    .getByRole('link', { name: /^Open submission/ })
    .first()
    .click();
  await isShown();
  submission = new URL(page.url()).pathname;
  complaints = decodeURIComponent(submission.split('/').at(-2) ?? '');
  // Long enough for a second request that something on the page might make.
  await page.waitForTimeout(1500);
  await expect(page.locator('dd').filter({ hasText: SECRET }).count()).resolves.toBe(3);
  expect(openings).toHaveLength(1);
  expect(await openings[0]?.headerValue('cache-control')).toBe('no-store');
  await expect(entries()).resolves.toBe(1);
  await naima.shot('browser-1-opened');
});

it('while it is shown, only the page itself holds it', async () => {
  const { page: _, ...elsewhere } = JSON.parse(await leftInTheBrowser()) as Record<string, unknown>;
  expect(JSON.stringify(elsewhere)).not.toMatch(SECRETS);
});

it('an attachment goes to the disk, and leaves nothing in the page', async () => {
  const { page } = naima;
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: `Download ${ATTACHMENT}` }).click();
  const download = await coming;
  expect(fs.readFileSync(await download.path(), 'utf8')).toContain(SECRET);
  const { page: _, ...elsewhere } = JSON.parse(await leftInTheBrowser()) as Record<string, unknown>;
  expect(JSON.stringify(elsewhere)).not.toMatch(SECRETS);
  await download.delete();
});

it('after going away inside the admin nothing is left', async () => {
  await naima.page.getByRole('link', { name: 'Back' }).click();
  await naima.page.getByRole('heading', { name: 'Inbox: Complaint about the police' }).waitFor();
  await expect(leftInTheBrowser()).resolves.not.toMatch(SECRETS);
});

it.each([
  ['“Forward” inside the admin', async () => void (await naima.page.goForward())],
  ['loading the page again', async () => void (await naima.page.reload())],
  [
    '“Back” from another website',
    async () => {
      await naima.page.evaluate(() =>
        window.addEventListener('pageshow', ({ persisted }) => {
          window.name = persisted ? `kept whole: ${document.body.innerText}` : '';
        }),
      );
      await naima.page.goto(`${demo.url}/forms.html`);
      await expect(leftInTheBrowser()).resolves.not.toMatch(SECRETS);
      // A page that was kept whole does not load: there would be no end to waiting for it.
      await naima.page.goBack({ waitUntil: 'commit' });
      await isShown();
      const kept = await naima.page.evaluate(() => window.name);
      expect(kept).toMatch(/^kept whole: /);
      expect(kept).not.toMatch(SECRETS);
    },
  ],
])('coming back is another opening, with another entry: %s', async (_, comeBack) => {
  const before = openings.length;
  await comeBack();
  await isShown();
  await naima.page.waitForTimeout(1000);
  expect(openings).toHaveLength(before + 1);
  await expect(entries()).resolves.toBe(before + 1);
});

it('a search leaves nothing but its entry', async () => {
  const { page } = naima;
  await naima.go(`${FORM_GUARD}/inbox/${encodeURIComponent(complaints)}`);
  await page.getByLabel('Whole answer').fill(ANSWERS.email);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Show all' }).waitFor();
  await page.getByText('1 submission', { exact: true }).waitFor();
  await naima.shot('browser-2-search');
  await page.getByRole('link', { name: 'Readers', exact: true }).click();
  await page.getByRole('heading', { name: 'Readers: Complaint about the police' }).waitFor();
  await expect(leftInTheBrowser()).resolves.not.toMatch(SECRETS);
  await page.goBack();
  await page.getByLabel('Whole answer').waitFor();
  await expect(leftInTheBrowser()).resolves.not.toMatch(SECRETS);
});

it('signing out leaves nothing', async () => {
  const { page } = naima;
  await naima.go(submission);
  await isShown();
  await page.getByRole('button', { name: /Naima Reader/ }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await page.waitForURL((address) => address.pathname.includes('/auth/login'));
  await expect(leftInTheBrowser()).resolves.not.toMatch(SECRETS);
});

it('no address and no line of the console ever held a value', () => {
  expect(addresses.length).toBeGreaterThan(50);
  expect(addresses.join('\n')).not.toMatch(SECRETS);
  expect(said.join('\n')).not.toMatch(SECRETS);
});

it('no file of the browser holds a value', async () => {
  await context.close();
  const files = fs
    .readdirSync(profile, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fs.readFileSync(path.join(entry.parentPath ?? entry.path, entry.name)));
  const holding = (text: string): number =>
    files.filter((file) => file.includes(Buffer.from(text)) || file.includes(Buffer.from(text, 'utf16le'))).length;
  // The proof that one would be seen: addresses are in the history.
  expect(holding(submission)).toBeGreaterThan(0);
  expect(holding(SECRET)).toBe(0);
});
