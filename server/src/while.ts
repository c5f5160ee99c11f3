/**
 * What holds while something runs, for all that is called from it. Node 20 carries every storage that is enabled through
 * every promise of every request, so one that nobody is in is switched off.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

export const createWhile = <What>() => {
  const storage = new AsyncLocalStorage<What>();
  let running = 0;
  return {
    async run<Result>(what: What, run: () => Promise<Result>): Promise<Result> {
      running += 1;
      try {
        return await storage.run(what, run);
      } finally {
        running -= 1;
        if (running === 0) storage.disable();
      }
    },
    now: (): What | undefined => (running === 0 ? undefined : storage.getStore()),
  };
};
