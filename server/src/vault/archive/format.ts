/**
 * An archive of the vault: a folder of parts, sealed files, and a manifest that is written last and lists the others with their
 * digests. Values stay sealed as they are in the vault; the parts are sealed besides, under a key of the archive's own.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as yup from 'yup';
import type { DataKeyRow, Digest, Place } from '../../encryption';
import type { FileRow, VaultRow } from '../models';

export const FORMAT = 'form-guard-archive-1';
export const MANIFEST = 'manifest.json';
export const FILES_FOLDER = 'files';
/** The content type of the forms, which belongs to another room. */
export const FORM = 'plugin::form-guard.form';

/** Something about an archive that the maintainer must know; the message is a sentence for them. */
export class ArchiveProblem extends Error {}

export interface Part {
  name: string;
  sha256: string;
  bytes: number;
}
export interface Manifest {
  format: string;
  archiveId: string;
  madeAt: string;
  parts: Part[];
  forms: number;
  submissions: number;
  files: number;
  /** Wrapped data keys: of all that is in it, and of the archive itself. */
  keys: DataKeyRow[];
}

export type ArchivedFile = Pick<FileRow, 'fileId' | 'storedAs' | 'keyId' | 'field' | 'createdAt'> & {
  bytes: number;
  sha256: string;
};
/** Only of what was in the bin. Archives from before there was one have none. */
type ArchivedBin = Partial<Pick<VaultRow, 'binnedAt' | 'binnedBy'>>;
/** One line of a part: a form, or a submission with all that belongs to it. */
export type Line =
  | { form: Record<string, unknown> }
  | {
      /** Whom it is assigned to is left out: another site has other people under the same ids. */
      record: Omit<VaultRow, 'id' | 'assignedTo' | 'binnedAt' | 'binnedBy'> & ArchivedBin;
      digests: Digest[];
      files: ArchivedFile[];
      /** Of a wrapped type: the rows of the document, as far as they are plain. */
      husks: Record<string, unknown>[];
    };

export type RecordLine = Exclude<Line, { form: unknown }>;

export const houseOf = (archiveId: string): string => `form-guard:archive:${archiveId}`;
export const placeOfPart = (archiveId: string, name: string): Place => ({
  formOrType: houseOf(archiveId),
  recordId: archiveId,
  part: name,
});
export const partName = (number: number): string => `part-${String(number).padStart(6, '0')}`;
/** @throws what the disk says, ENOENT where there is no such file */
export const digestOfFile = async (file: string): Promise<{ sha256: string; bytes: number }> => {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), bytes };
};
/** What the keyed mark is over. */
export const textOf = (manifest: Manifest): string => JSON.stringify(manifest);

const text = yup.string().strict().required();
const number = yup.number().strict().integer().min(0).required();
const schema = yup
  .object({
    manifest: yup
      .object({
        format: text,
        archiveId: text.matches(/^[0-9a-f]{32}$/),
        madeAt: text,
        parts: yup
          .array()
          .of(yup.object({ name: text.matches(/^part-\d{6}$/), sha256: text.matches(/^[0-9a-f]{64}$/), bytes: number }).strict())
          .required(),
        forms: number,
        submissions: number,
        files: number,
        keys: yup.array().of(yup.object().strict()).required(),
      })
      .strict()
      .required(),
    mark: text,
  })
  .strict()
  .required();

/** Not yet known to be ours: its mark is not tried here. @throws ArchiveProblem */
export const readManifest = async (folder: string): Promise<{ manifest: Manifest; mark: string }> => {
  const found = await readFile(path.join(folder, MANIFEST), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ArchiveProblem(
      error.code === 'ENOENT'
        ? `There is no ${MANIFEST} in ${folder}: this is no archive, or a backup that was not finished. Run the backup again, or name another folder.`
        : `${MANIFEST} in ${folder} cannot be read (${error.code}).`,
    );
  });
  const format = /"format":"([^"]{1,60})"/.exec(found)?.[1];
  if (format !== undefined && format !== FORMAT) {
    throw new ArchiveProblem(
      `This archive has the format "${format}", and this Form Guard reads "${FORMAT}". Use the Form Guard that made it.`,
    );
  }
  try {
    return schema.validateSync(JSON.parse(found), { strict: true }) as unknown as { manifest: Manifest; mark: string };
  } catch {
    throw new ArchiveProblem(`${MANIFEST} in ${folder} is damaged. Nothing was restored. Use another copy of the archive.`);
  }
};
