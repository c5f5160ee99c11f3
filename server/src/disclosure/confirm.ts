/** Somebody who may name readers, and is not the same person, says that an account which has changed is in the right hands. */
import { refuse } from '../errors';
import { actorOf } from '../protection';
import { say } from '../sentences';
import type { Context, Strapi } from '../strapi';
import { knownAccount } from './accounts';
import { findGrant } from './grants';
import { readerId } from './inbox';
import type { Source } from './sources';
import { confirmAccount } from './suspended';

/** @throws PolicyError CONFIRM_ONESELF, CONFIRMER_SUSPENDED, ACCOUNT_OFF, NOTHING_TO_CONFIRM, NotFoundError */
export const confirmReader = async (strapi: Strapi, ctx: Context, source: Source): Promise<void> => {
  const { row, status, known } = await findGrant(strapi, source.id, ctx.params.grantId ?? '');
  const me = readerId(ctx);
  if (status !== 'suspended' || !known) throw refuse('NOTHING_TO_CONFIRM', say('reader.confirmNothing'));
  if (Number(row.adminUserId) === me) throw refuse('CONFIRM_ONESELF', say('reader.confirmOneself'));
  const own = await knownAccount(strapi, me);
  if (own.markNow !== null && own.standing !== 'good') throw refuse('CONFIRMER_SUSPENDED', say('reader.confirmerSuspended'));
  if (!known.account?.isOn) throw refuse('ACCOUNT_OFF', say('reader.confirmOff'));
  const { isDone } = await confirmAccount(strapi, known, actorOf(ctx));
  if (!isDone) throw refuse('NOTHING_TO_CONFIRM', say('reader.confirmNothing'));
};
