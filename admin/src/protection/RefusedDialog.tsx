/**
 * Says what was stopped, what it would have done, and which way is right, in the server's own sentences, so that it is true of
 * every kind of change. There is deliberately no button that goes through with it.
 */
import { Box, Button, Dialog, Typography } from '@strapi/design-system';
import type { ExposureEffect, VisibilityRefusalDetails } from '../../../server/src/contract';
import { useText } from '../translations/use-text';

/** Where somebody wants others to have what was sent, naming readers is the way; where it would be lost, it is no help. */
const HELPED_BY_READERS: readonly ExposureEffect[] = ['read', 'changed', 'entered'];

interface Props {
  details: VisibilityRefusalDetails;
  onChooseReaders: () => void;
  onClose: () => void;
}

export function RefusedDialog({ details, onChooseReaders, onClose }: Props) {
  const text = useText();
  const { exposures, saferWay } = details;
  const leadsToReaders = exposures.some(({ effect }) => HELPED_BY_READERS.includes(effect));
  return (
    <Dialog.Root defaultOpen onOpenChange={(open) => !open && onClose()}>
      <Dialog.Content style={{ width: '90vw', maxWidth: '60rem' }}>
        <Dialog.Header>{text('refused.title')}</Dialog.Header>
        <Dialog.Body alignItems="stretch" gap={4} maxHeight="60vh" overflow="auto">
          <Box tag="ul" paddingLeft={4} style={{ listStyle: 'disc' }}>
            {exposures.map(({ sentence }) => (
              <Box tag="li" key={sentence} paddingBottom={2}>
                <Typography fontWeight="semiBold">{sentence}</Typography>
              </Box>
            ))}
          </Box>
          <Dialog.Description>{saferWay.sentence}</Dialog.Description>
        </Dialog.Body>
        <Dialog.Footer>
          <Dialog.Cancel>
            <Button variant="tertiary" fullWidth>
              {text('refused.close')}
            </Button>
          </Dialog.Cancel>
          {leadsToReaders && (
            <Dialog.Action>
              <Button fullWidth onClick={onChooseReaders}>
                {text('refused.chooseReaders')}
              </Button>
            </Dialog.Action>
          )}
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
}
