/**
 * Whoever ticks the box that would publish what strangers send to a type that nobody listed meets the dialog, with two ways out: the line
 * that protects the type, and a decision that stays on record and goes with one click. A site's articles and comments meet none.
 */
import path from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import type { Overview } from '../../server/src/contract';
import { FORM_GUARD, openBrowser, report, signedIn, textsOf, type Seat } from '../helpers/browser';
import { callAs, FIRST_START_MS, startDemo, type Call, type Demo } from '../helpers/demo';
import { makeOwnDemo, type OwnDemo } from '../helpers/own-demo';
import { addType, COMMENT, JOB } from '../helpers/usual-site';

const ENTRIES = 37;
const REASON = 'Applications are published by law';
const SENTENCE = `${ENTRIES} entries of “Job application” would become readable by anyone on the internet.`;

let own: OwnDemo;
let demo: Demo;
let browser: Browser;
let boss: Call;
let nobody: Call;
let ada: Seat;

beforeAll(async () => {
  own = makeOwnDemo();
  const built = path.join(own.root, 'demo/dist');
  addType(built, JOB, 'Job application', { position: { type: 'string' }, email: { type: 'email' }, phone: { type: 'string' } });
  addType(built, COMMENT, 'Comment', { name: { type: 'string' }, message: { type: 'text' } });
  demo = await startDemo(own.root);
  browser = await openBrowser();
  boss = await callAs(demo, demo.ada);
  nobody = await callAs(demo);
  ada = await signedIn(browser, demo, demo.ada);
}, FIRST_START_MS);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
  own?.remove();
});

const dialog = (name = 'This was stopped: nothing was saved'): Locator => ada.page.getByRole('alertdialog', { name });
const press = (name: string | RegExp): Promise<void> => dialog().getByRole('button', { name, exact: true }).click();
const openPublic = async (type: string): Promise<void> => {
  const { body } = await boss('GET', '/users-permissions/roles');
  const { id } = (body as { roles: { id: number; type: string }[] }).roles.find((role) => role.type === 'public') as {
    id: number;
  };
  await ada.go(`/admin/settings/users-permissions/roles/${id}`);
  await ada.page.getByRole('button', { name: type }).first().click();
};
/** The list that was open before takes its time to close. */
const tick = (name: string, type = 'Job-application'): Promise<void> =>
  ada.page.getByRole('region', { name: type }).getByRole('checkbox', { name, exact: true }).click();
const save = (): Promise<void> => ada.page.locator('button[type=submit]').first().click();
const saved = async (): Promise<void> => {
  const answer = ada.page.waitForResponse((one) => one.request().method() === 'PUT' && /roles\/\d+$/.test(one.url()));
  await save();
  expect((await answer).status()).toBe(200);
};
const overview = async (): Promise<Overview> => ((await boss('GET', '/form-guard/overview')).body as { data: Overview }).data;
const stateOfJob = async () => (await overview()).unlisted.find(({ formOrType }) => formOrType === JOB)?.state;

describe('what a usual site ticks meets no dialog', () => {
  it('a form that everybody sends, and comments that everybody writes and reads', async () => {
    await openPublic('Job-application');
    await tick('create');
    await ada.page.getByRole('button', { name: 'Comment' }).first().click();
    for (const action of ['create', 'find', 'findOne']) await tick(action, 'Comment');
    await saved();
    await expect(dialog().count()).resolves.toBe(0);
    for (let sent = 0; sent < ENTRIES; sent += 1) {
      const data = { position: 'Cook', email: `cook${sent}@example.org`, phone: '5550100' };
      expect((await nobody('POST', '/api/job-applications', { data })).status).toBe(201);
    }
  });
});

