/**
 * At the first boot of the version that looks at accounts, those of everybody who is named are known as they are, on record. Once: an
 * account of which nothing is known later was not forgotten by us, so it stays suspended until somebody confirms it.
 */
import { isEmpty } from 'lodash';
import { believed, SYSTEM, type Range } from '../audit';
import { table, transaction, type Strapi } from '../strapi';
import { accountListOf, knownAccounts, rowMark, type AccountList } from './accounts';
import { know } from './keep-accounts';
import { ACCOUNTS, ACCOUNTS_HOUSE, type AccountRow } from './model';
import { lastingGrants, personIn } from './suspended';

const isFirstTime = async (strapi: Strapi): Promise<boolean> => {
  const list = await accountListOf(strapi);
  return list !== null && isEmpty(list) && (await table<AccountRow>(strapi, ACCOUNTS).count()) === 0;
};

/** In `bootstrap`, when the record can be written. */
export const adoptAccounts = async (strapi: Strapi): Promise<void> => {
  const named = (await lastingGrants(strapi)).map(({ adminUserId }) => Number(adminUserId));
  if (named.length === 0 || !(await isFirstTime(strapi))) return;
  try {
    await transaction(strapi, async () => {
      for (const known of (await knownAccounts(strapi, named)).values()) {
        if (known.account) await know(strapi, known, { actor: SYSTEM, person: await personIn(strapi, known) });
      }
    });
  } catch (error) {
    // Another instance that boots at the same moment was first; anything else is an error.
    if (await isFirstTime(strapi)) throw error;
  }
};

/**
 * The list of accounts from what can be relied on, after a break that somebody accepted. One that may have been suspended in an entry
 * that is gone is not on it.
 */
export const listAccountsAnew = async (strapi: Strapi, broken: readonly Range[]): Promise<Map<string, AccountList>> => {
  const newest = new Map<string, number>();
  for (const { recordId, seq } of await believed(strapi, { formOrType: ACCOUNTS_HOUSE }))
    newest.set(String(recordId), Number(seq));
  const list: AccountList = {};
  for (const row of await table<AccountRow>(strapi, ACCOUNTS).findMany()) {
    const isUncertain = broken.some(({ to }) => to > Number(row.seq));
    const isNewest = newest.get(String(row.adminUserId)) === Number(row.seq);
    if (isNewest && !isUncertain && row.mark === (await rowMark(strapi, row))) list[String(row.adminUserId)] = row.mark;
  }
  return new Map([[ACCOUNTS_HOUSE, list]]);
};
