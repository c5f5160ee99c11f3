/**
 * A table as HTML means it, in the look of the admin. Strapi's own table is an ARIA grid: its links are reached with the
 * arrow keys only, which nobody outside spreadsheets expects.
 */
import type { ReactNode } from 'react';
import { Box, VisuallyHidden } from '@strapi/design-system';
import { styled } from 'styled-components';

const Scroller = styled(Box)`
  overflow-x: auto;
`;

const Grid = styled.table`
  width: 100%;
  min-width: 64rem;
  border-collapse: collapse;
  font-size: ${({ theme }) => theme.fontSizes[2]};
  line-height: ${({ theme }) => theme.lineHeights[4]};
  color: ${({ theme }) => theme.colors.neutral800};

  th,
  td {
    padding: ${({ theme }) => theme.spaces[3]} ${({ theme }) => theme.spaces[4]};
    text-align: start;
    vertical-align: middle;
  }

  thead th {
    font-size: ${({ theme }) => theme.fontSizes[1]};
    font-weight: ${({ theme }) => theme.fontWeights.bold};
    color: ${({ theme }) => theme.colors.neutral600};
  }

  tbody th {
    font-weight: ${({ theme }) => theme.fontWeights.semiBold};
  }

  /* A button of Strapi is as high as one line, whatever is in it. */
  button,
  button span {
    white-space: nowrap;
  }

  tbody tr {
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }
`;

interface Props {
  /** Says what the table holds; heard, not seen. */
  caption: string;
  /** Column heads in order; a hidden one names a column of buttons for those who only hear it. */
  columns: (string | { hidden: string })[];
  children: ReactNode;
}

export function PlainTable({ caption, columns, children }: Props) {
  return (
    <Scroller background="neutral0" hasRadius shadow="tableShadow">
      <Grid>
        <caption>
          <VisuallyHidden>{caption}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            {columns.map((column) =>
              typeof column === 'string' ? (
                <th key={column} scope="col">
                  {column}
                </th>
              ) : (
                <th key={column.hidden} scope="col">
                  <VisuallyHidden>{column.hidden}</VisuallyHidden>
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </Grid>
    </Scroller>
  );
}
