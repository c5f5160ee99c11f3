/**
 * Somebody who may name readers, and is not the same person, says that an account which has changed is in the right hands, or lets
 * somebody read who named themself.
 */
import { refuse } from '../errors';
import { actorOf } from '../protection';
import { say } from '../sentences';
import type { Context, Strapi } from '../strapi';
import { knownAccount, type Known } from './accounts';
import { findGrant, grantAsked } from './grants';
import type { GrantRow } from './model';
import { readerId } from './people';
import type { Source } from './sources';
import { confirmAccount, lastingGrants } from './suspended';
import { readersBesides, tellOthers } from './tell-others';

const allow = async (strapi: Strapi, ctx: Context, source: Source, row: GrantRow): Promise<void> => {
  const person = Number(row.adminUserId);
  const others = await readersBesides(strapi, source.id, [readerId(ctx), person]);
  await grantAsked(strapi, row, actorOf(ctx));
  tellOthers(strapi, others, { source, by: actorOf(ctx), people: [person] });
};

const confirm = async (strapi: Strapi, ctx: Context, known: Known): Promise<void> => {
  if (!known.account?.isOn) throw refuse('ACCOUNT_OFF', say('reader.confirmOff'));
  const { isDone } = await confirmAccount(strapi, known, actorOf(ctx));
  if (!isDone) throw refuse('NOTHING_TO_CONFIRM', say('reader.confirmNothing'));
};

/** @throws PolicyError CONFIRM_ONESELF, CONFIRMER_SUSPENDED, ASKER_CHANGED, ACCOUNT_OFF, NOTHING_TO_CONFIRM, NotFoundError */
export const confirmReader = async (strapi: Strapi, ctx: Context, source: Source): Promise<void> => {
  const { row, status, known } = await findGrant(strapi, source.id, ctx.params.grantId ?? '');
  const me = readerId(ctx);
  if (status !== 'pending' && (status !== 'suspended' || !known))
    throw refuse('NOTHING_TO_CONFIRM', say('reader.confirmNothing'));
  if (Number(row.adminUserId) === me) throw refuse('CONFIRM_ONESELF', say('reader.confirmOneself'));
  const isSuspended = (await knownAccount(strapi, me)).standing !== 'good';
  if (isSuspended && (await lastingGrants(strapi, { adminUserId: me })).length > 0)
    throw refuse('CONFIRMER_SUSPENDED', say('reader.confirmerSuspended'));
  return known ? confirm(strapi, ctx, known) : allow(strapi, ctx, source, row);
};
