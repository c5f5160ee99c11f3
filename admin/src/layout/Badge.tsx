/** A word or a few in a coloured box. Strapi's own (design-system 2.2) lays the lines of a longer text over each other. */
import { Badge as StrapisBadge, type BadgeProps } from '@strapi/design-system';
import { styled } from 'styled-components';

const Lines = styled(StrapisBadge)`
  /* With one line as high as Strapi's. */
  padding-block: 0.4rem;

  > * {
    line-height: 1.6rem;
  }
`;

export type BadgeLook = Pick<BadgeProps, 'variant' | 'backgroundColor' | 'textColor'>;

export function Badge({ children, ...look }: BadgeLook & { children: string }) {
  return <Lines {...look}>{children}</Lines>;
}
