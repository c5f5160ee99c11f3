/** One submission, opened for the person who looks at it, with the lasting note that this was recorded. */
import { Button, Flex, Grid } from '@strapi/design-system';
import { File } from '@strapi/icons';
import { styled } from 'styled-components';
import { useParams } from 'react-router-dom';
import type { Disclosure, FormOrTypeId } from '../../../../server/src/contract';
import { InnerLinkButton } from '../../layout/InnerLink';
import { Note } from '../../layout/Note';
import { Panel } from '../../layout/Panel';
import { Screen } from '../../layout/Screen';
import { Failed, Waiting } from '../../layout/WhenLoaded';
import { inboxPage, submissionPage } from '../../pages';
import { useDates } from '../../translations/use-dates';
import { useText } from '../../translations/use-text';
import { NotNamed } from '../inbox/NotNamed';
import { isNotNamed } from '../is-not-named';
import { OnlyWhileShown } from '../OnlyWhileShown';
import { DeleteSubmission } from './DeleteSubmission';
import { DisclosedFields } from './DisclosedFields';
import { Handling } from './Handling';
import { Notes } from './Notes';
import { PrintOnly } from './print-only';
import { StateChoice } from './StateChoice';
import { SubmissionHistory } from './SubmissionHistory';
import { useOpenedSubmission } from './use-opened-submission';

/** Which submission it is, where no heading of the page says so. */
const OnPaper = styled.p`
  display: none;
  @media print {
    display: block;
    padding-bottom: 1.6rem;
    font-size: 1.4rem;
  }
`;

export function SubmissionPage() {
  const { formOrType = '', recordId = '' } = useParams();
  return (
    <OnlyWhileShown>
      <Submission key={`${formOrType} ${recordId}`} formOrType={formOrType} recordId={recordId} />
    </OnlyWhileShown>
  );
}

interface OpenedProps {
  disclosure: Disclosure;
  onChanged: (changed: Partial<Disclosure>) => void;
}

function Opened({ disclosure, onChanged }: OpenedProps) {
  const text = useText();
  const dates = useDates();
  const { opening, withheld, notes, formOrType, recordId, label, reference, receivedAt } = disclosure;
  return (
    <Grid.Root gap={4} style={{ alignItems: 'start' }}>
      <Grid.Item col={8} s={12} xs={12} direction="column" alignItems="stretch" gap={4} data-form-guard="printed">
        <Note tone="calm" title={text('submission.recorded', { when: dates.exactMoment(opening.at), number: opening.seq })}>
          {text('submission.careful')}
        </Note>
        <Panel title={text('submission.answers')}>
          <OnPaper>{text('submission.onPaper', { label, reference, when: dates.moment(receivedAt) })}</OnPaper>
          <DisclosedFields formOrType={formOrType} recordId={recordId} fields={disclosure.fields} />
        </Panel>
        {withheld.length > 0 && (
          <Note tone="info" title={text('submission.withheld')}>
            {withheld.join(', ')}
          </Note>
        )}
        {notes !== null && <Notes disclosure={disclosure} notes={notes} onWritten={(written) => onChanged({ notes: written })} />}
      </Grid.Item>
      <Grid.Item col={4} s={12} xs={12} direction="column" alignItems="stretch" gap={4}>
        <Handling disclosure={disclosure} onChanged={({ state, assignedTo, dueOn }) => onChanged({ state, assignedTo, dueOn })} />
        <SubmissionHistory disclosure={disclosure} />
      </Grid.Item>
    </Grid.Root>
  );
}

function Neighbours({ disclosure: { formOrType, older, newer } }: { disclosure: Disclosure }) {
  const text = useText();
  return (
    <>
      {newer !== null && (
        <InnerLinkButton to={submissionPage(formOrType, newer)} variant="tertiary">
          {text('submission.newer')}
        </InnerLinkButton>
      )}
      {older !== null && (
        <InnerLinkButton to={submissionPage(formOrType, older)} variant="tertiary">
          {text('submission.older')}
        </InnerLinkButton>
      )}
    </>
  );
}

function Submission({ formOrType, recordId }: { formOrType: FormOrTypeId; recordId: string }) {
  const text = useText();
  const dates = useDates();
  const { opened, change } = useOpenedSubmission(formOrType, recordId);

  if (opened.status === 'failed' && isNotNamed(opened.failure))
    return <NotNamed formOrType={formOrType} failure={opened.failure} />;

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
        disclosure && (
          <>
            <Neighbours disclosure={disclosure} />
            <Button variant="tertiary" startIcon={<File />} onClick={() => window.print()}>
              {text('submission.print')}
            </Button>
            {disclosure.deletable !== null && <DeleteSubmission disclosure={disclosure} days={disclosure.deletable.days} />}
            <StateChoice
              formOrType={formOrType}
              recordId={recordId}
              state={disclosure.state}
              onChanged={(state) => change({ state })}
            />
          </>
        )
      }
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        {opened.status === 'loading' && <Waiting />}
        {opened.status === 'failed' && <Failed failure={opened.failure} />}
        {disclosure !== null && (
          <>
            <PrintOnly />
            <Opened disclosure={disclosure} onChanged={change} />
          </>
        )}
      </Flex>
    </Screen>
  );
}
