/** The way out where nobody in the admin can confirm: for the command line, which has the root key. */
import { SYSTEM } from '../audit';
import type { SuspendedBecause } from '../contract';
import type { Strapi } from '../strapi';
import { knownAccount, knownAccounts } from './accounts';
import { listPeople } from './people';
import { confirmAccount, lastingGrants, whyOf } from './suspended';

export const listSuspended = async (strapi: Strapi): Promise<{ email: string; because: SuspendedBecause }[]> => {
  const named = (await lastingGrants(strapi)).map(({ adminUserId }) => Number(adminUserId));
  return [...(await knownAccounts(strapi, named)).values()]
    .filter(({ account, standing }) => account !== null && standing !== 'good')
    .map((known) => ({ email: known.account?.email ?? '', because: whyOf(known) }));
};

export const confirmByOperator = async (
  strapi: Strapi,
  email: string,
): Promise<'confirmed' | 'noAccount' | 'off' | 'nothing'> => {
  const wanted = email.trim().toLowerCase();
  const person = (await listPeople(strapi)).find((one) => one.email.toLowerCase() === wanted);
  if (!person) return 'noAccount';
  const known = await knownAccount(strapi, person.id);
  if (known.standing === 'off') return 'off';
  if (known.standing === 'good' || (await lastingGrants(strapi, { adminUserId: person.id })).length === 0) return 'nothing';
  const { isDone, mailed } = await confirmAccount(strapi, known, SYSTEM);
  await mailed;
  return isDone ? 'confirmed' : 'nothing';
};
