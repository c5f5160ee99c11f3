/**
 * The 400 submissions of the demo: no value of any of them lies in the database's files or in the log, and none comes out
 * to strangers, default tokens, the other editor or the super admin, on any address that they would try.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { callAs, FIRST_START_MS, startDemo, type Account, type Demo } from '../helpers/demo';

const ROOT = path.resolve(__dirname, '../..');
const TYPE = 'api::contact-submission.contact-submission';
const INVENT = `
  import { makeChance } from './demo/seed/chance.mjs';
  import { inventSubmissions } from './demo/seed/submissions.mjs';
  const sent = inventSubmissions(makeChance(412));
  const files = sent.flatMap(({ files = [] }) => files.map(({ name, content }) => ({ name, content: content.toString('latin1') })));
  console.log(JSON.stringify({ answers: sent.map(({ body }) => body.data ?? body), files }));
`;
interface Sent {
  answers: Record<string, unknown>[];
  files: { name: string; content: string }[];
}
/** Words of a form, not of its sender: the address of a choice says nothing of who chose it. */
const SHARED = ['topic', 'borough', 'answer_by', 'safe_to_call'];

/** Lines that any PDF may have. */
const PDF_OWN = /^(<<|\d{10} |endstream|startxref)/;

/** Whatever somebody typed or attached, and every line of it; short ones would be found anywhere. */
const values = (): string[] => {
  const sent = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', INVENT], { cwd: ROOT, encoding: 'utf8' }),
  ) as Sent;
  expect(sent.answers).toHaveLength(400);
  expect(sent.files.length).toBeGreaterThanOrEqual(4);
  const texts = sent.answers.flatMap((one) =>
    Object.entries(one).flatMap(([name, value]) => (SHARED.includes(name) ? [] : [value])),
  );
  const lines = texts.filter((text): text is string => typeof text === 'string').flatMap((text) => [text, ...text.split('\n')]);
  const attached = sent.files.flatMap(({ name, content }) => [
    name,
    ...content.split('\n').filter((line) => !PDF_OWN.test(line)),
  ]);
  return [...new Set([...lines, ...attached])].filter((text) => text.length >= 12);
};

let demo: Demo;
let typed: string[];
beforeAll(async () => {
  demo = await startDemo();
  typed = values();
}, FIRST_START_MS);
afterAll(() => demo?.stop());

const found = (text: string): string[] =>
  typed.filter((value) => text.includes(value) || text.includes(JSON.stringify(value).slice(1, -1)));

test('not in the files of the database, nor anywhere in its folder, nor in the log', () => {
  expect(typed.length).toBeGreaterThan(900);
  const files = fs
    .readdirSync(path.join(demo.home, 'data'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
  expect(files.length).toBeGreaterThanOrEqual(6);
  for (const file of files) {
    const [text, bytes] = [fs.readFileSync(file, 'utf8'), fs.readFileSync(file, 'latin1')];
    expect([file, found(text), found(bytes)]).toEqual([file, [], []]);
  }
  expect(found(demo.said())).toEqual([]);
});

const people: [string, (demo: Demo) => Account | undefined][] = [
  ['a stranger', () => undefined],
  ['the other editor', ({ oscar }) => oscar],
  ['the super admin', ({ ada }) => ada],
];
test.each(people)('not to %s', async (_who, account) => {
  const call = await callAs(demo, account(demo));
  const { body } = await (await callAs(demo, demo.ada))('GET', '/form-guard/overview');
  const { sources } = (body as { data: { sources: { id: string }[] } }).data;
  for (const address of [
    '/api/contact-submissions?populate=*&pagination[pageSize]=100',
    '/api/form-guard/forms/police-complaint',
    `/content-manager/collection-types/${TYPE}?pageSize=100&populate=*`,
    '/content-manager/homepage/recent-documents?action=update',
    '/content-manager/collection-types/plugin::form-guard.form',
    '/form-guard/overview',
    '/form-guard/audit',
    ...sources.map(({ id }) => `/form-guard/inbox/${encodeURIComponent(id)}?pageSize=100`),
  ]) {
    const answer = await call('GET', address);
    expect([address, found(JSON.stringify(answer.body))]).toEqual([address, []]);
  }
  const graphql = await call('POST', '/graphql', {
    query: '{ contactSubmissions(pagination: { limit: 100 }) { documentId topic } }',
  });
  expect(found(JSON.stringify(graphql.body))).toEqual([]);
});

test('while the named reader reads all of theirs', async () => {
  const call = await callAs(demo, demo.naima);
  const { body } = await call('GET', '/form-guard/overview');
  const { id } = (body as { data: { sources: { id: string; youMayRead: boolean }[] } }).data.sources.find(
    ({ youMayRead }) => youMayRead,
  ) ?? { id: '' };
  const inbox = (await call('GET', `/form-guard/inbox/${id}?pageSize=5`)).body as {
    data: { recordId: string }[];
    pagination: { total: number };
  };
  expect(inbox.pagination.total).toBe(180);
  for (const { recordId } of inbox.data) {
    const opened = await call('POST', `/form-guard/inbox/${id}/${recordId}/open`);
    expect(found(JSON.stringify(opened.body)).length).toBeGreaterThanOrEqual(3);
  }
});
