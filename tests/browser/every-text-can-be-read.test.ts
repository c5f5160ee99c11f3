/**
 * On a small window, in English and in the longer words of French, no text of the plugin is cut off, lies beyond the edge of its
 * table, or lies over another line of itself.
 */
import type { Browser, Page } from 'playwright-core';
import { FORM_GUARD, openBrowser, signedIn, type Seat } from '../helpers/browser';
import { cutOffIn } from '../helpers/cut-off';
import { callAs, complaintForm, FIRST_START_MS, startDemo, type Call, type Demo } from '../helpers/demo';
import { IN_90_DAYS } from '../helpers/in-90-days';

const CONTACT = encodeURIComponent('api::contact-submission.contact-submission');
const WIDTHS = [1280, 1024];

let demo: Demo;
let browser: Browser;
let boss: Call;
let form = '';
let submission = '';

beforeAll(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  boss = await callAs(demo, demo.ada);
  form = encodeURIComponent((await complaintForm(boss)).id);
  const idOf = async (name: string): Promise<number> =>
    ((await boss('GET', `/form-guard/people?q=${name}`)).body as { data: { id: number }[] }).data[0]?.id ?? 0;
  const [ada, oscar] = [await idOf('ada'), await idOf('oscar')];
  const until = IN_90_DAYS;
  expect((await boss('POST', `/form-guard/readers/${form}`, { people: [ada], until, fields: null })).status).toBe(200);
  expect((await boss('POST', `/form-guard/readers/${form}`, { people: [oscar], until, fields: ['name'] })).status).toBe(200);
  const { data: rows } = (await boss('GET', `/form-guard/inbox/${form}`)).body as { data: { recordId: string }[] };
  const [deleted = '', late = ''] = rows.map(({ recordId }) => recordId);
  submission = late;
  expect((await boss('DELETE', `/form-guard/inbox/${form}/${deleted}`)).status).toBe(200);
  const handled = { state: 'spam', assignedTo: ada, dueOn: '2020-09-30' };
  expect((await boss('PUT', `/form-guard/inbox/${form}/${late}`, handled)).status).toBe(200);
}, FIRST_START_MS);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

interface View {
  name: string;
  address(): string;
  /** What is done there before it is looked at. */
  act?(page: Page): Promise<void>;
  part?: string;
}

const VIEWS: View[] = [
  { name: 'overview', address: () => FORM_GUARD },
  { name: 'forms', address: () => `${FORM_GUARD}/forms` },
  { name: 'new form', address: () => `${FORM_GUARD}/forms/new` },
  { name: 'form', address: () => `${FORM_GUARD}/forms/${decodeURIComponent(form).slice('form:'.length)}` },
  { name: 'inbox', address: () => `${FORM_GUARD}/inbox/${form}` },
  { name: 'inbox with filters', address: () => `${FORM_GUARD}/inbox/${form}?state=spam&assigned=nobody&order=oldest` },
  { name: 'submission', address: () => `${FORM_GUARD}/inbox/${form}/${submission}` },
  { name: 'bin', address: () => `${FORM_GUARD}/bin/${form}` },
  { name: 'not named', address: () => `${FORM_GUARD}/inbox/${CONTACT}` },
  { name: 'readers', address: () => `${FORM_GUARD}/readers/${form}` },
  { name: 'share', address: () => `${FORM_GUARD}/readers/${form}?share`, part: '[role=dialog]' },
  {
    name: 'export',
    address: () => `${FORM_GUARD}/inbox/${form}`,
    act: (page) => page.getByRole('button', { name: /^Export(er)?$/ }).click(),
    part: '[role=dialog]',
  },
  { name: 'who can read', address: () => `${FORM_GUARD}/who-can-read/${form}` },
  { name: 'who can read what', address: () => `${FORM_GUARD}/who-can-read` },
  { name: 'activity', address: () => `${FORM_GUARD}/audit` },
  { name: 'keys', address: () => `${FORM_GUARD}/keys` },
  { name: 'home page', address: () => '/admin', part: '[data-form-guard=widget]' },
];

describe.each(['en', 'fr'])('in the language %s', (language) => {
  let ada: Seat;
  beforeAll(async () => {
    expect((await boss('PUT', '/admin/users/me', { preferedLanguage: language })).status).toBe(200);
    ada = await signedIn(browser, demo, demo.ada);
  });
  afterAll(() => ada.page.context().close());

  it.each(VIEWS)('$name', async ({ name, address, act, part = 'main' }) => {
    const { page } = ada;
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await ada.go(address());
      await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
      await act?.(page);
      await page.locator(part).first().waitFor();
      await page.waitForLoadState('networkidle');
      await ada.shot(`read-${language}-${width}-${name.replace(/ /g, '-')}`);
      expect([width, await cutOffIn(page, part)]).toEqual([width, []]);
    }
  });
});
