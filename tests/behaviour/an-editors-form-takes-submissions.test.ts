/** A form as an editor makes it: checked, described to the public, sent as JSON and as a plain HTML form. */
import { adminPerson, as, COMPLAINT, readsForm, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

let running: Running;
let boss: AdminPerson;
let editor: AdminPerson;
beforeAll(async () => {
  running = await startStrapi({ config: {} });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  editor = await adminPerson(running.strapi, 'Editor');
});
afterAll(() => running.stop());

interface Made {
  id: string;
  documentId: string;
}
const make = async (extra: object = {}): Promise<Made> =>
  (
    (
      await as(running, boss)
        .post('/form-guard/forms', { ...COMPLAINT, ...extra })
        .expect(201)
    ).body as { data: Made }
  ).data;
const field = (extra: object = {}) => ({ name: 'name', label: 'Name', type: 'text', required: false, ...extra });

describe('A definition', () => {
  const wrong: [string, object, RegExp][] = [
    ['without a title', { title: ' ' }, /needs a title/],
    ['with a strange address', { slug: 'Police Complaint!' }, /small letters, digits/],
    ['without fields', { fields: [] }, /at least one field/],
    ['with two fields of one name', { fields: [field(), field()] }, /same name/],
    ['with a name that is a prototype', { fields: [field({ name: '__proto__' })] }, /begins with a small letter/],
    ['with a type that does not exist', { fields: [field({ type: 'signature' })] }, /A field type is one of/],
    ['with a choice without choices', { fields: [field({ type: 'choice' })] }, /at least one choice/],
    ['with a smallest above the greatest', { fields: [field({ type: 'number', min: 9, max: 1 })] }, /smallest cannot be above/],
    ['with a script to go to', { redirectTo: 'javascript:alert(1)' }, /path like|https/],
    ['with another site hidden in a path', { redirectTo: '//evil.example' }, /path like|https/],
    ['with an option that does not exist', { public: true }, /option that does not exist/],
    ['with a field option that does not exist', { fields: [field({ regex: '.*' })] }, /option that does not exist/],
  ];
  test.each(wrong)('%s is refused', async (_what, extra, message) => {
    const { body } = await as(running, boss)
      .post('/form-guard/forms', { ...COMPLAINT, slug: 'wrong', ...extra })
      .expect(400);
    expect((body as { error: { message: string } }).error.message).toMatch(message);
    await running.http.get('/api/form-guard/forms/wrong').expect(404);
  });

  test('with an address that is taken is refused, its own it may keep', async () => {
    const { documentId } = await make({ slug: 'taken' });
    await as(running, boss)
      .post('/form-guard/forms', { ...COMPLAINT, slug: 'taken' })
      .expect(400);
    await as(running, boss)
      .put(`/form-guard/forms/${documentId}`, { ...COMPLAINT, slug: 'taken', title: 'Renamed' })
      .expect(200);
  });

  test('is for those who may manage forms', async () => {
    await as(running, editor)
      .post('/form-guard/forms', { ...COMPLAINT, slug: 'editors' })
      .expect(403);
    await as(running, editor).get('/form-guard/forms').expect(403);
    await running.http.post('/form-guard/forms').send(COMPLAINT).expect(401);
  });

  test('is described to the public without a word on its submissions', async () => {
    await make({ slug: 'described', intro: 'Tell us.' });
    const { body } = await running.http.get('/api/form-guard/forms/described').expect(200);
    expect(Object.keys((body as { data: object }).data).sort()).toEqual(['fields', 'intro', 'open', 'slug', 'thankYou', 'title']);
  });

  test('made by code is checked like one made by hand, and stands in the audit', async () => {
    const forms = running.strapi.documents('plugin::form-guard.form' as never) as unknown as Record<
      'create' | 'update' | 'delete' | 'clone',
      (params: object) => Promise<Made>
    >;
    const wrong = forms.create({ data: { ...COMPLAINT, slug: 'by-code', fields: [field({ type: 'signature' })] } });
    await expect(wrong).rejects.toMatchObject({ details: { code: 'FORM_REFUSED' } });
    const { documentId } = await forms.create({ data: { ...COMPLAINT, slug: 'by-code' } });
    await running.http.get('/api/form-guard/forms/by-code').expect(200);
    await forms.update({ documentId, data: { open: false } });
    await running.http
      .post('/api/form-guard/forms/by-code/submissions')
      .send({ name: 'A', email: 'a@b.org', message: 'm' })
      .expect(403);
    await expect(forms.clone({ documentId })).rejects.toMatchObject({ details: { code: 'FORM_NOT_COPIED' } });
    const { body } = await as(running, boss).get('/form-guard/audit').expect(200);
    expect((body as { data: { event: string; actor: { kind: string } }[] }).data[0]).toMatchObject({
      event: 'form.changed',
      actor: { kind: 'system' },
    });
    await forms.delete({ documentId });
  });

  test('with submissions is not deleted, only closed; an empty one is', async () => {
    const { documentId } = await make({ slug: 'closing' });
    await running.http
      .post('/api/form-guard/forms/closing/submissions')
      .send({ name: 'A', email: 'a@b.org', message: 'm' })
      .expect(201);
    await as(running, boss).delete(`/form-guard/forms/${documentId}`).expect(403);
    await as(running, boss)
      .put(`/form-guard/forms/${documentId}`, { ...COMPLAINT, slug: 'closing', open: false })
      .expect(200);
    await running.http
      .post('/api/form-guard/forms/closing/submissions')
      .send({ name: 'A', email: 'a@b.org', message: 'm' })
      .expect(403);
    const empty = await make({ slug: 'empty' });
    await as(running, boss).delete(`/form-guard/forms/${empty.documentId}`).expect(200);
    await running.http.get('/api/form-guard/forms/empty').expect(404);
  });
});

describe('Sending', () => {
  const path = '/api/form-guard/forms/sending/submissions';
  const answers = { name: 'Ada', email: 'ada@example.org', message: 'Hello' };
  let form: Made;
  beforeAll(async () => {
    form = await make({ slug: 'sending', thankYou: 'We will <b>write</b> to you.' });
    await readsForm(running, boss, form.id, [boss]);
  });

  test('JSON, plain or under data, answers with a reference and a date', async () => {
    for (const body of [answers, { data: answers }]) {
      const answer = await running.http.post(path).send(body).expect(201);
      expect(answer.body).toEqual({
        data: {
          reference: expect.stringMatching(/^(\w{4}-){3}\w{4}$/),
          receivedAt: expect.any(String),
          message: expect.any(String),
        },
      });
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  test('a plain HTML form gets a page with its reference, and nothing unescaped', async () => {
    const { text } = await running.http
      .post(path)
      .type('form')
      .set('Accept', 'text/html')
      .send(answers)
      .expect(201)
      .expect('Content-Type', /html/);
    expect(text).toMatch(/Your reference is (\w{4}-){3}\w{4}/);
    expect(text).toContain('&#60;b&#62;write');
    expect(text).not.toContain('Hello');
  });

  test('a plain HTML form that is wrong gets a page that says what to mend', async () => {
    const { text } = await running.http
      .post(path)
      .type('form')
      .set('Accept', 'text/html')
      .send({ name: '<script>x</script>', email: 'nobody' })
      .expect(400)
      .expect('Content-Type', /html/);
    expect(text).toContain('Your e-mail: must be an e-mail address');
    expect(text).toContain('What happened: is required');
    expect(text).not.toContain('script');
  });

  test('or is sent on to the page that the form names', async () => {
    await make({ slug: 'redirecting', redirectTo: '/thank-you' });
    const to = running.http
      .post('/api/form-guard/forms/redirecting/submissions')
      .type('form')
      .set('Accept', 'text/html')
      .send(answers);
    await to.expect(303).expect('Location', '/thank-you');
  });

  test('every type of field is read, from JSON and from HTML alike', async () => {
    const fields = [
      field({ name: 'text' }),
      field({ name: 'long', type: 'longText' }),
      field({ name: 'mail', type: 'email' }),
      field({ name: 'phone', type: 'phone' }),
      field({ name: 'number', type: 'number' }),
      field({ name: 'date', type: 'date' }),
      field({ name: 'tick', type: 'checkbox', required: true }),
      field({ name: 'one', type: 'choice', options: ['North', 'South'] }),
      field({ name: 'many', type: 'choices', options: ['Red', 'Blue', 'Green'] }),
    ];
    const { id } = await make({ slug: 'types', fields });
    await readsForm(running, boss, id, [boss]);
    const json = {
      text: 'a',
      long: 'b\nc',
      mail: 'd@e.org',
      phone: '+44 20 1',
      number: 4.5,
      date: '2024-02-29',
      tick: true,
      one: 'North',
      many: ['Red', 'Blue'],
    };
    const html =
      'text=a&long=b%0D%0Ac&mail=d%40e.org&phone=%2B44+20+1&number=4.5&date=2024-02-29&tick=on&one=North&many=Red&many=Blue';
    const to = '/api/form-guard/forms/types/submissions';
    for (const sent of [running.http.post(to).send(json), running.http.post(to).type('form').send(html)]) {
      const { data } = (await sent.expect(201)).body as { data: { reference: string } };
      const opened = await as(running, boss).post(`/form-guard/inbox/${id}/${data.reference}/open`).expect(200);
      const shown = (opened.body as { data: { fields: { name: string; value: unknown }[] } }).data.fields;
      expect(Object.fromEntries(shown.map(({ name, value }) => [name, value]))).toEqual(json);
    }
    for (const bad of [
      { date: '2023-02-29' },
      { one: 'West' },
      { many: ['Red', 'Black'] },
      { number: 'NaN' },
      { number: '1e5' },
      { text: 'two\nlines' },
      { tick: false },
    ]) {
      await running.http
        .post(to)
        .send({ ...json, ...bad })
        .expect(400);
    }
  });

  test('nothing of the sender is kept, unless the form says so; then sealed', async () => {
    const { id } = await make({ slug: 'keeping', keepAddress: true, keepUserAgent: true });
    await readsForm(running, boss, id, [boss]);
    const read = async (slug: string, source: string): Promise<string> => {
      const sent = await running.http
        .post(`/api/form-guard/forms/${slug}/submissions`)
        .set('User-Agent', 'canarybrowser')
        .send(answers)
        .expect(201);
      const { reference } = (sent.body as { data: { reference: string } }).data;
      return (await as(running, boss).post(`/form-guard/inbox/${source}/${reference}/open`).expect(200)).text;
    };
    expect(await read('sending', form.id)).not.toMatch(/canarybrowser|127\.0\.0\.1/);
    expect(await read('keeping', id)).toMatch(/127\.0\.0\.1.*canarybrowser|canarybrowser.*127\.0\.0\.1/s);
    const rows = await running.strapi.db.connection('form_guard_vault').select('*');
    expect(JSON.stringify(rows)).not.toMatch(/canarybrowser|127\.0\.0\.1/);
  });

  test('to no form, or to one without a body, answers with a sentence', async () => {
    await running.http.post('/api/form-guard/forms/nowhere/submissions').send(answers).expect(404);
    await running.http.post(path).expect(415);
  });
});
