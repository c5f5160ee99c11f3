/**
 * Somebody changes the record in the database: from then on nobody reads, and the pages that say who can read say that nobody does and
 * why, in place of the names.
 */
import path from 'node:path';
import knex from 'knex';
import type { Browser } from 'playwright-core';
import { FORM_GUARD, openBrowser, signedIn } from '../helpers/browser';
import { callAs, complaintForm, FIRST_START_MS, startDemo, type Call, type Demo } from '../helpers/demo';

let demo: Demo;
let browser: Browser;
let boss: Call;
let form = '';

const changeRecord = async (): Promise<void> => {
  const filename = path.join(demo.home, 'data', 'demo.db');
  const db = knex({ client: 'better-sqlite3', connection: { filename }, useNullAsDefault: true });
  try {
    const changed = await db('form_guard_audit').where({ event: 'form.created' }).update({ actor_name: 'Somebody else' });
    expect(changed).toBeGreaterThan(0);
  } finally {
    await db.destroy();
  }
};

beforeAll(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  boss = await callAs(demo, demo.ada);
  form = encodeURIComponent((await complaintForm(boss)).id);
  const who = await boss('GET', `/form-guard/who-can-read/${form}`);
  expect((who.body as { data: { readers: { reads: boolean }[] } }).data.readers.filter(({ reads }) => reads)).toHaveLength(1);
  await changeRecord();
  // It is found when the record is read.
  expect((await boss('GET', '/form-guard/audit')).status).toBe(200);
}, FIRST_START_MS);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

describe.each([
  {
    language: 'en',
    nobody: 'Nobody can read this at the moment.',
    why: /The record of what happened was changed in the database/,
  },
  {
    language: 'fr',
    nobody: 'Personne ne peut lire en ce moment.',
    why: /registre de ce qui s’est passé a été modifié dans la base/,
  },
])('in the language $language', ({ language, nobody, why }) => {
  it.each(['who-can-read', 'readers', 'who-can-read-what'])('on the page %s', async (name) => {
    expect((await boss('PUT', '/admin/users/me', { preferedLanguage: language })).status).toBe(200);
    const { page, go, shot } = await signedIn(browser, demo, demo.ada);
    await go(`${FORM_GUARD}/${name === 'who-can-read-what' ? 'who-can-read' : `${name}/${form}`}`);
    await page.getByText(nobody).first().waitFor();
    await page.getByText(why).first().waitFor();
    await shot(`shut-${language}-${name}`);
    const row = page.getByRole('row', { name: /Naima/ });
    if (name === 'readers')
      expect(await row.innerText()).toMatch(language === 'en' ? /^(?!.*can read).*named/is : /^(?!.*peut lire).*désigné/is);
    if (name === 'who-can-read') {
      expect(await row.innerText()).toContain(language === 'en' ? 'nobody reads at the moment' : 'personne ne lit en ce moment');
    }
    await page.context().close();
  });
});
