/** What lies in one inbox: references, dates and states. No value of a submission is on this page. */
import { useEffect, useState } from 'react';
import { Flex } from '@strapi/design-system';
import { useParams } from 'react-router-dom';
import type { Colleague, InboxPage as Inbox } from '../../../../server/src/contract';
import { Screen } from '../../layout/Screen';
import { Failed, Waiting } from '../../layout/WhenLoaded';
import { PageNumbers } from '../../layout/PageNumbers';
import { InnerLinkButton } from '../../layout/InnerLink';
import { binPage, overviewPage, readersPage } from '../../pages';
import { INBOX_FILTERS } from '../../requests/addresses';
import { usePageQuery } from '../../requests/use-page-query';
import { useText } from '../../translations/use-text';
import { isNotNamed } from '../is-not-named';
import { OnlyWhileShown } from '../OnlyWhileShown';
import { ExportSubmissions } from './ExportSubmissions';
import { InboxFilters } from './InboxFilters';
import { NotNamed } from './NotNamed';
import { SearchSubmissions } from './SearchSubmissions';
import { SubmissionsTable } from './SubmissionsTable';
import { useInbox, type Search } from './use-inbox';

export function InboxPage() {
  const { formOrType = '' } = useParams();
  // Another inbox begins without the search of the one before.
  return (
    <OnlyWhileShown>
      <OneInbox key={formOrType} formOrType={formOrType} />
    </OnlyWhileShown>
  );
}

function OneInbox({ formOrType }: { formOrType: string }) {
  const text = useText();
  const { page, filters, filterBy, toFirstPage } = usePageQuery(INBOX_FILTERS);
  const [search, setSearch] = useState<Search | null>(null);
  const { loaded, reload } = useInbox(
    formOrType,
    page,
    { ...filters, order: filters.due === null ? filters.order : null },
    search,
  );
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [colleagues, setColleagues] = useState<readonly Colleague[]>([]);

  useEffect(() => {
    if (loaded.status === 'ready') setColleagues(loaded.answer.colleagues);
  }, [loaded]);

  if (loaded.status === 'failed' && isNotNamed(loaded.failure))
    return <NotNamed formOrType={formOrType} failure={loaded.failure} />;

  const inbox = loaded.status === 'ready' ? loaded.answer : null;
  const title = inbox === null ? text('inbox.title') : text('inbox.titleOf', { label: inbox.source.label });
  const isNarrowed = search !== null || INBOX_FILTERS.some((name) => filters[name] !== null && name !== 'order');
  const found = (of: Inbox) => text(of.isMore ? 'inbox.foundMore' : 'inbox.found', { count: of.pagination.total });
  return (
    <Screen
      title={title}
      {...(inbox === null ? {} : { subtitle: found(inbox) })}
      backTo={overviewPage}
      actions={
        <>
          {inbox?.mayExport && inbox.data.length > 0 && (
            <ExportSubmissions formOrType={formOrType} picked={picked} search={search} filters={filters} />
          )}
          {inbox?.mayDelete && (
            <InnerLinkButton to={binPage(formOrType)} variant="tertiary">
              {text('inbox.bin')}
            </InnerLinkButton>
          )}
          <InnerLinkButton to={readersPage(formOrType)} variant="tertiary">
            {text('inbox.readers')}
          </InnerLinkButton>
        </>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Flex gap={4} alignItems="flex-end" wrap="wrap">
          {search === null && <InboxFilters filters={filters} colleagues={colleagues} onChange={filterBy} />}
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
            <SubmissionsTable formOrType={formOrType} inbox={inbox} isNarrowed={isNarrowed} picked={picked} onPick={setPicked} />
            <PageNumbers of={inbox.pagination} />
          </div>
        )}
      </Flex>
    </Screen>
  );
}
