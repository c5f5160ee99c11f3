/** A white card with a heading: one part of a page. */
import { useId, type ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';

interface Props {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}

export function Panel({ title, actions, children }: Props) {
  const headingId = useId();
  return (
    <Box tag="section" aria-labelledby={headingId} background="neutral0" hasRadius shadow="tableShadow" padding={6}>
      <Flex justifyContent="space-between" gap={4} paddingBottom={4}>
        <Typography tag="h2" variant="delta" id={headingId}>
          {title}
        </Typography>
        {actions}
      </Flex>
      {children}
    </Box>
  );
}
