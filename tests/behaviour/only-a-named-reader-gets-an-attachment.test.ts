/**
 * An attachment leaves through the door only: for a named reader, of a field that the naming has, on record before it is
 * opened, as a download that no browser shows, guesses at or keeps.
 */
import {
  APPLICATION,
  APPLICATIONS,
  attachmentConfig,
  filePart,
  listen,
  multipart,
  part,
  pdf,
  png,
  REPORT,
  REPORTS,
  rowsOfFiles,
  send,
  storedFiles,
  textPart,
} from '../helpers/attachments';
import { canary } from '../helpers/canary';
import { adminPerson, as, readsForm, startStrapi, tick, type AdminPerson, type Running } from '../helpers/strapi';

const own = attachmentConfig();
const name = canary('opened');
let running: Running;
let port: number;
let boss: AdminPerson;
let all: AdminPerson;
let some: AdminPerson;
let nobody: AdminPerson;
let form: string;

interface Shown {
  file: string;
  name: string;
  type: string;
  bytes: number;
}
beforeAll(async () => {
  running = await startStrapi({ config: own.config });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  all = await adminPerson(running.strapi, 'Alma');
  some = await adminPerson(running.strapi, 'Sam');
  nobody = await adminPerson(running.strapi, 'Nora');
  form = ((await as(running, boss).post('/form-guard/forms', REPORT).expect(201)).body as { data: { id: string } }).data.id;
  await readsForm(running, boss, form, [all]);
  await readsForm(running, boss, form, [some], ['name', 'letter']);
  await readsForm(running, boss, APPLICATION, [all]);
  await tick(running.strapi, `${APPLICATION}.create`);
  port = await listen(running);
});
afterAll(async () => {
  await running.stop();
  own.remove();
});

const post = async (to: string, ...parts: Buffer[]): Promise<string> => {
  const answer = await send(port, to, multipart(textPart('name', name), ...parts));
  expect([answer?.status, answer?.text]).toEqual([201, expect.any(String)]);
  return (JSON.parse(answer?.text ?? '') as { data: { reference: string } }).data.reference;
};
const filesIn = async (reference: string, field: string, person = all, source = form): Promise<Shown[]> => {
  const { body } = await as(running, person).post(`/form-guard/inbox/${source}/${reference}/open`).expect(200);
  const { fields } = (body as { data: { fields: { name: string; value: Shown[] }[] } }).data;
  return fields.find((one) => one.name === field)?.value ?? [];
};
const download = (reference: string, file: string, person = all, source = form) =>
  as(running, person).post(`/form-guard/inbox/${source}/${reference}/files/${file}`);
const audit = async () =>
  (await as(running, boss).get('/form-guard/audit?pageSize=100').expect(200)).body as {
    data: { event: string; sentence: string; recordId: string; actor: { name: string } }[];
    chain: { intact: boolean };
  };

test('to its named reader, with its name, on record', async () => {
  const reference = await post(REPORTS, filePart('letter', `${name}.pdf`, pdf('hello')));
  const [letter] = (await filesIn(reference, 'letter')) as [Shown];
  expect(letter).toEqual({
    file: expect.stringMatching(/^[0-9a-f]{32}$/),
    name: `${name}.pdf`,
    type: 'application/pdf',
    bytes: 21,
  });
  const answer = await download(reference, letter.file).buffer().expect(200);
  expect((answer.body as Buffer).toString()).toBe(pdf('hello').toString());
  expect(answer.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-length': '21',
    'content-disposition': `attachment; filename="${name}.pdf"; filename*=UTF-8''${name}.pdf`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
  });
  const { data, chain } = await audit();
  expect(data[0]).toMatchObject({
    event: 'attachment.opened',
    recordId: reference.replaceAll('-', ''),
    sentence: expect.stringContaining(`“Your letter”, ${letter.file}`),
    actor: { name: expect.stringContaining('Alma') },
  });
  expect(chain.intact).toBe(true);
  expect(JSON.stringify(data)).not.toContain(name);
});

