/** Deletes a submission after asking; it can be taken back from the bin for as long as the question says. */
import { useState } from 'react';
import { Button, Dialog } from '@strapi/design-system';
import { Trash } from '@strapi/icons';
import { ConfirmDialog, useFetchClient, useNotification } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import type { Disclosure } from '../../../../server/src/contract';
import { inboxPage } from '../../pages';
import { submissionAddress } from '../../requests/addresses';
import { useFailureNotice } from '../../requests/use-failure-text';
import { useText } from '../../translations/use-text';

interface Props {
  disclosure: Pick<Disclosure, 'formOrType' | 'recordId' | 'reference'>;
  days: number;
}

export function DeleteSubmission({ disclosure: { formOrType, recordId, reference }, days }: Props) {
  const text = useText();
  const { del } = useFetchClient();
  const { toggleNotification } = useNotification();
  const tellFailure = useFailureNotice(toggleNotification);
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);

  const remove = async () => {
    setOpen(false);
    try {
      await del(submissionAddress(formOrType, recordId));
      toggleNotification({ type: 'success', message: text('submission.deleted', { reference }) });
      navigate(inboxPage(formOrType), { replace: true });
    } catch (thrown) {
      tellFailure(thrown);
    }
  };

  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger>
        <Button variant="danger-light" startIcon={<Trash />}>
          {text('submission.delete')}
        </Button>
      </Dialog.Trigger>
      <ConfirmDialog variant="danger" title={text('submission.deleteTitle')} onConfirm={remove}>
        {text('submission.deleteBody', { days })}
      </ConfirmDialog>
    </Dialog.Root>
  );
}
