/** The page numbers under a list, in Strapi's own form. */
import { Pagination } from '@strapi/strapi/admin';
import type { Pagination as PageCounts } from '../../../server/src/contract';
import { DEFAULT_PAGE_SIZE } from '../requests/use-page-query';

export function PageNumbers({ of: { pageCount, total } }: { of: PageCounts }) {
  return (
    <Pagination.Root pageCount={pageCount} total={total} defaultPageSize={DEFAULT_PAGE_SIZE}>
      <Pagination.PageSize options={['20', '50', '100']} />
      <Pagination.Links />
    </Pagination.Root>
  );
}
