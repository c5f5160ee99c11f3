/**
 * Marks the writes that Strapi makes on behalf of one of our sealed writes, so that the floor under them (seal-queries)
 * knows that their values are already in the vault.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

const sealedAbove = new AsyncLocalStorage<ReadonlySet<string>>();

export const whileSealed = <Result>(uid: string, write: () => Promise<Result>): Promise<Result> =>
  sealedAbove.run(new Set([...(sealedAbove.getStore() ?? []), uid]), write);

export const isSealedAbove = (uid: string): boolean => sealedAbove.getStore()?.has(uid) ?? false;
