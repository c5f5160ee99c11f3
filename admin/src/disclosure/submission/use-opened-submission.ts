/**
 * Opens one submission, once, for as long as its page is shown. Every opening is a recorded act, so neither React nor a
 * re-render may cause a second one; what was opened lives in component state only.
 */
import { useEffect, useRef, useState } from 'react';
import { getFetchClient } from '@strapi/strapi/admin';
import type { Disclosure, FormOrTypeId } from '../../../../server/src/contract';
import { openAddress } from '../../requests/addresses';
import { readFailure } from '../../requests/read-failure';
import type { Loaded } from '../../requests/use-loaded';

/** Ids are read at the first render only: give the component that uses this a key made of them. */
export function useOpenedSubmission(formOrType: FormOrTypeId, recordId: string) {
  const [opened, setOpened] = useState<Loaded<Disclosure>>({ status: 'loading' });
  const wasAsked = useRef(false);
  const isShown = useRef(false);

  useEffect(() => {
    isShown.current = true;
    if (!wasAsked.current) {
      wasAsked.current = true;
      // Not useFetchClient: its client is aborted for good by the rehearsal that StrictMode makes of every effect, and an
      // aborted opening is recorded all the same. A POST is not kept by any cache, and the server answers no-store.
      const { post } = getFetchClient();
      post<{ data: Disclosure }>(openAddress(formOrType, recordId)).then(
        ({ data }) => {
          if (isShown.current) setOpened({ status: 'ready', answer: data.data });
        },
        (thrown: unknown) => {
          if (isShown.current) setOpened({ status: 'failed', failure: readFailure(thrown) });
        },
      );
    }
    return () => {
      isShown.current = false;
    };
  }, [formOrType, recordId]);

  const change = (changed: Partial<Disclosure>) =>
    setOpened((previous) =>
      previous.status === 'ready' ? { ...previous, answer: { ...previous.answer, ...changed } } : previous,
    );

  return { opened, change };
}
