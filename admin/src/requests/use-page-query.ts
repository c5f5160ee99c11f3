/** Which page of a list is shown, from the address bar, where Strapi's pagination writes it. */
import { useQueryParams } from '@strapi/strapi/admin';
import type { PageQuery } from './addresses';

export const DEFAULT_PAGE_SIZE = 20;

const positive = (value: unknown, otherwise: number): number => {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : otherwise;
};

const textOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** @param names of the filters that stand in the address bar beside the page; a constant, not made anew each time */
export function usePageQuery<Name extends string>(names: readonly Name[]) {
  const [{ query }, setQuery] = useQueryParams<Record<string, unknown>>();
  const page: PageQuery = {
    page: positive(query.page, 1),
    pageSize: positive(query.pageSize, DEFAULT_PAGE_SIZE),
  };
  const filterBy = (name: Name, value: string | null) =>
    value === null ? setQuery({ [name]: '', page: '' }, 'remove') : setQuery({ [name]: value, page: '1' });
  const filters = Object.fromEntries(names.map((name) => [name, textOrNull(query[name])])) as Record<Name, string | null>;
  return {
    page,
    filters,
    filterBy,
    toFirstPage: () => setQuery({ page: '1' }, 'push', true),
  };
}
