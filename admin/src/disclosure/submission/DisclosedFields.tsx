/**
 * Shows what was disclosed as plain text, whatever it looks like: no value is ever markup, a link or an address to load, and
 * an attachment is a name and a button.
 */
import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { DisclosedField, DisclosedValue, FormOrTypeId } from '../../../../server/src/contract';
import { useText } from '../../translations/use-text';
import { Attachments } from './Attachments';
import { filesIn } from './files-in';

const Words = styled.span`
  white-space: pre-wrap;
  overflow-wrap: anywhere;
`;

function Value({ value }: { value: DisclosedValue }) {
  const text = useText();
  if (value === null || value === '') {
    return <Typography textColor="neutral600">{text('submission.notAnswered')}</Typography>;
  }
  if (typeof value === 'boolean') return <>{text(value ? 'yes' : 'no')}</>;
  if (typeof value === 'string' || typeof value === 'number') return <Words>{value}</Words>;
  if (Array.isArray(value)) {
    if (value.length === 0) return <Value value={null} />;
    return (
      <Box tag="ul" paddingLeft={4} style={{ listStyle: 'disc' }}>
        {value.map((one, index) => (
          <li key={index}>
            <Value value={one} />
          </li>
        ))}
      </Box>
    );
  }
  return (
    <Box paddingLeft={4} paddingTop={2}>
      <Pairs pairs={Object.entries(value).map(([name, inner]) => ({ name, label: name, value: inner }))} />
    </Box>
  );
}

interface Pair {
  name: string;
  label: string;
  value: DisclosedValue;
  /** What stands in place of the value. */
  shown?: ReactNode;
}

function Pairs({ pairs }: { pairs: Pair[] }) {
  return (
    <Flex tag="dl" direction="column" alignItems="stretch" gap={4}>
      {pairs.map(({ name, label, value, shown }) => (
        <div key={name}>
          <Typography tag="dt" variant="pi" fontWeight="bold" textColor="neutral600">
            {label}
          </Typography>
          <Typography tag="dd" textColor="neutral800" paddingTop={1} marginLeft={0}>
            {shown ?? <Value value={value} />}
          </Typography>
        </div>
      ))}
    </Flex>
  );
}

interface Props {
  formOrType: FormOrTypeId;
  recordId: string;
  fields: DisclosedField[];
}

/** `translate="no"`: a browser that translates pages would send the answers to its maker. */
export function DisclosedFields({ formOrType, recordId, fields }: Props) {
  const pairs = fields.map((field): Pair => {
    const files = field.type === 'file' ? filesIn(field.value) : [];
    if (files.length === 0) return field;
    return { ...field, shown: <Attachments formOrType={formOrType} recordId={recordId} files={files} /> };
  });
  return (
    <div translate="no">
      <Pairs pairs={pairs} />
    </div>
  );
}
