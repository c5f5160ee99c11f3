/** Tries the guard of close-account-secrets.ts on two accounts that are never there: what they were written in is undone. */
import { statement, transaction, type Strapi } from '../strapi';
import { secretsOf } from './account-secrets';
import { GUARD } from './close-account-secrets';
import { notAsExpected } from './hold';

const ACCOUNT = 'admin::user';
const CANARY = 'form-guard-canary';
const SECRETS = ['password', 'resetPasswordToken', 'registrationToken'];

type Account = Record<string, unknown> & { createdBy?: Record<string, unknown> | null };

/** An account as somebody sees it through another one that it saved. */
const seenAcross = async (strapi: Strapi): Promise<Record<string, unknown>> => {
  const undo = new Error('undone');
  let seen: Record<string, unknown> | null | undefined;
  const insert = async (data: object): Promise<unknown> => {
    const [made] = await statement(strapi, ACCOUNT).insert(data).execute<[number | { id: number }]>();
    return typeof made === 'object' ? made.id : made;
  };
  await transaction(strapi, async () => {
    const secret = Object.fromEntries(SECRETS.map((name) => [name, CANARY]));
    const saver = await insert({ firstname: CANARY, ...secret });
    const saved = await insert({ created_by_id: saver });
    const found = (await strapi.db
      .query(ACCOUNT)
      .findOne({ where: { id: saved }, populate: { createdBy: true } })) as Account | null;
    seen = found?.createdBy;
    throw undo;
  }).catch((error: unknown) => {
    if (error !== undo) throw error;
  });
  return seen ?? {};
};

/** In `bootstrap`. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const tryAccountSecrets = async (strapi: Strapi): Promise<void> => {
  const known = secretsOf(strapi, ACCOUNT);
  const missing = SECRETS.find((name) => !known.includes(name));
  if (missing) throw notAsExpected(strapi, GUARD, `an account of the staff has no "${missing}"`);
  for (const name of known) {
    const isRefused = await strapi.db
      .query('admin::role')
      .count({ where: { users: { [name]: { $null: true } } } })
      .then(
        () => false,
        (error: { details?: { code?: string } }) => error.details?.code === 'ACCOUNT_SECRET_READ',
      );
    if (!isRefused) throw notAsExpected(strapi, GUARD, `a filter on "${name}" of an account is answered across a relation`);
  }
  const seen = await seenAcross(strapi);
  if (seen.firstname !== CANARY) throw notAsExpected(strapi, GUARD, 'an account is not populated across a relation');
  const shown = SECRETS.find((name) => seen[name] === CANARY);
  if (shown) throw notAsExpected(strapi, GUARD, `"${shown}" of an account is populated across a relation`);
};
