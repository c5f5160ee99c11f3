/** What can be done with a deleted submission: it comes back at once, and is erased after asking. */
import { useState } from 'react';
import { Button, Dialog } from '@strapi/design-system';
import { ConfirmDialog, useFetchClient, useNotification } from '@strapi/strapi/admin';
import type { FormOrTypeId } from '../../../../server/src/contract';
import { eraseAddress, takeBackAddress } from '../../requests/addresses';
import { useFailureNotice } from '../../requests/use-failure-text';
import { useText } from '../../translations/use-text';

interface Props {
  formOrType: FormOrTypeId;
  recordId: string;
  reference: string;
  onDone: () => void;
}

function useDeed(address: string, done: string, onDone: () => void) {
  const { post } = useFetchClient();
  const { toggleNotification } = useNotification();
  const tellFailure = useFailureNotice(toggleNotification);
  return async () => {
    try {
      await post(address);
      toggleNotification({ type: 'success', message: done });
      onDone();
    } catch (thrown) {
      tellFailure(thrown);
    }
  };
}

export function TakeBack({ formOrType, recordId, reference, onDone }: Props) {
  const text = useText();
  const takeBack = useDeed(takeBackAddress(formOrType, recordId), text('bin.takenBack', { reference }), onDone);
  return (
    <Button variant="secondary" size="S" aria-label={text('bin.takeBackOf', { reference })} onClick={takeBack}>
      {text('bin.takeBack')}
    </Button>
  );
}

export function EraseNow({ formOrType, recordId, reference, onDone }: Props) {
  const text = useText();
  const erase = useDeed(eraseAddress(formOrType, recordId), text('bin.erased', { reference }), onDone);
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger>
        <Button variant="danger-light" size="S" aria-label={text('bin.eraseOf', { reference })}>
          {text('bin.erase')}
        </Button>
      </Dialog.Trigger>
      <ConfirmDialog
        variant="danger"
        title={text('bin.eraseTitle')}
        onConfirm={async () => {
          setOpen(false);
          await erase();
        }}
      >
        {text('bin.eraseBody', { reference })}
      </ConfirmDialog>
    </Dialog.Root>
  );
}
