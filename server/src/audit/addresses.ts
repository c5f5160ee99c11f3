/** The table of who came from where: written with the entry, in its transaction, and the one part of the record that may go. */
import { randomBytes } from 'node:crypto';
import { chunk } from 'lodash';
import { reading, statement, within, type Strapi } from '../strapi';
import { digested, hasDigest } from './address';
import { AUDIT_ADDRESSES, AUDIT_ADDRESSES_TABLE, AUDIT_TABLE, type AddressRow, type AuditRow, type Entry } from './model';

const SALT_BYTES = 32;
/** Numbers in one question. */
const AT_ONCE = 1000;

/** @returns what the entry says in its place */
export const keepAddress = async (strapi: Strapi, seq: number, address: string): Promise<{ digest: string }> => {
  const row: AddressRow = { seq, salt: randomBytes(SALT_BYTES).toString('hex'), address };
  // What stands there under a number that was not given yet is not ours, and keeps nothing from being written.
  await statement(strapi, AUDIT_ADDRESSES).where({ seq }).delete().execute();
  await statement(strapi, AUDIT_ADDRESSES).insert(row).execute();
  return digested(row);
};

/** Entries that were read without their addresses. */
export const withAddresses = async (strapi: Strapi, rows: readonly AuditRow[]): Promise<Entry[]> => {
  const found = new Map<number, AddressRow>();
  const seqs = rows.filter(hasDigest).map(({ seq }) => seq);
  for (const some of chunk(seqs, AT_ONCE)) {
    const addresses = await reading<AddressRow>(strapi, AUDIT_ADDRESSES_TABLE, (table) =>
      table.select('seq', 'salt', 'address').whereIn('seq', some),
    );
    for (const address of addresses) found.set(Number(address.seq), address);
  }
  return rows.map((row) => {
    const { salt = null, address = null } = found.get(Number(row.seq)) ?? {};
    return { ...row, salt, address };
  });
};

/** Also of what is no entry any more. @param before ISO 8601 in UTC. @returns how many */
export const removeAddresses = (strapi: Strapi, trx: unknown, before: string): Promise<number> =>
  within(strapi, trx, AUDIT_ADDRESSES_TABLE)
    .whereNotIn('seq', within(strapi, trx, AUDIT_TABLE).select('seq').where('at', '>=', before).whereNotNull('seq'))
    .delete() as unknown as Promise<number>;
