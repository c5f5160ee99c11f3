/** Reading Strapi's own tables for a check. */
import { protectedTypes } from '../../protection';
import type { Strapi } from '../../strapi';

export const rows = <Row>(strapi: Strapi, uid: string, params: object = {}): Promise<Row[]> =>
  strapi.db.query(uid as never).findMany(params as never) as unknown as Promise<Row[]>;

export const uids = (strapi: Strapi): string[] => [...protectedTypes(strapi).keys()];
export const labelOf = (strapi: Strapi, uid: string): string => protectedTypes(strapi).get(uid)?.label ?? uid;
