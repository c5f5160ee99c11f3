/** The state of a submission, in words and in a colour. */
import type { SubmissionState } from '../../../server/src/contract';
import { Badge, type BadgeLook } from '../layout/Badge';
import { useText } from '../translations/use-text';

const LOOKS: Record<SubmissionState, BadgeLook> = {
  // Not the blue badge of design-system 2.2: it cannot be read in the dark look (2.4:1); its lighter ground can.
  new: { backgroundColor: 'primary100', textColor: 'primary700' },
  open: { variant: 'secondary' },
  done: { variant: 'success' },
  spam: { variant: 'neutral' },
};

export function StateBadge({ state }: { state: SubmissionState }) {
  const text = useText();
  return <Badge {...LOOKS[state]}>{text(`state.${state}`)}</Badge>;
}
