/** One submission, opened for the person who looks at it, with the lasting note that this was recorded. */
import { Flex } from '@strapi/design-system';
import { useParams } from 'react-router-dom';
import type { Disclosure, FormOrTypeId } from '../../../../server/src/contract';
import { Note } from '../../layout/Note';
import { Panel } from '../../layout/Panel';
import { Screen } from '../../layout/Screen';
import { Failed, Waiting } from '../../layout/WhenLoaded';
import { inboxPage } from '../../pages';
import { useDates } from '../../translations/use-dates';
import { useText } from '../../translations/use-text';
import { NotNamed } from '../inbox/NotNamed';
import { isNotNamed } from '../is-not-named';
import { OnlyWhileShown } from '../OnlyWhileShown';
import { DisclosedFields } from './DisclosedFields';
import { StateChoice } from './StateChoice';
import { useOpenedSubmission } from './use-opened-submission';

export function SubmissionPage() {
  const { formOrType = '', recordId = '' } = useParams();
  return (
    <OnlyWhileShown>
      <Submission key={`${formOrType} ${recordId}`} formOrType={formOrType} recordId={recordId} />
    </OnlyWhileShown>
  );
}

function Opened({ disclosure }: { disclosure: Disclosure }) {
  const text = useText();
  const dates = useDates();
  const { opening, withheld } = disclosure;
  return (
    <>
      <Note tone="calm" title={text('submission.recorded', { when: dates.exactMoment(opening.at), number: opening.seq })}>
        {text('submission.careful')}
      </Note>
      <Panel title={text('submission.answers')}>
        <DisclosedFields formOrType={disclosure.formOrType} recordId={disclosure.recordId} fields={disclosure.fields} />
      </Panel>
      {withheld.length > 0 && (
        <Note tone="info" title={text('submission.withheld')}>
          {withheld.join(', ')}
        </Note>
      )}
    </>
  );
}

function Submission({ formOrType, recordId }: { formOrType: FormOrTypeId; recordId: string }) {
  const text = useText();
  const dates = useDates();
  const { opened, setState } = useOpenedSubmission(formOrType, recordId);

  if (opened.status === 'failed' && isNotNamed(opened.failure)) return <NotNamed formOrType={formOrType} />;

  const disclosure = opened.status === 'ready' ? opened.answer : null;
  return (
    <Screen
      title={disclosure === null ? text('submission.title') : text('submission.titleOf', { reference: disclosure.reference })}
      {...(disclosure === null
        ? {}
        : {
            subtitle: text('submission.subtitle', {
              label: disclosure.label,
              when: dates.moment(disclosure.receivedAt),
            }),
          })}
      backTo={inboxPage(formOrType)}
      actions={
        disclosure && <StateChoice formOrType={formOrType} recordId={recordId} state={disclosure.state} onChanged={setState} />
      }
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        {opened.status === 'loading' && <Waiting />}
        {opened.status === 'failed' && <Failed failure={opened.failure} />}
        {disclosure !== null && <Opened disclosure={disclosure} />}
      </Flex>
    </Screen>
  );
}
