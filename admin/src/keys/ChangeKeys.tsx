/** A new key for a form, or the end of its older ones, after asking. */
import { useState } from 'react';
import { Button, Dialog } from '@strapi/design-system';
import { ConfirmDialog, useFetchClient, useNotification } from '@strapi/strapi/admin';
import type { KeysOverview } from '../../../server/src/contract';
import { useFailureNotice } from '../requests/use-failure-text';
import { useText } from '../translations/use-text';

interface Props {
  deed: 'rotate' | 'destroy';
  label: string;
  address: string;
  onChanged: (answer: { data: KeysOverview[] }) => void;
}

export function ChangeKeys({ deed, label, address, onChanged }: Props) {
  const text = useText();
  const { post } = useFetchClient();
  const { toggleNotification } = useNotification();
  const tellFailure = useFailureNotice(toggleNotification);
  const [isOpen, setOpen] = useState(false);

  const change = async () => {
    try {
      const { data } = await post<{ data: KeysOverview[] }>(address);
      toggleNotification({ type: 'success', message: text(`keys.${deed}Done`, { label }) });
      onChanged(data);
    } catch (thrown) {
      tellFailure(thrown);
    } finally {
      setOpen(false);
    }
  };

  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger>
        <Button
          variant={deed === 'rotate' ? 'secondary' : 'danger-light'}
          size="S"
          aria-label={text(`keys.${deed}Of`, { label })}
        >
          {text(`keys.${deed}`)}
        </Button>
      </Dialog.Trigger>
      <ConfirmDialog variant={deed === 'rotate' ? 'default' : 'danger'} title={text(`keys.${deed}Title`)} onConfirm={change}>
        {text(`keys.${deed}Body`, { label })}
      </ConfirmDialog>
    </Dialog.Root>
  );
}
