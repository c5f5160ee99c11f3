/**
 * Makes an archive, in constant memory and beside a server that runs. What is erased meanwhile is in it whole or not at all;
 * what is sealed anew meanwhile is in it once, under whichever key. Interrupted, it begins its parts anew and keeps the files it
 * has.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { groupBy, keyBy, partition } from 'lodash';
import type { DataKeyRow, Digest, Sealer } from '../../encryption';
import type { Bytes } from '../../bytes';
import { protectedType, protectedTypes } from '../../protection';
import { table, type Strapi } from '../../strapi';
import { keysInUse } from '../data-key-store';
import { storeOf } from '../file-store';
import { MissingFile } from '../file-store/port';
import { READ_AT_ONCE } from '../in-pieces';
import { plainHusks } from '../husks';
import { DIGESTS, FILES, VAULT, type FileRow, type VaultRow } from '../models';
import {
  ArchiveProblem,
  digestOfFile,
  FILES_FOLDER,
  FORM,
  FORMAT,
  houseOf,
  MANIFEST,
  partName,
  placeOfPart,
  textOf,
  type ArchivedFile,
  type Line,
  type Manifest,
  type Part,
  type RecordLine,
} from './format';

const LINES_A_PART = 5000;
interface Builder {
  init(params: object): { execute(): Promise<Record<string, unknown>[]> };
}

/** There or not at all. @returns its digest and length */
const writeWhole = async (file: string, content: Bytes): Promise<{ sha256: string; bytes: number }> => {
  const hash = createHash('sha256');
  let bytes = 0;
  const handle = await open(`${file}.unfinished`, 'w', 0o600);
  try {
    for await (const chunk of content) {
      hash.update(chunk);
      // All of it: `write` may write a part, on a disk that is nearly full.
      await handle.writeFile(chunk);
      bytes += chunk.length;
    }
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.unfinished`, file);
  return { sha256: hash.digest('hex'), bytes };
};

const OURS = /^(part-\d{6}(\.unfinished)?|files|manifest\.json\.unfinished)$/;
/** @throws ArchiveProblem for a folder that holds something else, or a finished archive */
const prepareFolder = async (folder: string): Promise<void> => {
  await mkdir(path.join(folder, FILES_FOLDER), { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw new ArchiveProblem(`The folder ${folder} cannot be made (${error.code}). Nothing was written.`);
  });
  const names = await readdir(folder);
  if (names.includes(MANIFEST))
    throw new ArchiveProblem(`${folder} holds a finished archive. Name another folder; nothing was written.`);
  const other = names.find((name) => !OURS.test(name));
  if (other !== undefined)
    throw new ArchiveProblem(`${folder} holds something else (${other}). Name an empty folder; nothing was written.`);
  for (const name of names.filter((one) => one !== FILES_FOLDER)) await rm(path.join(folder, name));
};

export interface Written {
  forms: number;
  submissions: number;
  files: number;
}

export const writeArchive = async (
  strapi: Strapi,
  sealerOf: (keys: DataKeyRow[]) => Sealer,
  folder: string,
  tell: (written: Written) => void | Promise<void>,
): Promise<Written> => {
  await prepareFolder(folder);
  const archiveId = randomBytes(16).toString('hex');
  const own: DataKeyRow[] = [];
  const sealer = sealerOf(own);
  const written: Written = { forms: 0, submissions: 0, files: 0 };
  const parts: Part[] = [];
  const keysBefore = await keysInUse(strapi);
  const used = { keyIds: new Set<string>(), houses: new Set(protectedTypes(strapi).keys()), files: new Set<string>() };

  const fileOf = async (row: FileRow): Promise<ArchivedFile | null> => {
    const { fileId, storedAs, keyId, field, createdAt } = row;
    const to = path.join(folder, FILES_FOLDER, storedAs);
    const kept = await digestOfFile(to).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    try {
      const copied = kept?.bytes === Number(row.bytes) ? kept : await writeWhole(to, storeOf(strapi).read(storedAs));
      return { fileId, storedAs, keyId, field, createdAt, ...copied };
    } catch (error) {
      if (!(error instanceof MissingFile)) throw error;
      // Sealed anew since its row was read, or erased.
      const now = await table<FileRow>(strapi, FILES).findOne({ where: { fileId } });
      return now && now.storedAs !== storedAs ? fileOf(now) : null;
    }
  };

  const linesOf = async (formOrType: string, rows: VaultRow[]): Promise<RecordLine[]> => {
    const recordIds = rows.map(({ recordId }) => recordId);
    const where = { formOrType, recordId: { $in: recordIds } };
    const digests = groupBy(
      await table<Digest & { id: number; recordId: string }>(strapi, DIGESTS).findMany({ where, orderBy: { id: 'asc' } }),
      'recordId',
    );
    const files = groupBy(await table<FileRow>(strapi, FILES).findMany({ where, orderBy: { id: 'asc' } }), 'recordId');
    const type = protectedType(strapi, formOrType);
    const husks = groupBy(type ? await plainHusks(strapi, type, recordIds) : [], 'documentId');
    const lines: RecordLine[] = [];
    for (const { recordId, receivedAt, state, dueOn, binnedAt, binnedBy, sealed, keyId } of rows) {
      const copied: ArchivedFile[] = [];
      for (const file of files[recordId] ?? []) {
        const one = await fileOf(file);
        if (one) copied.push(one);
      }
      lines.push({
        record: { recordId, formOrType, receivedAt, state, dueOn, sealed, keyId, ...(binnedAt ? { binnedAt, binnedBy } : {}) },
        digests: (digests[recordId] ?? []).map(({ field, kind, part, digest, keyId: under }) => ({
          field,
          kind,
          part,
          digest,
          keyId: under,
        })),
        files: copied,
        husks: (husks[recordId] ?? []).map(({ id: _id, ...husk }) => husk),
      });
    }
    // Erased or written since it was read: what was found of it besides may be of another time.
    const now = keyBy(await table<VaultRow>(strapi, VAULT).findMany({ where }), 'recordId');
    const [whole, others] = partition(
      lines,
      ({ record: { recordId, sealed, binnedAt = null } }) =>
        now[recordId]?.sealed === sealed && (now[recordId].binnedAt === null) === (binnedAt === null),
    );
    const changed = others.flatMap(({ record }) => now[record.recordId] ?? []);
    return changed.length === 0 ? whole : [...whole, ...(await linesOf(formOrType, changed))];
  };

  async function* lines(): AsyncGenerator<Line> {
    const forms = strapi.db.queryBuilder(FORM as never) as unknown as Builder;
    for (const { id: _id, ...form } of await forms.init({ orderBy: { id: 'asc' } }).execute()) {
      written.forms += 1;
      yield { form };
    }
    for (let after = 0; ;) {
      const where = { id: { $gt: after } };
      const rows = await table<VaultRow>(strapi, VAULT).findMany({ where, orderBy: { id: 'asc' }, limit: READ_AT_ONCE });
      if (rows.length === 0) return;
      after = Number(rows.at(-1)?.id);
      for (const [formOrType, some] of Object.entries(groupBy(rows, 'formOrType'))) {
        used.houses.add(formOrType);
        for (const line of await linesOf(formOrType, some)) {
          written.submissions += 1;
          written.files += line.files.length;
          for (const { storedAs } of line.files) used.files.add(storedAs);
          for (const { keyId } of [line.record, ...line.digests, ...line.files]) used.keyIds.add(keyId);
          yield line;
        }
      }
      await tell(written);
    }
  }

  const all = lines();
  const somelines = async function* (state: { isOver: boolean }): AsyncGenerator<Buffer> {
    for (let number = 0; number < LINES_A_PART; number += 1) {
      const next = await all.next();
      if (next.done) {
        state.isOver = true;
        return;
      }
      yield Buffer.from(`${JSON.stringify(next.value)}\n`);
    }
  };
  for (const state = { isOver: false }; !state.isOver;) {
    const name = partName(parts.length);
    const { sealed } = await sealer.sealFile(placeOfPart(archiveId, name), somelines(state));
    parts.push({ name, ...(await writeWhole(path.join(folder, name), sealed)) });
  }
  // After all that was sealed under them: no key that is in use goes missing in between.
  const keys = (await keysInUse(strapi)).filter(
    ({ formOrType }) => formOrType.startsWith('form:') || used.houses.has(formOrType),
  );
  const gone = keysBefore.find(({ keyId }) => used.keyIds.has(keyId) && !keys.some((key) => key.keyId === keyId));
  if (gone)
    throw new ArchiveProblem(
      `A key of "${gone.formOrType}" was destroyed while the backup was made, and some of what was written is under it. Run the backup again.`,
    );
  // Of an attempt that was interrupted, or erased meanwhile.
  for (const name of await readdir(path.join(folder, FILES_FOLDER)))
    if (!used.files.has(name)) await rm(path.join(folder, FILES_FOLDER, name));
  await sealer.ready(houseOf(archiveId));
  const manifest: Manifest = {
    format: FORMAT,
    archiveId,
    madeAt: new Date().toISOString(),
    parts,
    ...written,
    keys: [...keys, ...own].map(({ keyId, formOrType, purpose, generation, state, wrapped, seals }) => ({
      keyId,
      formOrType,
      purpose,
      generation,
      state,
      wrapped,
      seals,
    })),
  };
  const mark = await sealer.mark(houseOf(archiveId), textOf(manifest));
  await writeWhole(
    path.join(folder, MANIFEST),
    (async function* () {
      yield Buffer.from(`${JSON.stringify({ manifest, mark })}\n`);
    })(),
  );
  return written;
};
