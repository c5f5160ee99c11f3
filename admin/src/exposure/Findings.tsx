/** What is open that should be shut, or is good to know, each with the one step that mends it. */
import { Box, Flex, Typography } from '@strapi/design-system';
import type { ExposureFinding } from '../../../server/src/contract';
import { InnerLink } from '../layout/InnerLink';
import { Note } from '../layout/Note';
import { useText } from '../translations/use-text';

function Finding({ finding }: { finding: ExposureFinding }) {
  const text = useText();
  return (
    <Note tone={finding.severity === 'high' ? 'danger' : 'info'} title={finding.message}>
      <Typography tag="p">{finding.step}</Typography>
      {finding.href !== null && (
        <Box paddingTop={2}>
          <InnerLink to={finding.href} label={text('findings.goFor', { what: finding.message })}>
            {text('findings.go')}
          </InnerLink>
        </Box>
      )}
    </Note>
  );
}

interface Props {
  /** Heard as the name of the list. */
  label: string;
  findings: ExposureFinding[];
}

export function Findings({ label, findings }: Props) {
  if (findings.length === 0) return null;
  return (
    <Flex tag="section" aria-label={label} direction="column" alignItems="stretch" gap={3}>
      {findings.map((finding) => (
        <Finding key={`${finding.code} ${finding.formOrType ?? ''} ${finding.message}`} finding={finding} />
      ))}
    </Flex>
  );
}
