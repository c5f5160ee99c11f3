/**
 * Who may delete a submission: a person at a screen whose role has that right, and who is named as its reader for every answer. To
 * destroy what one may not read is no smaller thing than to read it.
 */
import { refuse } from '../errors';
import { isAtScreen, mayDo } from '../permissions';
import type { AdminUser } from '../protection';
import { say } from '../sentences';
import type { Context, Strapi } from '../strapi';
import { assertNotSuspended, mayReadAll } from './grants';

/** For what a page may offer to a reader of every answer. */
export const offersDeleting = (ctx: Context): boolean => isAtScreen(ctx) && mayDo(ctx, 'submissions.delete');

/** What the right to delete is needed for: a refusal says what was not done. */
export type BinDeed = 'delete' | 'look' | 'takeBack' | 'erase';

/** Of the request that is being answered. @throws PolicyError NOT_A_PERSON, MAY_NOT_DELETE, NOT_A_READER of somebody suspended */
export const assertMayDelete = async (strapi: Strapi, formOrType: string, deed: BinDeed = 'delete'): Promise<void> => {
  const ctx = strapi.requestContext.get() as Context | undefined;
  if (!ctx || !isAtScreen(ctx)) throw refuse('NOT_A_PERSON', say('delete.notAPerson'));
  if (!mayDo(ctx, 'submissions.delete')) throw refuse('MAY_NOT_DELETE', say('delete.noRight'));
  const { id } = ctx.state.user as AdminUser;
  if (await mayReadAll(strapi, formOrType, id)) return;
  await assertNotSuspended(strapi, formOrType, id);
  throw refuse('MAY_NOT_DELETE', say('delete.notAReader', { deed }));
};
