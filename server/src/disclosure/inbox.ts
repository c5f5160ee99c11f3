/** Lists of submissions for their readers: reference, date, state, who deals with it; never a sealed value. */
import * as yup from 'yup';
import { asOneAct, record } from '../audit';
import { validateBody } from '../body';
import {
  INBOX_ORDERS,
  REFERENCE_FIELD,
  SUBMISSION_STATES,
  type Colleague,
  type InboxFilter,
  type InboxOrder,
  type InboxPage,
  type SubmissionRow,
  type SubmissionSearch,
  type SubmissionState,
} from '../contract';
import { refuse, refuseBody } from '../errors';
import { pageOf } from '../paging';
import { mayDo } from '../permissions';
import { actorOf } from '../protection';
import { referenceOf } from '../reference';
import { say, saying } from '../sentences';
import type { Context, Strapi } from '../strapi';
import { vaultOf, type ListedRow, type RecordFilter, type VaultRow } from '../vault';
import { assertMayReadAmong } from './grants';
import { colleaguesOf, readerId } from './people';
import { recordIdIn, type Source } from './sources';

/** Counting further would take as long as there are submissions; whoever pages on is counted for further. */
const COUNTED = 1000;
const PAGES_AHEAD = 20;
/** Those that nobody has to deal with any more are never overdue. */
const UNFINISHED: readonly SubmissionState[] = ['new', 'open'];

export const toRow = (
  { recordId, receivedAt, state, assignedTo, dueOn }: ListedRow,
  people: ReadonlyMap<number, Colleague>,
): SubmissionRow => ({
  recordId,
  reference: referenceOf(recordId),
  receivedAt,
  state,
  assignedTo: assignedTo === null ? null : (people.get(Number(assignedTo)) ?? { id: Number(assignedTo), name: '' }),
  dueOn,
});

export const searchFields = {
  field: yup.string().required('Say which field to search.'),
  part: yup.string(),
  value: yup
    .string()
    .required(saying('search.empty'))
    .max(500, saying('search.long', { max: 500 })),
};
const searchBody = yup
  .object({ ...searchFields, page: yup.number(), pageSize: yup.number() })
  .noUnknown(true, 'The search has an option that does not exist.');

