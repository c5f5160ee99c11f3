/**
 * Marks the writes that Strapi makes on behalf of one of our sealed writes, so that the floor under them (seal-queries)
 * knows that their values are already in the vault.
 */
import { createWhile } from '../while';

const sealedAbove = createWhile<ReadonlySet<string>>();

export const whileSealed = <Result>(uid: string, write: () => Promise<Result>): Promise<Result> =>
  sealedAbove.run(new Set([...(sealedAbove.now() ?? []), uid]), write);

export const isSealedAbove = (uid: string): boolean => sealedAbove.now()?.has(uid) ?? false;

const movingOut = createWhile<true>();

/** What a maintainer takes out of the vault for good goes into the site's own tables, past the floor. */
export const whileMovingOut = <Result>(write: () => Promise<Result>): Promise<Result> => movingOut.run(true, write);
export const isMovingOut = (): boolean => movingOut.now() === true;
