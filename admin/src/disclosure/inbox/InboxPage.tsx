/** What lies in one inbox: references, dates and states. No value of a submission is on this page. */
import { useState } from 'react';
import { Flex } from '@strapi/design-system';
import { useParams } from 'react-router-dom';
import { Screen } from '../../layout/Screen';
import { Failed, Waiting } from '../../layout/WhenLoaded';
import { PageNumbers } from '../../layout/PageNumbers';
import { InnerLinkButton } from '../../layout/InnerLink';
import { overviewPage, readersPage } from '../../pages';
import { usePageQuery } from '../../requests/use-page-query';
import { useText } from '../../translations/use-text';
import { isNotNamed } from '../is-not-named';
import { OnlyWhileShown } from '../OnlyWhileShown';
import { NotNamed } from './NotNamed';
import { SearchSubmissions } from './SearchSubmissions';
import { StateFilter } from './StateFilter';
import { SubmissionsTable } from './SubmissionsTable';
import { useInbox, type Search } from './use-inbox';

export function InboxPage() {
  const { formOrType = '' } = useParams();
  // Another inbox begins without the search of the one before.
  return (
    <OnlyWhileShown>
      <Inbox key={formOrType} formOrType={formOrType} />
    </OnlyWhileShown>
  );
}

function Inbox({ formOrType }: { formOrType: string }) {
  const text = useText();
  const { page, filtered, filterBy, toFirstPage } = usePageQuery('state');
  const [search, setSearch] = useState<Search | null>(null);
  const { loaded, reload } = useInbox(formOrType, page, filtered, search);

  if (loaded.status === 'failed' && isNotNamed(loaded.failure)) return <NotNamed formOrType={formOrType} />;

  const inbox = loaded.status === 'ready' ? loaded.answer : null;
  const title = inbox === null ? text('inbox.title') : text('inbox.titleOf', { label: inbox.source.label });
  const isNarrowed = filtered !== null || search !== null;
  return (
    <Screen
      title={title}
      {...(inbox === null ? {} : { subtitle: text('inbox.found', { count: inbox.pagination.total }) })}
      backTo={overviewPage}
      actions={
        <InnerLinkButton to={readersPage(formOrType)} variant="tertiary">
          {text('inbox.readers')}
        </InnerLinkButton>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Flex gap={4} alignItems="flex-end" wrap="wrap">
          {search === null && <StateFilter state={filtered} onChange={filterBy} />}
          <SearchSubmissions
            fields={inbox?.searchable ?? null}
            active={search}
            onSearch={(wanted) => {
              toFirstPage();
              setSearch(wanted);
            }}
          />
        </Flex>
        {loaded.status === 'loading' && <Waiting />}
        {loaded.status === 'failed' && <Failed failure={loaded.failure} onRetry={reload} />}
        {inbox !== null && (
          <div>
            <SubmissionsTable formOrType={formOrType} inbox={inbox} isNarrowed={isNarrowed} />
            <PageNumbers of={inbox.pagination} />
          </div>
        )}
      </Flex>
    </Screen>
  );
}
