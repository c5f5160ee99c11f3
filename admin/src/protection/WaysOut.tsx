/**
 * The two ways out where a save would have published what strangers send to a type that nobody listed: to protect the type, or to decide
 * that this is meant to be public. Neither of them saves anything: whoever decided saves again.
 */
import { useState } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import type { UnlistedChoice } from '../../../server/src/contract';
import { Note } from '../layout/Note';
import { ConfigLine } from '../publications/ConfigLine';
import { Reason } from '../publications/Reason';
import { useText } from '../translations/use-text';

type Way = 'protect' | 'public';

function Choice({ choice, mayDecide }: { choice: UnlistedChoice; mayDecide: boolean }) {
  const text = useText();
  const { label, configLine } = choice;
  const [way, setWay] = useState<Way | null>(null);
  const [isDecided, setDecided] = useState(false);
  if (isDecided) {
    return (
      <Note tone="done" title={text('publications.decided', { label })} announce>
        {text('publications.saveAgain')}
      </Note>
    );
  }
  const button = (one: Way, words: string) => (
    <Button variant={way === one ? 'secondary' : 'tertiary'} aria-expanded={way === one} onClick={() => setWay(one)}>
      {words}
    </Button>
  );
  return (
    <Box tag="section" aria-label={text('publications.waysOut', { label })} background="neutral100" hasRadius padding={4}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Flex gap={3} wrap="wrap">
          {configLine !== null && button('protect', text('publications.protect', { label }))}
          {mayDecide && button('public', text('publications.meantPublic'))}
        </Flex>
        {way === 'protect' && configLine !== null && <ConfigLine line={configLine} />}
        {way === 'public' && <Reason type={choice} onDecided={() => setDecided(true)} isBeforeSaving />}
        {!mayDecide && <Typography textColor="neutral600">{text('publications.onlySuperAdmins')}</Typography>}
      </Flex>
    </Box>
  );
}

export function WaysOut({ choices, mayDecide }: { choices: UnlistedChoice[]; mayDecide: boolean }) {
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      {choices.map((choice) => (
        <Choice key={choice.formOrType} choice={choice} mayDecide={mayDecide} />
      ))}
    </Flex>
  );
}
