/** Tries the guard of close-account-secrets.ts, without a value of anybody's account leaving this file. */
import type { Strapi } from '../strapi';
import { secretsOf } from './account-secrets';
import { GUARD } from './close-account-secrets';
import { notAsExpected } from './hold';

const ACCOUNT = 'admin::user';

interface Role {
  users: Record<string, unknown>[];
}

/** In `bootstrap`. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const tryAccountSecrets = async (strapi: Strapi): Promise<void> => {
  const secret = secretsOf(strapi, ACCOUNT);
  const missing = ['password', 'resetPasswordToken', 'registrationToken'].find((name) => !secret.includes(name));
  if (missing) throw notAsExpected(strapi, GUARD, `${ACCOUNT} has no "${missing}"`);
  const roles = strapi.db.query('admin::role');
  for (const name of secret) {
    const isRefused = await roles.count({ where: { users: { [name]: { $null: true } } } }).then(
      () => false,
      (error: { details?: { code?: string } }) => error.details?.code === 'ACCOUNT_SECRET_READ',
    );
    if (!isRefused) throw notAsExpected(strapi, GUARD, `a filter on "${name}" of ${ACCOUNT} is answered across a relation`);
  }
  // Tells nothing while nobody has an account, and then there is nothing to tell.
  const role = (await roles.findOne({ where: { users: { id: { $notNull: true } } }, populate: { users: true } })) as Role | null;
  const shown = secret.find((name) => role?.users.some((user) => user[name] !== undefined && user[name] !== null));
  if (shown) throw notAsExpected(strapi, GUARD, `"${shown}" of ${ACCOUNT} is populated across a relation`);
};
