/**
 * Starts the file store. Each vault has a folder of its own in the one that the config names, called by a mark that only its
 * keys make: a site that meets an empty or another database by mistake takes nobody's files for left-overs.
 */
import path from 'node:path';
import { unreadable } from '../encryption';
import { Fault } from '../fault';
import type { Strapi } from '../strapi';
import { useStore } from './file-store';
import { createDiskStore } from './file-store/disk';
import { prepareFolder } from './file-store/folder';
import type { FileStore } from './file-store/port';
import { sweepFiles } from './sweep-files';
import { vaultOf } from './vault';

const HOUSE = 'form-guard:files';
const HOURLY = '0 17 * * * *';

const storeIn = async (strapi: Strapi, folder: string): Promise<FileStore> => {
  await vaultOf(strapi).readyMarks(HOUSE);
  const own = (await vaultOf(strapi).mark(HOUSE, 'folder')).slice(0, 32);
  return createDiskStore(path.join(folder, own));
};

/** To look at files and change none. Without the key that names their folder they are as good as sealed for ever. */
export const findFiles = async (strapi: Strapi): Promise<void> => {
  const folder = prepareFolder(strapi);
  const store = await storeIn(strapi, folder).catch((error: unknown): FileStore => {
    if (!(error instanceof Fault) || error.code !== 'ROOT_KEY_UNKNOWN') throw error;
    const read = (): never => {
      throw unreadable('an attachment', 'ROOT_KEY_UNKNOWN');
    };
    return { ...createDiskStore(folder), read };
  });
  useStore(strapi, store);
};

/** In `bootstrap`, when the keys are there. @throws Fault CONFIG_INVALID */
export const startFiles = async (strapi: Strapi): Promise<void> => {
  const store = await storeIn(strapi, prepareFolder(strapi));
  useStore(strapi, store);
  const sweep = async (): Promise<void> => {
    const removed = await sweepFiles(store, vaultOf(strapi).files, new Date());
    if (removed > 0) strapi.log.info(`Form Guard removed ${removed} sealed files that belong to no submission.`);
  };
  await sweep();
  strapi.cron.add({ formGuardFiles: { task: sweep, options: { rule: HOURLY } } });
};