test('of a form whose field is gone, too', async () => {
  const reference = await post(REPORTS, filePart('anything', 'a.txt', 'hello'));
  const { body } = await as(running, boss).get('/form-guard/forms').expect(200);
  const { documentId } = (body as { data: { documentId: string }[] }).data[0] as { documentId: string };
  const fields = REPORT.fields.filter((field) => field.name !== 'anything');
  await as(running, boss)
    .put(`/form-guard/forms/${documentId}`, { ...REPORT, fields })
    .expect(200);
  const opened = await as(running, all).post(`/form-guard/inbox/${form}/${reference}/open`).expect(200);
  const shown = (opened.body as { data: { fields: { name: string; type: string; value: Shown[] }[] } }).data.fields;
  const gone = shown.find((field) => field.name === 'anything');
  expect(gone?.type).toBe('file');
  await download(reference, gone?.value[0]?.file ?? '').expect(200, 'hello');
  await as(running, boss).put(`/form-guard/forms/${documentId}`, REPORT).expect(200);
});

describe('Nobody else gets it', () => {
  let reference: string;
  let evidence: string;
  let letter: string;
  beforeAll(async () => {
    reference = await post(REPORTS, filePart('evidence', `${name}.png`, png(name)), filePart('letter', 'l.pdf', pdf('x')));
    evidence = (await filesIn(reference, 'evidence'))[0]?.file ?? '';
    letter = (await filesIn(reference, 'letter'))[0]?.file ?? '';
  });
  const entries = async (): Promise<number> => (await audit()).data.filter(({ event }) => event === 'attachment.opened').length;
  const nothingComes = async (status: number, answer: { status: number; text?: string; body: unknown }): Promise<void> => {
    expect(answer.status).toBe(status);
    expect(JSON.stringify([answer.text, answer.body])).not.toContain(name);
  };

  test('an editor who was not named, a super admin who was not, a stranger', async () => {
    const before = await entries();
    await nothingComes(403, await download(reference, letter, nobody));
    await nothingComes(403, await download(reference, letter, boss));
    await nothingComes(401, await running.http.post(`/form-guard/inbox/${form}/${reference}/files/${letter}`));
    await nothingComes(404, await running.http.get(`/api/form-guard/inbox/${form}/${reference}/files/${letter}`));
    expect(await entries()).toBe(before);
  });

  test('a reader of other fields gets those, and hears nothing of this one', async () => {
    await download(reference, letter, some).expect(200);
    const before = await entries();
    const [withheld, unknown] = [await download(reference, evidence, some), await download(reference, 'f'.repeat(32), some)];
    await nothingComes(404, withheld);
    expect(withheld.text).toBe(unknown.text);
    expect(JSON.stringify(await filesIn(reference, 'evidence', some))).toBe('[]');
    expect(await entries()).toBe(before);
  });

  test('a reader of another form cannot ask for it there', async () => {
    await nothingComes(404, await download(reference, letter, all, APPLICATION));
    const other = await post(REPORTS, filePart('letter', 'l.pdf', pdf('y')));
    await nothingComes(404, await download(other, letter));
  });

  test('no path leads past the store', async () => {
    for (const file of ['..%2F..%2Froot.key', '%00', '%2e%2e', 'a'.repeat(5000), "'%20or%201=1", 'kept%2Faa']) {
      expect((await download(reference, file)).status).toBe(404);
    }
  });

  test('the history tells a reader of other fields nothing of it, and nothing less of theirs', async () => {
    await download(reference, evidence).expect(200);
    await download(reference, letter).expect(200);
    const seenBy = async (person: AdminPerson): Promise<string[]> => {
      const { body } = await as(running, person).get(`/form-guard/inbox/${form}/${reference}/history`).expect(200);
      const entries = (body as { data: { event: string; sentence: string }[] }).data;
      return entries.filter(({ event }) => event === 'attachment.opened').map(({ sentence }) => sentence);
    };
    expect((await seenBy(all)).some((sentence) => sentence.includes('evidence'))).toBe(true);
    const told = await seenBy(some);
    expect(told.length).toBeGreaterThan(0);
    expect(told.every((sentence) => sentence.includes('letter'))).toBe(true);
  });

  test('an admin token of a named reader', async () => {
    const pages = { action: 'plugin::form-guard.pages.read', subject: null, properties: {}, conditions: [] };
    const token = { name: 'robot', description: '', lifespan: null, adminPermissions: [pages] };
    await readsForm(running, boss, form, [boss]);
    await download(reference, letter, boss).expect(200);
    const made = await as(running, boss).post('/admin/admin-tokens', token).expect(201);
    const jwt = (made.body as { data: { accessKey: string } }).data.accessKey;
    await as(running, { jwt }).get('/form-guard/overview').expect(200);
    await nothingComes(403, await download(reference, letter, { ...boss, jwt }));
    const { body } = await as(running, boss).get(`/form-guard/readers/${form}`).expect(200);
    const grant = (body as { data: { id: string; person: { id: number } }[] }).data.find(({ person }) => person.id === boss.id);
    await as(running, boss).delete(`/form-guard/readers/${form}/${grant?.id}`).expect(200);
  });

  test('when the entry cannot be written, or nobody vouches for the record, nothing is opened', async () => {
    const { connection } = running.strapi.db;
    await connection.schema.renameTable('form_guard_audit', 'form_guard_audit_away');
    const withoutAudit = await download(reference, letter);
    await connection.schema.renameTable('form_guard_audit_away', 'form_guard_audit');
    await nothingComes(500, withoutAudit);
    const before = await connection('form_guard_audit_head').first();
    await connection('form_guard_audit_head').del();
    const withoutHead = await download(reference, letter);
    await connection('form_guard_audit_head').insert(before);
    await nothingComes(403, withoutHead);
    await download(reference, letter).expect(200);
  });
});

