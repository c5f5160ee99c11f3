/** Who can read the submissions of one form: everybody who could be asked about, worked out from what the server would do. */
import { Flex, Typography } from '@strapi/design-system';
import { useParams } from 'react-router-dom';
import type { WhoCanRead } from '../../../../server/src/contract';
import { InnerLinkButton } from '../../layout/InnerLink';
import { Screen } from '../../layout/Screen';
import { WhenLoaded } from '../../layout/WhenLoaded';
import { overviewPage, sharePage } from '../../pages';
import { whoCanReadAddress } from '../../requests/addresses';
import { useLoaded } from '../../requests/use-loaded';
import { useText } from '../../translations/use-text';
import { PossibleReaders } from './PossibleReaders';
import { SaveList } from './SaveList';
import { WhoReads } from './WhoReads';

export function WhoCanReadPage() {
  const text = useText();
  const { formOrType = '' } = useParams();
  const page = useLoaded<{ data: WhoCanRead }>(whoCanReadAddress(formOrType));
  const ready = page.loaded.status === 'ready' ? page.loaded.answer.data : null;
  return (
    <Screen
      title={ready === null ? text('who.title') : text('who.titleOf', { label: ready.label })}
      subtitle={text('who.subtitle')}
      backTo={overviewPage}
      actions={
        ready && (
          <>
            <SaveList all={[ready]} />
            <InnerLinkButton to={sharePage(formOrType)}>{text('who.share')}</InnerLinkButton>
          </>
        )
      }
    >
      <WhenLoaded of={page}>
        {({ data }) => (
          <Flex direction="column" alignItems="stretch" gap={4}>
            <WhoReads of={data} />
            <PossibleReaders label={data.label} readers={data.readers} />
            <Typography tag="p" textColor="neutral600">
              {text('who.notListed')}
            </Typography>
          </Flex>
        )}
      </WhenLoaded>
    </Screen>
  );
}
