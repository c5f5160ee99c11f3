/** Loads one address for as long as a page shows it. Nothing is cached: what is left behind is forgotten. */
import { useCallback, useEffect, useState } from 'react';
import { useFetchClient } from '@strapi/strapi/admin';
import { readFailure, type Failure } from './read-failure';

export type Loaded<Answer> = { status: 'loading' } | { status: 'failed'; failure: Failure } | { status: 'ready'; answer: Answer };

export interface Loading<Answer> {
  loaded: Loaded<Answer>;
  reload: () => void;
  /** For the answer of a change, which is the new truth. */
  replace: (answer: Answer) => void;
}

export function useLoaded<Answer>(address: string): Loading<Answer> {
  const { get } = useFetchClient();
  const [loaded, setLoaded] = useState<Loaded<Answer>>({ status: 'loading' });
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    const request = new AbortController();
    setLoaded({ status: 'loading' });
    get<Answer>(address, { signal: request.signal }).then(
      ({ data }) => {
        if (!request.signal.aborted) setLoaded({ status: 'ready', answer: data });
      },
      (thrown: unknown) => {
        if (!request.signal.aborted) setLoaded({ status: 'failed', failure: readFailure(thrown) });
      },
    );
    return () => request.abort();
  }, [address, get, turn]);

  return {
    loaded,
    reload: useCallback(() => setTurn((previous) => previous + 1), []),
    replace: useCallback((answer: Answer) => setLoaded({ status: 'ready', answer }), []),
  };
}

/** Asks again without showing that it does; an answer that fails changes nothing, the next one may not. */
export function useReloaded<Answer>(address: string, onAnswer: (answer: Answer) => void): () => void {
  const { get } = useFetchClient();
  return useCallback(() => {
    get<Answer>(address).then(
      ({ data }) => onAnswer(data),
      () => undefined,
    );
  }, [address, get, onAnswer]);
}
