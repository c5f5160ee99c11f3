/**
 * Deleting needs a right and a reader of everything. What a person deletes is out of every list, count, search and export, and
 * waits in the bin, from which it comes back as it was; after its days, or on demand, it is gone.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { adminPerson, as, COMPLAINT, CONTACT, readsForm, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';
import { canary, wholeDatabase } from '../helpers/canary';
import { SYSTEM } from '../../server/src/audit';
import { sweepBin, vaultOf } from '../../server/src/vault';

const ARTICLE = 'api::article.article';
const TOPIC = 'api::topic.topic';
const protect = {
  [CONTACT]: { plain: ['subject', 'topic', 'address'], search: ['email'] },
  [ARTICLE]: { plain: ['title'] },
};
type Made = { documentId: string };
interface Opened {
  data: { fields: { name: string; value: unknown }[] };
}

let running: Running;
let boss: AdminPerson;
let reader: AdminPerson;
let some: AdminPerson;
let editor: AdminPerson;
let form: string;
let topic: string;

const documents = (uid: string) =>
  running.strapi.documents(uid as never) as unknown as Record<string, (params: object) => Promise<Made>>;
const sql = (table: string) => running.strapi.db.connection(table);
const number = async (table: string, where: object): Promise<number> =>
  Number(((await sql(table).where(where).count({ n: '*' })) as { n: number }[])[0]?.n);
const events = async (recordId: string) =>
  (
    (await sql('form_guard_audit').where({ record_id: recordId }).orderBy('seq')) as {
      event: string;
      actor_name: string | null;
    }[]
  ).map(({ event, actor_name: name }) => [event, name]);

let sent = 0;
const contact = async () => {
  const mark = canary(`binned-${(sent += 1)}`);
  const data = { name: mark, email: `${mark}@example.org`, subject: 'complaint', topic, address: { street: 'Plain street' } };
  const { documentId } = await documents(CONTACT).create!({ data });
  return { mark, documentId };
};
const complaint = async () => {
  const mark = canary(`binned-${(sent += 1)}`);
  const data = { name: mark, email: `${mark}@example.org`, message: mark };
  const { body } = await running.http.post(`/api/form-guard/forms/${COMPLAINT.slug}/submissions`).send(data).expect(201);
  const recordId = (body as { data: { reference: string } }).data.reference.replace(/-/g, '');
  return { mark, recordId };
};
const inbox = (person: AdminPerson, of: string) => ({
  list: async () =>
    ((await as(running, person).get(`/form-guard/inbox/${of}`).expect(200)).body as { data: { recordId: string }[] }).data,
  open: (recordId: string) => as(running, person).post(`/form-guard/inbox/${of}/${recordId}/open`),
  search: async (value: string) =>
    (
      (await as(running, person).post(`/form-guard/inbox/${of}/search`, { field: 'email', value }).expect(200)).body as {
        data: unknown[];
      }
    ).data,
});
const husks = async (documentId: string) => {
  const rows = (await sql('contacts').where({ document_id: documentId })) as { id: number }[];
  const ids = rows.map(({ id }) => id);
  const links = (await sql('contacts_topic_lnk').whereIn('contact_id', ids)) as object[];
  const parts = (await sql('contacts_cmps').whereIn('entity_id', ids)) as { cmp_id: number }[];
  const streets = (await sql('components_shared_addresses').whereIn(
    'id',
    parts.map((part) => part.cmp_id),
  )) as object[];
  return { rows, links, parts, streets };
};

beforeAll(async () => {
  running = await startStrapi({ config: { protect } });
  const { strapi } = running;
  boss = await adminPerson(strapi, 'Boss', 'strapi-super-admin');
  [reader, some] = [
    await adminPerson(strapi, 'Reader', 'strapi-super-admin'),
    await adminPerson(strapi, 'Some', 'strapi-super-admin'),
  ];
  editor = await adminPerson(strapi, 'Editor');
  topic = (await documents(TOPIC).create!({ data: { title: 'Police' } })).documentId;
  const made = await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201);
  form = (made.body as { data: { id: string } }).data.id;
  for (const one of [CONTACT, ARTICLE, form]) await readsForm(running, boss, one, [reader, editor]);
  await readsForm(running, boss, CONTACT, [some], ['name']);
  await readsForm(running, boss, form, [some], ['name']);
  const role = (await strapi.db.query('admin::role').findOne({ where: { code: 'strapi-editor' } })) as { id: number };
  for (const action of ['read', 'delete']) {
    const permission = { action: `plugin::content-manager.explorer.${action}`, subject: CONTACT, properties: {}, conditions: [] };
    await strapi.db.query('admin::permission').create({ data: { ...permission, role: role.id } });
  }
});
afterAll(() => running.stop());

describe('Whoever may not delete', () => {
  const refusals: [string, () => AdminPerson, RegExp][] = [
    ['a super admin who is no reader', () => boss, /Only a reader of all answers can delete/],
    ['a reader of some answers', () => some, /Only a reader of all answers can delete/],
    ['a reader whose role lacks the right', () => editor, /needs the right “Delete submissions/],
  ];
  test.each(refusals)('%s deletes nothing', async (_who, person, sentence) => {
    const [one, other] = [await contact(), await contact()];
    const content = `/content-manager/collection-types/${CONTACT}`;
    const tried = [
      await as(running, person()).delete(`${content}/${one.documentId}`),
      await as(running, person()).post(`${content}/actions/bulkDelete`, { documentIds: [one.documentId, other.documentId] }),
    ];
    for (const { status, text } of tried) expect([status, text]).toEqual([403, expect.stringMatching(sentence)]);
    const { recordId } = await complaint();
    const ours = [
      await as(running, person()).delete(`/form-guard/inbox/${form}/${recordId}`),
      await as(running, person()).delete(`/form-guard/inbox/${CONTACT}/${one.documentId}`),
      await as(running, person()).post(`/form-guard/bin/${form}/${recordId}/erase`),
      await as(running, person()).post(`/form-guard/bin/${CONTACT}/${one.documentId}/erase`),
      await as(running, person()).post(`/form-guard/bin/${CONTACT}/${one.documentId}/take-back`),
      await as(running, person()).get(`/form-guard/bin/${CONTACT}`),
    ];
    expect(ours.map(({ status }) => status)).toEqual(ours.map(() => 403));
    const lacksRight = person() === editor;
    const notReader = [/delete a submission.*Nothing was deleted/, /delete/, /erase.*Nothing was erased/, /erase/];
    const said = [...notReader, /take a submission back.*It stays deleted/, /can see what was deleted here.*Nothing was shown/];
    const right = /does not have the right “Delete submissions that one may read”/;
    ours.forEach(({ text }, index) => expect(text).toMatch(lacksRight ? right : (said[index] ?? /./)));
    for (const id of [one.documentId, other.documentId, recordId]) {
      expect(await number('form_guard_vault', { record_id: id, binned_at: null })).toBe(1);
      expect((await events(id)).filter(([event]) => /binned|erased/.test(event ?? ''))).toEqual([]);
    }
    for (const id of [one.documentId, other.documentId]) expect(await number('contacts', { document_id: id })).toBe(1);
  });

  test('code of the site in the request of such a person deletes nothing either', async () => {
    const { documentId } = await contact();
    const unsubscribe = running.strapi.db.lifecycles.subscribe({
      models: [TOPIC],
      afterUpdate: async () =>
        void (await running.strapi.db.query(CONTACT as never).deleteMany({ where: { documentId } as never })),
    });
    const { status } = await as(running, boss).put(`/content-manager/collection-types/${TOPIC}/${topic}`, { title: 'Police' });
    unsubscribe();
    expect(status).toBe(403);
    expect([
      await number('contacts', { document_id: documentId }),
      await number('form_guard_vault', { record_id: documentId }),
    ]).toEqual([1, 1]);
  });
});

describe('A submission of a wrapped type', () => {
  test('that was deleted in the content manager is nowhere but in the bin, and comes back as it was', async () => {
    const { documentId, mark } = await contact();
    const before = await husks(documentId);
    expect([before.rows.length, before.links.length, before.streets.length]).toEqual([1, 1, 1]);
    const { list, open, search } = inbox(reader, CONTACT);
    const countBefore = (await list()).length;
    await as(running, reader).delete(`/content-manager/collection-types/${CONTACT}/${documentId}`).expect(200);

    expect(await number('contacts', { document_id: documentId })).toBe(0);
    expect((await list()).length).toBe(countBefore - 1);
    expect(await search(`${mark}@example.org`)).toEqual([]);
    await open(documentId).expect(404);
    await as(running, reader).get(`/form-guard/inbox/${CONTACT}/${documentId}/history`).expect(404);
    await as(running, reader).put(`/form-guard/inbox/${CONTACT}/${documentId}`, { state: 'done' }).expect(404);
    await as(running, reader).post(`/form-guard/inbox/${CONTACT}/${documentId}/notes`, { text: 'A note' }).expect(404);
    const picked = await as(running, reader).post(`/form-guard/inbox/${CONTACT}/export/count`, { recordIds: [documentId] });
    expect(picked.body).toEqual({ data: { submissions: 0 } });
    expect(await wholeDatabase(running.strapi)).not.toContain(mark);

    const bin = (await as(running, reader).get(`/form-guard/bin/${CONTACT}`).expect(200)).body as {
      data: { recordId: string; deletedBy: string; deletedAt: string; erasedAt: string }[];
      days: number;
    };
    expect(bin.days).toBe(30);
    const [row] = bin.data;
    expect(row).toMatchObject({ recordId: documentId, deletedBy: expect.stringContaining(reader.email) as string });
    expect(Date.parse(row?.erasedAt ?? '') - Date.parse(row?.deletedAt ?? '')).toBe(30 * 24 * 60 * 60_000);

    await as(running, reader).post(`/form-guard/bin/${CONTACT}/${documentId}/take-back`).expect(200);
    expect(await husks(documentId)).toEqual(before);
    expect(await search(`${mark}@example.org`)).toHaveLength(1);
    const { data } = (await open(documentId).expect(200)).body as Opened;
    expect(Object.fromEntries(data.fields.map(({ name, value }) => [name, value]))).toMatchObject({ name: mark });
    expect((await events(documentId)).map(([event]) => event)).toEqual([
      'submission.binned',
      'submission.restored',
      'submission.opened',
    ]);
    await as(running, reader).post(`/form-guard/bin/${CONTACT}/${documentId}/take-back`).expect(404);
  });

  test('several at once go to the bin, as they are, or none of them', async () => {
    const all = [await contact(), await contact(), await contact()].map(({ documentId }) => documentId);
    const answer = await as(running, reader).post(`/content-manager/collection-types/${CONTACT}/actions/bulkDelete`, {
      documentIds: all,
    });
    const left = await number('form_guard_vault', { form_or_type: CONTACT, binned_at: null });
    const rows = await number('contacts', {});
    expect(left).toBe(rows);
    expect([200, 500]).toContain(answer.status);
  });

  test('with a draft and a published row comes back with both', async () => {
    const { documentId } = await documents(ARTICLE).create!({ data: { title: 'One', body: canary('two') }, status: 'published' });
    const before = await sql('articles').where({ document_id: documentId }).orderBy('id');
    expect(before).toHaveLength(2);
    await as(running, reader).delete(`/form-guard/inbox/${ARTICLE}/${documentId}`).expect(200);
    expect(await number('articles', { document_id: documentId })).toBe(0);
    await as(running, reader).post(`/form-guard/bin/${ARTICLE}/${documentId}/take-back`).expect(200);
    expect(await sql('articles').where({ document_id: documentId }).orderBy('id')).toEqual(before);
  });

  test('whose number was taken meanwhile comes back under another', async () => {
    const { documentId } = await contact();
    const [{ id }] = (await sql('contacts').where({ document_id: documentId })) as [{ id: number }];
    await as(running, reader).delete(`/form-guard/inbox/${CONTACT}/${documentId}`).expect(200);
    await sql('contacts').insert({ id, document_id: 'somebodyelse', subject: 'question' });
    await as(running, reader).post(`/form-guard/bin/${CONTACT}/${documentId}/take-back`).expect(200);
    const [back] = (await sql('contacts').where({ document_id: documentId })) as { id: number; subject: string }[];
    expect(back?.id).not.toBe(id);
    expect(back?.subject).toBe('complaint');
    await sql('contacts').where({ document_id: 'somebodyelse' }).delete();
  });

  test('whose entry an import brings back is no longer in the bin', async () => {
    const { documentId, mark } = await contact();
    await as(running, reader).delete(`/form-guard/inbox/${CONTACT}/${documentId}`).expect(200);
    await running.strapi.db.query(CONTACT as never).create({ data: { documentId, subject: 'question' } as never });
    expect(await number('form_guard_vault', { record_id: documentId, binned_at: null })).toBe(1);
    const { data } = (await inbox(reader, CONTACT).open(documentId).expect(200)).body as Opened;
    expect(data.fields.find(({ name }) => name === 'name')?.value).toBe(mark);
  });

  test('is not erased by a page that shows it as deleted when somebody took it back meanwhile', async () => {
    const [{ documentId }, { recordId }] = [await contact(), await complaint()];
    for (const [source, id] of [
      [CONTACT, documentId],
      [form, recordId],
    ] as const) {
      await as(running, reader).delete(`/form-guard/inbox/${source}/${id}`).expect(200);
      await as(running, reader).post(`/form-guard/bin/${source}/${id}/take-back`).expect(200);
      const { text } = await as(running, reader).post(`/form-guard/bin/${source}/${id}/erase`).expect(404);
      expect(text).toContain('somebody took it back');
      await inbox(reader, source).open(id).expect(200);
    }
  });

  test('is erased at once when somebody asked for that, out of the bin', async () => {
    const [one, two] = [(await contact()).documentId, (await contact()).documentId];
    for (const id of [one, two]) {
      await as(running, reader).delete(`/form-guard/inbox/${CONTACT}/${id}`).expect(200);
      await as(running, reader).post(`/form-guard/bin/${CONTACT}/${id}/erase`).expect(200);
      expect([await number('contacts', { document_id: id }), await number('form_guard_vault', { record_id: id })]).toEqual([
        0, 0,
      ]);
      expect(await number('form_guard_digests', { record_id: id })).toBe(0);
      expect((await events(id)).at(-1)).toEqual(['submission.erased', expect.stringContaining(reader.email)]);
      await as(running, reader).post(`/form-guard/bin/${CONTACT}/${id}/erase`).expect(404);
    }
  });
});

describe('A submission of a form', () => {
  test('goes to the bin and comes back', async () => {
    const { recordId, mark } = await complaint();
    const { list, open } = inbox(reader, form);
    await as(running, reader).delete(`/form-guard/inbox/${form}/${recordId}`).expect(200);
    expect((await list()).map((row) => row.recordId)).not.toContain(recordId);
    await open(recordId).expect(404);
    await as(running, reader).delete(`/form-guard/inbox/${form}/${recordId}`).expect(404);
    await as(running, reader).post(`/form-guard/bin/${form}/${recordId}/take-back`).expect(200);
    const { data } = (await open(recordId).expect(200)).body as Opened;
    expect(data.fields.map(({ value }) => value)).toContain(mark);
  });

  test('keeps its form from being deleted as an empty one while it is in the bin', async () => {
    const slug = 'short-lived';
    const made = await as(running, boss)
      .post('/form-guard/forms', { ...COMPLAINT, title: 'Short', slug })
      .expect(201);
    const { id, documentId } = (made.body as { data: { id: string; documentId: string } }).data;
    await readsForm(running, boss, id, [reader]);
    const data = { name: 'A', email: 'a@example.org', message: 'B' };
    await running.http.post(`/api/form-guard/forms/${slug}/submissions`).send(data).expect(201);
    const [row] = await inbox(reader, id).list();
    await as(running, reader).delete(`/form-guard/inbox/${id}/${row?.recordId}`).expect(200);
    const refused = await as(running, boss).delete(`/form-guard/forms/${documentId}`).expect(403);
    expect(refused.text).toContain('“Short” has 1 deleted submission in the bin');
    await as(running, reader).post(`/form-guard/bin/${id}/${row?.recordId}/erase`).expect(200);
    await as(running, boss).delete(`/form-guard/forms/${documentId}`).expect(200);
  });
});

describe('After its days in the bin', () => {
  test('it is erased once, however many instances sweep, on record; the others stay', async () => {
    const [due, fresh, inUse] = [(await contact()).documentId, (await complaint()).recordId, (await contact()).documentId];
    const formDue = (await complaint()).recordId;
    await as(running, reader).delete(`/form-guard/inbox/${CONTACT}/${due}`).expect(200);
    for (const id of [fresh, formDue]) await as(running, reader).delete(`/form-guard/inbox/${form}/${id}`).expect(200);
    const day = 24 * 60 * 60_000;
    const long = new Date(Date.now() - 30 * day - 60_000);
    const value = running.strapi.db.dialect.client === 'sqlite' ? long.getTime() : long;
    await sql('form_guard_vault').whereIn('record_id', [due, formDue]).update({ binned_at: value });
    const erased = [sweepBin(running.strapi), sweepBin(running.strapi)];
    expect((await Promise.all(erased)).reduce((sum, one) => sum + one, 0)).toBe(2);
    for (const id of [due, formDue]) {
      expect(await number('form_guard_vault', { record_id: id })).toBe(0);
      expect((await events(id)).filter(([event]) => event === 'submission.erased')).toEqual([['submission.erased', null]]);
    }
    for (const id of [fresh, inUse]) expect(await number('form_guard_vault', { record_id: id })).toBe(1);
  });
});

describe('What is in the bin', () => {
  test('is sealed anew with the rest, is kept by a backup, and comes back from either', async () => {
    const vault = vaultOf(running.strapi);
    const [{ documentId, mark }, { recordId }] = [await contact(), await complaint()];
    await as(running, reader).delete(`/form-guard/inbox/${CONTACT}/${documentId}`).expect(200);
    await as(running, reader).delete(`/form-guard/inbox/${form}/${recordId}`).expect(200);
    const keyOf = async (): Promise<string> =>
      ((await sql('form_guard_vault').where({ record_id: documentId }).first('key_id')) as { key_id: string }).key_id;
    const older = await keyOf();
    await as(running, boss).post(`/form-guard/keys/${CONTACT}/rotate`).expect(200);
    await vault.worker.start();
    expect(await keyOf()).not.toBe(older);
    expect((await vault.examine(CONTACT)).submissions.broken.size).toBe(0);

    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-bin-'));
    await vault.archives.write(path.join(folder, 'archive'), SYSTEM, () => undefined);
    await running.stop();
    running = await startStrapi({ config: { protect } });
    await vaultOf(running.strapi).archives.restore(path.join(folder, 'archive'), SYSTEM, () => undefined);
    fs.rmSync(folder, { recursive: true });
    running = await running.again({ config: { protect } });
    boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
    reader = await adminPerson(running.strapi, 'Reader', 'strapi-super-admin');
    for (const one of [CONTACT, form]) await readsForm(running, boss, one, [reader]);

    expect(await number('contacts', { document_id: documentId })).toBe(0);
    expect(await inbox(reader, CONTACT).search(`${mark}@example.org`)).toEqual([]);
    await inbox(reader, form).open(recordId).expect(404);
    for (const [of, id] of [
      [CONTACT, documentId],
      [form, recordId],
    ] as const)
      await as(running, reader).post(`/form-guard/bin/${of}/${id}/take-back`).expect(200);
    const [husk] = (await sql('contacts').where({ document_id: documentId })) as { subject: string }[];
    expect(husk?.subject).toBe('complaint');
    const { data } = (await inbox(reader, CONTACT).open(documentId).expect(200)).body as Opened;
    expect(data.fields.find(({ name }) => name === 'name')?.value).toBe(mark);
    await inbox(reader, form).open(recordId).expect(200);
  });
});
