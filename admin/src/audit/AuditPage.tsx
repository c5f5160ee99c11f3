/** What happened, newest first as the server gives it, in plain sentences; and whether the record is whole. */
import { Flex } from '@strapi/design-system';
import type { AuditPage as Entries } from '../../../server/src/contract';
import { InnerLinkButton } from '../layout/InnerLink';
import { PageNumbers } from '../layout/PageNumbers';
import { Screen } from '../layout/Screen';
import { WhenLoaded } from '../layout/WhenLoaded';
import { auditPage, overviewPage } from '../pages';
import { auditAddress } from '../requests/addresses';
import { useLoaded } from '../requests/use-loaded';
import { usePageQuery } from '../requests/use-page-query';
import { useText } from '../translations/use-text';
import { AuditTable } from './AuditTable';
import { ChainState } from './ChainState';

const FILTERS = ['formOrType'] as const;

export function AuditPage() {
  const text = useText();
  const { page, filters } = usePageQuery(FILTERS);
  const filtered = filters.formOrType;
  const entries = useLoaded<Entries>(auditAddress({ ...page, formOrType: filtered }));
  return (
    <Screen
      title={text('audit.title')}
      subtitle={text('audit.subtitle')}
      backTo={overviewPage}
      actions={
        filtered !== null && (
          <InnerLinkButton to={auditPage} variant="tertiary">
            {text('audit.showAll')}
          </InnerLinkButton>
        )
      }
    >
      <WhenLoaded of={entries}>
        {({ data, pagination, chain }) => (
          <Flex direction="column" alignItems="stretch" gap={4}>
            <ChainState chain={chain} />
            <div>
              <AuditTable entries={data} />
              <PageNumbers of={pagination} />
            </div>
          </Flex>
        )}
      </WhenLoaded>
    </Screen>
  );
}
