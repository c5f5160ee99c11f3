/** Where a saved form lives and how to put it on a website. Shows what is saved, never what is only typed. */
import { useId, useState } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import { useClipboard, useNotification } from '@strapi/strapi/admin';
import { styled } from 'styled-components';
import type { Form } from '../../../server/src/contract';
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

function CopyButton({ label, content }: { label: string; content: string }) {
  const text = useText();
  const { copy } = useClipboard();
  const { toggleNotification } = useNotification();

  const copyIt = async () => {
    const copied = await copy(content);
    toggleNotification(
      copied ? { type: 'success', message: text('address.copied') } : { type: 'warning', message: text('address.notCopied') },
    );
  };

  return (
    <Button variant="tertiary" size="S" startIcon={<Duplicate />} onClick={() => void copyIt()}>
      {label}
    </Button>
  );
}

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
  return (
    <Box>
      <Flex justifyContent="space-between" gap={4} paddingBottom={2} wrap="wrap">
        <Heading>{text('address.snippet')}</Heading>
        <Flex gap={2}>
          <Button variant="tertiary" size="S" aria-expanded={isShown} aria-controls={codeId} onClick={() => setShown(!isShown)}>
            {text(isShown ? 'address.hideSnippet' : 'address.showSnippet')}
          </Button>
          <CopyButton label={text('address.copySnippet')} content={content} />
        </Flex>
      </Flex>
      <div id={codeId}>
        {isShown && (
          <Code tabIndex={0} aria-label={text('address.snippet')} role="group">
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
  return (
    <Panel title={text('address.title')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        {hasChanged && <Typography textColor="neutral600">{text('address.asSaved')}</Typography>}
        <Box>
          <Flex justifyContent="space-between" gap={4} paddingBottom={2} wrap="wrap">
            <Heading>{text('address.address')}</Heading>
            <CopyButton label={text('address.copyAddress')} content={address} />
          </Flex>
          <Code>{address}</Code>
          <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={1}>
            {text('address.addressHint')}
          </Typography>
        </Box>
        <Snippet content={writeHtmlSnippet(form, address, { send: text('address.send'), limits })} />
      </Flex>
    </Panel>
  );
}
