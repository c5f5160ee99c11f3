/**
 * Submissions as a table, for whoever may read them and has the right to take them away. First the whole act is written down with
 * its reason, then batch by batch: may this person still read → write down each submission → open them → send their lines. A
 * workbook is sent when it is whole, so there is a limit to what it may hold.
 */
import type { Readable } from 'node:stream';
import { chunk, sumBy } from 'lodash';
import * as yup from 'yup';
import { onRecord, record } from '../audit';
import { validateBody } from '../body';
import {
  CSV_SEPARATORS,
  EXPORT_FORMATS,
  LONGEST_REASON,
  MOST_IN_WORKBOOK,
  MOST_PICKED,
  SHORTEST_REASON,
  type DisclosedField,
  type DisclosedFile,
  type DisclosedValue,
  type ExportBody,
  type ExportFormat,
  type ExportSelection,
} from '../contract';
import { CSV_START, csvLine, separatorIn } from '../csv';
import { refuse } from '../errors';
import { Fault } from '../fault';
import { actorOf } from '../protection';
import { referenceOf } from '../reference';
import { say, saying } from '../sentences';
import type { Context, Strapi } from '../strapi';
import { vaultOf, type VaultRow } from '../vault';
import { asStream } from './download';
import { assertStillMay } from './door';
import { assertMayRead } from './grants';
import { rememberPieces, rememberWhole } from './handed-out';
import { filterIn, findEqual, searchFields } from './inbox';
import { fieldsToShow, plainFields, refuseInTransaction } from './open';
import { readerId } from './people';
import { recordIdIn, type Source } from './sources';
import { workbookOf, type Cell } from './workbook';

/** A submission may have a megabyte. */
const BATCH = 25;
/** Of one workbook, which is made in memory. */
const MOST_LETTERS = 20_000_000;

const selection = {
  recordIds: yup
    .array()
    .of(yup.string().strict().required())
    .min(1, saying('export.none'))
    .max(MOST_PICKED, saying('export.many', { max: MOST_PICKED })),
  filter: yup
    .object({ state: yup.string(), assigned: yup.string(), due: yup.string() })
    .noUnknown(true, 'There is no such filter.'),
  search: yup.object(searchFields).noUnknown(true, 'The search has an option that does not exist.').default(undefined),
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
    format: yup.string().oneOf([...EXPORT_FORMATS], `A format is one of: ${EXPORT_FORMATS.join(', ')}.`),
    separator: yup.string().oneOf([...CSV_SEPARATORS], 'A separator is a comma, a semicolon or a tab.'),
  })
  .noUnknown(true, 'There is an option that does not exist.');

const selected = async (
  strapi: Strapi,
  ctx: Context,
  { source, granted }: { source: Source; granted: string[] | null },
  { recordIds, filter = {}, search }: ExportSelection,
) => {
  const narrowed = filterIn(filter as Record<string, unknown>, readerId(ctx)).filter;
  const named = recordIds && { recordIds: recordIds.map((id) => recordIdIn(source, id)) };
  const found = search && { recordIds: await findEqual(strapi, ctx, source, granted, search) };
  return vaultOf(strapi).ids({ formOrType: source.id, ...narrowed, ...found, ...named });
};

export const countExport = async (strapi: Strapi, ctx: Context, source: Source): Promise<{ submissions: number }> => {
  const granted = await assertMayRead(strapi, source.id, readerId(ctx));
  const body = validateBody<ExportSelection>(countBody, ctx.request.body);
  return { submissions: (await selected(strapi, ctx, { source, granted }, body)).length };
};

const isFile = (value: DisclosedValue): value is DisclosedFile =>
  value !== null &&
  typeof value === 'object' &&
  !Array.isArray(value) &&
  typeof value.file === 'string' &&
  typeof value.name === 'string';

