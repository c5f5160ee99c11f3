/** What opens and what does not, by opening everything and showing nothing. */
import type { Sealer, UnreadableReason } from '../encryption';
import { table, type Strapi } from '../strapi';
import { addTo } from './add-to';
import type { Files } from './files';
import { READ_AT_ONCE } from './in-pieces';
import { FILES, VAULT, type FileRow, type VaultRow } from './models';

export interface Opened {
  total: number;
  /** Ids by the reason for which they do not open. */
  broken: Map<UnreadableReason, string[]>;
}
export interface Examined {
  formOrType: string;
  submissions: Opened;
  attachments: Opened;
}

const inBatches = async function* <Row extends { id: number }>(
  read: (where: Record<string, unknown>) => Promise<Row[]>,
): AsyncGenerator<Row> {
  let after = 0;
  for (let rows = await read({ id: { $gt: after } }); rows.length > 0; rows = await read({ id: { $gt: after } })) {
    yield* rows;
    after = Number(rows.at(-1)?.id);
  }
};

const examineAll = async <Row>(
  rows: AsyncIterable<Row>,
  whyNot: (row: Row) => Promise<UnreadableReason | null>,
  nameOf: (row: Row) => string,
): Promise<Opened> => {
  const opened: Opened = { total: 0, broken: new Map() };
  for await (const row of rows) {
    opened.total += 1;
    const reason = await whyNot(row);
    if (reason !== null) addTo(opened.broken, reason, nameOf(row));
  }
  return opened;
};

export const examine = async (strapi: Strapi, sealer: Sealer, files: Files, formOrType: string): Promise<Examined> => {
  const read =
    <Row>(model: string) =>
    (where: Record<string, unknown>): Promise<Row[]> =>
      table<Row>(strapi, model).findMany({ where: { ...where, formOrType }, orderBy: { id: 'asc' }, limit: READ_AT_ONCE });
  return {
    formOrType,
    submissions: await examineAll(
      inBatches(read<VaultRow>(VAULT)),
      ({ recordId, sealed }) => sealer.whyNot({ formOrType, recordId, part: 'values' }, sealed),
      ({ recordId }) => recordId,
    ),
    attachments: await examineAll(
      inBatches(read<FileRow>(FILES)),
      (file) => files.whyNot(file),
      ({ fileId, recordId }) => `${fileId} (of ${recordId})`,
    ),
  };
};
