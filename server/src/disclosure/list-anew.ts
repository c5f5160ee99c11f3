/** What this room has on lists of the record, from what can be relied on: namings, and the accounts of those who are named. */
import type { Range } from '../audit';
import type { Strapi } from '../strapi';
import { listAccountsAnew } from './adopt-accounts';
import { listGrantsAnew } from './grant-lists';

/** @param broken entries that are missing or not as they were written */
export const listReadersAnew = async (strapi: Strapi, broken: readonly Range[]): Promise<Map<string, unknown>> =>
  new Map<string, unknown>([...(await listGrantsAnew(strapi, broken)), ...(await listAccountsAnew(strapi, broken))]);
