/** Takes reading away from one person, after asking. */
import { useState } from 'react';
import { Button, Dialog } from '@strapi/design-system';
import { ConfirmDialog, useFetchClient, useNotification } from '@strapi/strapi/admin';
import type { Grant, ReadersPage } from '../../../../server/src/contract';
import { grantAddress } from '../../requests/addresses';
import { useFailureNotice } from '../../requests/use-failure-text';
import { useText } from '../../translations/use-text';

interface Props {
  grant: Grant;
  label: string;
  onRemoved: (readers: ReadersPage) => void;
}

export function RemoveReader({ grant, label, onRemoved }: Props) {
  const text = useText();
  const { del } = useFetchClient();
  const { toggleNotification } = useNotification();
  const tellFailure = useFailureNotice(toggleNotification);
  const [isOpen, setOpen] = useState(false);
  const name = grant.person?.name ?? text('readers.gone');

  const remove = async () => {
    try {
      const { data } = await del<ReadersPage>(grantAddress(grant.formOrType, grant.id));
      toggleNotification({ type: 'success', message: text('readers.removed', { name }) });
      onRemoved(data);
    } catch (thrown) {
      tellFailure(thrown);
    } finally {
      setOpen(false);
    }
  };

  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger>
        <Button variant="danger-light" size="S" aria-label={text('readers.removeOf', { name })}>
          {text('readers.remove')}
        </Button>
      </Dialog.Trigger>
      <ConfirmDialog variant="danger" title={text('readers.removeTitle')} onConfirm={remove}>
        {text('readers.removeBody', { name, label })}
      </ConfirmDialog>
    </Dialog.Root>
  );
}
