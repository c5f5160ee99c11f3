/**
 * Says what was stopped, to whom it would have opened, and which way is right. There is deliberately no button that
 * goes through with it.
 */
import { Box, Button, Dialog, Typography } from '@strapi/design-system';
import type { VisibilityRefusalDetails } from '../../../server/src/contract';
import { useText } from '../translations/use-text';

interface Props {
  details: VisibilityRefusalDetails;
  onChooseReaders: () => void;
  onClose: () => void;
}

export function RefusedDialog({ details, onChooseReaders, onClose }: Props) {
  const text = useText();
  return (
    <Dialog.Root defaultOpen onOpenChange={(open) => !open && onClose()}>
      <Dialog.Content style={{ width: '90vw', maxWidth: '60rem' }}>
        <Dialog.Header>{text('refused.title')}</Dialog.Header>
        <Dialog.Body alignItems="stretch" gap={4} maxHeight="60vh" overflow="auto">
          <Box tag="ul" paddingLeft={4} style={{ listStyle: 'disc' }}>
            {details.exposures.map(({ action, audience, formOrType, sentence }) => (
              <Box tag="li" key={`${formOrType} ${action} ${audience}`} paddingBottom={2}>
                <Typography fontWeight="semiBold">{sentence}</Typography>
              </Box>
            ))}
          </Box>
          <Dialog.Description>{text('refused.explanation')}</Dialog.Description>
        </Dialog.Body>
        <Dialog.Footer>
          <Dialog.Cancel>
            <Button variant="tertiary" fullWidth>
              {text('refused.close')}
            </Button>
          </Dialog.Cancel>
          <Dialog.Action>
            <Button fullWidth onClick={onChooseReaders}>
              {text('refused.chooseReaders')}
            </Button>
          </Dialog.Action>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
}
