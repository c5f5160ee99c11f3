/**
 * Pages of the site that send answers in their address: kept by address alone, without a query, a few of them and not for
 * ever, because whoever sends a request chooses what its referrer says.
 */
import { PLUGIN_ID, type Strapi } from '../strapi';

export interface SendingPage {
  /** Empty where the browser did not say. */
  page: string;
  /** A day, `2026-03-09`. */
  seen: string;
}

const MOST = 20;
const DAYS = 14;
const LONGEST = 200;
const DAY_MS = 24 * 60 * 60 * 1000;

const pageIn = (referer: string): string => {
  try {
    const { protocol, origin, pathname } = new URL(referer);
    return /^https?:$/.test(protocol) ? `${origin}${pathname}`.slice(0, LONGEST) : '';
  } catch {
    return '';
  }
};

const store = (strapi: Strapi) => strapi.store({ type: 'plugin', name: PLUGIN_ID, key: 'sendingPages' });

/** Within the last days, the newest first. */
export const sendingPages = async (strapi: Strapi, now = Date.now()): Promise<SendingPage[]> => {
  const pages = ((await store(strapi).get({})) ?? []) as SendingPage[];
  const since = new Date(now - DAYS * DAY_MS).toISOString().slice(0, 10);
  return pages.filter(({ seen }) => seen >= since);
};

/** Writes once a day for each page at most. */
const written = new WeakMap<Strapi, Set<string>>();

export const noteSendingPage = async (strapi: Strapi, referer: string): Promise<void> => {
  const page = pageIn(referer);
  const seen = new Date().toISOString().slice(0, 10);
  const done = written.get(strapi) ?? new Set();
  written.set(strapi, done);
  if (done.has(`${seen} ${page}`) || done.size >= MOST * DAYS) return;
  done.add(`${seen} ${page}`);
  const others = (await sendingPages(strapi)).filter((one) => one.page !== page);
  await store(strapi).set({ value: [{ page, seen }, ...others].slice(0, MOST) });
};
