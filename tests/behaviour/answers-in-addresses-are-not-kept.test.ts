/**
 * A form of a website without `method="post"` puts answers into an address. They are in no line of the log, whoever sent them is
 * told what is wrong with the form, and the overview names the page, without a value.
 */
import { canary, wholeDatabase, whileListening } from '../helpers/canary';
import { placeReporters } from '../helpers/reporter';
import { adminPerson, as, COMPLAINT, CONTACT, startStrapi, tick, type AdminPerson, type Running } from '../helpers/strapi';

const mark = canary('address');
const FORM = '/api/form-guard/forms/police-complaint';
const PAGE = 'https://www.example.org/complaint';
const HTML = 'text/html,application/xhtml+xml,*/*;q=0.8';
let running: Running;
let boss: AdminPerson;
let atTheStart = '';

beforeAll(async () => {
  running = await startStrapi();
  const { add } = placeReporters(running.strapi);
  // A logger of the site that writes at the beginning of a request.
  add((ctx, next) => {
    atTheStart += `${ctx.url} ${ctx.originalUrl}\n`;
    return next();
  });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201);
  await tick(running.strapi, `${CONTACT}.create`);
});
afterAll(() => running.stop());

const logged = async <Result>(run: () => PromiseLike<Result>): Promise<Result> => {
  atTheStart = '';
  const { result, said } = await whileListening(running.strapi, async () => run());
  expect(said).toContain('http');
  expect(said.includes(mark)).toBe(false);
  return result;
};
const findings = async (): Promise<{ code: string; message: string }[]> => {
  const { body } = await as(running, boss).get('/form-guard/overview').expect(200);
  return (body.data.findings as { code: string; message: string }[]).filter(({ code }) => code === 'ANSWERS_IN_ADDRESS');
};

const answers = `name=${mark}&email=${mark}%40example.org&message=${mark}`;
const sent: [method: 'get' | 'post' | 'head' | 'put', to: string][] = [
  ['get', `${FORM}?${answers}`],
  ['get', `${FORM}/?${answers}`],
  ['get', `${FORM}/submissions?${answers}`],
  ['get', `${FORM}?data[name]=${mark}`],
  ['get', `${FORM.toUpperCase()}?${answers}`],
  ['get', `/api/form-guard/forms/no-such-form?${answers}`],
  ['get', `/api/form-guard/form/police-complaint?${answers}`],
  ['get', `/api/%66orm-guard/forms/police-complaint?${answers}`],
  ['post', `${FORM}?${answers}`],
  ['post', `${FORM}/?${answers}`],
  ['post', `${FORM}/submissions?${answers}`],
  ['put', `${FORM}?${answers}`],
  ['head', `${FORM}?${answers}`],
  ['get', `/api/contacts?${answers}`],
  ['post', `/api/contacts?${answers}`],
];

test.each(sent)('%s %s is answered with what is wrong with the form', async (method, to) => {
  const answer = await logged(() => running.http[method](to).set('Accept', HTML).set('Referer', `${PAGE}?${answers}`));
  // Where a middleware of the site may ask the query, it is in no address either.
  expect(atTheStart).not.toContain(mark);
  expect(answer.status).toBe(400);
  if (method !== 'head') expect(answer.text).toMatch(/<main>.*were not received.*method=&#34;post&#34;/s);
  const { status, body, text } = await logged(() => running.http[method](to));
  expect([status, text?.includes(mark) ?? false]).toEqual([400, false]);
  if (method !== 'head') expect(body.error.details.code).toBe('ANSWERS_IN_ADDRESS');
});

test('a post that has some of the answers in the address is not kept without them', async () => {
  const { body } = await logged(() => running.http.post(`${FORM}?age=7`).send({ ...COMPLAINT_ANSWERS, message: mark }));
  expect(body.error.details.code).toBe('ANSWERS_IN_ADDRESS');
});
const COMPLAINT_ANSWERS = { name: 'Jane', email: 'jane@example.org', message: 'Hello' };

test.each(['locale=en', 'utm_source=x', 'token=abc', 'g-recaptcha-response=abc', ''])('%s does no harm', async (query) => {
  await running.http.get(`${FORM}?${query}`).expect(200);
  await running.http.post(`${FORM}?${query}`).send(COMPLAINT_ANSWERS).expect(201);
});

test.each([
  `${FORM}/${mark}`,
  `${FORM};email=${mark}`,
  `${FORM}&email=${mark}`,
  `${FORM}/submissions/${mark}@example.org`,
  `/api/form-guard/${mark}`,
  `/api/form-guard/forms/${mark}`,
  `/api/contacts/${mark}?email=${mark}`,
  `/api/contacts/${mark}/${mark}`,
  `/api/contacts?filters[email][$eq]=${mark}`,
  `/form-guard/inbox/${mark}?q=${mark}`,
  `/form-guard/people?q=${mark}`,
  `/form-guard/${mark}`,
  `/admin/plugins/form-guard/inbox?q=${mark}`,
  `/content-manager/collection-types/${CONTACT}?_q=${mark}`,
])('GET %s leaves nothing in the log', async (to) => {
  for (const method of ['get', 'post', 'delete'] as const) {
    const answer = await logged(() => running.http[method](to).set('Authorization', 'Bearer nobody'));
    expect(answer.status).toBeGreaterThanOrEqual(400);
  }
});

test('an admin still finds people, in a list that leaves nothing in the log', async () => {
  const { body } = await as(running, boss).get('/form-guard/people?q=boss').expect(200);
  expect(body.data).toHaveLength(1);
  await logged(() => as(running, boss).get(`/form-guard/people?q=${mark}`));
});

test('the overview names the page, and nothing that was in its address', async () => {
  const found = await findings();
  expect(found.map(({ message }) => message)).toEqual(
    expect.arrayContaining([expect.stringContaining(PAGE), expect.stringContaining('did not say which page')]),
  );
  expect(JSON.stringify(found)).not.toContain('?');
  await running.http.get(`${FORM}?${answers}`).set('Referer', `javascript:${mark}`).expect(400);
  expect(JSON.stringify(await findings())).not.toContain(mark);
});

test('however many pages somebody invents, the overview names a few', async () => {
  for (let page = 0; page < 60; page += 1) {
    await running.http.get(`${FORM}?name=x`).set('Referer', `https://example.org/${page}`).expect(400);
  }
  expect((await findings()).length).toBeLessThanOrEqual(20);
});

test('nothing of it is in the database', async () => {
  expect((await wholeDatabase(running.strapi)).includes(mark)).toBe(false);
});
