/** The media library of the site: what it keeps of a file besides a row, read, taken away and put back, wherever that is. */
import fs from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Bytes } from '../../bytes';
import { Fault } from '../../fault';
import type { Strapi } from '../../strapi';
import type { Raw } from './before';
import { jsonIn } from './raw-rows';

export const LIBRARY = 'files';
export const LIBRARY_LINKS = 'files_related_mph';
export const LIBRARY_FOLDERS = 'files_folder_lnk';

/** It cannot be read or taken away from here; or it is not there at all. */
export class NotInLibrary extends Error {
  constructor(readonly isMissing: boolean) {
    super('A file of the media library');
  }
}

interface Provider {
  delete(file: object): Promise<unknown>;
  uploadStream?(file: object): Promise<unknown>;
  upload(file: object): Promise<unknown>;
  isPrivate?(): Promise<boolean> | boolean;
  getSignedUrl?(file: object): Promise<{ url: string }>;
}

/** What a file is called where the library keeps it. */
export const nameOf = ({ hash, ext }: Raw): string => `${String(hash)}${String(ext ?? '')}`;

const described = (file: Raw): Raw => ({ ...file, provider_metadata: jsonIn(file.provider_metadata ?? null) });

/** A stream asks for the next chunk before it has handed on the one it holds. */
async function* copies(content: Bytes): AsyncGenerator<Buffer> {
  for await (const chunk of content) yield Buffer.from(chunk);
}

/** Whatever a provider says, and each says it in its own way: it could not. */
const asked = async (answer: Promise<unknown>): Promise<void> => {
  await answer.catch((error: unknown) => {
    throw error instanceof Fault ? error : new NotInLibrary(false);
  });
};

export const libraryOf = (strapi: Strapi) => {
  const upload = strapi.plugin('upload') as unknown as { provider: Provider };
  const { provider: name } = strapi.config.get('plugin::upload') as unknown as { provider: string };

  const local = (file: Raw): string => {
    const base = nameOf(file);
    // Of a row that somebody wrote by hand: nothing outside of this folder is read, and none of it deleted.
    if (path.basename(base) !== base || base === '..') throw new NotInLibrary(false);
    return path.join(strapi.dirs.static.public, 'uploads', base);
  };
  async function* fromDisk(file: Raw): AsyncGenerator<Uint8Array> {
    try {
      yield* fs.createReadStream(local(file)) as AsyncIterable<Buffer>;
    } catch (error) {
      throw new NotInLibrary((error as NodeJS.ErrnoException).code === 'ENOENT');
    }
  }
  async function* fromElsewhere(file: Raw): AsyncGenerator<Uint8Array> {
    const { provider } = upload;
    const isSigned = provider.getSignedUrl !== undefined && (await provider.isPrivate?.()) === true;
    const address = isSigned ? (await provider.getSignedUrl?.(described(file)))?.url : file.url;
    const answer = await fetch(String(address)).catch(() => null);
    if (!answer?.ok || !answer.body) throw new NotInLibrary(answer?.status === 404);
    yield* answer.body as unknown as AsyncIterable<Uint8Array>;
  }

  return {
    /** Whether the provider that the site has today is the one that keeps it. */
    keeps: (file: Raw): boolean => file.provider === name,
    /** @throws NotInLibrary */
    read: (file: Raw): Bytes => (name === 'local' ? fromDisk(file) : fromElsewhere(file)),
    /** @throws NotInLibrary */
    async remove(file: Raw): Promise<void> {
      if (name === 'local') local(file);
      await asked(upload.provider.delete(described(file)));
    },
    /** @returns its address there. @throws NotInLibrary, and what does not open */
    async put(file: Raw, content: Bytes): Promise<string> {
      if (name === 'local') local(file);
      const handed = { ...described(file), url: file.url };
      const { provider } = upload;
      const stream = Readable.from(copies(content));
      if (provider.uploadStream) await asked(provider.uploadStream(Object.assign(handed, { stream })));
      else await asked(provider.upload(Object.assign(handed, { buffer: await buffer(stream) })));
      return String(handed.url);
    },
  };
};
