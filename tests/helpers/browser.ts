/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/**
 * Debian's Chromium (CHROMIUM says where), and people in front of it: each in a context of their own, so that several are
 * signed in at once. Nothing but this machine can be reached.
 */
import path from 'node:path';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type LaunchOptions,
  type Locator,
  type Page,
} from 'playwright-core';
import type { Account, Demo } from './demo';

const SHOTS = path.resolve(__dirname, '../browser/shots');
const WINDOW = { width: 1440, height: 900 };
const WAIT_MS = 30_000;

export const FORM_GUARD = '/admin/plugins/form-guard';

/** This machine too; to a browser it is any site without https. */
export const WITHOUT_HTTPS = 'forms.test';

export const launchOptions: LaunchOptions = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', `--host-resolver-rules=MAP ${WITHOUT_HTTPS} 127.0.0.1`],
};

export const openBrowser = (): Promise<Browser> => chromium.launch(launchOptions);

/** Names below localhost are this machine for every browser. */
const isHere = (host: string): boolean => host === '127.0.0.1' || host === WITHOUT_HTTPS || host.endsWith('.localhost');
const stayHere = async (context: BrowserContext): Promise<void> => {
  await context.route('**/*', (route) => (isHere(new URL(route.request().url()).hostname) ? route.continue() : route.abort()));
};

export interface Seat {
  page: Page;
  /** How often the mouse was pressed since the last time this was asked. */
  presses(): number;
  /** Goes to an address of the site and waits until the page is there. */
  go(address: string): Promise<void>;
  shot(name: string): Promise<void>;
}

export const seatIn = async (context: BrowserContext, { url }: Demo): Promise<Seat> => {
  let presses = 0;
  await stayHere(context);
  await context.exposeFunction('mouseWasPressed', () => {
    presses += 1;
  });
  await context.addInitScript(() => {
    const { mouseWasPressed } = window as unknown as { mouseWasPressed(): void };
    window.addEventListener('pointerdown', () => mouseWasPressed(), true);
  });
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  return {
    page,
    presses() {
      const sinceLast = presses;
      presses = 0;
      return sinceLast;
    },
    async go(address) {
      await page.goto(`${url}${address}`);
    },
    async shot(name) {
      await page.screenshot({ path: path.join(SHOTS, `${name}.png`), animations: 'disabled' });
    },
  };
};

/** Somebody without an account. */
export const stranger = async (browser: Browser, demo: Demo, options: BrowserContextOptions = {}): Promise<Seat> =>
  seatIn(await browser.newContext({ viewport: WINDOW, locale: 'en-GB', ...options }), demo);

export const signIn = async (seat: Seat, { email, password }: Account): Promise<void> => {
  const { page } = seat;
  await seat.go('/admin/auth/login');
  await page.fill('input[name=email]', email);
  await page.fill('input[name=password]', password);
  await page.keyboard.press('Enter');
  await page.waitForURL((address) => !address.pathname.includes('/auth/'));
};

export const signedIn = async (browser: Browser, demo: Demo, account: Account): Promise<Seat> => {
  const seat = await stranger(browser, demo);
  await signIn(seat, account);
  return seat;
};

/** What a promise of these tests measured, past Jest's silence. */
export const report = (sentence: string): void => {
  process.stdout.write(`    ${sentence}\n`);
};

export const textsOf = async (locator: Locator): Promise<string[]> => (await locator.allInnerTexts()).map((text) => text.trim());

/** Strapi's own notifications, of which it may show several, that somebody sees now. */
export const notificationsIn = (page: Page): Locator => page.locator('[data-sonner-toast]').filter({ visible: true });
