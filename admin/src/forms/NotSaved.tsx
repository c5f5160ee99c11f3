/** Why a form was not saved: every problem in one list, because some belong to no single input. */
import { Box } from '@strapi/design-system';
import { Note } from '../layout/Note';
import type { Failure } from '../requests/read-failure';
import { useFailureText } from '../requests/use-failure-text';
import { useText } from '../translations/use-text';

export function NotSaved({ failure }: { failure: Failure }) {
  const text = useText();
  const failureText = useFailureText();
  const messages = [...new Set(Object.values(failure.problems))];
  return (
    <Note tone="danger" title={text('form.notSaved')} announce>
      {messages.length === 0 ? (
        failureText(failure)
      ) : (
        <Box tag="ul" paddingLeft={4} style={{ listStyle: 'disc' }}>
          {messages.map((message) => (
            <li key={message}>{message}</li>
          ))}
        </Box>
      )}
    </Note>
  );
}
