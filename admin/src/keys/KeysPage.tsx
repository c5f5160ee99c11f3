/** Under which keys the submissions of each form lie, and new ones for them. Shows dates and numbers, never a key. */
import { useEffect } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import type { KeysOverview, Overview } from '../../../server/src/contract';
import { Empty } from '../layout/Empty';
import { Screen } from '../layout/Screen';
import { WhenLoaded } from '../layout/WhenLoaded';
import { overviewPage } from '../pages';
import { keysAddress, overviewAddress } from '../requests/addresses';
import { useLoaded, useReloaded } from '../requests/use-loaded';
import { useText } from '../translations/use-text';
import { KeysTable } from './KeysTable';

const EVERY_MS = 2000;

export function KeysPage() {
  const text = useText();
  const keys = useLoaded<{ data: KeysOverview[] }>(keysAddress);
  const names = useLoaded<{ data: Overview }>(overviewAddress);
  const isUnderWay =
    keys.loaded.status === 'ready' && keys.loaded.answer.data.some(({ work }) => work !== null && work.phase !== 'done');
  const refresh = useReloaded(keysAddress, keys.replace);

  useEffect(() => {
    if (!isUnderWay) return undefined;
    const timer = setInterval(refresh, EVERY_MS);
    return () => clearInterval(timer);
  }, [isUnderWay, refresh]);

  return (
    <Screen title={text('keys.title')} subtitle={text('keys.subtitle')} backTo={overviewPage}>
      <WhenLoaded of={keys}>
        {({ data }) => (
          <Flex direction="column" alignItems="stretch" gap={4}>
            <Typography>{text('keys.explained')}</Typography>
            {data.length === 0 ? (
              <Empty>{text('keys.none')}</Empty>
            ) : (
              <KeysTable
                keys={data}
                sources={names.loaded.status === 'ready' ? names.loaded.answer.data.sources : []}
                onChanged={keys.replace}
              />
            )}
          </Flex>
        )}
      </WhenLoaded>
    </Screen>
  );
}
