/**
 * Where sealed files lie: a small port, so that object storage can stand beside the disk. A store sees random ids and sealed
 * bytes, never a name, a field or a clear byte.
 */
import { randomBytes } from 'node:crypto';
import type { Bytes } from '../../bytes';

export interface Listed {
  id: string;
  /** Whether `keep` was called for it. */
  isKept: boolean;
  /** When its last byte was written. */
  since: Date;
}

export interface FileStore {
  /** Takes a new file in. When `content` throws, nothing of it remains. @returns how many bytes were written */
  write(id: string, content: Bytes): Promise<number>;
  /** What was taken in stays; called while its record is stored. Again for the same file it does nothing. */
  keep(id: string): Promise<void>;
  /** @throws MissingFile while reading */
  read(id: string): Bytes;
  /** Taken in or kept: nothing remains. One that is not there is gone already. */
  remove(id: string): Promise<void>;
  list(): AsyncIterable<Listed>;
}

/** The store has no such file: its caller says so with the one fault for what does not open. */
export class MissingFile extends Error {}

const ID = /^[0-9a-f]{32}$/;
export const newFileId = (): string => randomBytes(16).toString('hex');
export const isFileId = (id: string): boolean => ID.test(id);
