/** Who can read what, for the whole site: one answer a form, and the way to each in full. */
import { Flex, Typography } from '@strapi/design-system';
import type { WhoCanRead } from '../../../../server/src/contract';
import { Empty } from '../../layout/Empty';
import { InnerLink } from '../../layout/InnerLink';
import { Screen } from '../../layout/Screen';
import { WhenLoaded } from '../../layout/WhenLoaded';
import { overviewPage, whoCanReadPage } from '../../pages';
import { whoCanReadWhatAddress } from '../../requests/addresses';
import { useLoaded } from '../../requests/use-loaded';
import { useText } from '../../translations/use-text';
import { SaveList } from './SaveList';
import { WhoReads } from './WhoReads';

export function WhoCanReadWhatPage() {
  const text = useText();
  const page = useLoaded<{ data: WhoCanRead[] }>(whoCanReadWhatAddress);
  const ready = page.loaded.status === 'ready' ? page.loaded.answer.data : null;
  return (
    <Screen
      title={text('who.siteTitle')}
      subtitle={text('who.subtitle')}
      backTo={overviewPage}
      actions={ready && <SaveList all={ready} />}
    >
      <WhenLoaded of={page}>
        {({ data }) => (
          <Flex direction="column" alignItems="stretch" gap={4}>
            {data.length === 0 && <Empty>{text('sources.none')}</Empty>}
            {data.map((one) => (
              <Flex key={one.formOrType} tag="section" aria-label={one.label} direction="column" alignItems="stretch" gap={2}>
                <WhoReads of={one} title={one.label} />
                <InnerLink to={whoCanReadPage(one.formOrType)} label={text('who.allOf', { label: one.label })}>
                  {text('who.all', { count: one.readers.length })}
                </InnerLink>
              </Flex>
            ))}
            <Typography tag="p" textColor="neutral600">
              {text('who.notListed')}
            </Typography>
          </Flex>
        )}
      </WhenLoaded>
    </Screen>
  );
}
