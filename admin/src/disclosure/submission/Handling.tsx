/** Who deals with a submission, and by which day; each change is shown only once the server has it. */
import { useState } from 'react';
import { Button, Field, Flex, SingleSelect, SingleSelectOption, TextInput } from '@strapi/design-system';
import { useFetchClient, useNotification } from '@strapi/strapi/admin';
import type { Disclosure, HandlingBody, SubmissionRow } from '../../../../server/src/contract';
import { Panel } from '../../layout/Panel';
import { submissionAddress } from '../../requests/addresses';
import { useFailureNotice } from '../../requests/use-failure-text';
import { useText } from '../../translations/use-text';

const NOBODY = 'nobody';

interface Props {
  disclosure: Disclosure;
  onChanged: (row: SubmissionRow) => void;
}

export function Handling({ disclosure, onChanged }: Props) {
  const text = useText();
  const { put } = useFetchClient();
  const { toggleNotification } = useNotification();
  const tellFailure = useFailureNotice(toggleNotification);
  const { formOrType, recordId, assignedTo, dueOn, colleagues } = disclosure;
  const [day, setDay] = useState(dueOn ?? '');
  const gone = assignedTo !== null && colleagues.every(({ id }) => id !== assignedTo.id) ? [assignedTo] : [];

  const change = async (body: HandlingBody, message: string) => {
    try {
      const { data } = await put<{ data: SubmissionRow }>(submissionAddress(formOrType, recordId), body);
      onChanged(data.data);
      toggleNotification({ type: 'success', message });
    } catch (thrown) {
      tellFailure(thrown);
    }
  };
  const setDue = (on: string) => {
    setDay(on);
    void change({ dueOn: on === '' ? null : on }, text(on === '' ? 'handling.noDay' : 'handling.daySet'));
  };

  return (
    <Panel title={text('handling.title')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Field.Root>
          <Field.Label>{text('inbox.assigned')}</Field.Label>
          <SingleSelect
            value={assignedTo === null ? NOBODY : String(assignedTo.id)}
            onChange={(chosen) => {
              const id = chosen === NOBODY ? null : Number(chosen);
              if (id !== (assignedTo?.id ?? null)) void change({ assignedTo: id }, text('handling.assigned'));
            }}
          >
            <SingleSelectOption value={NOBODY}>{text('inbox.assigned.nobody')}</SingleSelectOption>
            {[...colleagues, ...gone].map(({ id, name }) => (
              <SingleSelectOption key={id} value={String(id)}>
                {name || text('readers.gone')}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Field.Root>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setDue(day);
          }}
        >
          <Flex gap={2} alignItems="flex-end">
            <Field.Root flex="1">
              <Field.Label>{text('handling.due')}</Field.Label>
              <TextInput type="date" value={day} onChange={(event) => setDay(event.target.value)} />
            </Field.Root>
            <Button type="submit" variant="secondary" size="L" disabled={day === (dueOn ?? '')}>
              {text('handling.setDay')}
            </Button>
          </Flex>
        </form>
      </Flex>
    </Panel>
  );
}
