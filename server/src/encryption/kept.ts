/**
 * What takes long to fetch and may be kept for a while: fetched once, however many ask at the same time, and again when its
 * lifetime is over; from four fifths of it on also in the background, so that a source that is away for a moment delays
 * nobody. A failure is never kept. Pure but for the clock that is handed in.
 */
const RENEWED_FROM = 0.8;

interface Entry<Value> {
  value: Promise<Value>;
  /** Once it has come. */
  come: Value | undefined;
  isThere: boolean;
  since: number;
  isRenewing: boolean;
}

export const createKept = <Value>({ lifetimeMs, now }: { lifetimeMs: number; now: () => number }) => {
  const entries = new Map<string, Entry<Value>>();

  const put = (name: string, value: Promise<Value>): Promise<Value> => {
    const entry: Entry<Value> = { value, come: undefined, isThere: false, since: now(), isRenewing: false };
    entries.set(name, entry);
    value.then(
      (come) => {
        entry.come = come;
        entry.isThere = true;
      },
      () => entries.get(name) === entry && entries.delete(name),
    );
    return value;
  };
  const renew = (name: string, entry: Entry<Value>, fetch: () => Promise<Value>): void => {
    entry.isRenewing = true;
    void fetch().then(
      // Not put back when it was forgotten meanwhile.
      (value) => void (entries.get(name) === entry && put(name, Promise.resolve(value))),
      // It is valid for a while yet; whoever asks next tries again.
      () => void (entry.isRenewing = false),
    );
  };

  return {
    /** What `get` would give without waiting or fetching anything; waiting for a promise costs as much as sealing half a field. */
    atHand(name: string): Value | undefined {
      const entry = entries.get(name);
      return entry && now() - entry.since < lifetimeMs * RENEWED_FROM ? entry.come : undefined;
    },
    /**
     * @param isAlone whoever asks holds what another who is fetching may be waiting for (a connection to the database), so
     * it must not wait for that one.
     * @throws what `fetch` throws
     */
    get(name: string, fetch: () => Promise<Value>, isAlone: boolean): Promise<Value> {
      const entry = entries.get(name);
      const age = entry ? now() - entry.since : Infinity;
      if (!entry || age >= lifetimeMs || (isAlone && !entry.isThere)) return put(name, fetch());
      if (age >= lifetimeMs * RENEWED_FROM && !entry.isRenewing && !isAlone) renew(name, entry, fetch);
      return entry.value;
    },
    forget: (name: string): void => void entries.delete(name),
  };
};
