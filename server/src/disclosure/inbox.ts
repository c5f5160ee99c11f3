/** Lists of submissions for their readers: reference, date, state; never a sealed value. */
import * as yup from 'yup';
import { record } from '../audit';
import { validateBody } from '../body';
import { SUBMISSION_STATES, type InboxPage, type SubmissionRow, type SubmissionState } from '../contract';
import { refuse, refuseUnknown } from '../errors';
import { pageOf } from '../paging';
import { actorOf, type AdminUser } from '../protection';
import { referenceOf } from '../reference';
import { transaction, type Context, type Strapi } from '../strapi';
import { vaultOf, type VaultRow } from '../vault';
import { assertMayRead } from './grants';
import { recordIdIn, type Source, type Sources } from './sources';

const isState = (value: unknown): value is SubmissionState => SUBMISSION_STATES.includes(value as SubmissionState);
const toRow = ({ recordId, receivedAt, state }: VaultRow): SubmissionRow => ({
  recordId,
  reference: referenceOf(recordId),
  receivedAt,
  state,
});

const stateBody = yup
  .object({
    state: yup
      .string()
      .oneOf([...SUBMISSION_STATES], `The state is one of: ${SUBMISSION_STATES.join(', ')}.`)
      .required('A state is needed.'),
  })
  .noUnknown(true, 'Only the state can be changed.');
const searchBody = yup
  .object({
    field: yup.string().required('Say which field to search.'),
    part: yup.string(),
    value: yup.string().required('Say what to search for.').max(500, 'A search has at most 500 characters.'),
    page: yup.number(),
    pageSize: yup.number(),
  })
  .noUnknown(true, 'The search has an option that does not exist.');

const readerId = (ctx: Context): number => (ctx.state.user as AdminUser).id;

const page = async (
  strapi: Strapi,
  ctx: Context,
  { sources, source, filter, query }: { sources: Sources; source: Source; filter: object; query: object },
): Promise<InboxPage> => {
  const granted = await assertMayRead(strapi, source.id, readerId(ctx));
  const summary = await sources.summarise(strapi, source, readerId(ctx));
  const where = { formOrType: source.id, ...filter };
  const isWhole = Object.keys(filter).length === 0;
  const paging = pageOf(query, isWhole ? summary.submissions : await vaultOf(strapi).count(where));
  const rows = await vaultOf(strapi).list(where, paging.slice);
  const searchable = source.fields
    .filter(({ name }) => granted === null || granted.includes(name))
    .flatMap(({ name, label, search }) => search.map(({ part }) => ({ name, label, part })));
  return {
    data: rows.map(toRow),
    pagination: paging.pagination,
    source: summary,
    searchable,
  };
};

export const listInbox = (strapi: Strapi, ctx: Context, sources: Sources, source: Source): Promise<InboxPage> => {
  const filter = isState(ctx.query.state) ? { state: ctx.query.state } : {};
  return page(strapi, ctx, { sources, source, filter, query: ctx.query });
};

/** Exact search is a question about values, so it needs the grant for that field and stands in the audit. */
export const searchInbox = async (strapi: Strapi, ctx: Context, sources: Sources, source: Source): Promise<InboxPage> => {
  const granted = await assertMayRead(strapi, source.id, readerId(ctx));
  const body = validateBody<{ field: string; part?: string; value: string }>(searchBody, ctx.request.body);
  const { field, part = 'whole', value, ...query } = body;
  const search = source.fields.find(({ name }) => name === field)?.search.find((one) => one.part === part);
  if (!search || (granted !== null && !granted.includes(field))) {
    throw refuse('NOT_SEARCHABLE', 'This field cannot be searched. Nothing was looked up.');
  }
  const recordIds = await vaultOf(strapi).search(source.id, search, value);
  const details = { field, found: recordIds.length, from: ctx.request.ip };
  await record(strapi, { event: 'submission.searched', actor: actorOf(ctx), formOrType: source.id, details });
  return page(strapi, ctx, { sources, source, filter: { recordIds }, query });
};

export const changeState = async (strapi: Strapi, ctx: Context, source: Source, reference: string): Promise<SubmissionRow> => {
  await assertMayRead(strapi, source.id, readerId(ctx));
  const { state } = validateBody<{ state: SubmissionState }>(stateBody, ctx.request.body);
  const recordId = recordIdIn(source, reference);
  const row = await vaultOf(strapi).find(source.id, recordId);
  if (!row) throw refuseUnknown('There is no such submission. Nothing was changed.');
  await transaction(strapi, async () => {
    await vaultOf(strapi).setState(source.id, recordId, state);
    const actor = actorOf(ctx);
    await record(strapi, { event: 'submission.stateChanged', actor, formOrType: source.id, recordId, details: { state } });
  });
  return toRow({ ...row, state });
};
