/** The line that protects a type, to copy, and where it goes. */
import { useState } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { useText } from '../translations/use-text';

const Code = styled.pre`
  font-family: monospace;
  overflow-x: auto;
  margin: 0;
`;

export function ConfigLine({ line }: { line: string }) {
  const text = useText();
  const [isCopied, setCopied] = useState(false);
  const whole = `protect: {\n  ${line}\n},`;
  const copy = () =>
    navigator.clipboard.writeText(line).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Typography>{text('publications.protectHow')}</Typography>
      <Box background="neutral100" borderColor="neutral200" hasRadius padding={3}>
        <Typography tag={Code} textColor="neutral800">
          {whole}
        </Typography>
      </Box>
      <Flex gap={3}>
        <Button variant="secondary" onClick={() => void copy()}>
          {text('publications.copy')}
        </Button>
        <Typography role="status" textColor="neutral600">
          {isCopied ? text('publications.copied') : ''}
        </Typography>
      </Flex>
    </Flex>
  );
}
