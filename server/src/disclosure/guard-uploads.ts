/**
 * What somebody exported or downloaded does not become public by being put into the media library, where everybody can fetch it:
 * neither the very same file, nor a table of submissions that was saved anew.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { refuse } from '../errors';
import { guardService } from '../protection';
import { say } from '../sentences';
import type { Strapi } from '../strapi';
import { vaultOf } from '../vault';
import { wasHandedOut } from './handed-out';
import { MOST_TEXT, referencesIn } from './references-in';

interface Arriving {
  filepath?: unknown;
}
interface UploadService {
  upload(params: { files?: Arriving | Arriving[] }, ...rest: unknown[]): Promise<unknown>;
  replace(id: unknown, params: { file?: Arriving }, ...rest: unknown[]): Promise<unknown>;
}

/** No table that somebody exported is larger; of a longer file, a film for instance, the beginning is looked at. */
const MOST_TABLE = 64 * 1024 * 1024;

const look = async (file: string): Promise<{ sha256: string; beginning: Buffer }> => {
  const hash = createHash('sha256');
  const kept: Buffer[] = [];
  const { size } = await fs.promises.stat(file);
  const most = size > MOST_TABLE ? MOST_TEXT : size;
  let length = 0;
  for await (const piece of fs.createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(piece);
    if (length < most) kept.push(piece);
    length += piece.length;
  }
  return { sha256: hash.digest('hex'), beginning: Buffer.concat(kept) };
};

/** @throws PolicyError FROM_THE_VAULT */
const assertNotFromVault = async (strapi: Strapi, files: (Arriving | undefined)[]): Promise<void> => {
  for (const file of files) {
    if (typeof file?.filepath !== 'string') continue;
    const { sha256, beginning } = await look(file.filepath);
    if ((await wasHandedOut(strapi, sha256)) || (await vaultOf(strapi).hasSome(referencesIn(beginning))))
      throw refuse('FROM_THE_VAULT', say('upload.fromVault'));
  }
};

/** In `register`. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const guardUploads = (strapi: Strapi): void => {
  if (!strapi.plugin('upload')) return;
  guardService<UploadService>(strapi, 'guard-uploads', 'plugin::upload.upload', ['upload', 'replace'], (service) => ({
    async upload(params, ...rest) {
      await assertNotFromVault(strapi, [params.files ?? []].flat());
      return service.upload(params, ...rest);
    },
    async replace(id, params, ...rest) {
      await assertNotFromVault(strapi, [params.file]);
      return service.replace(id, params, ...rest);
    },
  }));
};
