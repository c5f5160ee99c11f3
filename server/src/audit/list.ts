/** Reads the audit for people: newest first, in sentences, with a word on whether the chain is unbroken. */
import { asks } from '../permissions';
import { pageOf } from '../paging';
import { inOneLine } from '../plain-words';
import type { AuditEntry, AuditPage, History } from '../contract';
import { say } from '../sentences';
import { table, type Context, type Strapi } from '../strapi';
import { withAddress } from './address';
import { withAddresses } from './addresses';
import { BESIDE, knownBreaks } from './breaks';
import { AT_THE_BEGINNING, isAsWritten, merged, readOn, type Range } from './chain';
import { stateOfRecord } from './door';
import { countBeside, entriesAfter } from './entries';
import { eventSentence, isEventName } from './events';
import { headOf, markOf } from './head';
import { AUDIT, type AuditRow, type Entry } from './model';
import { howFar } from './verify';

/** The newest entries whose chain is checked each time the page is opened. */
const CHECKED_AT_ONCE = 2000;

/** What people call the answers of a form or type, by what machines call them. */
export type Labels = Readonly<Record<string, string>>;

const withLabels = ({ fields, field, ...rest }: Record<string, unknown>, labels: Labels): Record<string, unknown> => {
  const labelOf = (name: unknown): string | undefined =>
    typeof name === 'string' && Object.hasOwn(labels, name) ? labels[name] : undefined;
  const quoted = (name: unknown): unknown => {
    const label = labelOf(name);
    return label === undefined ? name : say('audit.answer', { label });
  };
  return {
    ...rest,
    ...(field === undefined ? {} : { field: labelOf(field) ?? field }),
    ...(fields === undefined ? {} : { fields: Array.isArray(fields) ? fields.map(quoted) : fields }),
  };
};

const sentenceOf = (row: Entry, labels: Labels): string => {
  if (!isEventName(row.event)) return row.event;
  try {
    const details = withLabels(JSON.parse(row.details) as Record<string, unknown>, labels);
    return eventSentence(row.event, withAddress(details, row, say('audit.addressGone')));
  } catch {
    return say('event.changed');
  }
};

/** How a form or type is called, and its answers. Which there are, other rooms know. */
export interface Known {
  label: string;
  answers: Labels;
}
type Find = (formOrType: string) => Promise<Known | null>;

/** An entry that is not as it was written says nothing about anybody. @param told what of it is for whoever asks */
const toEntry = async (strapi: Strapi, row: Entry, labels: Labels, told = row): Promise<AuditEntry> => {
  const isWritten = await isAsWritten(row, markOf(strapi));
  return {
    seq: Number(row.seq),
    at: row.at,
    event: row.event,
    // Names from before version 0.2 may be made to hide the rest.
    actor: {
      kind: row.actorKind as AuditEntry['actor']['kind'],
      id: row.actorId,
      name: row.actorName && inOneLine(row.actorName, 250),
    },
    // What is about accounts and roles belongs to no form.
    formOrType: row.formOrType?.startsWith('form-guard:') ? null : row.formOrType,
    label: null,
    recordId: row.recordId,
    sentence: isWritten ? sentenceOf(told, labels) : say('event.changed'),
    isWritten,
  };
};
const toEntries = async (strapi: Strapi, rows: Entry[], find: Find): Promise<AuditEntry[]> => {
  const entries: AuditEntry[] = [];
  for (const row of rows) {
    const known = row.formOrType === null ? null : await find(row.formOrType);
    entries.push({ ...(await toEntry(strapi, row, known?.answers ?? {})), label: known?.label ?? null });
  }
  return entries;
};

/** In ascending order: what of the newest `CHECKED_AT_ONCE` entries up to one is missing or does not fit. */
const checkNewest = async (strapi: Strapi, last: number): Promise<{ count: number; broken: Range[] }> => {
  const from = Math.max(0, last - CHECKED_AT_ONCE);
  const rows = await entriesAfter(strapi, from, last, CHECKED_AT_ONCE);
  const { reached, broken } = await readOn(from === 0 ? AT_THE_BEGINNING : { seq: from, mark: null }, rows, markOf(strapi));
  if (reached.seq < last) broken.push({ from: reached.seq + 1, to: last });
  return { count: rows.length, broken };
};

/**
 * The newest entries, and whichever stand on the page that is shown, are checked at once; what is further back is read in the
 * background, and what that found is said here. Rows beside the chain (above the head, without a number) break it as well.
 */
export const checkChain = async (strapi: Strapi, { upTo }: { upTo?: number } = {}): Promise<AuditPage['chain']> => {
  const end = Number((await headOf(strapi))?.seq ?? 0);
  const newest = await checkNewest(strapi, end);
  const shown = upTo !== undefined && upTo < end ? await checkNewest(strapi, upTo) : { count: 0, broken: [] };
  const known = await knownBreaks(strapi);
  const isBeside = (await countBeside(strapi)) > (known?.beside ?? 0);
  const found = [...newest.broken, ...shown.broken, ...(isBeside ? [BESIDE] : [])];
  const { breaks, shutBy, isAbove } = await stateOfRecord(strapi, found);
  const broken = breaks ? breaks.open : merged(found);
  // What is wrong with no entry in particular is wrong with what comes next.
  const brokenAt = broken.find(({ to }) => to > 0)?.from ?? (broken.length > 0 || isAbove || !breaks ? end + 1 : null);
  const { upTo: readUpTo, whole } = howFar(strapi);
  return {
    intact: brokenAt === null,
    brokenAt,
    isShut: shutBy.length > 0,
    checked: newest.count + shown.count,
    entries: end,
    readUpTo,
    wholeAt: whole?.at ?? null,
  };
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

const asSeen = (row: Entry, seen: Seen): Entry[] => {
  const written = detailsOf(row);
  if (written === null) return [row];
  const details = seen(row.event, written);
  return details === null ? [] : [{ ...row, details: JSON.stringify(details) }];
};

/** What happened to one submission, newest first; at most 100. */
export const historyOf = async (
  strapi: Strapi,
  { formOrType, recordId }: { formOrType: string; recordId: string },
  labels: Labels,
  seen: Seen,
): Promise<History> => {
  const where = { formOrType, recordId, seq: { $lte: Number((await headOf(strapi))?.seq ?? 0) } };
  const found = await table<AuditRow>(strapi, AUDIT).findMany({ where, orderBy: { seq: 'desc' }, limit: 100 });
  const entries: AuditEntry[] = [];
  for (const row of await withAddresses(strapi, found))
    for (const told of asSeen(row, seen)) entries.push(await toEntry(strapi, row, labels, told));
  return entries.map(({ seq, at, actor, event, sentence, isWritten }) => ({ seq, at, actor, event, sentence, isWritten }));
};

export const auditRoutes = (strapi: () => Strapi, find: Find) => [
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
      const data = await toEntries(strapi(), await withAddresses(strapi(), found), find);
      return { data, pagination: paging.pagination, chain: await checkChain(strapi(), { upTo: newest }) };
    },
    config: asks('audit.read'),
  },
];
