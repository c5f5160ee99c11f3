/** Asks a super admin why everybody may read what strangers send, and records the decision with that reason. */
import { useId, useState } from 'react';
import { Button, Field, Flex, Textarea, Typography } from '@strapi/design-system';
import { getFetchClient } from '@strapi/strapi/admin';
import { LONGEST_REASON, SHORTEST_REASON, type DecidePublicBody, type UnlistedType } from '../../../server/src/contract';
import { publicationsAddress } from '../requests/addresses';
import { readFailure } from '../requests/read-failure';
import { useFailureText } from '../requests/use-failure-text';
import { useText } from '../translations/use-text';

type Type = Pick<UnlistedType, 'formOrType' | 'label' | 'attributes'>;

interface Props {
  type: Type;
  onDecided: (unlisted: UnlistedType[]) => void;
  /** Whether a save was stopped, which has to be made again. */
  isBeforeSaving?: boolean;
}

export function Reason({ type: { formOrType, label, attributes }, onDecided, isBeforeSaving = false }: Props) {
  const text = useText();
  const failureText = useFailureText();
  const hintId = useId();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);

  const decide = async () => {
    setSending(true);
    try {
      const body: DecidePublicBody = { formOrType, reason, attributes };
      const { data } = await getFetchClient().post<{ data: UnlistedType[] }>(publicationsAddress, body);
      onDecided(data.data);
    } catch (thrown) {
      const failure = readFailure(thrown);
      setProblem(failure.problems.reason ?? failureText(failure));
      setSending(false);
    }
  };

  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Typography id={hintId}>
        {text('publications.whatItMeans', { label })}
        {isBeforeSaving && ` ${text('publications.notSavedYet')}`}
      </Typography>
      <Field.Root
        required
        {...(problem === null ? {} : { error: problem })}
        hint={text('publications.reasonHint', { min: SHORTEST_REASON })}
      >
        <Field.Label>{text('publications.reason')}</Field.Label>
        <Textarea
          value={reason}
          maxLength={LONGEST_REASON}
          aria-describedby={hintId}
          onChange={({ target }: { target: HTMLTextAreaElement }) => setReason(target.value)}
        />
        <Field.Hint />
        <Field.Error />
      </Field.Root>
      <Flex>
        <Button variant="danger-light" loading={isSending} onClick={() => void decide()}>
          {text('publications.decide')}
        </Button>
      </Flex>
    </Flex>
  );
}
