/**
 * A change of many rows by `strapi.db.query` seals new values of exactly those submissions whose rows Strapi changes, whichever options
 * its version reads to select them; where the two would differ nothing is written.
 */
import type { Core } from '@strapi/strapi';
import { pick } from 'lodash';
import { adminPerson, as, CONTACT, readsForm, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

type Asked = { where?: object; data?: object; [option: string]: unknown };
interface Manager {
  findMany(uid: string, params: object): Promise<{ id: number }[]>;
  update(uid: string, params: Asked): Promise<unknown>;
  updateMany(uid: string, params: Asked): Promise<{ count: number }>;
}
/** What the Strapi beneath reads; 5.54 reads `where` alone. */
let mockSelectors: readonly string[] = ['where'];
/** Puts another Strapi beneath the vault: one that reads more than `where` when it changes rows. */
const mockLater = (strapi: Core.Strapi): void => {
  const manager = strapi.db.entityManager as unknown as Manager;
  const { findMany, update, updateMany } = manager;
  const found = async (uid: string, params: Asked) => {
    const { onlyIds, ...known } = pick(params, mockSelectors);
    const rows = await findMany.call(manager, uid, { ...known, select: ['id'] });
    const ids = rows.map(({ id }) => id);
    return { id: { $in: Array.isArray(onlyIds) ? ids.filter((id) => (onlyIds as unknown[]).includes(id)) : ids } };
  };
  manager.update = async (uid, params) =>
    uid === CONTACT && params.where
      ? update.call(manager, uid, { ...params, where: await found(uid, params) })
      : update.call(manager, uid, params);
  manager.updateMany = async (uid, params) =>
    updateMany.call(manager, uid, uid === CONTACT ? { ...params, where: await found(uid, params) } : params);
};
jest.mock('../../server/src/vault/seal-queries', () => {
  const actual = jest.requireActual<{ sealQueries(strapi: Core.Strapi): void }>('../../server/src/vault/seal-queries');
  return {
    ...actual,
    sealQueries(strapi: Core.Strapi) {
      mockLater(strapi);
      actual.sealQueries(strapi);
    },
  };
});

let running: Running;
let reader: AdminPerson;
const NAMES = ['Ada', 'Ben', 'Cyd'];
let rows: { id: number; documentId: string }[] = [];

beforeAll(async () => {
  const protect = { [CONTACT]: { plain: ['subject', 'phone', 'code'], search: ['email'] } };
  running = await startStrapi({ config: { protect } });
  const boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  reader = await adminPerson(running.strapi, 'Reader');
  await readsForm(running, boss, CONTACT, [reader]);
});
afterAll(() => running.stop());

const query = () =>
  running.strapi.db.query(CONTACT as never) as unknown as Record<
    'create' | 'update' | 'updateMany',
    (asked: Asked) => Promise<unknown>
  >;
const table = (): Promise<object[]> => running.strapi.db.connection('contacts').select('*').orderBy('id') as never;
const vault = (): Promise<object[]> => running.strapi.db.connection('form_guard_vault').select('*').orderBy('id') as never;
const names = async (): Promise<string[]> => {
  const all: string[] = [];
  for (const { documentId } of rows) {
    const { body } = await as(running, reader).post(`/form-guard/inbox/${CONTACT}/${documentId}/open`).expect(200);
    const { fields } = (body as { data: { fields: { name: string; value: unknown }[] } }).data;
    all.push(String(fields.find(({ name }) => name === 'name')?.value));
  }
  return all;
};

beforeEach(async () => {
  mockSelectors = ['where'];
  for (const { id } of rows) await running.strapi.db.query(CONTACT as never).delete({ where: { id } as never });
  rows = [];
  for (const name of NAMES) {
    const data = {
      name,
      email: `${name}@example.org`,
      phone: `+31 20 ${name.length}${NAMES.indexOf(name)}00`,
      subject: 'question',
    };
    rows.push((await query().create({ data })) as (typeof rows)[number]);
  }
});

const LATER = ['where', 'filters', '_q'];
const anyOf = (...which: number[]) => ({ documentId: { $in: which.map((index) => rows[index]?.documentId) } });
const NEW = { name: 'Dot', subject: 'complaint' };
/** Which rows of the table hold the new subject. */
const changed = async (): Promise<boolean[]> =>
  (await table()).map((row) => (row as { subject: string }).subject === 'complaint');

describe.each([
  ['the Strapi of now', ['where']],
  ['a later Strapi', LATER],
])('on %s', (_what, selectors) => {
  beforeEach(() => (mockSelectors = selectors));

  test('a change selected by "where" reaches those and no other', async () => {
    await query().updateMany({ where: anyOf(0, 2), data: NEW });
    expect([await names(), await changed()]).toEqual([
      ['Dot', 'Ben', 'Dot'],
      [true, false, true],
    ]);
  });

  test('a change of one row seals the values of that row', async () => {
    await query().update({ where: { subject: 'question' }, filters: anyOf(1), data: NEW });
    expect([await names(), await changed()]).toEqual([
      ['Ada', 'Dot', 'Cyd'],
      [false, true, false],
    ]);
  });

  test('where no row fits, nothing is sealed', async () => {
    await query().updateMany({ where: { documentId: 'none' }, data: NEW });
    await query().update({ where: { documentId: 'none' }, data: NEW });
    expect([await names(), await changed()]).toEqual([NAMES, [false, false, false]]);
  });
});

test.each([
  ['filters', () => ({ filters: anyOf(0) })],
  ['filters beside where', () => ({ where: anyOf(0, 1), filters: anyOf(0) })],
  ['_q', () => ({ _q: '+31 20 300' })],
])('on a later Strapi a change selected by %s reaches one submission', async (_what, selected) => {
  mockSelectors = LATER;
  await query().updateMany({ ...selected(), data: NEW });
  expect([await names(), await changed()]).toEqual([
    ['Dot', 'Ben', 'Cyd'],
    [true, false, false],
  ]);
});

test.each([
  ['filters, which this Strapi does not read', ['where'], () => ({ filters: anyOf(0) })],
  ['_q, which this Strapi does not read', ['where'], () => ({ where: anyOf(0, 1), _q: '+31 20 300' })],
  ['limit, which this Strapi does not read', ['where'], () => ({ where: {}, limit: 1 })],
  ['limit, which a later one reads', [...LATER, 'limit'], () => ({ where: {}, limit: 1, onlyIds: [] }), true],
  ['what nobody knows yet', [...LATER, 'onlyIds'], () => ({ where: {}, onlyIds: [rows[0]?.id] })],
])(
  'what cannot be selected the same is refused, and nothing is written: %s',
  async (_what, selectors, selected, passes = false) => {
    mockSelectors = selectors;
    const before = [await table(), await vault()];
    const change = query().updateMany({ ...selected(), data: NEW });
    if (passes) {
      await change;
      expect((await changed()).filter(Boolean)).toHaveLength(1);
      expect((await names()).filter((name) => name === 'Dot')).toHaveLength(1);
    } else {
      await expect(change).rejects.toMatchObject({ code: 'SEALED_FIELD_WRITE' });
      expect([await table(), await vault()]).toEqual(before);
    }
  },
);
