/** From where somebody came is about a person too: after a time that is for the site to say, it goes. What they did stays on record. */
import type { Strapi } from '../strapi';
import { removeAddresses } from './addresses';
import { holdHead } from './head';
import { onRecord } from './on-record';
import { record, SYSTEM } from './record';

/** @param day `2026-11-27`: what was recorded before it began, in UTC. @returns how many */
export const forgetAddresses = (strapi: Strapi, day: string): Promise<number> =>
  onRecord(strapi, () =>
    holdHead(strapi, async (_head, trx) => {
      const addresses = Number(await removeAddresses(strapi, trx, `${day}T00:00:00.000Z`));
      if (addresses > 0) await record(strapi, { event: 'audit.addressesForgotten', actor: SYSTEM, details: { addresses, day } });
      return addresses;
    }),
  );
