/** The editor of one form: keeps what was typed when saving fails, and shows each problem beside its field. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Box, Button, Flex } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { useNotification } from '@strapi/strapi/admin';
import type { Form, FormDefinition } from '../../../server/src/contract';
import { Screen } from '../layout/Screen';
import { formsPage } from '../pages';
import { readFailure, type Failure } from '../requests/read-failure';
import { useText } from '../translations/use-text';
import { isSameForm, toDefinition, type EditedForm } from './edited-form';
import { FieldsEditor } from './FieldsEditor';
import { FormBasics } from './FormBasics';
import { AfterSending, KeptDetails } from './FormSettings';
import { LeaveWarning } from './LeaveWarning';
import { NotSaved } from './NotSaved';
import { ProblemsProvider } from './problems';
import { PublicAddress } from './PublicAddress';

interface Props {
  title: string;
  start: EditedForm;
  /** The form as the server has it, or null for a new one. */
  saved: Form | null;
  save: (definition: FormDefinition) => Promise<Form>;
  onSaved: (form: Form) => void;
  extraAction?: ReactNode;
}

export function FormEditor({ title, start, saved, save, onSaved, extraAction }: Props) {
  const text = useText();
  const { toggleNotification } = useNotification();
  const [form, setForm] = useState(start);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isSaving, setSaving] = useState(false);
  const page = useRef<HTMLDivElement>(null);

  useEffect(() => setForm(start), [start]);
  useEffect(() => {
    if (failure !== null) page.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [failure]);

  const hasChanged = !isSameForm(form, start);

  const submit = async () => {
    setSaving(true);
    try {
      const now = await save(toDefinition(form));
      setFailure(null);
      toggleNotification({ type: 'success', message: text('form.saved') });
      onSaved(now);
    } catch (thrown) {
      setFailure(readFailure(thrown));
    } finally {
      setSaving(false);
    }
  };

  return (
    <Screen
      title={title}
      backTo={formsPage}
      actions={
        <>
          {extraAction}
          <Button startIcon={<Check />} loading={isSaving} disabled={!hasChanged} onClick={() => void submit()}>
            {text('form.save')}
          </Button>
        </>
      }
    >
      <LeaveWarning isNeeded={hasChanged} />
      <ProblemsProvider value={failure?.problems ?? {}}>
        <Flex ref={page} direction="column" alignItems="stretch" gap={6}>
          {failure !== null && <NotSaved failure={failure} />}
          {saved !== null && <PublicAddress form={saved} hasChanged={hasChanged} />}
          <FormBasics form={form} isNew={saved === null} onChange={setForm} />
          <FieldsEditor form={form} onChange={setForm} />
          <AfterSending form={form} onChange={setForm} />
          <KeptDetails form={form} onChange={setForm} />
          <Box paddingBottom={6} />
        </Flex>
      </ProblemsProvider>
    </Screen>
  );
}
