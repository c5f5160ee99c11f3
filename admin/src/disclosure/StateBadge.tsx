/** The state of a submission, in words and in a colour. */
import { Badge, type BadgeProps } from '@strapi/design-system';
import type { SubmissionState } from '../../../server/src/contract';
import { useText } from '../translations/use-text';

const VARIANTS: Record<SubmissionState, NonNullable<BadgeProps['variant']>> = {
  new: 'primary',
  open: 'secondary',
  done: 'success',
  spam: 'neutral',
};

export function StateBadge({ state }: { state: SubmissionState }) {
  const text = useText();
  return <Badge variant={VARIANTS[state]}>{text(`state.${state}`)}</Badge>;
}
