/**
 * Marks the writes that Strapi makes on behalf of one of our sealed writes, so that the floor under them (seal-queries)
 * knows that their values are already in the vault.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

const sealedAbove = new AsyncLocalStorage<ReadonlySet<string>>();

export const whileSealed = <Result>(uid: string, write: () => Promise<Result>): Promise<Result> =>
  sealedAbove.run(new Set([...(sealedAbove.getStore() ?? []), uid]), write);

export const isSealedAbove = (uid: string): boolean => sealedAbove.getStore()?.has(uid) ?? false;

const movingOut = new AsyncLocalStorage<true>();

/** What a maintainer takes out of the vault for good goes into the site's own tables, past the floor. */
export const whileMovingOut = <Result>(write: () => Promise<Result>): Promise<Result> => movingOut.run(true, write);
export const isMovingOut = (): boolean => movingOut.getStore() === true;
