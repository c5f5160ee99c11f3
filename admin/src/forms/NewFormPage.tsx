/** A form that does not exist yet; saving it makes it, and leads to its own page. */
import { useState } from 'react';
import { useFetchClient } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import type { Form, FormDefinition } from '../../../server/src/contract';
import { formPage } from '../pages';
import { formsAddress } from '../requests/addresses';
import { useText } from '../translations/use-text';
import { emptyForm } from './edited-form';
import { FormEditor } from './FormEditor';
import { NOTHING_TO_LOSE } from './LeaveWarning';

export function NewFormPage() {
  const text = useText();
  const { post } = useFetchClient();
  const navigate = useNavigate();
  const [start] = useState(emptyForm);

  const create = async (definition: FormDefinition) => {
    const { data } = await post<{ data: Form }>(formsAddress, definition);
    return data.data;
  };

  return (
    <FormEditor
      title={text('form.newTitle')}
      start={start}
      saved={null}
      save={create}
      onSaved={({ documentId }) => navigate(formPage(documentId), { replace: true, state: NOTHING_TO_LOSE })}
    />
  );
}
