/** Loads one page of an inbox. What is searched for travels in the body of a request, so no address or log ever holds it. */
import { useCallback, useEffect, useState } from 'react';
import { useFetchClient } from '@strapi/strapi/admin';
import type { InboxPage } from '../../../../server/src/contract';
import { inboxAddress, searchAddress, type InboxFilterName, type PageQuery } from '../../requests/addresses';
import { readFailure } from '../../requests/read-failure';
import type { Loaded } from '../../requests/use-loaded';

export interface Search {
  field: string;
  /** As the server offered it. */
  part: string;
  value: string;
}

export function useInbox(
  formOrType: string,
  { page, pageSize }: PageQuery,
  filters: Record<InboxFilterName, string | null>,
  search: Search | null,
) {
  const { get, post } = useFetchClient();
  const [loaded, setLoaded] = useState<Loaded<InboxPage>>({ status: 'loading' });
  const address = inboxAddress(formOrType, { page, pageSize, ...filters });
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    const request = new AbortController();
    const { signal } = request;
    setLoaded({ status: 'loading' });
    const answer =
      search === null
        ? get<InboxPage>(address, { signal })
        : post<InboxPage>(searchAddress(formOrType), { ...search, page, pageSize }, { signal });
    answer.then(
      ({ data }) => {
        if (!signal.aborted) setLoaded({ status: 'ready', answer: data });
      },
      (thrown: unknown) => {
        if (!signal.aborted) setLoaded({ status: 'failed', failure: readFailure(thrown) });
      },
    );
    return () => request.abort();
  }, [address, formOrType, get, page, pageSize, post, search, turn]);

  return { loaded, reload: useCallback(() => setTurn((previous) => previous + 1), []) };
}
