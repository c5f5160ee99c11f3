/** Who opened a submission and when, and what else was done with it; asked for when somebody wants to see it. */
import { useState } from 'react';
import { Button, Box, Flex, Typography } from '@strapi/design-system';
import type { Disclosure, History } from '../../../../server/src/contract';
import { Who } from '../../audit/Who';
import { Panel } from '../../layout/Panel';
import { When } from '../../layout/When';
import { WhenLoaded } from '../../layout/WhenLoaded';
import { historyAddress } from '../../requests/addresses';
import { useLoaded } from '../../requests/use-loaded';
import { useText } from '../../translations/use-text';

function Entries({ address }: { address: string }) {
  const text = useText();
  const history = useLoaded<{ data: History }>(address);
  return (
    <WhenLoaded of={history}>
      {({ data }) => (
        <Flex tag="ol" direction="column" alignItems="stretch" gap={3} aria-label={text('history.title')}>
          {data.map(({ seq, at, actor, sentence, isWritten }) => (
            <Box tag="li" key={seq}>
              <Typography tag="p" variant="pi" textColor="neutral600">
                <When at={at} as="exactMoment" />, {isWritten ? <Who actor={actor} /> : text('audit.notWritten')}
              </Typography>
              <Typography tag="p">{sentence}</Typography>
            </Box>
          ))}
        </Flex>
      )}
    </WhenLoaded>
  );
}

export function SubmissionHistory({ disclosure: { formOrType, recordId } }: { disclosure: Disclosure }) {
  const text = useText();
  const [isShown, setShown] = useState(false);
  return (
    <Panel title={text('history.title')}>
      {isShown ? (
        <Entries address={historyAddress(formOrType, recordId)} />
      ) : (
        <Button variant="tertiary" onClick={() => setShown(true)}>
          {text('history.show')}
        </Button>
      )}
    </Panel>
  );
}
