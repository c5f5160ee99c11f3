/**
 * The whole way of a form through the admin: an editor writes it, a stranger sends it from a plain HTML page without a
 * script, the person named for it reads it, and those who answer for the site see that this happened.
 */
import type { Browser } from 'playwright-core';
import { canary } from '../helpers/canary';
import { FORM_GUARD, openBrowser, signedIn, stranger, type Seat } from '../helpers/browser';
import { callAs, FIRST_START_MS, startDemo, type Call, type Demo } from '../helpers/demo';
import { IN_90_DAYS } from '../helpers/in-90-days';

const TITLE = 'Ideas for Élisabeth Square';
const NAME = `Zoë ${canary('name')}`;
const IDEA = `More trees, and <b>benches</b>.\n${canary('idea')}`;
/** Some other website. */
const WEBSITE = 'http://127.0.0.1:9/ideas.html';
const MAY_MAKE_FORMS = 'plugin::form-guard.forms.manage';

interface Permission {
  action: string;
  subject: string | null;
  properties: object;
  conditions: string[];
}

let demo: Demo;
let browser: Browser;
let boss: Call;
let oscar: Seat;
let naima: Seat;
let html = '';
let formId = '';
let opening = '';

/** By hand in Settings → Roles → Editor; past the screen here, because that screen is Strapi's own. */
const allowEditorsToMakeForms = async (): Promise<void> => {
  const { data: roles } = (await boss('GET', '/admin/roles')).body as { data: { id: number; code: string }[] };
  const { id } = roles.find(({ code }) => code === 'strapi-editor') ?? { id: 0 };
  const { data: held } = (await boss('GET', `/admin/roles/${id}/permissions`)).body as { data: Permission[] };
  const permissions = [...held, { action: MAY_MAKE_FORMS, subject: null, properties: {}, conditions: [] }].map(
    ({ action, subject, properties, conditions }) => ({ action, subject, properties, conditions }),
  );
  expect((await boss('PUT', `/admin/roles/${id}/permissions`, { permissions })).status).toBe(200);
};
const nameNaima = async (): Promise<void> => {
  const { data: found } = (await boss('GET', '/form-guard/people?q=naima')).body as { data: { id: number }[] };
  const body = { people: found.map(({ id }) => id), until: IN_90_DAYS, fields: null };
  expect((await boss('POST', `/form-guard/readers/${encodeURIComponent(formId)}`, body)).status).toBe(200);
};

beforeAll(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  boss = await callAs(demo, demo.ada);
  await allowEditorsToMakeForms();
  oscar = await signedIn(browser, demo, demo.oscar);
  naima = await signedIn(browser, demo, demo.naima);
}, FIRST_START_MS);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

it('an editor writes a form, and gets its address and its HTML', async () => {
  const { page } = oscar;
  await page.getByRole('link', { name: 'Form Guard' }).click();
  await page.getByRole('link', { name: 'New form' }).click();
  await page.getByLabel('Title').fill(TITLE);
  await expect(page.locator('input[name=slug]').inputValue()).resolves.toBe('ideas-for-elisabeth-square');

  const question = (number: number) => page.getByRole('group', { name: `Question ${number}` });
  await question(1).getByLabel('Question').fill('Your name');
  await question(1).getByRole('checkbox', { name: 'Must be answered' }).click();
  await page.getByRole('button', { name: 'Add a question' }).click();
  await page.keyboard.type('How you come here');
  await question(2).getByRole('combobox', { name: 'Kind of answer' }).click();
  await page.getByRole('option', { name: 'Several of several' }).click();
  await question(2).getByLabel('Choices').fill('On foot\nBy bus\nBy bicycle');
  await page.getByRole('button', { name: 'Add a question' }).click();
  await page.keyboard.type('Your idea');
  await question(3).getByRole('combobox', { name: 'Kind of answer' }).click();
  await page.getByRole('option', { name: 'Long text' }).click();
  await oscar.shot('form-1-written');

  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Show HTML' }).click();
  html = (await page.getByRole('group', { name: 'HTML for your page' }).textContent()) ?? '';
  formId = `form:${new URL(page.url()).pathname.split('/').at(-1)}`;
  await oscar.shot('form-2-saved');
  expect(html).toContain(`action="${demo.url}/api/form-guard/forms/ideas-for-elisabeth-square"`);
});

