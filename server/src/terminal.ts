/** What commands have in common when they speak to a person. */
export const count = (number: number, one: string, more = `${one}s`): string => `${number} ${number === 1 ? one : more}`;

/** Ids are for finding the rows; more than a few would only scroll by. */
const SHOWN = 20;
export const idsOf = (ids: readonly string[], total = ids.length): string =>
  ids.slice(0, SHOWN).join(', ') + (total > SHOWN ? `, and ${total - SHOWN} more` : '');

const EVERY_MS = 2000;
/** @returns tells what it is given at most every two seconds. @param say is called with the seconds since the beginning */
export const nowAndThen = <Now>(say: (now: Now, seconds: number) => void): ((now: Now) => void) => {
  const started = Date.now();
  let told = started;
  return (now) => {
    if (Date.now() - told < EVERY_MS) return;
    told = Date.now();
    say(now, (told - started) / 1000);
  };
};
