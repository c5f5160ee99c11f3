/**
 * A site may move its API (`rest.prefix`), or put nothing before it: then forms lie where the admin's own addresses are. Everywhere a form
 * is described and takes submissions at the address that the admin shows, and nothing that a visitor sends beside it is read or logged.
 */
import type { Form } from '../../server/src/contract';
import { attachmentConfig, filePart, listen, multipart, MULTIPART, send } from '../helpers/attachments';
import { canary, whileListening } from '../helpers/canary';
import { adminPerson, as, COMPLAINT, CONTACT, startStrapi, tick, type AdminPerson, type Running } from '../helpers/strapi';

const mark = canary('prefix');
const own = attachmentConfig();
const FOREIGN = 'https://www.example.org';
const ANSWERS = { name: 'Ada', email: 'ada@example.org', message: mark };

afterAll(() => own.remove());

describe.each(['', '/v1', '/api'])('with “%s” before the addresses of the site', (prefix) => {
  let running: Running;
  let boss: AdminPerson;
  let form: Form;
  beforeAll(async () => {
    running = await startStrapi({ config: own.config, env: { TEST_REST_PREFIX: prefix } });
    boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
    form = ((await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201)).body as { data: Form }).data;
    await tick(running.strapi, `${CONTACT}.create`);
  });
  afterAll(() => running.stop());

  test('the admin shows where it is, and finds the form itself', async () => {
    expect(form.address).toBe(`${prefix}/form-guard/forms/police-complaint`);
    const { body } = await as(running, boss).get(`/form-guard/forms/${form.documentId}/definition`).expect(200);
    expect((body as { data: Form }).data).toMatchObject({ slug: 'police-complaint', address: form.address });
    await as(running, boss).put(`/form-guard/forms/${form.documentId}`, COMPLAINT).expect(200);
    await running.http.get(`/form-guard/forms/${form.documentId}/definition`).expect(401);
  });

  test('it is described and takes submissions there, from a page elsewhere too, and so does a wrapped type', async () => {
    const { body } = await running.http.get(form.address).set('Origin', FOREIGN).expect(200);
    expect((body as { data: object }).data).toMatchObject({ slug: 'police-complaint', title: COMPLAINT.title });
    for (const address of [form.address, `${form.address}/submissions`])
      await running.http.post(address).set('Origin', FOREIGN).send(ANSWERS).expect(201);
    await running.http.post(`${prefix}/contacts`).send({ data: ANSWERS }).expect(201);
    const { body: all } = await as(running, boss).get('/form-guard/forms').expect(200);
    expect((all as { data: Form[] }).data[0]?.submissions).toBe(2);
  });

  test('a bad post repeats nothing, and the routes of the admin stay closed to pages elsewhere', async () => {
    const { status, text } = await running.http.post(form.address).send({ ...ANSWERS, email: mark });
    expect([status, text.includes(mark)]).toEqual([400, false]);
    await as(running, boss).get(`/form-guard/forms/${form.documentId}/definition`).set('Origin', FOREIGN).expect(403);
    await as(running, boss).put(`/form-guard/forms/${form.documentId}`, COMPLAINT).set('Origin', FOREIGN).expect(403);
  });

  test('answers in the address are told, and are in no line of the log', async () => {
    const { result, said } = await whileListening(running.strapi, async () =>
      running.http.get(`${form.address}?name=${mark}&message=${mark}`).set('Accept', 'application/json'),
    );
    expect([result.status, (result.body as { error: { details: object } }).error.details]).toEqual([
      400,
      { code: 'ANSWERS_IN_ADDRESS', errors: [] },
    ]);
    expect(said).not.toContain(mark);
  });

  test('what is sent to an address beside it is not read', async () => {
    const port = await listen(running);
    const sent: [Buffer, Record<string, string>][] = [
      [multipart(filePart('evidence', 'e.txt', mark)), MULTIPART],
      [Buffer.from(`{"name": "${mark}`), { 'content-type': 'application/json' }],
    ];
    const { said } = await whileListening(running.strapi, async () => {
      for (const to of [`${prefix}/form-guard/forms`, `${form.address}/other`, `${prefix}/form-guard/nothing`])
        for (const [body, headers] of sent) expect((await send(port, to, body, { headers }))?.text).not.toContain(mark);
    });
    expect(said).not.toContain(mark);
    expect(own.temporaryFiles()).toEqual([]);
  });
});
