/** Changes how far a submission has been dealt with; shows the new state only once the server has it. */
import { useState } from 'react';
import { Box, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useFetchClient, useNotification } from '@strapi/strapi/admin';
import { SUBMISSION_STATES, type FormOrTypeId, type SubmissionRow, type SubmissionState } from '../../../../server/src/contract';
import { submissionAddress } from '../../requests/addresses';
import { useFailureNotice } from '../../requests/use-failure-text';
import { useText } from '../../translations/use-text';

interface Props {
  formOrType: FormOrTypeId;
  recordId: string;
  state: SubmissionState;
  onChanged: (state: SubmissionState) => void;
}

export function StateChoice({ formOrType, recordId, state, onChanged }: Props) {
  const text = useText();
  const { put } = useFetchClient();
  const { toggleNotification } = useNotification();
  const tellFailure = useFailureNotice(toggleNotification);
  const [isSaving, setSaving] = useState(false);

  const change = async (wanted: SubmissionState) => {
    setSaving(true);
    try {
      const { data } = await put<{ data: SubmissionRow }>(submissionAddress(formOrType, recordId), { state: wanted });
      onChanged(data.data.state);
      toggleNotification({
        type: 'success',
        message: text('submission.stateChanged', { state: text(`state.${wanted}`) }),
      });
    } catch (thrown) {
      tellFailure(thrown);
    } finally {
      setSaving(false);
    }
  };

  return (
    <Box width="fit-content" minWidth="20rem">
      <SingleSelect
        aria-label={text('submission.state')}
        value={state}
        customizeContent={() => text('submission.stateIs', { state: text(`state.${state}`) })}
        onChange={(chosen) => {
          const wanted = SUBMISSION_STATES.find((one) => one === chosen);
          // Not disabled meanwhile: that would take the focus away from whoever chose with the keyboard.
          if (wanted !== undefined && wanted !== state && !isSaving) void change(wanted);
        }}
      >
        {SUBMISSION_STATES.map((one) => (
          <SingleSelectOption key={one} value={one}>
            {text(`state.${one}`)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Box>
  );
}
