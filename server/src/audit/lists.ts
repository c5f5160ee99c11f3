/**
 * What must be so now. A row with a mark of ours may be an older one that was put back; so what may be believed today is on a list,
 * each list has a mark, one mark over all of them stands in the newest entry and in the head, and whoever puts a list back has to
 * put back everything that was recorded since.
 */
import { sortBy } from 'lodash';
import { holding, reading, statement, type Strapi } from '../strapi';
import { keepForThisAct, vouchedInThisAct } from './act';
import { headOf, holdHead, isSealed, markOf } from './head';
import { AUDIT_LISTS, AUDIT_LISTS_TABLE, type HeadRow, type ListRow } from './model';

/** Locked, so as they are and not as a transaction (of MariaDB) found them when it began. */
const rowsOf = (strapi: Strapi, columns: string[], where: object): Promise<ListRow[]> =>
  reading<ListRow>(strapi, AUDIT_LISTS_TABLE, (lists) => holding(strapi, lists.select(columns).where(where), 'forShare'));

const markOfList = (strapi: Strapi, { about, seq, list }: Omit<ListRow, 'mark'>): Promise<string> =>
  markOf(strapi)(JSON.stringify(['form-guard list', about, Number(seq), list]));

type Marks = ReadonlyMap<string, string>;
const marksOf = async (strapi: Strapi): Promise<Marks> => {
  const all = await rowsOf(strapi, ['about', 'mark'], {});
  return new Map(sortBy(all, 'about').map(({ about, mark }) => [about, mark]));
};
const markOver = (strapi: Strapi, marks: Marks): Promise<string> =>
  markOf(strapi)(JSON.stringify(['form-guard lists', ...marks]));

/** One mark over all lists. */
export const markOfLists = async (strapi: Strapi): Promise<string> => markOver(strapi, await marksOf(strapi));

/** @returns the list; `{}` where there is none yet; null where it is not as it was written. */
const readList = async (strapi: Strapi, about: string, marks: Marks): Promise<unknown> => {
  if (!marks.has(about)) return {};
  const [row] = await rowsOf(strapi, ['about', 'seq', 'list', 'mark'], { about });
  return row && row.mark === marks.get(about) && row.mark === (await markOfList(strapi, row)) ? JSON.parse(row.list) : null;
};

export const writeList = async (strapi: Strapi, about: string, seq: number, list: unknown): Promise<void> => {
  keepForThisAct(null);
  const row = { about, seq, list: JSON.stringify(list) };
  const written = { ...row, mark: await markOfList(strapi, row) };
  const [isThere] = await rowsOf(strapi, ['mark'], { about });
  if (isThere) await statement(strapi, AUDIT_LISTS).where({ about }).update(written).execute();
  else await statement(strapi, AUDIT_LISTS).insert(written).execute();
};

const readByMarks = async (strapi: Strapi, about: readonly string[], marks: Marks): Promise<unknown[]> => {
  const found: unknown[] = [];
  for (const one of about) found.push(await readList(strapi, one, marks));
  return found;
};

/** @returns null when these are not the lists that `vouched` was made over */
const marksBehind = async (strapi: Strapi, vouched: string | null): Promise<Marks | null> => {
  const marks = await marksOf(strapi);
  return vouched !== null && vouched === (await markOver(strapi, marks)) ? marks : null;
};

/** @returns null when these are not the lists that `vouched` was made over */
export const readLists = async (strapi: Strapi, about: readonly string[], vouched: string | null): Promise<unknown[] | null> => {
  const marks = await marksBehind(strapi, vouched);
  return marks && readByMarks(strapi, about, marks);
};

/** By the marks of this act, if one has begun; each list once. @returns null when the head does not vouch for what is there */
const readOnce = async (strapi: Strapi, about: readonly string[]): Promise<unknown[] | null> => {
  let vouched = vouchedInThisAct();
  if (!vouched) {
    const head = await headOf(strapi);
    const marks = head && (await isSealed(strapi, head)) ? await marksBehind(strapi, head.lists) : null;
    if (!marks) return null;
    vouched = { marks, lists: new Map() };
  }
  const { marks, lists } = vouched;
  const missing = about.filter((one) => !lists.has(one));
  const found = await readByMarks(strapi, missing, marks);
  for (const [index, one] of missing.entries()) lists.set(one, found[index]);
  const all = about.map((one) => lists.get(one));
  keepForThisAct(all.includes(null) ? null : vouched);
  return all;
};

/** What there are lists about. */
export const listed = async (strapi: Strapi): Promise<string[]> => [...(await marksOf(strapi)).keys()];

/** The lists about these, each null where it is not as it was written; or null when the head does not vouch for what is there. */
export const listsAbout = async (strapi: Strapi, about: readonly string[]): Promise<unknown[] | null> => {
  const read = async (head: HeadRow | null): Promise<unknown[] | null> =>
    head && (await isSealed(strapi, head)) ? readLists(strapi, about, head.lists) : null;
  // Inside a transaction it is as that sees it, which may never come to be.
  const found = strapi.db.inTransaction() ? await read(await headOf(strapi)) : await readOnce(strapi, about);
  // Somebody may have written between two of the questions: asked again while nobody can, it is certain.
  return found && !found.includes(null) ? found : holdHead(strapi, read);
};
