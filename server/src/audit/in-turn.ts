/** Calls that share a transaction share its connection: what must not come between one another's statements goes in turn. */
const last = new WeakMap<object, Promise<unknown>>();

export const inTurn = <Result>(trx: unknown, deed: () => Promise<Result>): Promise<Result> => {
  const before = last.get(trx as object) ?? Promise.resolve();
  // Whether the one before went well is for whoever asked for it.
  const mine = before.then(deed, deed);
  last.set(trx as object, mine);
  return mine;
};
