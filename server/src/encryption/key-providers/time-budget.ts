/** A call to a key provider ends in time, whatever the provider does; one more try, for what may work later, is within it. */
import { setTimeout as wait } from 'node:timers/promises';
import { Fault } from '../../fault';
import { unavailable } from './provider-faults';

export const DEFAULT_TIMEOUT_MS = 3000;
const RETRY_AFTER_MS = 200;

/**
 * @param work gets a signal that is set when the time is over; if it does not heed it, nobody waits for it.
 * @throws Fault KEY_PROVIDER_UNAVAILABLE when the time is over
 */
export const withinTime = async <T>(where: string, timeoutMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const end = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(unavailable(`${where} gave no answer within ${timeoutMs} ms.`));
      end.abort();
    }, timeoutMs);
  });
  try {
    return await Promise.race([work(end.signal), late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Tries once more after a short wait when the first try says that it may work later. */
export const onceMore = async <T>(timeoutMs: number, signal: AbortSignal, attempt: () => Promise<T>): Promise<T> => {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof Fault && error.code === 'KEY_PROVIDER_UNAVAILABLE') || signal.aborted) throw error;
    await wait(Math.min(RETRY_AFTER_MS, timeoutMs / 10), undefined, { signal });
    return attempt();
  }
};