/** A line break is a line feed: what ends a line of the table is in no cell. */
const cellOf = (value: DisclosedValue): Cell => {
  if (value === null) return '';
  if (typeof value === 'number') return value;
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
): Promise<Cell[]> => {
  const { plain, sealed } = columnsOf(source, granted);
  const cells = (columns: Column[], fields: DisclosedField[]): Cell[] =>
    columns.map(({ name }) => cellOf(fields.find((field) => field.name === name)?.value ?? null));
  const answers = async (): Promise<Cell[]> => {
    try {
      const values = await vaultOf(strapi).open(row);
      return cells(sealed, await fieldsToShow(strapi, source, values, row.recordId));
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'SEALED_VALUE_UNREADABLE') throw error;
      // One that is damaged must not keep the others back, nor look like one without answers.
      return sealed.map(() => notOpened);
    }
  };
  return [
    referenceOf(row.recordId),
    row.receivedAt,
    row.state,
    ...cells(plain, await plainFields(strapi, source, row.recordId)),
    ...(await answers()),
  ];
};

/** @throws PolicyError WORKBOOK_TOO_LARGE before it fills the memory of the server */
const gather = async (lines: AsyncIterable<Cell[]>): Promise<Cell[][]> => {
  const rows: Cell[][] = [];
  let letters = 0;
  for await (const cells of lines) {
    letters += sumBy(cells, (cell) => String(cell).length);
    if (letters > MOST_LETTERS) throw refuse('WORKBOOK_TOO_LARGE', say('export.workbookLarge'));
    rows.push(cells);
  }
  return rows;
};

const TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

const languageOf = (ctx: Context): string =>
  (ctx.state.user as { preferedLanguage?: string | null } | undefined)?.preferedLanguage ?? 'en';

/** @throws PolicyError NOT_A_READER, NOTHING_SELECTED, WORKBOOK_TOO_LARGE, ValidationError, Fault DISCLOSURE_IN_TRANSACTION */
export const exportSubmissions = async (strapi: Strapi, ctx: Context, source: Source): Promise<Readable | Buffer> => {
  const granted = await assertMayRead(strapi, source.id, readerId(ctx));
  const { reason, format = 'csv', separator, ...wanted } = validateBody<ExportBody>(exportBody, ctx.request.body);
  const recordIds = await selected(strapi, ctx, { source, granted }, wanted);
  if (format === 'xlsx' && recordIds.length > MOST_IN_WORKBOOK)
    throw refuse('WORKBOOK_TOO_LARGE', say('export.workbookLong', { max: MOST_IN_WORKBOOK }));
  if (recordIds.length === 0) throw refuse('NOTHING_SELECTED', say('submission.noneExported'));
  refuseInTransaction(strapi);
  const { sealed, plain } = columnsOf(source, granted);
  const about = { actor: actorOf(ctx), formOrType: source.id };
  const details = { fields: sealed.map(({ name }) => name), all: granted === null };
  await record(strapi, {
    event: 'submissions.exported',
    ...about,
    from: ctx.request.ip,
    details: { submissions: recordIds.length, reason: reason.trim(), ...details },
  });

  // Said before the first line is sent: a stream is no longer part of the request that asked for it.
  const ownColumns = [say('export.reference'), say('export.received'), say('export.state')];
  const shown = { source, granted, notOpened: say('export.notOpened') };
  const cut = say('export.cut');
  const lines = async function* (): AsyncGenerator<Cell[]> {
    yield [...ownColumns, ...[...plain, ...sealed].map(({ label }) => label)];
    for (const some of chunk(recordIds, BATCH)) {
      // What ended or was changed meanwhile ends this too: the connection breaks, and the file is not whole.
      await assertStillMay(strapi, ctx, { source, action: 'submissions.export', granted });
      const rows = await vaultOf(strapi).findSome(source.id, some);
      await onRecord(strapi, async () => {
        for (const { recordId } of rows) await record(strapi, { event: 'submission.exported', ...about, recordId, details });
      });
      for (const row of rows) yield await lineOf(strapi, shown, row);
    }
  };
  const between = separator ?? separatorIn(languageOf(ctx));
  const asCsv = async function* (): AsyncGenerator<string> {
    yield CSV_START;
    for await (const cells of lines()) yield csvLine(cells.map(String), between);
  };
  const content =
    format === 'xlsx'
      ? await rememberWhole(strapi, await workbookOf(await gather(lines()), cut))
      : asStream(strapi, ctx, rememberPieces(strapi, asCsv()));
  ctx.compress = false;
  ctx.set('Content-Type', TYPES[format]);
  ctx.set('Content-Disposition', `attachment; filename="submissions.${format}"`);
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('Cache-Control', 'no-store');
  return content;
};
