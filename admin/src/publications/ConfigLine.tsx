/** The line that protects a type, to copy, and where it goes. */
import { useRef } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { CopyButton } from '../layout/CopyButton';
import { useText } from '../translations/use-text';

const Code = styled.pre`
  font-family: monospace;
  overflow-x: auto;
  margin: 0;
`;

/** Where in the config the line goes. */
const BEFORE = 'protect: {\n  ';
const AFTER = '\n},';

export function ConfigLine({ line }: { line: string }) {
  const text = useText();
  const copied = useRef<HTMLElement>(null);
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Typography>{text('publications.protectHow')}</Typography>
      <Box background="neutral100" borderColor="neutral200" hasRadius padding={3}>
        <Typography tag={Code} textColor="neutral800">
          {BEFORE}
          <span ref={copied}>{line}</span>
          {AFTER}
        </Typography>
      </Box>
      <CopyButton label={text('publications.copy')} of={copied} />
    </Flex>
  );
}
