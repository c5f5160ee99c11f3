/** The answer to the one question everybody has: is everything private? It never says yes while a check says no. */
import { Box, Flex, Typography } from '@strapi/design-system';
import { Lock, WarningCircle } from '@strapi/icons';
import type { Overview } from '../../../server/src/contract';
import { useDates } from '../translations/use-dates';
import { useText } from '../translations/use-text';

type Props = Pick<Overview, 'sources' | 'findings' | 'checkedAt'>;

export function PrivacyHeadline({ sources, findings, checkedAt }: Props) {
  const text = useText();
  const dates = useDates();
  const open = findings.filter(({ severity }) => severity === 'high').length;
  const isPrivate = open === 0;
  const Icon = isPrivate ? Lock : WarningCircle;
  return (
    <Box background="neutral0" hasRadius shadow="tableShadow" padding={6}>
      <Flex gap={4}>
        <Flex background={isPrivate ? 'success100' : 'danger100'} hasRadius padding={4}>
          <Icon fill={isPrivate ? 'success600' : 'danger600'} width="2.4rem" height="2.4rem" aria-hidden />
        </Flex>
        <Box>
          <Typography tag="h2" variant="beta">
            {isPrivate ? text('overview.allPrivate', { count: sources.length }) : text('overview.someOpen', { count: open })}
          </Typography>
          <Typography tag="p" textColor="neutral600" paddingTop={1}>
            {isPrivate ? `${text('overview.onlyNamed')} ` : ''}
            {text('overview.checkedAt', { when: dates.moment(checkedAt) })}
          </Typography>
        </Box>
      </Flex>
    </Box>
  );
}
