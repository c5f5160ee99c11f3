/**
 * Every way in which code deletes a row of a wrapped type takes the submission along, on record, or deletes nothing. What
 * Strapi deletes to write it again (publish, a discarded draft) keeps it.
 */
import { adminPerson, as, CONTACT, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';
import { canary } from '../helpers/canary';
import { command } from '../helpers/command';

const ARTICLE = 'api::article.article';
const protect = { [CONTACT]: { plain: ['subject'], search: ['email'] }, [ARTICLE]: { plain: ['title'] } };

interface Query {
  count(params: object): Promise<number>;
  create(params: object): Promise<{ id: number; documentId: string }>;
  update(params: object): Promise<unknown>;
  delete(params: object): Promise<unknown>;
  deleteMany(params?: object): Promise<{ count: number }>;
}
interface Builder {
  where(where: object): Builder;
  delete(): Builder;
  init(params: object): Builder;
  limit(most: number): Builder;
  transacting(trx: unknown): Builder;
  getKnexQuery(): Promise<unknown>;
  execute(): Promise<unknown>;
  state: { type: string };
}
type Documents = Record<
  'create' | 'delete' | 'publish' | 'unpublish' | 'discardDraft' | 'update',
  (params: object) => Promise<{ documentId: string }>
>;

let running: Running;
let boss: AdminPerson;
beforeAll(async () => {
  running = await startStrapi({ config: { protect } });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
});
afterAll(() => running.stop());

const query = (uid = CONTACT): Query => running.strapi.db.query(uid as never) as unknown as Query;
const builder = (uid = CONTACT): Builder => running.strapi.db.queryBuilder(uid as never) as unknown as Builder;
const documents = (uid = CONTACT): Documents => running.strapi.documents(uid as never) as unknown as Documents;
const sealed = async (recordId: string) => {
  const of = async (table: string): Promise<number> =>
    Number(
      ((await running.strapi.db.connection(table).where({ record_id: recordId }).count({ n: '*' })) as { n: number }[])[0]?.n,
    );
  return { records: await of('form_guard_vault'), digests: await of('form_guard_digests') };
};
const events = async (recordId: string): Promise<string[]> =>
  (await running.strapi.db.connection('form_guard_audit').where({ record_id: recordId }).orderBy('seq')).map(
    (row: { event: string }) => row.event,
  );
const rows = (documentId: string, uid = CONTACT): Promise<number> => query(uid).count({ where: { documentId } });

let sent = 0;
const submit = async (): Promise<string> => {
  const mark = canary(`going-${(sent += 1)}`);
  return (await documents().create({ data: { name: mark, email: `${mark}@example.org` } })).documentId;
};
const idOf = async (documentId: string): Promise<number> =>
  Number((await running.strapi.db.connection('contacts').where({ document_id: documentId }).first('id')).id);

const ways: [string, (documentId: string) => Promise<unknown>][] = [
  ['documents.delete', (documentId) => documents().delete({ documentId })],
  ['documents.delete of every language', (documentId) => documents().delete({ documentId, locale: '*' })],
  ['entityService.delete', async (documentId) => running.strapi.entityService!.delete(CONTACT as never, await idOf(documentId))],
  ['db.query.delete', (documentId) => query().delete({ where: { documentId } })],
  ['db.query.delete of its number', async (documentId) => query().delete({ where: { id: await idOf(documentId) } })],
  ['db.query.deleteMany', (documentId) => query().deleteMany({ where: { documentId } })],
  ['deleteMany with filters', (documentId) => query().deleteMany({ filters: { documentId } })],
  ['deleteMany across a relation', (documentId) => query().deleteMany({ where: { documentId, topic: { id: { $null: true } } } })],
  ['the query builder', (documentId) => builder().delete().where({ documentId }).execute()],
  ['the query builder, said the other way round', (documentId) => builder().where({ documentId }).delete().execute()],
  ['the query builder with a limit', (documentId) => builder().where({ documentId }).limit(1).delete().execute()],
  [
    'the query builder in a transaction',
    (documentId) =>
      running.strapi.db.transaction(({ trx }) => builder().where({ documentId }).delete().transacting(trx).execute()),
  ],
  [
    'a lifecycle of the site',
    async (documentId) => {
      const unsubscribe = running.strapi.db.lifecycles.subscribe({
        models: [CONTACT],
        afterCreate: async () => void (await query().deleteMany({ where: { documentId } })),
      });
      await submit();
      unsubscribe();
    },
  ],
  [
    'a lifecycle of the site while another document is published',
    async (documentId) => {
      const article = await documents(ARTICLE).create({ data: { title: 'One', body: 'two' } });
      const unsubscribe = running.strapi.db.lifecycles.subscribe({
        models: [ARTICLE],
        afterCreate: async () => void (await query().delete({ where: { documentId } })),
      });
      await documents(ARTICLE).publish({ documentId: article.documentId });
      unsubscribe();
      expect((await sealed(article.documentId)).records).toBe(1);
    },
  ],
];

// A filter on a sealed relation is refused, whoever asks.
const refused = ['deleteMany across a relation'];

test.each(ways)('%s takes the submission along, or is refused', async (name, remove) => {
  const [gone, stays] = [await submit(), await submit()];
  if (refused.includes(name)) {
    await expect(remove(gone)).rejects.toThrow();
    expect([await rows(gone), (await sealed(gone)).records]).toEqual([1, 1]);
    return;
  }
  await remove(gone);
  expect(await rows(gone)).toBe(0);
  expect(await sealed(gone)).toEqual({ records: 0, digests: 0 });
  expect(await events(gone)).toEqual(['submission.erased']);
  expect([await rows(stays), await sealed(stays)]).toEqual([1, { records: 1, digests: 1 }]);
});

test('SQL made by the query builder, and a transaction that is not Strapi’s, are refused', async () => {
  const documentId = await submit();
  expect(() => builder().where({ documentId }).delete().getKnexQuery()).toThrow(expect.objectContaining({ code: 'HUSK_DELETE' }));
  const truncating = builder();
  truncating.state.type = 'truncate';
  expect(() => truncating.getKnexQuery()).toThrow(expect.objectContaining({ code: 'HUSK_DELETE' }));
  const trx = await running.strapi.db.connection.transaction();
  await expect(builder().where({ documentId }).delete().transacting(trx).execute()).rejects.toMatchObject({
    code: 'HUSK_DELETE',
  });
  await trx.rollback();
  expect([await rows(documentId), (await sealed(documentId)).records]).toEqual([1, 1]);
});

test('a deletion that fails at its end leaves both', async () => {
  const documentId = await submit();
  const removing = running.strapi.db.transaction(async () => {
    await query().deleteMany({ where: { documentId } });
    throw new Error('thought better of it');
  });
  await expect(removing).rejects.toThrow('thought better of it');
  expect([await rows(documentId), await sealed(documentId)]).toEqual([1, { records: 1, digests: 1 }]);
});

test('many at once go whole, and the number that is answered is theirs', async () => {
  const all = [await submit(), await submit(), await submit()];
  expect(await query().deleteMany({ where: { documentId: { $in: all } } })).toEqual({ count: 3 });
  for (const documentId of all) expect(await sealed(documentId)).toEqual({ records: 0, digests: 0 });
});

test('publishing, unpublishing and discarding a draft keep the submission; its last row takes it along', async () => {
  const { documentId } = await documents(ARTICLE).create({ data: { title: 'One', body: canary('draft') } });
  const kept = async (): Promise<number> => (await sealed(documentId)).records;
  for (const step of ['publish', 'publish', 'unpublish', 'publish', 'discardDraft'] as const) {
    await documents(ARTICLE)[step]({ documentId });
    expect([step, await kept()]).toEqual([step, 1]);
  }
  await documents(ARTICLE).update({ documentId, data: { title: 'Two' }, status: 'published' });
  expect([await rows(documentId, ARTICLE), await kept()]).toEqual([2, 1]);
  await query(ARTICLE).deleteMany({ where: { documentId, publishedAt: { $null: true } } });
  expect([await rows(documentId, ARTICLE), await kept()]).toEqual([1, 1]);
  // Only a published row is left: there is no draft to keep it.
  await documents(ARTICLE).unpublish({ documentId });
  expect([await rows(documentId, ARTICLE), await kept()]).toEqual([0, 0]);
  expect(await events(documentId)).toContain('submission.erased');
});

test('deletions of the last two rows at once leave nothing of it', async () => {
  const { documentId } = await documents(ARTICLE).create({ data: { title: 'One', body: canary('both') }, status: 'published' });
  expect(await rows(documentId, ARTICLE)).toBe(2);
  await Promise.all([
    query(ARTICLE).deleteMany({ where: { documentId, publishedAt: { $null: true } } }),
    query(ARTICLE).deleteMany({ where: { documentId, publishedAt: { $notNull: true } } }),
  ]);
  expect([await rows(documentId, ARTICLE), (await sealed(documentId)).records]).toEqual([0, 0]);
});

test('no row leaves its submission by taking another document id', async () => {
  const documentId = await submit();
  await expect(query().update({ where: { documentId }, data: { documentId: 'somewhereelse' } })).rejects.toMatchObject({
    code: 'HUSK_DELETE',
  });
  await query().update({ where: { documentId }, data: { documentId, subject: 'complaint' } });
  expect([await rows(documentId), (await sealed(documentId)).records]).toEqual([1, 1]);
});

test('what SQL deletes on one side only stands on the overview, and the doctor names it', async () => {
  const codes = async (): Promise<Record<string, string>> => {
    const { body } = await as(running, boss).get('/form-guard/overview').expect(200);
    const { findings } = (body as { data: { findings: { code: string; message: string }[] } }).data;
    return Object.fromEntries(findings.map(({ code, message }) => [code, message]));
  };
  expect(Object.keys(await codes())).not.toEqual(expect.arrayContaining(['HUSK_MISSING']));
  expect((await command(['doctor'])).code).toBe(0);
  const [huskGone, recordGone] = [await submit(), await submit()];
  const { connection } = running.strapi.db;
  await connection('contacts').where({ document_id: huskGone }).delete();
  await connection('form_guard_vault').where({ record_id: recordGone }).delete();
  const found = await codes();
  expect(found.HUSK_MISSING).toMatch(/^1 submission to “Contact” lost its entry/);
  expect(found.RECORD_MISSING).toMatch(/^1 entry of “Contact” has nothing kept sealed/);
  const { code, out } = await command(['doctor']);
  expect(code).toBe(1);
  expect(out).toContain(`${CONTACT}: 1 submission without an entry in Strapi: ${huskGone}`);
  expect(out).toContain(`${CONTACT}: 1 entry without a submission: ${recordGone}`);
});
