/**
 * The husk of a submission, kept with it while it is in the bin: its rows as the database held them, with what hung on them; and
 * once more by their attributes alone, for a database where the former do not fit.
 */
import type { Knex } from 'knex';
import { pick } from 'lodash';
import { refuse } from '../errors';
import { protectedType, type ProtectedType } from '../protection';
import { say } from '../sentences';
import { attributesOf, NUMBER_TAKEN, type Strapi } from '../strapi';
import { anatomyOf } from './moving/anatomy';
import { insertIfItFits, NAMES_NOTHING, readDocuments, type RawRow } from './moving/raw-rows';
import { whileSealed } from './writing';

const STRAPIS_OWN = ['createdAt', 'updatedAt', 'publishedAt', 'locale'];
const NO_SCALARS = ['relation', 'component', 'dynamiczone', 'media'];

type Plain = Record<string, unknown>;
interface Builder {
  init(params: object): { execute(): Promise<Plain[]> };
}

/** What of these documents is plain, row by row: what an archive holds of them. */
export const plainHusks = async (strapi: Strapi, type: ProtectedType, documentIds: readonly string[]): Promise<Plain[]> => {
  const attributes = attributesOf(type.original);
  const plain = type.plain.filter((name) => !NO_SCALARS.includes(attributes[name]?.type ?? 'relation'));
  const builder = strapi.db.queryBuilder(type.uid as never) as unknown as Builder;
  const select = ['documentId', ...STRAPIS_OWN.filter((name) => attributes[name]), ...plain];
  return builder.init({ where: { documentId: { $in: documentIds } }, select, orderBy: { id: 'asc' } }).execute();
};

export interface Husk {
  rows: RawRow[];
  plain: Plain[];
}

/** What drivers hand out may be of a class of theirs, which nothing can be sealed of. */
const asPlain = ({ row, attached }: RawRow): RawRow => ({
  row: { ...row },
  attached: attached.map(({ table, row: inner }) => ({ table, row: { ...inner } })),
});

/** As it is now, before any of its rows goes. */
export const readHusk = async (strapi: Strapi, trx: unknown, type: ProtectedType, documentId: string): Promise<Husk> => {
  const attributes = attributesOf(type.original);
  const anatomy = anatomyOf(strapi, type.uid, attributes, Object.keys(attributes));
  const rows = await readDocuments(strapi, trx as Knex.Transaction, anatomy, [documentId]);
  const plain = (await plainHusks(strapi, type, [documentId])).map(({ id: _id, ...one }) => one);
  return { rows: (rows.get(documentId) ?? []).map(asPlain), plain };
};

const FITS_NOT = [...NAMES_NOTHING, ...NUMBER_TAKEN];

const putRowsBack = async (strapi: Strapi, trx: Knex.Transaction, table: string, rows: RawRow[]): Promise<boolean> => {
  const savepoint = await trx.transaction();
  for (const { row } of rows) {
    if (await insertIfItFits(strapi, savepoint, { table, row }, FITS_NOT)) continue;
    await savepoint.rollback();
    return false;
  }
  // What it was linked to may be gone.
  for (const one of rows.flatMap(({ attached }) => attached)) await insertIfItFits(strapi, savepoint, one, FITS_NOT);
  await savepoint.commit();
  return true;
};

/**
 * Within the transaction that takes the record back. No lifecycle of the site runs where the rows fit: it is no new submission.
 * @param isOfHere whether its numbers are those of this database, and not of one that an archive came from
 * @throws PolicyError TYPE_NOT_PROTECTED
 */
export const putHuskBack = async (strapi: Strapi, trx: unknown, uid: string, husk: Husk, isOfHere: boolean): Promise<void> => {
  const type = protectedType(strapi, uid);
  if (!type) throw refuse('TYPE_NOT_PROTECTED', say('bin.notProtected'));
  const { tableName } = strapi.db.metadata.get(uid) as unknown as { tableName: string };
  if (isOfHere && (await putRowsBack(strapi, trx as Knex.Transaction, tableName, husk.rows))) return;
  const known = Object.keys(attributesOf(type.original));
  for (const one of husk.plain) {
    const data = pick(one, ['documentId', ...known.filter((name) => !type.sealedFields.includes(name))]);
    await whileSealed(uid, () => strapi.db.query(uid as never).create({ data } as never));
  }
};
