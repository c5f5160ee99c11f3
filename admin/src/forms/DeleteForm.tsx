/** Deletes a form after asking. The server refuses while there are submissions; its sentence is shown as it is. */
import { useState } from 'react';
import { Button, Dialog } from '@strapi/design-system';
import { Trash } from '@strapi/icons';
import { ConfirmDialog, useFetchClient, useNotification } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import type { Form } from '../../../server/src/contract';
import { formsPage } from '../pages';
import { formAddress } from '../requests/addresses';
import { useFailureNotice } from '../requests/use-failure-text';
import { useText } from '../translations/use-text';
import { NOTHING_TO_LOSE } from './LeaveWarning';

export function DeleteForm({ form }: { form: Form }) {
  const text = useText();
  const { del } = useFetchClient();
  const { toggleNotification } = useNotification();
  const tellFailure = useFailureNotice(toggleNotification);
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);

  const deleteForm = async () => {
    try {
      await del(formAddress(form.documentId));
      toggleNotification({ type: 'success', message: text('form.deleted') });
      navigate(formsPage, { replace: true, state: NOTHING_TO_LOSE });
    } catch (thrown) {
      tellFailure(thrown);
    } finally {
      setOpen(false);
    }
  };

  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger>
        <Button variant="danger-light" startIcon={<Trash />}>
          {text('form.delete')}
        </Button>
      </Dialog.Trigger>
      <ConfirmDialog variant="danger" title={text('form.deleteTitle')} onConfirm={deleteForm}>
        {text('form.deleteBody', { title: form.title })}
      </ConfirmDialog>
    </Dialog.Root>
  );
}
