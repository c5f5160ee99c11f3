/** A super admin decides that what strangers send to a type is meant to be public, with a reason, on record; and takes it back. */
import * as yup from 'yup';
import { validateBody } from '../body';
import { lettersIn } from '../config';
import { LONGEST_REASON, SHORTEST_REASON, type DecidePublicBody, type UnlistedType } from '../contract';
import { refuse, refuseBody, refuseUnknown } from '../errors';
import { asks, mayDo } from '../permissions';
import { actorOf, decidePublic, isSuperAdmin, publicDecisions, readAccess, takeBackPublic, unlistedStates } from '../protection';
import { say, saying } from '../sentences';
import type { Context, Strapi } from '../strapi';
import { listUnlisted } from './unlisted';

const MOST_ATTRIBUTES = 200;
const decideBody = yup
  .object({
    formOrType: yup.string().strict().required(),
    reason: yup
      .string()
      .strict()
      .required(saying('publication.reasonShort', { min: SHORTEST_REASON }))
      .max(LONGEST_REASON, saying('publication.reasonLong', { max: LONGEST_REASON }))
      .test(
        'letters',
        saying('publication.reasonShort', { min: SHORTEST_REASON }),
        (reason) => lettersIn(reason ?? '') >= SHORTEST_REASON,
      ),
    attributes: yup.array().of(yup.string().strict().max(LONGEST_REASON).required()).max(MOST_ATTRIBUTES).strict(),
  })
  .noUnknown(true)
  .strict()
  .required();

export const mayTakeBack = (ctx: Context): boolean => isSuperAdmin(ctx) || mayDo(ctx, 'readers.manage');

const answer = async (strapi: Strapi, ctx: Context): Promise<{ data: UnlistedType[] }> => ({
  data: await listUnlisted(strapi, mayDo(ctx, 'readers.manage')),
});

export const publicationRoutes = (strapi: () => Strapi) => [
  {
    method: 'POST',
    path: '/publications',
    handler: async (ctx: Context) => {
      if (!isSuperAdmin(ctx)) throw refuse('NOT_A_SUPER_ADMIN', say('publication.notSuperAdmin'));
      const { formOrType, reason, attributes = [] } = validateBody<DecidePublicBody>(decideBody, ctx.request.body);
      const type = unlistedStates(await readAccess(strapi())).find(({ uid }) => uid === formOrType);
      if (!type) throw refuseUnknown(say('publication.unknownType'));
      const about = [...new Set([...type.signs.strong, ...attributes])];
      await decidePublic(strapi(), { uid: type.uid, label: type.label, reason: reason.trim(), attributes: about }, actorOf(ctx));
      return answer(strapi(), ctx);
    },
    config: asks('pages.read'),
  },
  {
    method: 'DELETE',
    path: '/publications/:formOrType',
    handler: async (ctx: Context) => {
      if (!mayTakeBack(ctx)) throw refuse('NOT_YOURS', say('publication.notYours'));
      const uid = ctx.params.formOrType ?? '';
      const decision = (await publicDecisions(strapi())).get(uid);
      if (!decision) throw refuseUnknown(say('publication.none'));
      if (decision.by === null) throw refuseBody(say('publication.inConfig'), [], 'DECIDED_IN_CONFIG');
      const label = strapi().contentTypes[uid as never] as unknown as { info: { displayName: string } } | undefined;
      await takeBackPublic(strapi(), uid, label?.info.displayName ?? uid, actorOf(ctx));
      return answer(strapi(), ctx);
    },
    config: asks('pages.read'),
  },
];