describe('reading for everybody', () => {
  it('meets the dialog, with the number of entries and two ways out', async () => {
    await openPublic('Job-application');
    await tick('find');
    await save();
    await dialog().waitFor();
    expect(await dialog().innerText()).toContain(SENTENCE);
    await expect(textsOf(dialog().getByRole('button'))).resolves.toEqual([
      'Protect “Job application”',
      'These entries are meant to be public',
      'Close',
    ]);
    await ada.shot('unlisted-1-dialog');
    expect((await nobody('GET', '/api/job-applications')).status).toBe(403);
  });

  it('one way: the line that protects the type', async () => {
    await press('Protect “Job application”');
    await dialog().getByText(`'${JOB}': {},`).waitFor();
    await ada.shot('unlisted-2-protect');
  });

  it('the other way: a decision with a reason', async () => {
    ada.presses();
    await press('These entries are meant to be public');
    await dialog().getByLabel('Why may everybody read this?').fill('ok');
    await press('Record this decision');
    await dialog().getByText('Say why, in at least 5 letters.').waitFor();
    await ada.shot('unlisted-3-no-reason');
    await dialog().getByLabel('Why may everybody read this?').fill(REASON);
    await press('Record this decision');
    await dialog().getByText('Recorded: “Job application” is public on purpose').waitFor();
    await ada.shot('unlisted-4-decided');
    expect((await nobody('GET', '/api/job-applications')).status).toBe(403);
    await press('Close');
    await saved();
    report(`From the dialog to a decision that is saved: ${ada.presses()} clicks, one of them refused.`);
    expect((await nobody('GET', '/api/job-applications')).status).toBe(200);
  });

  it('which stands on the overview, and goes with one click', async () => {
    await ada.go(FORM_GUARD);
    const row = ada.page.getByRole('row', { name: /Job application/ });
    await row.getByText(`“${REASON}”`).waitFor();
    await row.getByText('Public on purpose').waitFor();
    await row.scrollIntoViewIfNeeded();
    await ada.shot('unlisted-5-overview');
    await expect(stateOfJob()).resolves.toBe('decided');
    await row.getByRole('button', { name: 'Take back the decision about Job application' }).click();
    await ada.page.getByText('Open, and nobody decided that').waitFor();
    await ada.page
      .getByText(/can be read by anyone on the internet\..*Nobody decided that this is meant to be public/)
      .first()
      .waitFor();
    await ada.page.mouse.wheel(0, -5000);
    await ada.shot('unlisted-6-open');
    await expect(stateOfJob()).resolves.toBe('open');
  });

  it('and is decided from there as well', async () => {
    await ada.page.getByRole('button', { name: 'Two ways out for “Job application”' }).click();
    await ada.page.getByLabel('Why may everybody read this?').fill(REASON);
    await ada.page.getByRole('button', { name: 'Record this decision' }).scrollIntoViewIfNeeded();
    await ada.shot('unlisted-7-from-overview');
    await ada.page.getByRole('button', { name: 'Record this decision' }).click();
    await ada.page.getByRole('row', { name: /Job application.*Public on purpose/ }).waitFor();
    await expect(stateOfJob()).resolves.toBe('decided');
  });
});

describe('in French', () => {
  beforeAll(async () => {
    await boss('DELETE', `/form-guard/publications/${encodeURIComponent(JOB)}`);
    await boss('PUT', '/admin/users/me', { preferedLanguage: 'fr' });
    ada = await signedIn(browser, demo, demo.ada);
  });

  it('the overview and the dialog say the same', async () => {
    await ada.go(FORM_GUARD);
    await ada.page.getByText('Ouvert, sans que personne l’ait décidé').waitFor();
    await ada.page.getByRole('row', { name: /Job application/ }).scrollIntoViewIfNeeded();
    await ada.shot('unlisted-8-overview-french');
    await openPublic('Job-application');
    await tick('findOne');
    await save();
    const said = dialog('Ceci a été arrêté : rien n’a été enregistré');
    await said.waitFor();
    expect(await said.innerText()).toContain(
      `${ENTRIES} entrées de « Job application » pourraient être lues par n’importe qui sur internet.`,
    );
    await said.getByRole('button', { name: 'Ces entrées sont destinées au public' }).click();
    await said.getByLabel('Pourquoi tout le monde peut-il lire cela ?').fill('Publié parce que la loi le veut');
    await ada.shot('unlisted-9-dialog-french');
    await said.getByRole('button', { name: 'Consigner cette décision' }).click();
    await said.getByText('Consigné : « Job application » est public à dessein').waitFor();
    await said.getByRole('button', { name: 'Protéger « Job application »' }).waitFor({ state: 'detached' });
  });
});
