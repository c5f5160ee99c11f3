/**
 * Who may delete a submission: a person at a screen whose role has that right, and who is named as its reader for every answer. To
 * destroy what one may not read is no smaller thing than to read it.
 */
import { refuse } from '../errors';
import { mayDo } from '../permissions';
import type { AdminUser } from '../protection';
import { say } from '../sentences';
import type { Context, Strapi } from '../strapi';
import { mayReadAll } from './grants';

/** A token acts for somebody who need not know of it. */
const isAtScreen = ({ state }: Context): boolean =>
  (state.auth as { strategy?: { name?: string } } | undefined)?.strategy?.name === 'admin';

/** For what a page may offer to a reader of every answer. */
export const offersDeleting = (ctx: Context): boolean => isAtScreen(ctx) && mayDo(ctx, 'submissions.delete');

/** Of the request that is being answered. @throws PolicyError NOT_A_PERSON, MAY_NOT_DELETE */
export const assertMayDelete = async (strapi: Strapi, formOrType: string): Promise<void> => {
  const ctx = strapi.requestContext.get() as Context | undefined;
  if (!ctx || !isAtScreen(ctx)) throw refuse('NOT_A_PERSON', say('delete.notAPerson'));
  if (!mayDo(ctx, 'submissions.delete')) throw refuse('MAY_NOT_DELETE', say('delete.noRight'));
  if (!(await mayReadAll(strapi, formOrType, (ctx.state.user as AdminUser).id)))
    throw refuse('MAY_NOT_DELETE', say('delete.notAReader'));
};
