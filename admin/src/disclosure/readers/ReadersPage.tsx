/** Who may read the submissions of one form, since when and until when; and the only place where that is changed. */
import { useState } from 'react';
import { Button, Flex } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { useParams, useSearchParams } from 'react-router-dom';
import type { ReadersPage as Readers } from '../../../../server/src/contract';
import { InnerLinkButton } from '../../layout/InnerLink';
import { Note } from '../../layout/Note';
import { Screen } from '../../layout/Screen';
import { WhenLoaded } from '../../layout/WhenLoaded';
import { inboxPage, overviewPage, whoCanReadPage } from '../../pages';
import { readersAddress } from '../../requests/addresses';
import { useLoaded } from '../../requests/use-loaded';
import { useText } from '../../translations/use-text';
import { ADD_PEOPLE, AddPeople } from './AddPeople';
import { GrantsTable } from './GrantsTable';
import { NameList } from './NameList';
import { isWaiting, peopleWhoMayRead } from './who-may-read';

function Actions({ readers, onAdd }: { readers: Readers; onAdd: () => void }) {
  const text = useText();
  return (
    <>
      {readers.source.youMayRead && (
        <InnerLinkButton to={inboxPage(readers.source.id)} variant="tertiary">
          {text('readers.inbox')}
        </InnerLinkButton>
      )}
      {readers.mayName && (
        <InnerLinkButton to={whoCanReadPage(readers.source.id)} variant="tertiary">
          {text('who.title')}
        </InnerLinkButton>
      )}
      {readers.mayName && (
        <Button id={ADD_PEOPLE} startIcon={<Plus />} onClick={onAdd}>
          {text('readers.add')}
        </Button>
      )}
    </>
  );
}

export function ReadersPage() {
  const text = useText();
  const { formOrType = '' } = useParams();
  const page = useLoaded<Readers>(readersAddress(formOrType));
  const [query, setQuery] = useSearchParams();
  const [isAdding, setAdding] = useState(query.has('share'));
  const close = () => {
    setAdding(false);
    if (query.has('share')) setQuery({}, { replace: true });
  };
  const readers = page.loaded.status === 'ready' ? page.loaded.answer : null;

  return (
    <Screen
      title={readers === null ? text('readers.title') : text('readers.titleOf', { label: readers.source.label })}
      subtitle={text('readers.subtitle')}
      backTo={overviewPage}
      actions={readers && <Actions readers={readers} onAdd={() => setAdding(true)} />}
    >
      <WhenLoaded of={page}>
        {(answer) => {
          const people = peopleWhoMayRead(answer.data);
          const suspended = new Set(answer.data.filter(isWaiting).map(({ person }) => person?.id)).size;
          return (
            <Flex direction="column" alignItems="stretch" gap={4}>
              {answer.isShut ? (
                <Note tone="danger" title={text('shut.nobody')}>
                  {text('shut.why')}
                </Note>
              ) : (
                <Note
                  tone={people.length === 0 && answer.source.submissions > 0 ? 'warning' : 'calm'}
                  title={text('readers.now', { count: people.length })}
                >
                  {people.length > 0 && <NameList people={people} />}
                </Note>
              )}
              {suspended > 0 && <Note tone="warning" title={text('readers.suspended.now', { count: suspended })} />}
              {!answer.mayName && <Note tone="info">{text('readers.mayNotName')}</Note>}
              <GrantsTable readers={answer} onChanged={page.replace} />
              {isAdding && answer.mayName && <AddPeople readers={answer} onSaved={page.replace} onClose={close} />}
            </Flex>
          );
        }}
      </WhenLoaded>
    </Screen>
  );
}