/** A day in the calendar of the server, which is where "overdue" is decided. */
const today = (now = new Date()): string =>
  `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;

const wrong = (name: keyof InboxFilter, message: string): Error =>
  refuseBody(say('problem.search', { problem: message }), [{ path: [name], message }]);

/** @throws ValidationError for what is no filter: shown unfiltered, a list would say something else than was asked */
export const filterIn = (
  query: Record<string, unknown>,
  me: number,
): { filter: Omit<RecordFilter, 'formOrType'>; order: InboxOrder } => {
  const { state, assigned, due, order = due === undefined ? 'newest' : 'due' } = query;
  const filter: Omit<RecordFilter, 'formOrType'> = {};
  if (state !== undefined) {
    if (!SUBMISSION_STATES.includes(state as SubmissionState))
      throw wrong('state', `The state is one of: ${SUBMISSION_STATES.join(', ')}.`);
    filter.states = [state as SubmissionState];
  }
  if (assigned !== undefined) {
    const id = assigned === 'me' ? me : Number(assigned);
    if (assigned !== 'nobody' && !(Number.isInteger(id) && id > 0))
      throw wrong('assigned', 'Assigned is “me”, “nobody” or the number of a person.');
    filter.assignedTo = assigned === 'nobody' ? null : id;
  }
  if (!INBOX_ORDERS.includes(order as InboxOrder)) throw wrong('order', `The order is one of: ${INBOX_ORDERS.join(', ')}.`);
  if (order === 'due') filter.due = 'ever';
  if (due !== undefined) {
    if (due !== 'overdue') throw wrong('due', 'The day is “overdue” or left out.');
    filter.due = { before: today() };
    filter.states ??= UNFINISHED;
  }
  return { filter, order: order as InboxOrder };
};

/** Those who may read now, to whom a submission can be given; and besides them whoever deals with one of these. */
export const peopleAround = async (
  strapi: Strapi,
  readers: ReadonlySet<number>,
  rows: readonly Pick<VaultRow, 'assignedTo'>[],
) => {
  const assigned = rows.flatMap(({ assignedTo }) => (assignedTo === null ? [] : [Number(assignedTo)]));
  const people = await colleaguesOf(strapi, [...readers, ...assigned]);
  return { people, colleagues: [...people.values()].filter((person) => readers.has(person.id)) };
};

interface Wanted {
  filter: Omit<RecordFilter, 'formOrType'>;
  order?: InboxOrder;
  query: { page?: unknown; pageSize?: unknown };
}

const page = async (
  strapi: Strapi,
  ctx: Context,
  source: Source,
  { granted, readers }: { granted: string[] | null; readers: ReadonlySet<number> },
  { filter, order, query }: Wanted,
): Promise<InboxPage> => {
  const where = { formOrType: source.id, ...filter };
  const { slice: wanted } = pageOf(query, Infinity);
  const most = Math.max(COUNTED, wanted.offset + wanted.limit * PAGES_AHEAD);
  const counted = await vaultOf(strapi).countUpTo(where, most + 1);
  const { pagination, slice } = pageOf(query, Math.min(counted, most));
  const rows = await vaultOf(strapi).list(where, slice, order);
  const { people, colleagues } = await peopleAround(strapi, readers, rows);
  const searchable = source.fields
    .filter(({ name }) => granted === null || granted.includes(name))
    .flatMap(({ name, label, search }) => search.map(({ part }) => ({ name, label, part })));
  const { id, kind, label } = source;
  return {
    data: rows.map((row) => toRow(row, people)),
    pagination,
    isMore: counted > most,
    mayExport: mayDo(ctx, 'submissions.export'),
    mayDelete: granted === null && mayDo(ctx, 'submissions.delete'),
    source: { id, kind, label },
    colleagues,
    searchable,
  };
};

export const listInbox = (strapi: Strapi, ctx: Context, source: Source): Promise<InboxPage> =>
  asOneAct(async () => {
    const reader = await assertMayReadAmong(strapi, source.id, readerId(ctx));
    return page(strapi, ctx, source, reader, { ...filterIn(ctx.query, readerId(ctx)), query: ctx.query });
  });

/**
 * Exact search is a question about values, so it needs the grant for that field and stands in the audit.
 * @throws PolicyError NOT_SEARCHABLE
 */
export const findEqual = async (
  strapi: Strapi,
  ctx: Context,
  source: Source,
  granted: string[] | null,
  { field, part = 'whole', value }: SubmissionSearch,
): Promise<string[]> => {
  // Only whoever has it from the sender, or from the list itself, knows a reference: it is no value.
  if (field === REFERENCE_FIELD) return [recordIdIn(source, value.trim())];
  const search = source.fields.find(({ name }) => name === field)?.search.find((one) => one.part === part);
  if (!search || (granted !== null && !granted.includes(field))) {
    throw refuse('NOT_SEARCHABLE', say('search.notSearchable'));
  }
  const recordIds = await vaultOf(strapi).search(source.id, search, value);
  await record(strapi, {
    event: 'submission.searched',
    actor: actorOf(ctx),
    formOrType: source.id,
    from: ctx.request.ip,
    details: { field, found: recordIds.length },
  });
  return recordIds;
};

export const searchInbox = (strapi: Strapi, ctx: Context, source: Source): Promise<InboxPage> =>
  asOneAct(async () => {
    const reader = await assertMayReadAmong(strapi, source.id, readerId(ctx));
    const { field, part, value, ...query } = validateBody<SubmissionSearch & { page?: number }>(searchBody, ctx.request.body);
    const recordIds = await findEqual(strapi, ctx, source, reader.granted, { field, part, value });
    return page(strapi, ctx, source, reader, { filter: { recordIds }, query });
  });
