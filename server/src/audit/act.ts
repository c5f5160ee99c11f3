/**
 * An opening asks several times what the record vouches for: is it whole, who is named, are their accounts as they were. Within one act
 * that is read once. Nothing of it outlives the act, and what is written on a list within it is read anew.
 */
import { createWhile } from '../while';

/** The marks that the head vouched for, and the lists that were read by them. */
export interface Vouched {
  marks: ReadonlyMap<string, string>;
  lists: Map<string, unknown>;
}
interface Act {
  vouched: Vouched | null;
  isOver: boolean;
}

const acts = createWhile<Act>();

const current = (): Act | null => {
  const act = acts.now();
  return act && !act.isOver ? act : null;
};

/** Part of the act around it, if there is one. What somebody began here and nobody waits for belongs to none when this one is over. */
export const asOneAct = async <Result>(run: () => Promise<Result>): Promise<Result> => {
  if (current()) return run();
  const act: Act = { vouched: null, isOver: false };
  try {
    return await acts.run(act, run);
  } finally {
    act.isOver = true;
  }
};

export const vouchedInThisAct = (): Vouched | null => current()?.vouched ?? null;

/** @param vouched null: asked again, it is to be read anew */
export const keepForThisAct = (vouched: Vouched | null): void => {
  const act = current();
  if (act) act.vouched = vouched;
};
