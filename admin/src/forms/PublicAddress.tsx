/** Where a saved form lives and how to put it on a website. Shows what is saved, never what is only typed. */
import { useId, useRef, useState } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { flushSync } from 'react-dom';
import { styled } from 'styled-components';
import type { Form } from '../../../server/src/contract';
import { CopyButton } from '../layout/CopyButton';
import { Panel } from '../layout/Panel';
import { useText } from '../translations/use-text';
import { writeHtmlSnippet } from './html-snippet';
import { publicAddress } from './public-address';
import { useFileLimitsText } from './use-file-limits-text';

const Code = styled.pre`
  margin: 0;
  max-height: 24rem;
  overflow: auto;
  padding: ${({ theme }) => theme.spaces[3]};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral100};
  color: ${({ theme }) => theme.colors.neutral800};
  font-family: monospace;
  font-size: ${({ theme }) => theme.fontSizes[1]};
  line-height: ${({ theme }) => theme.lineHeights[4]};
`;

function Heading({ children }: { children: string }) {
  return (
    <Typography tag="h3" variant="sigma" textColor="neutral600">
      {children}
    </Typography>
  );
}

function Snippet({ content }: { content: string }) {
  const text = useText();
  const [isShown, setShown] = useState(false);
  const codeId = useId();
  const code = useRef<HTMLPreElement>(null);
  return (
    <Box>
      <Flex justifyContent="space-between" gap={4} paddingBottom={2} wrap="wrap">
        <Heading>{text('address.snippet')}</Heading>
        <CopyButton label={text('address.copySnippet')} of={code} onCopy={() => flushSync(() => setShown(true))}>
          <Button variant="tertiary" size="S" aria-expanded={isShown} aria-controls={codeId} onClick={() => setShown(!isShown)}>
            {text(isShown ? 'address.hideSnippet' : 'address.showSnippet')}
          </Button>
        </CopyButton>
      </Flex>
      <div id={codeId}>
        {isShown && (
          <Code ref={code} tabIndex={0} aria-label={text('address.snippet')} role="group">
            {content}
          </Code>
        )}
      </div>
    </Box>
  );
}

export function PublicAddress({ form, hasChanged }: { form: Form; hasChanged: boolean }) {
  const text = useText();
  const limits = useFileLimitsText();
  const address = publicAddress(form);
  const shown = useRef<HTMLPreElement>(null);
  return (
    <Panel title={text('address.title')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        {hasChanged && <Typography textColor="neutral600">{text('address.asSaved')}</Typography>}
        <Box>
          <Flex justifyContent="space-between" gap={4} paddingBottom={2} wrap="wrap">
            <Heading>{text('address.address')}</Heading>
            <CopyButton label={text('address.copyAddress')} of={shown} />
          </Flex>
          <Code ref={shown}>{address}</Code>
          <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={1}>
            {text('address.addressHint')}
          </Typography>
        </Box>
        <Snippet content={writeHtmlSnippet(form, address, { send: text('address.send'), limits })} />
      </Flex>
    </Panel>
  );
}
