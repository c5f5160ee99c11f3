/** Which page of a list is shown, from the address bar, where Strapi's pagination writes it. */
import { useQueryParams } from '@strapi/strapi/admin';
import type { PageQuery } from './addresses';

export const DEFAULT_PAGE_SIZE = 20;

const positive = (value: unknown, otherwise: number): number => {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : otherwise;
};

const textOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export function usePageQuery(filter: 'state' | 'formOrType') {
  const [{ query }, setQuery] = useQueryParams<Record<string, unknown>>();
  const page: PageQuery = {
    page: positive(query.page, 1),
    pageSize: positive(query.pageSize, DEFAULT_PAGE_SIZE),
  };
  const filterBy = (value: string | null) =>
    value === null ? setQuery({ [filter]: '', page: '' }, 'remove') : setQuery({ [filter]: value, page: '1' });
  return {
    page,
    filtered: textOrNull(query[filter]),
    filterBy,
    toFirstPage: () => setQuery({ page: '1' }, 'push', true),
  };
}
