/** Shows what was loaded, that it is still loading, or why it could not be; never an empty page without a word. */
import type { ReactNode } from 'react';
import { Button, Flex, Loader } from '@strapi/design-system';
import type { Failure } from '../requests/read-failure';
import type { Loading } from '../requests/use-loaded';
import { useFailureText } from '../requests/use-failure-text';
import { useText } from '../translations/use-text';
import { Note } from './Note';

export function Waiting() {
  const text = useText();
  return (
    <Flex justifyContent="center" padding={10} aria-busy="true">
      <Loader>{text('loading')}</Loader>
    </Flex>
  );
}

export function Failed({ failure, onRetry }: { failure: Failure; onRetry?: () => void }) {
  const text = useText();
  const failureText = useFailureText();
  // To ask again helps where something did not work, not where it is not allowed.
  const isRefused = failure.status === 403;
  return (
    <Note tone="danger" title={text(isRefused ? 'failure.refused' : 'failure.title')} announce>
      {failureText(failure)}
      {onRetry && !isRefused && (
        <Flex paddingTop={3}>
          <Button variant="tertiary" onClick={onRetry}>
            {text('failure.retry')}
          </Button>
        </Flex>
      )}
    </Note>
  );
}

interface Props<Answer> {
  of: Loading<Answer>;
  children: (answer: Answer) => ReactNode;
}

export function WhenLoaded<Answer>({ of: { loaded, reload }, children }: Props<Answer>) {
  switch (loaded.status) {
    case 'loading':
      return <Waiting />;
    case 'failed':
      return <Failed failure={loaded.failure} onRetry={reload} />;
    case 'ready':
      return <>{children(loaded.answer)}</>;
  }
}
