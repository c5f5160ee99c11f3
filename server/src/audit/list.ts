/** Reads the audit for people: newest first, in sentences, with a word on whether the chain is unbroken. */
import { asks } from '../permissions';
import { pageOf } from '../paging';
import type { AuditEntry, AuditPage } from '../contract';
import { table, type Context, type Strapi } from '../strapi';
import { BEGINNING, firstBroken } from './chain';
import { EVENTS, isEventName } from './events';
import { AUDIT, AUDIT_HEAD, type AuditRow } from './model';
import { markOf } from './record';

/** The newest entries whose chain is checked each time the page is opened. */
const CHECKED_AT_ONCE = 2000;

const sentenceOf = (row: AuditRow): string => {
  if (!isEventName(row.event)) return row.event;
  const sentence = EVENTS[row.event] as (details: unknown) => string;
  try {
    return sentence(JSON.parse(row.details));
  } catch {
    return 'This entry was changed and cannot be read.';
  }
};

const toEntry = (row: AuditRow): AuditEntry => ({
  seq: Number(row.seq),
  at: row.at,
  event: row.event,
  actor: { kind: row.actorKind as AuditEntry['actor']['kind'], id: row.actorId, name: row.actorName },
  formOrType: row.formOrType,
  label: null,
  recordId: row.recordId,
  sentence: sentenceOf(row),
});

export const checkChain = async (strapi: Strapi): Promise<AuditPage['chain']> => {
  const head = await table<{ seq: number; mark: string }>(strapi, AUDIT_HEAD).findOne({ where: { chain: 1 } });
  // Up to the head as it was read: entries that others write meanwhile come after it.
  const where = { seq: { $lte: Number(head?.seq ?? 0) } };
  const newest = await table<AuditRow>(strapi, AUDIT).findMany({ where, orderBy: { seq: 'desc' }, limit: CHECKED_AT_ONCE });
  const broken = await firstBroken([...newest].reverse(), markOf(strapi));
  const last = newest[0];
  // The head row says how many there must be: an entry cut off at the end is missed there.
  const complete = Number(head?.seq) === Number(last?.seq ?? 0) && head?.mark === (last?.mark ?? BEGINNING);
  const brokenAt = broken ?? (complete ? null : Number(last?.seq ?? 0) + 1);
  return { intact: brokenAt === null, brokenAt, checked: newest.length };
};

/** @param labelOf how a form or type is called; the audit knows only ids. */
export const auditRoutes = (strapi: () => Strapi, labelOf: (formOrType: string) => Promise<string | null>) => [
  {
    method: 'GET',
    path: '/audit',
    handler: async (ctx: Context): Promise<AuditPage> => {
      const where = typeof ctx.query.formOrType === 'string' ? { formOrType: ctx.query.formOrType } : {};
      const rows = table<AuditRow>(strapi(), AUDIT);
      const paging = pageOf(ctx.query, await rows.count({ where }));
      const found = await rows.findMany({ where, orderBy: { seq: 'desc' }, ...paging.slice });
      const data: AuditEntry[] = [];
      for (const entry of found.map(toEntry)) {
        data.push({ ...entry, label: entry.formOrType ? await labelOf(entry.formOrType) : null });
      }
      return { data, pagination: paging.pagination, chain: await checkChain(strapi()) };
    },
    config: asks('audit.read'),
  },
];
