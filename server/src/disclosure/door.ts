/**
 * The whole door once more, for what goes on for longer than one answer (an export, batch by batch): the account is on and as it was
 * known, the naming is the same, and the role still has the right. A refusal breaks the work off; what was sent stays sent.
 */
import { isEqual } from 'lodash';
import { refuse } from '../errors';
import type { AdminAction } from '../permissions';
import { say } from '../sentences';
import type { Context, Strapi } from '../strapi';
import { assertMayRead } from './grants';
import { findUser, readerId } from './people';
import type { Source } from './sources';
import { createMay } from './who-may-name';

export interface Passed {
  source: Source;
  /** What the route asked for when it began. */
  action: AdminAction;
  /** What this person could read when it began; null: all fields. */
  granted: string[] | null;
}

/** @throws PolicyError NOT_A_READER when any of it is not as it was */
export const assertStillMay = async (strapi: Strapi, ctx: Context, { source, action, granted }: Passed): Promise<void> => {
  const id = readerId(ctx);
  const now = await assertMayRead(strapi, source.id, id);
  const person = await findUser(strapi, id);
  if (!isEqual(now, granted) || !person || !(await createMay(strapi)(person, action)))
    throw refuse('NOT_A_READER', say('reader.changed'));
};
