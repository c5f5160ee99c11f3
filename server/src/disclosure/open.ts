/**
 * The one door. In this order and no other: may this person read → write down that they do → open. If the entry cannot
 * be written, nothing is opened.
 */
import { asOneAct, record } from '../audit';
import type { DisclosedField, DisclosedValue, Disclosure } from '../contract';
import { Fault, refuseUnknown } from '../errors';
import { actorOf, type AdminUser } from '../protection';
import { referenceOf } from '../reference';
import { say } from '../sentences';
import { configOf, type Context, type Strapi } from '../strapi';
import { vaultOf, type VaultRow } from '../vault';
import { assertMayReadAmong } from './grants';
import { offersDeleting } from './may-delete';
import { peopleAround, toRow } from './inbox';
import type { Source } from './sources';

const SENDER = '_sender';
/** Never shown to anybody, as Strapi never shows it. */
const HIDDEN_TYPES = ['password'];

const shown = (value: unknown): DisclosedValue => {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner)]));
  return value as string | number | boolean;
};

/** What the form asks today, then what this submission has besides: fields of an earlier version, kept sender details. */
export const fieldsToShow = async (
  strapi: Strapi,
  source: Source,
  values: Record<string, unknown>,
  recordId: string,
): Promise<DisclosedField[]> => {
  const asked = source.fields.map(({ name, label, type }) => ({
    name,
    label,
    type,
    value: shown(Object.hasOwn(values, name) ? values[name] : undefined),
  }));
  const names = new Set(asked.map(({ name }) => name));
  const notAsked = Object.keys(values).filter((name) => !names.has(name));
  const files = notAsked.length > 0 ? await vaultOf(strapi).files.list(source.id, recordId) : [];
  const others = notAsked.map((name) => ({
    name,
    label: name === SENDER ? 'Sender' : name,
    type: files.some(({ field }) => field === name) ? 'file' : 'json',
    value: shown(values[name]),
  }));
  return [...asked, ...others].map((field) => (HIDDEN_TYPES.includes(field.type) ? { ...field, value: null } : field));
};

/** What the site itself keeps readable of a wrapped type's submission, beside what was sealed. */
export const plainFields = async (strapi: Strapi, { id, plain }: Source, recordId: string): Promise<DisclosedField[]> => {
  if (plain.length === 0) return [];
  const where = { documentId: recordId };
  const husk = (await strapi.db.query(id as never).findOne({ where } as never)) as Record<string, unknown> | null;
  return plain.map(({ name, label, type }) => ({ name, label, type, value: shown(husk?.[name]) }));
};

/** @throws Fault DISCLOSURE_IN_TRANSACTION */
export const refuseInTransaction = (strapi: Strapi): void => {
  if (!strapi.db.inTransaction()) return;
  throw new Fault(
    'DISCLOSURE_IN_TRANSACTION',
    'an opening inside a transaction could lose its entry in a rollback; nothing was opened',
  );
};

type Reader = Awaited<ReturnType<typeof assertMayReadAmong>>;

/** How it is dealt with, and what lies beside it in the inbox. */
const handlingOf = async (strapi: Strapi, row: VaultRow, { granted, readers }: Reader) => {
  const { people, colleagues } = await peopleAround(strapi, readers, [row]);
  const { assignedTo, dueOn } = toRow(row, people);
  return {
    assignedTo,
    dueOn,
    colleagues,
    notes: granted === null ? await vaultOf(strapi).notes.list(row) : null,
    ...(await vaultOf(strapi).neighbours(row)),
  };
};

const open = async (strapi: Strapi, ctx: Context, source: Source, recordId: string): Promise<Disclosure> => {
  const reader = await assertMayReadAmong(strapi, source.id, (ctx.state.user as AdminUser).id);
  const { granted } = reader;
  const row = await vaultOf(strapi).find(source.id, recordId);
  if (!row) throw refuseUnknown(say('submission.unknown'));
  refuseInTransaction(strapi);
  const fields = granted ?? source.fields.map(({ name }) => name);
  const opening = await record(strapi, {
    event: 'submission.opened',
    actor: actorOf(ctx),
    formOrType: source.id,
    recordId,
    from: ctx.request.ip,
    details: { fields, all: granted === null },
  });
  const all = await fieldsToShow(strapi, source, await vaultOf(strapi).open(row), recordId);
  const mayShow = ({ name }: DisclosedField): boolean => granted === null || fields.includes(name);
  return {
    recordId,
    reference: referenceOf(recordId),
    formOrType: source.id,
    label: source.label,
    receivedAt: row.receivedAt,
    state: row.state,
    fields: [...(await plainFields(strapi, source, recordId)), ...all.filter(mayShow)],
    // Today's fields only: which others there are would tell what was answered.
    withheld: source.fields.filter(({ name }) => granted !== null && !granted.includes(name)).map(({ label }) => label),
    opening,
    ...(await handlingOf(strapi, row, reader)),
    deletable: granted === null && offersDeleting(ctx) ? { days: configOf(strapi).binDays } : null,
  };
};

/**
 * @throws PolicyError NOT_A_READER, NotFoundError, Fault SEALED_VALUE_UNREADABLE, DISCLOSURE_IN_TRANSACTION
 */
export const openSubmission = (strapi: Strapi, ctx: Context, source: Source, recordId: string): Promise<Disclosure> =>
  asOneAct(() => open(strapi, ctx, source, recordId));