it('a stranger sends it from another website, without a script, and is told a reference and nothing else', async () => {
  const { page, shot } = await stranger(browser, demo, { javaScriptEnabled: false });
  await page.route(WEBSITE, (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><body>${html}` }));
  await page.goto(WEBSITE);
  await page.getByLabel('Your name').fill(NAME);
  await page.getByLabel('On foot').check();
  await page.getByLabel('By bicycle').check();
  await page.getByLabel('Your idea').fill(IDEA);
  await shot('form-3-on-a-website');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
  await page.getByText(/Your reference is \w+/).waitFor();
  await shot('form-4-sent');
  await expect(page.content()).resolves.not.toMatch(/canary/);
  await page.context().close();
});

it('the editor who made the form reads nothing of it', async () => {
  await oscar.go(`${FORM_GUARD}/inbox/${encodeURIComponent(formId)}`);
  await oscar.page.getByText('You are not a reader of this form').waitFor();
  await expect(oscar.page.content()).resolves.not.toMatch(/canary/);
});

it('the person named for it opens what came, as it was written', async () => {
  await nameNaima();
  const { page } = naima;
  await page.getByRole('link', { name: 'Form Guard' }).click();
  await page.getByRole('link', { name: `Inbox of ${TITLE}` }).click();
  await naima.shot('form-5-inbox');
  await page.getByRole('link', { name: /^Open submission/ }).click();
  const note = await page.getByText(/^Opened for you/).innerText();
  opening = /as number (\d+)\./.exec(note)?.[1] ?? '';
  await naima.shot('form-6-opened');
  const answers = await page.locator('dl').first().locator('dd').allInnerTexts();
  expect(answers.map((answer) => answer.trim())).toEqual([NAME, 'On foot\nBy bicycle', IDEA]);
});

it('the activity page lists who did what, without a value', async () => {
  const ada = await signedIn(browser, demo, demo.ada);
  await ada.page.getByRole('link', { name: 'Form Guard' }).click();
  await ada.page.getByRole('link', { name: 'Activity' }).click();
  await ada.page.getByText(/^The record is complete/).waitFor();
  await ada.shot('form-7-activity');
  const cells = async (row: string) =>
    (await ada.page.getByRole('row', { name: row }).first().getByRole('cell').allInnerTexts()).map((cell) => cell.trim());
  await expect(cells(opening)).resolves.toEqual([
    expect.any(String),
    expect.stringMatching(/^naima@example\.org \(Naima Reader\)/),
    expect.stringMatching(/^Opened a submission \(all answers\)/),
    TITLE,
  ]);
  const sentences = await ada.page.getByRole('row').allInnerTexts();
  expect(sentences.some((row) => row.includes('Oscar Editor') && row.includes(`“${TITLE}”`))).toBe(true);
  expect(sentences.some((row) => row.includes('Ada Admin') && row.includes('(Naima Reader)') && row.includes('Named '))).toBe(
    true,
  );
  await expect(ada.page.content()).resolves.not.toMatch(/canary/);
  await ada.page.context().close();
});

it('the overview says that everything is private, and counts', async () => {
  const { page } = naima;
  await page.getByRole('link', { name: 'Form Guard' }).click();
  await page.getByRole('heading', { name: 'All 4 forms are private' }).waitFor();
  await page.getByText('Only the people you name can read what was sent.').waitFor();
  const row = page.getByRole('row', { name: TITLE });
  await expect(row.getByRole('cell').allInnerTexts()).resolves.toEqual([
    'Form',
    expect.stringMatching(/accepting/i),
    expect.stringMatching(/^1\s/),
    '1 person',
    'Yes',
    expect.anything(),
  ]);
  await naima.shot('form-8-overview');
});
