/** An existing form. What is shown after saving is what the server says it saved. */
import { useMemo } from 'react';
import { useFetchClient } from '@strapi/strapi/admin';
import { useParams } from 'react-router-dom';
import type { Form, FormDefinition } from '../../../server/src/contract';
import { Screen } from '../layout/Screen';
import { WhenLoaded } from '../layout/WhenLoaded';
import { formsPage } from '../pages';
import { formAddress, formDefinitionAddress } from '../requests/addresses';
import { useLoaded } from '../requests/use-loaded';
import { useText } from '../translations/use-text';
import { DeleteForm } from './DeleteForm';
import { editForm } from './edited-form';
import { FormEditor } from './FormEditor';

function ExistingForm({ form, onSaved }: { form: Form; onSaved: (form: Form) => void }) {
  const { put } = useFetchClient();
  const start = useMemo(() => editForm(form), [form]);

  const change = async (definition: FormDefinition) => {
    const { data } = await put<{ data: Form }>(formAddress(form.documentId), definition);
    return data.data;
  };

  return (
    <FormEditor
      title={form.title}
      start={start}
      saved={form}
      save={change}
      onSaved={onSaved}
      extraAction={<DeleteForm form={form} />}
    />
  );
}

export function FormPage() {
  const text = useText();
  const { documentId = '' } = useParams();
  const form = useLoaded<{ data: Form }>(formDefinitionAddress(documentId));

  if (form.loaded.status === 'ready') {
    return <ExistingForm form={form.loaded.answer.data} onSaved={(saved) => form.replace({ data: saved })} />;
  }
  return (
    <Screen title={text('form.title')} backTo={formsPage}>
      <WhenLoaded of={form}>{() => null}</WhenLoaded>
    </Screen>
  );
}
