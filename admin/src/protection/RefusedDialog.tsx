/**
 * Says what was stopped, what it would have done, and which way is right, in the server's own sentences, so that it is true of
 * every kind of change. Where it would open submissions there is deliberately no button that goes through with it: where a type is
 * concerned that nobody listed, a super admin can decide that it is meant to be public, and then save again.
 */
import { useState } from 'react';
import { Box, Button, Dialog, Flex, Typography } from '@strapi/design-system';
import type { ExposureEffect, VisibilityRefusalDetails } from '../../../server/src/contract';
import { useText } from '../translations/use-text';
import { NotificationsBeneath } from './NotificationsBeneath';
import { WaysOut } from './WaysOut';
import type { AllowIt } from './allow-it';

/** Where somebody wants others to have what was sent, naming readers is the way; where it would be lost, it is no help. */
const HELPED_BY_READERS: readonly ExposureEffect[] = ['read', 'changed', 'entered'];

/** `api::contact.contact.find, …update` → `find, update`; events of a webhook as they are. Other kinds of change have no boxes. */
const namesOf = (actions: string): string =>
  actions
    .split(', ')
    .flatMap((action) => {
      if (action.startsWith('entry.')) return action;
      return action.includes('::') ? (action.split('.').at(-1) ?? []) : [];
    })
    .join(', ');
/** What would be lost names itself. */
const HAS_BOXES: readonly ExposureEffect[] = [...HELPED_BY_READERS, 'published', 'told'];

/** Afterwards the screen is loaded anew: what it shows was never saved. */
function Rest({ saveRest }: { saveRest: () => Promise<boolean> }) {
  const text = useText();
  const [hasFailed, setFailed] = useState(false);
  const save = async () => {
    if (await saveRest().catch(() => false)) window.location.reload();
    else setFailed(true);
  };
  return (
    <Flex direction="column" alignItems="flex-start" gap={2}>
      <Typography>{text('refused.rest')}</Typography>
      <Button variant="secondary" onClick={() => void save()}>
        {text('refused.saveRest')}
      </Button>
      {hasFailed && (
        <Typography role="alert" textColor="danger700">
          {text('refused.restNotSaved')}
        </Typography>
      )}
    </Flex>
  );
}

/** Two clicks, and a number that one has to look at. */
function Decision({ people, allowIt }: { people: number; allowIt: AllowIt }) {
  const text = useText();
  const [isAsked, setAsked] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const allow = async () => {
    if (await allowIt().catch(() => false)) window.location.reload();
    else setFailed(true);
  };
  return (
    <Flex direction="column" alignItems="flex-start" gap={2}>
      <Typography>{text('refused.allow', { people })}</Typography>
      {isAsked ? (
        <Button variant="danger-light" onClick={() => void allow()}>
          {text('refused.allowYes', { people })}
        </Button>
      ) : (
        <Button variant="secondary" onClick={() => setAsked(true)}>
          {text('refused.allowFirst')}
        </Button>
      )}
      {hasFailed && (
        <Typography role="alert" textColor="danger700">
          {text('refused.notAllowed')}
        </Typography>
      )}
    </Flex>
  );
}

interface Props {
  details: VisibilityRefusalDetails;
  onChooseReaders: () => void;
  /** What else was in the same save, and nobody refused; null where there is nothing. */
  saveRest: (() => Promise<boolean>) | null;
  allowIt: AllowIt | null;
  onClose: () => void;
}

export function RefusedDialog({ details, onChooseReaders, saveRest, allowIt, onClose }: Props) {
  const text = useText();
  const { exposures, saferWay, unlisted, mayDecide } = details;
  const leadsToReaders = exposures.some(({ effect }) => HELPED_BY_READERS.includes(effect));
  return (
    <Dialog.Root defaultOpen onOpenChange={(open) => !open && onClose()}>
      <NotificationsBeneath />
      <Dialog.Content style={{ width: '90vw', maxWidth: '60rem' }}>
        <Dialog.Header>{text('refused.title')}</Dialog.Header>
        <Dialog.Body alignItems="stretch" gap={4} maxHeight="60vh" overflow="auto">
          <Box tag="ul" paddingLeft={4} style={{ listStyle: 'disc' }}>
            {exposures.map(({ sentence, action, effect }) => (
              <Box tag="li" key={sentence} paddingBottom={2}>
                <Typography fontWeight="semiBold">{sentence}</Typography>
                {HAS_BOXES.includes(effect) && namesOf(action) !== '' && (
                  <Typography tag="p" variant="pi" textColor="neutral600">
                    {text('refused.boxes', { names: namesOf(action) })}
                  </Typography>
                )}
              </Box>
            ))}
          </Box>
          <Dialog.Description>{saferWay.sentence}</Dialog.Description>
          <WaysOut choices={unlisted} mayDecide={mayDecide} />
          {saveRest !== null && <Rest saveRest={saveRest} />}
          {allowIt !== null && details.allow && <Decision people={details.allow.people} allowIt={allowIt} />}
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
