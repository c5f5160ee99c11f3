/** The first page: whether everything is private, what to do if it is not, and where each form's submissions are. */
import { Flex } from '@strapi/design-system';
import { Clock, Eye, Key, Plus } from '@strapi/icons';
import type { Overview } from '../../../server/src/contract';
import { InnerLinkButton } from '../layout/InnerLink';
import { Screen } from '../layout/Screen';
import { WhenLoaded } from '../layout/WhenLoaded';
import { auditPage, formsPage, keysPage, newFormPage, whoCanReadWhatPage } from '../pages';
import { PLUGIN_NAME } from '../plugin-id';
import { overviewAddress } from '../requests/addresses';
import { useLoaded } from '../requests/use-loaded';
import { useText } from '../translations/use-text';
import { Findings } from './Findings';
import { PrivacyHeadline } from './PrivacyHeadline';
import { SourcesTable } from './SourcesTable';
import { UnlistedTypes } from './UnlistedTypes';

function Actions({ youMay }: Pick<Overview, 'youMay'>) {
  const text = useText();
  return (
    <>
      {youMay.nameReaders && (
        <InnerLinkButton to={whoCanReadWhatPage} variant="tertiary" startIcon={<Eye />}>
          {text('overview.who')}
        </InnerLinkButton>
      )}
      {youMay.manageKeys && (
        <InnerLinkButton to={keysPage} variant="tertiary" startIcon={<Key />}>
          {text('overview.keys')}
        </InnerLinkButton>
      )}
      {youMay.readAudit && (
        <InnerLinkButton to={auditPage} variant="tertiary" startIcon={<Clock />}>
          {text('overview.activity')}
        </InnerLinkButton>
      )}
      {youMay.manageForms && (
        <>
          <InnerLinkButton to={formsPage} variant="tertiary">
            {text('overview.forms')}
          </InnerLinkButton>
          <InnerLinkButton to={newFormPage} startIcon={<Plus />}>
            {text('overview.newForm')}
          </InnerLinkButton>
        </>
      )}
    </>
  );
}

export function OverviewPage() {
  const text = useText();
  const overview = useLoaded<{ data: Overview }>(overviewAddress);
  const ready = overview.loaded.status === 'ready' ? overview.loaded.answer.data : null;
  return (
    <Screen title={PLUGIN_NAME} subtitle={text('overview.subtitle')} actions={ready && <Actions youMay={ready.youMay} />}>
      <WhenLoaded of={overview}>
        {({ data: { sources, findings, unlisted, checkedAt, youMay } }) => (
          <Flex direction="column" alignItems="stretch" gap={6}>
            <PrivacyHeadline sources={sources} findings={findings} checkedAt={checkedAt} />
            <Findings label={text('findings.open')} findings={findings.filter(({ severity }) => severity === 'high')} />
            <SourcesTable sources={sources} youMay={youMay} />
            <UnlistedTypes types={unlisted} youMay={youMay} onChanged={overview.reload} />
            <Findings label={text('findings.notices')} findings={findings.filter(({ severity }) => severity === 'notice')} />
          </Flex>
        )}
      </WhenLoaded>
    </Screen>
  );
}
