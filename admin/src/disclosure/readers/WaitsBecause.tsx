/** Why a naming does not count, where somebody else has to confirm it, in a sentence. */
import { Typography } from '@strapi/design-system';
import type { Grant } from '../../../../server/src/contract';
import { useText } from '../../translations/use-text';

export function WaitsBecause({ grant: { person, status, suspended }, you }: { grant: Grant; you: number }) {
  const text = useText();
  const name = person?.name ?? text('readers.gone');
  const isYours = person?.id === you;
  const why = (): string | null => {
    if (status === 'pending') return isYours ? text('readers.pendingYours') : text('readers.pending', { name });
    if (suspended === null) return null;
    const reason = text(`readers.suspended.${suspended}`, { name });
    return isYours ? `${reason} ${text('readers.suspended.yours', { email: person.email })}` : reason;
  };
  const sentence = why();
  return (
    sentence !== null && (
      <Typography tag="p" variant="pi" textColor="neutral700" style={{ maxWidth: '32rem' }}>
        {sentence}
      </Typography>
    )
  );
}