describe('Whatever somebody sends, it goes out as a harmless download', () => {
  const sent: [what: string, fileName: string, content: Buffer, shown: RegExp][] = [
    ['a page', 'page.html', Buffer.from('<script>alert(1)</script>'), /^page\.html$/],
    ['a drawing', 'a.svg', Buffer.from('<svg onload="alert(1)"/>'), /^a\.svg$/],
    ['a name with a path', '../../../etc/cron.d/x', Buffer.from('x'), /^x$/],
    ['a name that would end the header', 'a%22; filename=%22b.html', Buffer.from('x'), /^a_; filename=_b\.html$/],
    ['a name turned around', 'cv\u202efdp.exe', Buffer.from('x'), /^cvfdp\.exe$/],
    ['five thousand letters', `${'a'.repeat(5000)}.txt`, Buffer.from('x'), /^a{120}\.txt$/],
    ['no ending', 'README', Buffer.from('x'), /^README$/],
    ['NUL', 'a\0.txt', Buffer.from('x'), /^a\.txt$/],
    ['nothing but bytes', 'a', Buffer.from([0, 1, 2, 3]), /^a$/],
    ['an empty file', 'empty.txt', Buffer.alloc(0), /^empty\.txt$/],
  ];
  test.each(sent)('%s', async (_what, fileName, content, shown) => {
    const reference = await post(REPORTS, filePart('anything', fileName, content, 'text/html'));
    const [file] = (await filesIn(reference, 'anything')) as [Shown];
    expect(file.name).toMatch(shown);
    const answer = await download(reference, file.file).buffer().expect(200);
    expect(answer.headers['content-type']).toMatch(/^(application\/octet-stream|text\/plain)$/);
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="[A-Za-z0-9 ._()-]*"; filename\*=UTF-8''[A-Za-z0-9%._~-]*$/,
    );
    expect(answer.headers['content-security-policy']).toBe("sandbox; default-src 'none'");
    expect(Number(answer.headers['content-length'])).toBe(content.length);
    expect(Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.text)).toEqual(content);
  });

  test('a picture that calls itself a page is called a picture', async () => {
    const reference = await post(REPORTS, filePart('evidence', 'page.html', png('x'), 'text/html'));
    expect((await filesIn(reference, 'evidence'))[0]).toMatchObject({ name: 'page.html.png', type: 'image/png' });
  });

  test('a name that is only in the encoded form', async () => {
    const header = `Content-Disposition: form-data; name="letter"; filename="x.pdf"; filename*=UTF-8''na%C3%AFve.pdf`;
    const reference = await post(REPORTS, part(header, pdf('x')));
    const [file] = (await filesIn(reference, 'letter')) as [Shown];
    expect(file.name).toBe('naïve.pdf');
    const answer = await download(reference, file.file).expect(200);
    expect(answer.headers['content-disposition']).toContain("filename*=UTF-8''na%C3%AFve.pdf");
  });
});

test('a wrapped type’s reader sees file fields like those of a form', async () => {
  const reference = await post(APPLICATIONS, filePart('cv', 'cv.pdf', pdf('x')), filePart('other', 'page.html', '<b>x</b>'));
  expect(await filesIn(reference, 'cv', all, APPLICATION)).toHaveLength(1);
  const [other] = (await filesIn(reference, 'other', all, APPLICATION)) as [Shown];
  const answer = await download(reference, other.file, all, APPLICATION).buffer().expect(200);
  expect(answer.headers['content-type']).toBe('application/octet-stream');
  expect((await rowsOfFiles(running.strapi)).length).toBe(storedFiles(own.folder).length);
});
