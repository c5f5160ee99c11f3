/** Reads the audit for people: newest first, in sentences, with a word on whether the chain is unbroken. */
import { asks } from '../permissions';
import { pageOf } from '../paging';
import type { AuditEntry, AuditPage, History } from '../contract';
import { say } from '../sentences';
import { table, type Context, type Strapi } from '../strapi';
import { AT_THE_BEGINNING, BEGINNING, readOn } from './chain';
import { eventSentence, isEventName } from './events';
import { headOf, markOf } from './head';
import { AUDIT, type AuditRow } from './model';

/** The newest entries whose chain is checked each time the page is opened. */
const CHECKED_AT_ONCE = 2000;

const sentenceOf = (row: AuditRow): string => {
  if (!isEventName(row.event)) return row.event;
  try {
    return eventSentence(row.event, JSON.parse(row.details) as Record<string, unknown>);
  } catch {
    return say('event.changed');
  }
};

const toEntry = (row: AuditRow): AuditEntry => ({
  seq: Number(row.seq),
  at: row.at,
  event: row.event,
  actor: { kind: row.actorKind as AuditEntry['actor']['kind'], id: row.actorId, name: row.actorName },
  // What is about accounts and roles belongs to no form.
  formOrType: row.formOrType?.startsWith('form-guard:') ? null : row.formOrType,
  label: null,
  recordId: row.recordId,
  sentence: sentenceOf(row),
});

/**
 * The newest entries, and whichever stand on the page that is shown, against their marks and against the head, which says
 * how many there must be. Rows beside the chain (above the head, without a number, one too few) break it as well.
 */
export const checkChain = async (strapi: Strapi, { upTo }: { upTo?: number } = {}): Promise<AuditPage['chain']> => {
  const rows = table<AuditRow>(strapi, AUDIT);
  // The topmost row is read before the head: whoever writes meanwhile moves the head no later than the row.
  const [top] = await rows.findMany({ orderBy: { seq: 'desc' }, limit: 1 });
  const head = await headOf(strapi);
  const end = Number(head?.seq ?? 0);
  const check = async (last: number) => {
    const where = { seq: { $lte: last } };
    const found = await rows.findMany({ where, orderBy: { seq: 'desc' }, limit: CHECKED_AT_ONCE });
    const ascending = [...found].reverse();
    const first = Number(ascending[0]?.seq ?? 1);
    const from = first === 1 ? AT_THE_BEGINNING : { seq: first - 1, mark: null };
    return { found, broken: (await readOn(from, ascending, markOf(strapi))).broken[0]?.from ?? null };
  };
  const { found, broken } = await check(end);
  const shown = upTo !== undefined && upTo < end ? await check(upTo) : null;
  const last = found[0];
  const isComplete =
    // Counted up to the head as it was read: entries that others write meanwhile come after it.
    (await rows.count({ where: { seq: { $lte: end } } })) === end &&
    (await rows.count({ where: { seq: { $null: true } } })) === 0 &&
    Number(top?.seq ?? 0) <= end &&
    Number(last?.seq ?? 0) === end &&
    head?.mark === (last?.mark ?? BEGINNING);
  const brokenAt = shown?.broken ?? broken ?? (isComplete ? null : end + 1);
  return { intact: brokenAt === null, brokenAt, checked: found.length + (shown?.found.length ?? 0) };
};

/** What somebody may be told of an entry: its details, or fewer of them, or null for nothing at all. */
export type Seen = (event: string, details: Record<string, unknown>) => Record<string, unknown> | null;

/** null: somebody wrote over them. */
const detailsOf = ({ details }: AuditRow): Record<string, unknown> | null => {
  try {
    return JSON.parse(details) as Record<string, unknown>;
  } catch {
    return null;
  }
};

const asSeen = (row: AuditRow, seen: Seen): AuditRow[] => {
  const written = detailsOf(row);
  if (written === null) return [row];
  const details = seen(row.event, written);
  return details === null ? [] : [{ ...row, details: JSON.stringify(details) }];
};

/** What happened to one submission, newest first; at most 100. */
export const historyOf = async (strapi: Strapi, formOrType: string, recordId: string, seen: Seen): Promise<History> => {
  const where = { formOrType, recordId, seq: { $lte: Number((await headOf(strapi))?.seq ?? 0) } };
  const found = await table<AuditRow>(strapi, AUDIT).findMany({ where, orderBy: { seq: 'desc' }, limit: 100 });
  const told = found.flatMap((row) => asSeen(row, seen));
  return told.map(toEntry).map(({ seq, at, actor, event, sentence }) => ({ seq, at, actor, event, sentence }));
};

/** @param labelOf how a form or type is called; the audit knows only ids. */
export const auditRoutes = (strapi: () => Strapi, labelOf: (formOrType: string) => Promise<string | null>) => [
  {
    method: 'GET',
    path: '/audit',
    handler: async (ctx: Context): Promise<AuditPage> => {
      const one = typeof ctx.query.formOrType === 'string' ? { formOrType: ctx.query.formOrType } : {};
      // A row above the head was not written by us.
      const where = { ...one, seq: { $lte: Number((await headOf(strapi()))?.seq ?? 0) } };
      const rows = table<AuditRow>(strapi(), AUDIT);
      const paging = pageOf(ctx.query, await rows.count({ where }));
      const found = await rows.findMany({ where, orderBy: { seq: 'desc' }, ...paging.slice });
      const newest = Number(found[0]?.seq ?? 0);
      const data: AuditEntry[] = [];
      for (const entry of found.map(toEntry)) {
        data.push({ ...entry, label: entry.formOrType ? await labelOf(entry.formOrType) : null });
      }
      return { data, pagination: paging.pagination, chain: await checkChain(strapi(), { upTo: newest }) };
    },
    config: asks('audit.read'),
  },
];
