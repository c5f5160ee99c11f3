/** A lasting remark on a page: an icon, a colour and always words, so that nothing is said by colour alone. */
import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, Information, Lock, WarningCircle } from '@strapi/icons';

type Tone = 'calm' | 'done' | 'info' | 'warning' | 'danger';

type Hue = 'success' | 'primary' | 'warning' | 'danger';

interface Look {
  icon: typeof Lock;
  colour: string;
  background: `${Hue}100`;
  border: `${Hue}200`;
}

const TONES: Record<Tone, Look> = {
  calm: { icon: Lock, colour: 'success600', background: 'success100', border: 'success200' },
  done: { icon: CheckCircle, colour: 'success600', background: 'success100', border: 'success200' },
  info: { icon: Information, colour: 'primary600', background: 'primary100', border: 'primary200' },
  warning: { icon: WarningCircle, colour: 'warning600', background: 'warning100', border: 'warning200' },
  danger: { icon: WarningCircle, colour: 'danger600', background: 'danger100', border: 'danger200' },
};

interface Props {
  tone: Tone;
  title?: string;
  /** Read out at once by a screen reader, for what appears after an action. */
  announce?: boolean;
  children?: ReactNode;
}

export function Note({ tone, title, announce = false, children }: Props) {
  const { icon: Icon, colour, background, border } = TONES[tone];
  return (
    <Box {...(announce ? { role: 'alert' } : {})} background={background} borderColor={border} hasRadius padding={4}>
      <Flex gap={3} alignItems="flex-start">
        <Flex paddingTop="2px" shrink={0}>
          <Icon fill={colour} width="1.6rem" height="1.6rem" aria-hidden />
        </Flex>
        <Box flex="1" minWidth={0}>
          {title !== undefined && (
            <Typography tag="p" fontWeight="bold" textColor="neutral800">
              {title}
            </Typography>
          )}
          {children !== undefined && (
            <Typography tag="div" textColor="neutral800">
              {children}
            </Typography>
          )}
        </Box>
      </Flex>
    </Box>
  );
}
