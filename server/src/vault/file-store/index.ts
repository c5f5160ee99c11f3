/** The file store of each Strapi; set by start-files.ts, and no Strapi service, which every other plugin could reach. */
import { Fault } from '../../fault';
import type { Strapi } from '../../strapi';
import type { FileStore } from './port';

const stores = new WeakMap<Strapi, FileStore>();

export const useStore = (strapi: Strapi, store: FileStore): void => void stores.set(strapi, store);

export const storeOf = (strapi: Strapi): FileStore => {
  const store = stores.get(strapi);
  if (!store) throw new Fault('STRAPI_NOT_AS_EXPECTED', 'an attachment came before the plugin had started');
  return store;
};
