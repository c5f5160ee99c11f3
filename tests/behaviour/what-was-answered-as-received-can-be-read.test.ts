/**
 * Whoever was given a reference can be read: a form that is deleted, closed or changed while somebody sends takes nothing, or
 * what it takes by its new rules; the reference is that of what was sent, whatever else the site writes meanwhile.
 */
import http from 'node:http';
import {
  BOUNDARY,
  attachmentConfig,
  filePart,
  listen,
  multipart,
  MULTIPART,
  REPORT,
  send,
  storedFiles,
  textPart,
  type Answer,
} from '../helpers/attachments';
import { adminPerson, as, CONTACT, readsForm, startStrapi, tick, type AdminPerson, type Running } from '../helpers/strapi';

const own = attachmentConfig();
let running: Running;
let boss: AdminPerson;
let port: number;
let forms = 0;

beforeAll(async () => {
  running = await startStrapi({ config: own.config });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  port = await listen(running);
  await tick(running.strapi, `${CONTACT}.create`);
});
afterAll(async () => {
  await running.stop();
  own.remove();
});

interface Form {
  slug: string;
  documentId: string;
  definition: typeof REPORT;
}
const newForm = async (more: object = {}): Promise<Form> => {
  forms += 1;
  const slug = `report-${forms}`;
  const { body } = await as(running, boss)
    .post('/form-guard/forms', { ...REPORT, ...more, slug })
    .expect(201);
  return { slug, documentId: body.data.documentId, definition: { ...REPORT, slug } };
};
const recordsOf = async ({ documentId }: Form): Promise<number> => {
  const [row] = await running.strapi.db
    .connection('form_guard_vault')
    .where({ form_or_type: `form:${documentId}` })
    .count({ n: '*' });
  return Number(row?.n);
};

/** Sends the beginning, waits for `meanwhile`, and sends the rest. */
const slowly = ({ slug }: Form, parts: Buffer[], meanwhile: () => Promise<unknown>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const body = multipart(...parts);
    const path = `/api/form-guard/forms/${slug}`;
    const headers = { ...MULTIPART, 'content-length': String(body.length) };
    const request = http.request({ port, host: '127.0.0.1', path, method: 'POST', headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
    });
    request.on('error', reject);
    const half = body.length - BOUNDARY.length - 20;
    request.write(body.subarray(0, half), () => {
      setTimeout(() => void meanwhile().then(() => request.end(body.subarray(half)), reject), 150);
    });
  });

const NAME = textPart('name', 'Jane');
const WITH_FILE = [NAME, filePart('evidence', 'a.txt', 'x'.repeat(20_000))];

describe('While somebody sends', () => {
  test('a form that is deleted takes nothing', async () => {
    const form = await newForm();
    const files = storedFiles(own.folder).length;
    const remove = () => as(running, boss).delete(`/form-guard/forms/${form.documentId}`).expect(200);
    const { status, text } = await slowly(form, WITH_FILE, async () => remove());
    expect([status, text]).toEqual([404, expect.stringContaining('Nothing was kept')]);
    expect(await recordsOf(form)).toBe(0);
    expect(storedFiles(own.folder)).toHaveLength(files);
  });

  test('a form that is closed takes nothing', async () => {
    const form = await newForm();
    const close = () =>
      as(running, boss)
        .put(`/form-guard/forms/${form.documentId}`, { ...form.definition, open: false })
        .expect(200);
    const { status, text } = await slowly(form, WITH_FILE, async () => close());
    expect([status, JSON.parse(text).error.details.code]).toEqual([403, 'FORM_CLOSED']);
    expect(await recordsOf(form)).toBe(0);
  });

  const change = (form: Form, fields: object[]) =>
    as(running, boss)
      .put(`/form-guard/forms/${form.documentId}`, { ...form.definition, fields })
      .expect(200);
  test('a form that is changed takes what fits its new rules', async () => {
    const form = await newForm();
    const shorter = REPORT.fields.map((field) => (field.name === 'name' ? { ...field, maxLength: 2 } : field));
    const refused = await slowly(form, [NAME], async () => change(form, shorter));
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('at most 2 characters')]);
    const longer = REPORT.fields.map((field) => (field.name === 'name' ? { ...field, maxLength: 20 } : field));
    expect((await slowly(form, [NAME], async () => change(form, longer))).status).toBe(201);
    expect(await recordsOf(form)).toBe(1);
  });

  test('a form whose files are to be others takes no file by the rules from before', async () => {
    const form = await newForm();
    const onlyPdf = REPORT.fields.map((field) => (field.name === 'evidence' ? { ...field, accept: ['pdf'] } : field));
    const { status, text } = await slowly(form, WITH_FILE, async () => change(form, onlyPdf));
    expect([status, JSON.parse(text).error.details.code]).toEqual([403, 'FORM_CHANGED']);
    expect(await recordsOf(form)).toBe(0);
  });

  test('what is stored at the moment of the deletion keeps the form, or is not stored', async () => {
    for (let round = 0; round < 12; round += 1) {
      const form = await newForm();
      const path = `/api/form-guard/forms/${form.slug}`;
      const [posted, removed] = await Promise.all([
        running.http.post(path).send({ name: 'Jane' }),
        new Promise((resolve) => setTimeout(resolve, round * 3)).then(() =>
          as(running, boss).delete(`/form-guard/forms/${form.documentId}`),
        ),
      ]);
      const isThere = (await running.http.get(path)).status === 200;
      const seen = { posted: posted.status, removed: removed.status, isThere, records: await recordsOf(form) };
      expect([
        { posted: 201, removed: 403, isThere: true, records: 1 },
        { posted: 404, removed: 200, isThere: false, records: 0 },
      ]).toContainEqual(seen);
    }
  });
});

