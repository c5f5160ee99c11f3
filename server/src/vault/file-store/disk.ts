/**
 * Sealed files on the disk: `incoming/<id>` until their record is stored, then `kept/<two digits>/<id>`; folders for their
 * owner only (0700), files too (0600). No part of a path ever comes from outside.
 */
import { mkdir, open, opendir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Bytes } from '../../bytes';
import { isFileId, MissingFile, type FileStore, type Listed } from './port';

const READ_BYTES = 64 * 1024;

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';
/** @throws the error itself unless it says that there is no such file */
const unlessMissing = (error: unknown): undefined => {
  if (isMissing(error)) return undefined;
  throw error;
};

const writeAll = async (file: FileHandle, content: Bytes): Promise<number> => {
  let length = 0;
  for await (const chunk of content) {
    let written = 0;
    while (written < chunk.length) written += (await file.write(chunk, written)).bytesWritten;
    length += written;
  }
  // The database is durable when it answers, so the file must be as well.
  await file.datasync();
  return length;
};

async function* readAll(file: FileHandle): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, READ_BYTES);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

async function* namesIn(folder: string): AsyncGenerator<string> {
  const entries = await opendir(folder).catch(unlessMissing);
  if (!entries) return;
  for await (const { name } of entries) yield name;
}

export const createDiskStore = (folder: string): FileStore => {
  const inside = (...parts: string[]): string => path.join(folder, ...parts);
  const checked = (id: string): string => {
    if (!isFileId(id)) throw new MissingFile('Not the id of a file');
    return id;
  };
  const incoming = (id: string): string => inside('incoming', checked(id));
  const kept = (id: string): string => inside('kept', checked(id).slice(0, 2), id);
  const makeFolder = (file: string) => mkdir(path.dirname(file), { recursive: true, mode: 0o700 });

  async function* listed(at: string, isKept: boolean): AsyncGenerator<Listed> {
    for await (const id of namesIn(at)) {
      const found = isFileId(id) ? await stat(path.join(at, id)).catch(unlessMissing) : undefined;
      if (found) yield { id, isKept, since: found.mtime };
    }
  }

  return {
    async write(id, content) {
      const to = incoming(id);
      await makeFolder(to);
      // `wx`: never into a file that is there.
      const file = await open(to, 'wx', 0o600);
      try {
        return await writeAll(file, content).finally(() => file.close());
      } catch (error) {
        await rm(to, { force: true });
        throw error;
      }
    },

    async keep(id) {
      const to = kept(id);
      await makeFolder(to);
      await rename(incoming(id), to).catch(async (error: unknown) => {
        if (!isMissing(error) || !(await stat(to).catch(unlessMissing))) throw error;
      });
    },

    async *read(id) {
      const file = await open(kept(id), 'r').catch(unlessMissing);
      if (!file) throw new MissingFile('There is no such file');
      try {
        yield* readAll(file);
      } finally {
        await file.close();
      }
    },

    async remove(id) {
      for (const file of [incoming(id), kept(id)]) await rm(file, { force: true });
    },

    async *list() {
      yield* listed(inside('incoming'), false);
      for await (const two of namesIn(inside('kept'))) yield* listed(inside('kept', two), true);
    },
  };
};
