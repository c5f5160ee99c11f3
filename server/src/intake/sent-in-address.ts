/**
 * A form of a website that sends answers in its address (an HTML form without `method="post"`): they were not received, the
 * sender is told so, and the overview names the page. Names are looked at here, values never.
 */
import { isOurAnswer, noteSendingPage } from '../protection';
import { HOSTS_OWN, type Context, type Strapi } from '../strapi';
import { problemPage } from './pages';

/** What front ends, campaigns, caches and captchas put into addresses. */
const HARMLESS =
  /^(locale|lang|language|populate|fields|status|sort|pagination|_|v|t|ts|cb|preview|utm_\w+|fbclid|gclid|token|[\w-]*captcha[\w-]*|cf-turnstile-response)$/i;
const MOST_NAMES = 200;
const IN_DATA = /^data\[([^[\]]+)\](\[\])?$/;

const names = new WeakMap<object, readonly string[]>();

/** Before the query is taken out of the address. */
export const noteNames = (ctx: Context, querystring: string): void => {
  if (querystring === '') return;
  const all = [...new URLSearchParams(querystring).keys()].slice(0, MOST_NAMES);
  names.set(
    ctx,
    all.map((name) => IN_DATA.exec(name)?.[1] ?? name.replace(/\[\]$/, '')),
  );
};

/** @param fields names that are answers whatever they are called; without them, whatever is not known as harmless is one */
export const isSentInAddress = (ctx: Context, fields?: readonly string[]): boolean => {
  const sent = names.get(ctx) ?? [];
  return fields
    ? sent.some((name) => fields.includes(name) && !HOSTS_OWN.includes(name))
    : sent.some((name) => !HARMLESS.test(name));
};

const MESSAGE =
  'The form on the website sent the answers in the address of a page, so they were not received: nothing was kept. ' +
  'Please tell the people of that website that its form must use method="post".';

export const answerSentInAddress = async (strapi: Strapi, ctx: Context): Promise<void> => {
  await noteSendingPage(strapi, ctx.get('referer'));
  isOurAnswer(ctx);
  ctx.set('Cache-Control', 'no-store');
  ctx.set('X-Robots-Tag', 'noindex');
  ctx.status = 400;
  if (ctx.accepts('json', 'html') === 'html') {
    ctx.type = 'html';
    ctx.body = problemPage([MESSAGE]);
  } else {
    const details = { code: 'ANSWERS_IN_ADDRESS', errors: [] };
    ctx.body = { data: null, error: { status: 400, name: 'ValidationError', message: MESSAGE, details } };
  }
};
