/**
 * Submissions as a table, for whoever may read them and has the right to take them away. First the whole act is written down with
 * its reason, then batch by batch: may this person still read → write down each submission → open them → send their lines.
 */
import type { Readable } from 'node:stream';
import { chunk, isEqual } from 'lodash';
import * as yup from 'yup';
import { record } from '../audit';
import { validateBody } from '../body';
import {
  LONGEST_REASON,
  MOST_PICKED,
  SHORTEST_REASON,
  type DisclosedField,
  type DisclosedFile,
  type DisclosedValue,
  type ExportBody,
  type ExportSelection,
} from '../contract';
import { CSV_START, csvLine } from '../csv';
import { refuse } from '../errors';
import { Fault } from '../fault';
import { actorOf } from '../protection';
import { referenceOf } from '../reference';
import { say, saying } from '../sentences';
import { transaction, type Context, type Strapi } from '../strapi';
import { vaultOf, type VaultRow } from '../vault';
import { asStream } from './download';
import { assertMayRead } from './grants';
import { filterIn, readerId } from './inbox';
import { fieldsToShow, plainFields, refuseInTransaction } from './open';
import { recordIdIn, type Source } from './sources';

/** A submission may have a megabyte. */
const BATCH = 25;

const selection = {
  recordIds: yup
    .array()
    .of(yup.string().strict().required())
    .min(1, saying('export.none'))
    .max(MOST_PICKED, saying('export.many', { max: MOST_PICKED })),
  filter: yup
    .object({ state: yup.string(), assigned: yup.string(), due: yup.string() })
    .noUnknown(true, 'There is no such filter.'),
};
const countBody = yup.object(selection).noUnknown(true, 'There is an option that does not exist.');
const exportBody = yup
  .object({
    ...selection,
    reason: yup
      .string()
      .strict()
      .typeError('The reason is text.')
      .required(saying('export.noReason'))
      .matches(/^(\s*\S){5}/, saying('export.reasonShort', { min: SHORTEST_REASON }))
      .max(LONGEST_REASON, saying('export.reasonLong', { max: LONGEST_REASON })),
  })
  .noUnknown(true, 'There is an option that does not exist.');

const selected = async (strapi: Strapi, ctx: Context, source: Source, { recordIds, filter = {} }: ExportSelection) => {
  const found = filterIn(filter as Record<string, unknown>, readerId(ctx)).filter;
  const named = recordIds && { recordIds: recordIds.map((id) => recordIdIn(source, id)) };
  return vaultOf(strapi).ids({ formOrType: source.id, ...found, ...named });
};

export const countExport = async (strapi: Strapi, ctx: Context, source: Source): Promise<{ submissions: number }> => {
  await assertMayRead(strapi, source.id, readerId(ctx));
  const body = validateBody<ExportSelection>(countBody, ctx.request.body);
  return { submissions: (await selected(strapi, ctx, source, body)).length };
};

const isFile = (value: DisclosedValue): value is DisclosedFile =>
  value !== null &&
  typeof value === 'object' &&
  !Array.isArray(value) &&
  typeof value.file === 'string' &&
  typeof value.name === 'string';

/** A line break is a line feed: what ends a line of the table is in no cell. */
const cellOf = (value: DisclosedValue): string => {
  if (value === null) return '';
  if (Array.isArray(value)) return value.map((one) => (isFile(one) ? one.name : cellOf(one))).join('; ');
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value).replace(/\r\n?/g, '\n');
};

interface Column {
  name: string;
  label: string;
}

/** The answers that are asked for today; what a submission has besides is in its own page. */
const columnsOf = ({ fields, plain }: Source, granted: string[] | null): { plain: Column[]; sealed: Column[] } => ({
  plain,
  sealed: fields.filter(({ name, type }) => type !== 'password' && (granted === null || granted.includes(name))),
});

const lineOf = async (
  strapi: Strapi,
  { source, granted, notOpened }: { source: Source; granted: string[] | null; notOpened: string },
  row: VaultRow,
): Promise<string> => {
  const { plain, sealed } = columnsOf(source, granted);
  const cells = (columns: Column[], fields: DisclosedField[]): string[] =>
    columns.map(({ name }) => cellOf(fields.find((field) => field.name === name)?.value ?? null));
  const answers = async (): Promise<string[]> => {
    try {
      const values = await vaultOf(strapi).open(row);
      return cells(sealed, await fieldsToShow(strapi, source, values, row.recordId));
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'SEALED_VALUE_UNREADABLE') throw error;
      // One that is damaged must not keep the others back, nor look like one without answers.
      return sealed.map(() => notOpened);
    }
  };
  return csvLine([
    referenceOf(row.recordId),
    row.receivedAt,
    row.state,
    ...cells(plain, await plainFields(strapi, source, row.recordId)),
    ...(await answers()),
  ]);
};

/** @throws PolicyError NOT_A_READER, NOTHING_SELECTED, ValidationError, Fault DISCLOSURE_IN_TRANSACTION */
export const exportSubmissions = async (strapi: Strapi, ctx: Context, source: Source): Promise<Readable> => {
  const granted = await assertMayRead(strapi, source.id, readerId(ctx));
  const { reason, ...wanted } = validateBody<ExportBody>(exportBody, ctx.request.body);
  const recordIds = await selected(strapi, ctx, source, wanted);
  if (recordIds.length === 0) throw refuse('NOTHING_SELECTED', say('submission.noneExported'));
  refuseInTransaction(strapi);
  const { sealed, plain } = columnsOf(source, granted);
  const about = { actor: actorOf(ctx), formOrType: source.id };
  const details = { fields: sealed.map(({ name }) => name), all: granted === null };
  await record(strapi, {
    event: 'submissions.exported',
    ...about,
    details: { submissions: recordIds.length, reason: reason.trim(), ...details, from: ctx.request.ip },
  });

  // Said before the first line is sent: a stream is no longer part of the request that asked for it.
  const ownColumns = [say('export.reference'), say('export.received'), say('export.state')];
  const shown = { source, granted, notOpened: say('export.notOpened') };
  const lines = async function* (): AsyncGenerator<string> {
    yield CSV_START + csvLine([...ownColumns, ...[...plain, ...sealed].map(({ label }) => label)]);
    for (const some of chunk(recordIds, BATCH)) {
      // A naming that ended or was changed meanwhile ends this too: the connection breaks, and the file is not whole.
      const now = await assertMayRead(strapi, source.id, readerId(ctx));
      if (!isEqual(now, granted)) throw refuse('NOT_A_READER', say('reader.changed'));
      const rows = await vaultOf(strapi).findSome(source.id, some);
      await transaction(strapi, async () => {
        for (const { recordId } of rows) await record(strapi, { event: 'submission.exported', ...about, recordId, details });
      });
      for (const row of rows) yield await lineOf(strapi, shown, row);
    }
  };
  ctx.compress = false;
  ctx.set('Content-Type', 'text/csv; charset=utf-8');
  ctx.set('Content-Disposition', 'attachment; filename="submissions.csv"');
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('Cache-Control', 'no-store');
  return asStream(strapi, ctx, lines());
};
