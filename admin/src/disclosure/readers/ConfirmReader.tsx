/** Lets a naming count that waits for a second person, after asking. */
import { useState } from 'react';
import { Button, Dialog } from '@strapi/design-system';
import { ConfirmDialog, useFetchClient, useNotification } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import type { Grant, ReadersPage } from '../../../../server/src/contract';
import { confirmAddress } from '../../requests/addresses';
import { useFailureNotice } from '../../requests/use-failure-text';
import { useText } from '../../translations/use-text';

/** Nobody confirms themself; an account that is off is switched on first. */
export const isToConfirm = ({ person, status, suspended }: Grant, you: number): boolean =>
  person !== null &&
  person.id !== you &&
  (status === 'pending' || (status === 'suspended' && (suspended === 'changed' || suspended === 'unknown')));

interface Props {
  grant: Grant;
  readers: ReadersPage;
  onConfirmed: (readers: ReadersPage) => void;
}

export function ConfirmReader({ grant, readers, onConfirmed }: Props) {
  const text = useText();
  const { formatList } = useIntl();
  const { post } = useFetchClient();
  const { toggleNotification } = useNotification();
  const tellFailure = useFailureNotice(toggleNotification);
  const [isOpen, setOpen] = useState(false);
  const name = grant.person?.name ?? text('readers.gone');
  const labelOf = (field: string) => readers.fields.find((one) => one.name === field)?.label ?? field;
  const fields = grant.fields === null ? text('which.all') : formatList(grant.fields.map(labelOf));

  const confirm = async () => {
    try {
      const { data } = await post<ReadersPage>(confirmAddress(grant.formOrType, grant.id));
      toggleNotification({ type: 'success', message: text('readers.confirmed', { name }) });
      onConfirmed(data);
    } catch (thrown) {
      tellFailure(thrown);
    } finally {
      setOpen(false);
    }
  };

  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger>
        <Button variant="secondary" size="S" aria-label={text('readers.confirmOf', { name })}>
          {text('readers.confirm')}
        </Button>
      </Dialog.Trigger>
      <ConfirmDialog
        variant="default"
        title={grant.status === 'pending' ? text('readers.pendingTitle') : text('readers.confirmTitle')}
        onConfirm={confirm}
      >
        {grant.status === 'pending'
          ? text('readers.pendingBody', { name, label: readers.source.label, fields })
          : text('readers.confirmBody', { name, email: grant.person?.email ?? '' })}
      </ConfirmDialog>
    </Dialog.Root>
  );
}
