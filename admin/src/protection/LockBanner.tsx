/**
 * Says, as long as the screen is open, which submissions cannot be given away here. It stays at the lower edge, because
 * the upper one belongs to the screen's own Save button.
 */
import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { Lock } from '@strapi/icons';
import { useParams } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Locks } from '../../../server/src/contract';
import { InnerLink } from '../layout/InnerLink';
import { overviewPage, sharePage } from '../pages';
import { locksAddress } from '../requests/addresses';
import { useLoaded } from '../requests/use-loaded';
import { useRichText, useText } from '../translations/use-text';
import { LockedBoxes } from './LockedBoxes';

// Strapi 5.54 leaves this much room under every screen that has a menu beside it; the banner lies on it, flush with the window's edge.
const ROOM = { initial: 4, medium: 6, large: 10 } as const;

const BesideMenu = styled.div`
  --room: ${({ theme }) => theme.spaces[ROOM.initial]};
  display: flex;
  flex-direction: column;
  min-height: calc(100% + var(--room));
  margin-bottom: calc(-1 * var(--room));

  ${({ theme }) => theme.breakpoints.medium} {
    --room: ${({ theme }) => theme.spaces[ROOM.medium]};
  }

  ${({ theme }) => theme.breakpoints.large} {
    --room: ${({ theme }) => theme.spaces[ROOM.large]};
  }
`;

// The Content-Type Builder is a page of its own: on large screens it fills the window and scrolls inside, as here.
const WholePage = styled.div`
  --room: 0px;
  display: flex;
  flex-direction: column;
  flex: 1 0 auto;

  ${({ theme }) => theme.breakpoints.medium} {
    flex: 1 1 0;
    min-height: 0;
  }
`;

const ScreenPart = styled.div`
  flex: 1;
  min-width: 0;

  ${WholePage} > & {
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
`;

// First in the document, so that it is read before the checkboxes; last on the screen.
const Edge = styled(Box)`
  order: 1;
  position: sticky;
  bottom: calc(-1 * var(--room));
  z-index: 2; /* the role screen lifts its checkboxes to 1 */
  border-top: 1px solid ${({ theme }) => theme.colors.neutral200};
`;

/** On which screen: which sentence fits, of which types it speaks, and how much room Strapi leaves around the screen. */
export type Where = 'settings' | 'typeBuilder' | 'mediaLibrary' | 'viewSettings';

const SENTENCES = {
  settings: 'banner.locked',
  typeBuilder: 'banner.lockedTypes',
  mediaLibrary: 'banner.lockedFiles',
  viewSettings: 'banner.lockedView',
} as const;

/** @param shown the type that the screen is about, where it is about one */
const concerns = (where: Where, shown: string | undefined, { id, hasFiles }: Locks['types'][number]): boolean => {
  if (where === 'mediaLibrary') return hasFiles;
  return where === 'viewSettings' ? id === shown : true;
};

function LockedForms({ types, where }: Pick<Locks, 'types'> & { where: Where }) {
  const text = useText();
  const richText = useRichText();
  const names = types.map(({ id, label }, index) => (
    <span key={id}>
      {index > 0 && text('banner.separator')}
      <InnerLink to={sharePage(id)}>{text('banner.name', { label })}</InnerLink>
    </span>
  ));
  return (
    <Edge
      tag="aside"
      aria-label={text('banner.label')}
      background="neutral0"
      paddingTop={3}
      paddingBottom={3}
      paddingLeft={ROOM}
      paddingRight={ROOM}
    >
      <Flex gap={3} alignItems="flex-start">
        <Flex paddingTop="2px" shrink={0}>
          <Lock fill="primary600" width="1.6rem" height="1.6rem" aria-hidden />
        </Flex>
        <Typography tag="p" textColor="neutral800">
          {richText(SENTENCES[where], { forms: <>{names}</> })}{' '}
          <InnerLink to={overviewPage}>{text('banner.nameReaders')}</InnerLink>
        </Typography>
      </Flex>
    </Edge>
  );
}

export function LockBanner({ where, children }: { where: Where; children: ReactNode }) {
  const { loaded } = useLoaded<{ data: Locks }>(locksAddress);
  const { slug } = useParams();
  const locks = loaded.status === 'ready' ? loaded.answer.data : null;
  const types = (locks?.types ?? []).filter((type) => concerns(where, slug, type));
  const Column = where === 'settings' || where === 'viewSettings' ? BesideMenu : WholePage;
  return (
    <Column>
      {where === 'settings' && locks !== null && <LockedBoxes $locks={locks} />}
      {types.length > 0 && <LockedForms types={types} where={where} />}
      <ScreenPart>{children}</ScreenPart>
    </Column>
  );
}
