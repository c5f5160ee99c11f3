/** One sentence for a failure: the server's own where it gave one. */
import { useCallback } from 'react';
import { useText } from '../translations/use-text';
import { readFailure, type Failure } from './read-failure';

export function useFailureText() {
  const text = useText();
  return useCallback(
    ({ status, message }: Failure): string => {
      if (status === null) return text('failure.noAnswer');
      if (message !== null && message !== '' && status < 500) return message;
      return text('failure.server');
    },
    [text],
  );
}

/** Says in a notification what went wrong; returns the failure for whoever wants to show more. */
export function useFailureNotice(toggleNotification: (notice: { type: 'danger'; message: string }) => void) {
  const failureText = useFailureText();
  return useCallback(
    (thrown: unknown): Failure => {
      const failure = readFailure(thrown);
      toggleNotification({ type: 'danger', message: failureText(failure) });
      return failure;
    },
    [failureText, toggleNotification],
  );
}
