/** Page numbers from a query string, always within bounds. Pure. */
import type { Pagination } from './contract';

const MAX_PAGE_SIZE = 100;
const whole = (value: unknown, fallback: number): number => {
  const number = Number(value);
  return Number.isInteger(number) && number >= 1 ? number : fallback;
};

export const pageOf = (query: { page?: unknown; pageSize?: unknown }, total: number) => {
  const pageSize = Math.min(whole(query.pageSize, 25), MAX_PAGE_SIZE);
  const pageCount = Math.max(1, Math.ceil(total / pageSize));
  const page = Math.min(whole(query.page, 1), pageCount);
  const pagination: Pagination = { page, pageSize, total, pageCount };
  return { pagination, slice: { limit: pageSize, offset: (page - 1) * pageSize } };
};
