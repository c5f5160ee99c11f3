/**
 * The folder of the sealed files, made and tried at the boot: outside of everything that the site serves, writable, and, if
 * it is made here, for its owner only and hidden from git. What does not fit stops the boot with a sentence.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Fault } from '../../fault';
import { configOf, type Strapi } from '../../strapi';

const invalid = (folder: string, sentence: string): Fault =>
  new Fault('CONFIG_INVALID', `config/plugins, form-guard, attachments.folder: "${folder}" ${sentence}`);

const isInside = (folder: string, parent: string): boolean => {
  const way = path.relative(parent, folder);
  return way === '' || (!way.startsWith(`..${path.sep}`) && way !== '..' && !path.isAbsolute(way));
};
const real = (folder: string): string => (existsSync(folder) ? realpathSync(folder) : folder);

/** @throws Fault CONFIG_INVALID */
export const prepareFolder = (strapi: Strapi): string => {
  const folder = path.resolve(strapi.dirs.app.root, configOf(strapi).attachments.folder);
  const open = strapi.dirs.static.public;
  const refusePublic = (): void => {
    if (!isInside(folder, open) && !isInside(real(folder), real(open))) return;
    throw invalid(
      folder,
      `lies in the public folder of the site, "${open}", which is served to everyone. Choose one outside of it.`,
    );
  };
  refusePublic();
  try {
    const isNew = mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined;
    // One that was there may be somebody else's as well; what we make inside is for its owner only in any case.
    if (isNew) writeFileSync(path.join(folder, '.gitignore'), '*\n');
    const probe = path.join(folder, `probe-${randomBytes(8).toString('hex')}`);
    writeFileSync(probe, '', { flag: 'wx', mode: 0o600 });
    rmSync(probe);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw invalid(
      folder,
      `cannot be written by this process (${code}). Attachments are kept there: make it writable, or name another folder.`,
    );
  }
  // Again, now that links on the way to it can be followed.
  refusePublic();
  return folder;
};
