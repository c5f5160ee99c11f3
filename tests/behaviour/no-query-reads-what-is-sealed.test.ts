/**
 * Values that lie unsealed in a wrapped type's own table, from before it was wrapped, come out of no query that Strapi can
 * make, and no query answers a question about them.
 */
import { CONTACT, startStrapi, type Running } from '../helpers/strapi';
import { canary } from '../helpers/canary';

const TOPIC = 'api::topic.topic';
const mark = canary('before');
let running: Running;
let topic: string;

interface Database {
  query(uid: string): Record<string, (...args: unknown[]) => Promise<unknown>>;
  queryBuilder(uid: string): Record<string, (...args: unknown[]) => unknown>;
}
const db = (): Database => running.strapi.db as unknown as Database;
const builder = (uid = CONTACT) => db().queryBuilder(uid) as never as Record<string, (...args: unknown[]) => never>;

beforeAll(async () => {
  running = await startStrapi({ env: { TEST_WITHOUT_FORM_GUARD: 'true' } });
  const documents = (uid: string) =>
    running.strapi.documents(uid as never) as unknown as { create(params: object): Promise<{ documentId: string }> };
  topic = (await documents(TOPIC).create({ data: { title: 'Police' } })).documentId;
  const data = {
    name: mark,
    email: `${mark}@example.org`,
    message: mark,
    seenAt: '2026-01-02T03:04:05Z',
    address: { street: mark },
    children: [{ street: mark }],
    topic: { connect: [{ documentId: topic }] },
  };
  await documents(CONTACT).create({ data });
  const { rows } = { rows: JSON.stringify(await db().query(CONTACT).findMany?.({ populate: true })) };
  expect(rows).toContain(mark);
  running = await running.again();
});
afterAll(() => running.stop());

/** What is left out in silence: the rows come, their sealed attributes do not. */
const readings: [string, () => Promise<unknown>][] = [
  ['findMany with everything populated', () => db().query(CONTACT).findMany!({ populate: true })],
  ['findMany with a select', () => db().query(CONTACT).findMany!({ select: ['id', 'email', 'EMAIL', 'name as id'] })],
  ['the document service', () => running.strapi.documents(CONTACT as never).findMany({ populate: '*' } as never)],
  ['the entity service', () => running.strapi.entityService.findMany(CONTACT as never, { populate: '*' } as never)],
  ['load', () => db().query(CONTACT).load!({ id: 1 }, ['address', 'children', 'topic'])],
  [
    'a select of columns, raw',
    () =>
      (builder().select!(['t0.email', 'T0.Name', 't0.*', '*']) as never as { execute(o: object): Promise<unknown> }).execute({
        mapResults: false,
      }),
  ],
  [
    'a copy of a query',
    () =>
      (builder().select!('*') as never as { clone(): { execute(o: object): Promise<unknown> } })
        .clone()
        .execute({ mapResults: false }),
  ],
  ['a search', () => db().query(CONTACT).findMany!({ _q: mark.slice(0, 12) })],
  ['an order', () => db().query(CONTACT).findMany!({ orderBy: { email: 'asc' } })],
  [
    'a stream',
    async () => {
      const rows: unknown[] = [];
      const init = builder().init!({ populate: { address: true, children: true, topic: true } }) as unknown as {
        stream(): AsyncIterable<unknown>;
      };
      for await (const row of init.stream()) rows.push(row);
      return rows;
    },
  ],
  ['the other side of a relation', () => db().query(TOPIC).findMany!({ populate: { contacts: { populate: true } } })],
];

test.each(readings)('%s gives no value', async (_what, read) => {
  expect(JSON.stringify((await read()) ?? null)).not.toContain(mark);
});

/** What asks is refused: an empty answer would be one, too. */
const where = (uid: string, filter: object) => () => db().query(uid).count!({ where: filter });
const questions: [string, () => Promise<unknown>][] = [
  ['a filter', where(CONTACT, { email: { $startsWith: mark } })],
  ['a filter on its column', where(CONTACT, { seen_at: { $notNull: true } })],
  ['a filter in other letters', where(CONTACT, { EMAIL: { $startsWith: mark } })],
  ['a filter with a table', where(CONTACT, { 'T0.Email': { $startsWith: mark } })],
  ['a filter turned round', where(CONTACT, { $not: { $or: [{ id: 0 }, { email: { $startsWith: mark } }] } })],
  ['a filter on a part of the form', where(CONTACT, { address: { street: mark } })],
  ['a filter on a sealed relation', where(CONTACT, { topic: { title: 'Police' } })],
  ['a filter from the other side', where(TOPIC, { contacts: { email: { $startsWith: mark } } })],
  ['whether there is one on the other side', where(TOPIC, { contacts: { id: { $notNull: true } } })],
  ['a delete of some', () => db().query(CONTACT).deleteMany!({ where: { email: { $startsWith: mark } } })],
  ['the greatest', () => (builder().max!('email') as never as { execute(): Promise<unknown> }).execute()],
  ['how many have one', () => (builder().count!('phone') as never as { execute(): Promise<unknown> }).execute()],
  [
    'groups',
    () =>
      (builder().select!('id') as never as { groupBy(c: string): { execute(): Promise<unknown> } }).groupBy('email').execute(),
  ],
];

test.each(questions)('%s is refused', async (_what, ask) => {
  await expect(ask()).rejects.toMatchObject({ details: { code: 'SEALED_FIELD_READ' } });
});

test('while what is listed as plain is found and shown', async () => {
  expect(await db().query(CONTACT).count!({ where: { subject: 'question' } })).toBe(1);
  expect(JSON.stringify(await db().query(TOPIC).findMany!({ where: { title: 'Police' } }))).toContain(topic);
});

test('and deleting one deletes the parts of it, too', async () => {
  const parts = () =>
    running.strapi.db.connection('components_shared_addresses').count({ rows: '*' }).first() as Promise<{ rows: number }>;
  expect(Number((await parts()).rows)).toBe(2);
  const [row] = (await db().query(CONTACT).findMany!({})) as { documentId: string }[];
  await running.strapi.documents(CONTACT as never).delete({ documentId: row?.documentId ?? '' } as never);
  expect(Number((await parts()).rows)).toBe(0);
});
