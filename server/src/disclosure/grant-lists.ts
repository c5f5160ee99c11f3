/**
 * For each naming the record keeps on a list what its row says now, and the entries in which it came so. A row that is not as
 * its list says, or whose entries are not as they were written, lets nobody read.
 */
import { believed, listsAbout, recordChange, type AuditRow, type Happened, type Range } from '../audit';
import { statement, table, type Strapi } from '../strapi';
import { vaultOf } from '../vault';
import { GRANTS, type GrantRow } from './model';

const HOUSE = 'form-guard:grants';
export type Unmarked = Omit<GrantRow, 'id' | 'mark' | 'remindedAt' | 'remindingSince'>;

export const markOf = (strapi: Strapi, grant: Unmarked): Promise<string> =>
  vaultOf(strapi).mark(
    HOUSE,
    JSON.stringify([
      grant.grantId,
      grant.formOrType,
      Number(grant.adminUserId),
      grant.fields,
      grant.from,
      grant.until,
      grant.givenBy,
      grant.givenAt,
      grant.removedAt,
      // Marks from before there were any are as they were.
      ...(grant.askedAt ? [grant.askedAt] : []),
    ]),
  );

/** By grant id. */
type GrantList = Record<string, { mark: string; entries: number[] }>;

/** null: nobody vouches for any naming of this form or type. */
export const grantListOf = async (strapi: Strapi, formOrType: string): Promise<GrantList | null> =>
  ((await listsAbout(strapi, [formOrType]))?.[0] ?? null) as GrantList | null;

/** Whether each of these rows is as its list says, and the entries behind it are there as they were written. */
export const whichHold = async (strapi: Strapi, formOrType: string, rows: readonly GrantRow[]): Promise<ReadonlySet<string>> => {
  const list = rows.length > 0 ? await grantListOf(strapi, formOrType) : null;
  if (!list) return new Set();
  const listed = rows.filter(({ grantId, mark }) => list[grantId]?.mark === mark);
  const entriesOf = ({ grantId }: GrantRow): number[] => list[grantId]?.entries ?? [];
  const found = await believed(strapi, { seq: { $in: listed.flatMap(entriesOf) } });
  const there = new Set(found.map(({ seq }) => Number(seq)));
  return new Set(listed.filter((row) => entriesOf(row).every((seq) => there.has(seq))).map(({ grantId }) => grantId));
};

/**
 * Writes what a naming is from now on, with the entry that says so, and what the list says of it; one transaction.
 * @throws PolicyError RECORD_BROKEN
 */
export const writeGrant = async (strapi: Strapi, grant: Unmarked, happened: Happened): Promise<void> => {
  const { grantId, formOrType } = grant;
  const mark = await markOf(strapi, grant);
  await recordChange(
    strapi,
    { ...happened, formOrType, recordId: grantId },
    {
      about: [formOrType],
      async change([list], seq) {
        const isThere = (await table<GrantRow>(strapi, GRANTS).count({ where: { grantId } })) > 0;
        if (isThere)
          await statement(strapi, GRANTS)
            .where({ grantId })
            .update({ ...grant, mark })
            .execute();
        else
          await statement(strapi, GRANTS)
            .insert({ ...grant, mark })
            .execute();
        const before = list as GrantList;
        return [{ ...before, [grantId]: { mark, entries: [...(before[grantId]?.entries ?? []), seq] } }];
      },
    },
  );
};

const grantIn = ({ recordId, details }: AuditRow): string => recordId ?? (JSON.parse(details) as { grant: string }).grant;

/**
 * The lists of all forms and types from what can be relied on: for a site from before there were lists, and after a break that somebody
 * accepted. A naming whose removal may have been in an entry that is gone is on no list. @param broken entries that are
 * missing or not as they were written
 */
export const listGrantsAnew = async (strapi: Strapi, broken: readonly Range[]): Promise<Map<string, GrantList>> => {
  const entries = await believed(strapi, { event: { $startsWith: 'reader.' }, formOrType: { $notNull: true } });
  const lists = new Map<string, GrantList>();
  for (const row of await table<GrantRow>(strapi, GRANTS).findMany({ orderBy: { id: 'asc' } })) {
    const own = entries.filter((entry) => entry.formOrType === row.formOrType && grantIn(entry) === row.grantId);
    const named = own.find(({ event }) => event === 'reader.named');
    if (!named || row.mark !== (await markOf(strapi, row))) continue;
    const isRemoved = own.some(({ event }) => event === 'reader.removed');
    const isUncertain = broken.some(({ to }) => to > Number(named.seq));
    if (row.removedAt === null && (isRemoved || isUncertain)) continue;
    const list = lists.get(row.formOrType) ?? {};
    list[row.grantId] = { mark: row.mark, entries: own.map(({ seq }) => Number(seq)) };
    lists.set(row.formOrType, list);
  }
  return lists;
};
