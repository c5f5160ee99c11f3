/**
 * Submissions of a wrapped type in Strapi's own screens: no value is there, nothing breaks, a panel says why the boxes are empty,
 * and saving what is not sealed leaves what is sealed as it was sent.
 */
import type { Browser } from 'playwright-core';
import { canary } from '../helpers/canary';
import { openBrowser, signedIn, type Seat } from '../helpers/browser';
import { callAs, FIRST_START_MS, startDemo, type Call, type Demo } from '../helpers/demo';
import { IN_90_DAYS } from '../helpers/in-90-days';

const CONTACT = 'api::contact-submission.contact-submission';
const LIST = `/admin/content-manager/collection-types/${CONTACT}`;
const INBOX = `/form-guard/inbox/${CONTACT}`;
const SECRET = canary('message');
const SENT = { name: `Wilma ${SECRET}`, email: `${SECRET}@example.org`, phone: null, message: SECRET, wantsReply: true };

let demo: Demo;
let browser: Browser;
let boss: Call;
let documentId = '';

/** Whatever Strapi could not do: an error of the page, an answer of 5xx or 400 or 403, a red toast. */
const troubleOf = ({ page }: Seat): (() => Promise<string[]>) => {
  const trouble: string[] = [];
  page.on('pageerror', ({ message }) => trouble.push(message));
  page.on('response', (response) => {
    if (response.status() >= 500 || [400, 401, 403].includes(response.status())) {
      trouble.push(`${response.status()} ${response.request().method()} ${new URL(response.url()).pathname}`);
    }
  });
  return async () => [
    ...trouble,
    ...(await page
      .getByRole('alert')
      .filter({ hasText: /error|wrong|forbidden/i })
      .allInnerTexts()),
  ];
};
const opened = async (recordId: string): Promise<Record<string, unknown>> => {
  const { body } = await boss('POST', `${INBOX}/${recordId}/open`);
  const { fields } = (body as { data: { fields: { name: string; value: unknown }[] } }).data;
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
};

beforeAll(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  boss = await callAs(demo, demo.ada);
  const data = { ...SENT, topic: 'housing' };
  expect((await (await callAs(demo))('POST', '/api/contact-submissions', { data })).status).toBe(201);
  const { data: people } = (await boss('GET', '/form-guard/people?q=ada')).body as { data: { id: number }[] };
  const body = { people: people.map(({ id }) => id), until: IN_90_DAYS, fields: null };
  expect((await boss('POST', `/form-guard/readers/${CONTACT}`, body)).status).toBe(200);
  const { data: rows } = (await boss('GET', INBOX)).body as { data: { recordId: string }[] };
  documentId = rows[0]?.recordId ?? '';
  await expect(opened(documentId)).resolves.toEqual({ ...SENT, topic: 'housing', attachment: null });
}, FIRST_START_MS);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

describe.each([
  ['ada', 'environment'],
  ['oscar', 'policing'],
] as const)('for %s', (who, topic) => {
  let seat: Seat;
  let trouble: () => Promise<string[]>;
  beforeAll(async () => {
    seat = await signedIn(browser, demo, demo[who]);
    trouble = troubleOf(seat);
  }, FIRST_START_MS);
  afterAll(() => seat.page.context().close());

  it('the list shows what is not sealed', async () => {
    await seat.go(`${LIST}?sort=id:DESC`);
    const { page } = seat;
    await page.getByRole('heading', { name: 'Contact submission' }).waitFor();
    await page
      .getByRole('row')
      .nth(1)
      .getByText(/housing|environment/)
      .waitFor();
    await seat.shot(`content-manager-1-list-${who}`);
    await expect(page.content()).resolves.not.toMatch(/canary/);
    await expect(trouble()).resolves.toEqual([]);
  });

  it('a submission opens, and a panel says why its boxes are locked', async () => {
    const { page } = seat;
    await seat.go(`${LIST}/${documentId}`);
    await page.getByText('What was sent is not shown here, so its boxes are locked.').waitFor();
    await expect(page.getByPlaceholder('No permissions to see this field').count()).resolves.toBeGreaterThan(3);
    await seat.shot(`content-manager-2-submission-${who}`);
    await expect(page.content()).resolves.not.toMatch(/canary/);
    await expect(trouble()).resolves.toEqual([]);
  });

  it('what is not sealed can be saved, and what is sealed stays as it was sent', async () => {
    const { page } = seat;
    await page.getByRole('combobox', { name: 'topic' }).click();
    await page.getByRole('option', { name: topic }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved document').waitFor();
    await seat.shot(`content-manager-3-saved-${who}`);
    await expect(page.content()).resolves.not.toMatch(/canary/);
    await expect(trouble()).resolves.toEqual([]);
    await expect(opened(documentId)).resolves.toEqual({ ...SENT, topic, attachment: null });
  });

  it('the panel leads to where it is read', async () => {
    const { page } = seat;
    await page.getByRole('link', { name: 'Read it in Form Guard' }).click();
    await page.getByText(who === 'ada' ? /^Opened for you/ : 'You are not a reader of this form').waitFor();
    await expect(page.getByText(SECRET).count()).resolves.toBe(who === 'ada' ? 3 : 0);
  });
});

it('what is entered by hand is sealed as well', async () => {
  const oscar = await signedIn(browser, demo, demo.oscar);
  const { page } = oscar;
  const trouble = troubleOf(oscar);
  await oscar.go(`${LIST}/create`);
  await page.getByText('What you enter here is sealed when you save it.').waitFor();
  await page.getByLabel('name').fill('By hand');
  await page.getByLabel('email').fill('hand@example.org');
  await page.getByLabel('message').fill(SECRET);
  await oscar.shot('content-manager-4-entering');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Read it in Form Guard').waitFor();
  await oscar.shot('content-manager-5-entered');
  await expect(trouble()).resolves.toEqual([]);
  const entered = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await expect(opened(entered)).resolves.toMatchObject({ name: 'By hand', email: 'hand@example.org', message: SECRET });
  await oscar.go(`${LIST}/${entered}`);
  await page.getByText('What was sent is not shown here, so its boxes are locked.').waitFor();
  await expect(page.content()).resolves.not.toMatch(/canary|By hand/);
});
