/**
 * Writes what is known of an account, each time together with an entry in the audit: when somebody is named first, when they change
 * their own account with their current password, when a change was found, when somebody vouches for them.
 */
import { recordChange, type Actor, type Happened } from '../audit';
import { statement, table, transaction, within, type Strapi } from '../strapi';
import { digestOf, rowMark, type AccountList, type Known, type Standing } from './accounts';
import { ACCOUNTS, ACCOUNTS_HOUSE, ACCOUNTS_TABLE, type AccountRow } from './model';

type Why = Exclude<Standing, 'good' | 'gone' | 'unsure'>;

/** What happened, as the audit says it, and what is known from then on. */
interface Wanted {
  happened: Pick<Happened, 'event' | 'details'>;
  state: AccountRow['state'];
  actor: Actor;
}

/** Somebody else was first; rolls the transaction back. */
class NotFirst extends Error {
  override message = 'the account of a reader was changed by somebody else at the same moment';
}

const idOf = ({ account, row }: Known): number => account?.id ?? Number(row?.adminUserId);

/** @throws PolicyError RECORD_BROKEN */
const write = async (strapi: Strapi, known: Known, { happened, state, actor }: Wanted): Promise<void> => {
  const { account, row, markNow } = known;
  const adminUserId = idOf(known);
  const isSuspended = state === 'suspended';
  // What was known before stays known: it says what has changed, and where to write.
  const digest = isSuspended ? (row?.digest ?? '') : account ? await digestOf(strapi, account) : '';
  const email = (isSuspended ? row?.email : account?.email) ?? '';
  const entry = { ...happened, actor, formOrType: ACCOUNTS_HOUSE, recordId: String(adminUserId) };
  await recordChange(strapi, entry, {
    about: [ACCOUNTS_HOUSE],
    async change([list], seq) {
      const unmarked = { adminUserId, digest, email, state, seq };
      const written = { ...unmarked, mark: await rowMark(strapi, unmarked) };
      if (markNow === null) await statement(strapi, ACCOUNTS).insert(written).execute();
      else if (!(await replaceRow(strapi, markNow, written))) throw new NotFirst();
      return [{ ...(list as AccountList), [String(adminUserId)]: written.mark }];
    },
  });
};

const replaceRow = (strapi: Strapi, markNow: string, { adminUserId, ...written }: Omit<AccountRow, 'id'>): Promise<boolean> =>
  transaction(strapi, async (trx) => {
    const mine = within(strapi, trx, ACCOUNTS_TABLE).where({ admin_user_id: adminUserId, mark: markNow });
    return Number(await mine.update(written)) > 0;
  });

/** @returns false when somebody else wrote about this account at the same moment: then nothing was written here */
const writeOnce = async (strapi: Strapi, known: Known, wanted: Wanted): Promise<boolean> => {
  // Inside another transaction that one is rolled back with it.
  if (strapi.db.inTransaction()) return write(strapi, known, wanted).then(() => true);
  try {
    await write(strapi, known, wanted);
    return true;
  } catch (error) {
    const accounts = table<AccountRow>(strapi, ACCOUNTS);
    const wasMadeMeanwhile = known.markNow === null && (await accounts.findOne({ where: { adminUserId: idOf(known) } })) !== null;
    if (error instanceof NotFirst || wasMadeMeanwhile) return false;
    throw error;
  }
};

export interface About {
  actor: Actor;
  /** As the audit names people. */
  person: string;
}

/** From now on the account is known as it is. */
export const know = (strapi: Strapi, known: Known, { actor, person }: About): Promise<boolean> =>
  writeOnce(strapi, known, { happened: { event: 'reader.accountKnown', details: { person } }, state: 'known', actor });

/** The person changed it, with the password it had. */
export const knowOwnChange = (strapi: Strapi, known: Known, { actor, person }: About): Promise<boolean> =>
  writeOnce(strapi, known, { happened: { event: 'reader.accountChanged', details: { person } }, state: 'known', actor });

/** It has changed, and nobody has vouched for it; stays so even when the account is put back as it was. */
export const suspend = (strapi: Strapi, known: Known, { actor, person }: About, why: Why): Promise<boolean> =>
  writeOnce(strapi, known, { happened: { event: 'reader.suspended', details: { person, why } }, state: 'suspended', actor });

/** Somebody else vouches for the person behind it. */
export const vouch = (strapi: Strapi, known: Known, { actor, person }: About): Promise<boolean> =>
  writeOnce(strapi, known, { happened: { event: 'reader.confirmed', details: { person } }, state: 'known', actor });
