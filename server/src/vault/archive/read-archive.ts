/** Reads an archive, after everything in it was held against what its manifest says. Whoever changed it needed its keys. */
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { Bytes } from '../../bytes';
import { whyUnreadable, type DataKeyRow, type Sealer, type UnreadableReason } from '../../encryption';
import { Fault } from '../../fault';
import {
  ArchiveProblem,
  digestOfFile,
  FILES_FOLDER,
  houseOf,
  placeOfPart,
  readManifest,
  textOf,
  type ArchivedFile,
  type Line,
  type Manifest,
  type Part,
} from './format';

const OTHER = 'Nothing was restored. Use another copy of the archive.';

export interface Archive {
  folder: string;
  manifest: Manifest;
  sealer: Sealer;
}

/** @throws ArchiveProblem: no archive, half of one, another one than was written, or its root key is not here */
export const openArchive = async (folder: string, sealerOf: (keys: DataKeyRow[]) => Sealer): Promise<Archive> => {
  const { manifest, mark } = await readManifest(folder);
  const sealer = sealerOf([...manifest.keys]);
  const own = await sealer.mark(houseOf(manifest.archiveId), textOf(manifest)).catch((error: unknown) => {
    if (!(error instanceof Fault) || error.code !== 'ROOT_KEY_UNKNOWN') throw error;
    throw new ArchiveProblem(
      `The root key of this archive is not here. Put the keys that the site had when it was made into FORM_GUARD_KEYS, behind the current one. Nothing was restored.`,
    );
  });
  if (own !== mark) throw new ArchiveProblem(`The manifest is not as it was written. ${OTHER}`);
  for (const { name, sha256 } of manifest.parts) {
    const { sha256: found } = await digestOfFile(path.join(folder, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw new ArchiveProblem(`${name} is missing: this is a part of an archive only. ${OTHER}`);
      throw error;
    });
    if (found !== sha256) throw new ArchiveProblem(`${name} is not as it was written. ${OTHER}`);
  }
  return { folder, manifest, sealer };
};

/** By newlines alone: from Node 24 on node:readline takes U+2028 for one as well, which JSON leaves as it is. */
async function* linesIn(content: Bytes): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let pieces: string[] = [];
  for await (const chunk of content) {
    const [end, ...others] = decoder.write(chunk as Buffer).split('\n');
    pieces.push(end as string);
    for (const begin of others) {
      yield pieces.join('');
      pieces = [begin];
    }
  }
}

async function* linesOfPart({ folder, manifest, sealer }: Archive, { name }: Part): AsyncGenerator<Line> {
  const sealed = createReadStream(path.join(folder, name)) as AsyncIterable<Buffer>;
  for await (const line of linesIn(sealer.openFile(placeOfPart(manifest.archiveId, name), sealed)))
    yield JSON.parse(line) as Line;
}

export async function* linesOf(archive: Archive): AsyncGenerator<Line> {
  for (const part of archive.manifest.parts) yield* linesOfPart(archive, part);
}

export const pathOfFile = ({ folder }: Archive, { storedAs }: ArchivedFile): string => path.join(folder, FILES_FOLDER, storedAs);

export interface Verified {
  forms: number;
  submissions: number;
  files: number;
  /** Submissions and attachments that did not open where the archive was made either. */
  unreadable: number;
  /** Of those, what is under a root key that is not here. */
  withoutRootKey: number;
}

/** Opens everything, and shows nothing of it. @throws ArchiveProblem */
export const verifyArchive = async (archive: Archive, tell: (verified: Verified) => void): Promise<Verified> => {
  const { manifest, sealer } = archive;
  const verified: Verified = { forms: 0, submissions: 0, files: 0, unreadable: 0, withoutRootKey: 0 };
  const whyFileNot = async (formOrType: string, recordId: string, file: ArchivedFile): Promise<UnreadableReason | null> => {
    const at = pathOfFile(archive, file);
    const { sha256: found } = await digestOfFile(at).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw new ArchiveProblem(`An attachment is missing (${file.storedAs}). ${OTHER}`);
      throw error;
    });
    if (found !== file.sha256) throw new ArchiveProblem(`An attachment is not as it was written (${file.storedAs}). ${OTHER}`);
    const place = { formOrType, recordId, part: `file:${file.field}:${file.fileId}` };
    try {
      for await (const _ of sealer.openFile(place, createReadStream(at) as AsyncIterable<Buffer>));
      return null;
    } catch (error) {
      return whyUnreadable(error);
    }
  };
  const note = (reason: UnreadableReason | null): void => {
    if (reason !== null) verified.unreadable += 1;
    if (reason === 'ROOT_KEY_UNKNOWN') verified.withoutRootKey += 1;
  };
  for await (const line of linesOf(archive)) {
    if ('form' in line) {
      verified.forms += 1;
      continue;
    }
    const { formOrType, recordId, sealed } = line.record;
    verified.submissions += 1;
    note(await sealer.whyNot({ formOrType, recordId, part: 'values' }, sealed));
    for (const file of line.files) {
      verified.files += 1;
      note(await whyFileNot(formOrType, recordId, file));
    }
    if (verified.submissions % 1000 === 0) tell(verified);
  }
  const { forms, submissions, files } = manifest;
  if (verified.forms !== forms || verified.submissions !== submissions || verified.files !== files)
    throw new ArchiveProblem(`There is not as much in it as its manifest says. ${OTHER}`);
  return verified;
};
