/**
 * Whether the account of somebody who was named is still the one that was known: a keyed digest of its stored password hash and
 * e-mail address, compared with what Strapi's own table holds now, whichever way it came there. Nothing here writes.
 */
import { listsAbout } from '../audit';
import { reading, table, type Strapi } from '../strapi';
import { vaultOf } from '../vault';
import { ACCOUNTS, ACCOUNTS_HOUSE, type AccountRow } from './model';

/** As it lies in the table of Strapi; the digest is kept with a naming, never the hash. */
export interface Account {
  id: number;
  email: string;
  passwordHash: string | null;
  isOn: boolean;
}

/**
 * `good` is the only one that reads. `changed`: not as it was known. `off`: switched off or blocked, whatever Strapi does about the
 * latter. `unknown`: what was known of it is gone or was written by hand. `gone`: there is no such account. `unsure`: the whole record is
 * not as it was written, so that nobody can say.
 */
export type Standing = 'good' | 'changed' | 'off' | 'unknown' | 'gone' | 'unsure';

export interface Known {
  standing: Standing;
  account: Account | null;
  /** What was known, if that was written by us; never of a row that somebody wrote by hand. */
  row: AccountRow | null;
  /** The mark of whatever row lies there, also of one that is not ours: for whoever replaces it. */
  markNow: string | null;
}

const usersTable = (strapi: Strapi): string => String(strapi.db.metadata.get('admin::user').tableName);

interface RawAccount {
  id: number;
  email: string | null;
  password: string | null;
  is_active: unknown;
  blocked: unknown;
}

/** Past every cache, middleware and lifecycle; inside a transaction as that sees it. */
const accountsOf = async (strapi: Strapi, ids: readonly number[]): Promise<Map<number, Account>> => {
  const rows = await reading<RawAccount>(strapi, usersTable(strapi), (users) =>
    users.select('id', 'email', 'password', 'is_active', 'blocked').whereIn('id', ids),
  );
  return new Map(
    rows.map(({ id, email, password, is_active: isActive, blocked }) => [
      Number(id),
      { id: Number(id), email: email ?? '', passwordHash: password ?? null, isOn: Boolean(isActive) && !blocked },
    ]),
  );
};

/** Letters of an address in another case are the same address: Strapi makes them small when a profile is saved. */
export const digestOf = (strapi: Strapi, { id, email, passwordHash }: Account): Promise<string> =>
  vaultOf(strapi).mark(ACCOUNTS_HOUSE, JSON.stringify(['account', id, email.trim().toLowerCase(), passwordHash]));

export const rowMark = (
  strapi: Strapi,
  { adminUserId, digest, email, state, seq }: Omit<AccountRow, 'id' | 'mark'>,
): Promise<string> =>
  vaultOf(strapi).mark(ACCOUNTS_HOUSE, JSON.stringify(['row', Number(adminUserId), digest, email, state, Number(seq)]));

/** By account: the mark of the row that is true now, so that one which was put back by somebody is known. */
export type AccountList = Record<string, string>;

/** null: nobody vouches for any account. */
export const accountListOf = async (strapi: Strapi): Promise<AccountList | null> =>
  ((await listsAbout(strapi, [ACCOUNTS_HOUSE]))?.[0] ?? null) as AccountList | null;

const isOurs = async (strapi: Strapi, row: AccountRow, list: AccountList): Promise<boolean> =>
  list[String(row.adminUserId)] === row.mark && (await rowMark(strapi, row)) === row.mark;

const standingOf = async (strapi: Strapi, account: Account | null, row: AccountRow | null): Promise<Standing> => {
  if (!account) return 'gone';
  if (!account.isOn) return 'off';
  if (!row) return 'unknown';
  return row.state === 'known' && (await digestOf(strapi, account)) === row.digest ? 'good' : 'changed';
};

/** Of each of these admin users, in as many queries however many they are. */
export const knownAccounts = async (strapi: Strapi, adminUserIds: Iterable<number>): Promise<Map<number, Known>> => {
  const ids = [...new Set(adminUserIds)];
  if (ids.length === 0) return new Map();
  const accounts = await accountsOf(strapi, ids);
  const rows = await table<AccountRow>(strapi, ACCOUNTS).findMany({ where: { adminUserId: { $in: ids } } });
  const list = await accountListOf(strapi);
  const known = new Map<number, Known>();
  for (const id of ids) {
    const account = accounts.get(id) ?? null;
    const lying = rows.find(({ adminUserId }) => Number(adminUserId) === id) ?? null;
    const row = lying && list && (await isOurs(strapi, lying, list)) ? lying : null;
    const standing = list ? await standingOf(strapi, account, row) : 'unsure';
    known.set(id, { account, row, markNow: lying?.mark ?? null, standing });
  }
  return known;
};

export const knownAccount = async (strapi: Strapi, adminUserId: number): Promise<Known> =>
  (await knownAccounts(strapi, [adminUserId])).get(adminUserId) ?? { standing: 'gone', account: null, row: null, markNow: null };
