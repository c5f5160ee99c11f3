/** On the home page of the admin: whether everything is private, and if not, the one step to take first. */
import { Box, Flex, Typography } from '@strapi/design-system';
import { Widget } from '@strapi/strapi/admin';
import type { Overview } from '../../../server/src/contract';
import { InnerLink } from '../layout/InnerLink';
import { Note } from '../layout/Note';
import { overviewPage } from '../pages';
import { overviewAddress } from '../requests/addresses';
import { useLoaded } from '../requests/use-loaded';
import { useText } from '../translations/use-text';
import { PrivacyHeadline } from './PrivacyHeadline';

export function PrivacyWidget() {
  const text = useText();
  const { loaded } = useLoaded<{ data: Overview }>(overviewAddress);
  if (loaded.status === 'loading') return <Widget.Loading />;
  if (loaded.status === 'failed') return <Widget.Error />;
  const { sources, findings, checkedAt } = loaded.answer.data;
  const [first] = findings.filter(({ severity }) => severity === 'high');
  return (
    <Flex direction="column" alignItems="stretch" gap={3} data-form-guard="widget">
      <PrivacyHeadline sources={sources} findings={findings} checkedAt={checkedAt} />
      {first && (
        <Note tone="danger" title={first.message}>
          <Typography tag="p">{first.step}</Typography>
        </Note>
      )}
      <Box>
        <InnerLink to={first?.href ?? overviewPage}>{text(first?.href ? 'findings.go' : 'widget.overview')}</InnerLink>
      </Box>
    </Flex>
  );
}