describe('The reference', () => {
  test('is that of the document which the route made, whatever else the site writes in the request', async () => {
    let isNested = false;
    const mails: string[] = [];
    running.strapi.documents.use(async (context, next) => {
      if (context.uid !== CONTACT || context.action !== 'create' || isNested) return next();
      isNested = true;
      const documents = running.strapi.documents(CONTACT as never) as unknown as {
        create(params: { data: object }): Promise<{ documentId: string }>;
      };
      const copy = async (name: string) => {
        const { documentId } = await documents.create({ data: { name, email: `${name}${mails.length}@example.org` } });
        mails.push(documentId);
      };
      try {
        await copy('before');
        const made = await next();
        await copy('after');
        return made as never;
      } finally {
        isNested = false;
      }
    });
    const { body } = await running.http
      .post('/api/contacts')
      .send({ data: { name: 'Jane', email: 'jane@example.org' } })
      .expect(201);
    const rows = (await running.strapi.db.query(CONTACT).findMany()) as { documentId: string }[];
    const [made, ...others] = rows.map(({ documentId }) => documentId).filter((id) => !mails.includes(id));
    expect([mails.length, others]).toEqual([2, []]);
    const letters = (text: string): string => text.replace(/[^a-z0-9]/gi, '').toLowerCase();
    expect(letters(body.data.reference)).toBe(letters(made ?? ''));
  });
});

describe('A field that is called like something that every object has', () => {
  const named = (name: string) => [...REPORT.fields, { name, label: 'Odd', type: 'text', required: false }];

  test.each(['constructor', 'prototype'])('%s: the editor is told when saving', async (name) => {
    const { body } = await as(running, boss)
      .post('/form-guard/forms', { ...REPORT, slug: 'odd', fields: named(name) })
      .expect(400);
    expect(body.error.message).toContain('programs keep these names');
  });

  test.each(['constructor', 'prototype'])('%s, from before: posts arrive, and the overview says it', async (name) => {
    const form = await newForm();
    await running.strapi.db
      .connection('form_guard_forms')
      .where({ document_id: form.documentId })
      .update({ fields: JSON.stringify(named(name)) });
    const path = `/api/form-guard/forms/${form.slug}`;
    const values = { name: 'Jane', [name]: 'built it' };
    await running.http.post(path).send(values).expect(201);
    await running.http.post(path).send({ data: values }).expect(201);
    await running.http.post(path).type('form').send(values).expect(201);
    expect((await send(port, path, multipart(NAME, textPart(name, 'built it'))))?.status).toBe(201);
    await running.http.post(path).send({ name: 'Jane' }).expect(201);
    await running.http.post(path).set('Content-Type', 'application/json').send('{"name":"Jane","__proto__":"a"}').expect(400);
    await running.http
      .post(path)
      .send({ name: { constructor: 'x' } })
      .expect(400);
    const id = `form:${form.documentId}`;
    await readsForm(running, boss, id, [boss]);
    const inbox = `/form-guard/inbox/${encodeURIComponent(id)}`;
    const { body: list } = await as(running, boss).get(inbox).expect(200);
    const read: unknown[] = [];
    for (const { recordId } of list.data as { recordId: string }[]) {
      const { body } = await as(running, boss).post(`${inbox}/${recordId}/open`).expect(200);
      const fields = body.data.fields as { name: string; value?: unknown }[];
      read.push(fields.find((field) => field.name === name)?.value ?? null);
    }
    expect(read.sort()).toEqual(['built it', 'built it', 'built it', 'built it', null]);
    const { body: overview } = await as(running, boss).get('/form-guard/overview').expect(200);
    const found = (overview.data.findings as { code: string; message: string }[]).filter(({ code }) => code === 'KEPT_NAME');
    expect(found.some(({ message }) => message.includes(name))).toBe(true);
  });
});
