/** The readers page of a form or type: who may read it, naming and removing. */
import * as yup from 'yup';
import { isShut } from '../audit';
import { validateBody } from '../body';
import type { NameReadersBody, ReadersPage } from '../contract';
import { refuseBody } from '../errors';
import { mayDo } from '../permissions';
import { actorOf } from '../protection';
import { say, saying } from '../sentences';
import { configOf, type Context, type Strapi } from '../strapi';
import { listGrants, nameReaders, removeReader } from './grants';
import { readerId } from './people';
import type { Source, Sources } from './sources';
import { readersBesides, tellOthers, tellWhoMayConfirm } from './tell-others';
import { peopleWhoMayName } from './who-may-name';

const nameBody = yup
  .object({
    people: yup
      .array()
      .of(yup.number().integer().required())
      .min(1, saying('reader.noPeople'))
      .max(100, saying('reader.manyPeople', { max: 100 }))
      .required(saying('reader.noPeople')),
    until: yup.string().nullable().defined(),
    fields: yup.array().of(yup.string().required()).min(1, saying('reader.noFields')).nullable().defined(),
  })
  .noUnknown(true, 'There is an option that does not exist.');

export const readersPage = async (strapi: Strapi, ctx: Context, sources: Sources, source: Source): Promise<ReadersPage> => ({
  source: await sources.summarise(strapi, source, readerId(ctx)),
  data: await listGrants(strapi, source.id),
  fields: source.fields.map(({ name, label }) => ({ name, label })),
  isShut: await isShut(strapi),
  mayName: mayDo(ctx, 'readers.manage'),
  you: readerId(ctx),
  mayBeEndless: configOf(strapi).endlessReaders,
});

/** @returns the moment in UTC as text, so that it compares as text. */
const endOf = (strapi: Strapi, until: string | null): string | null => {
  if (until === null) {
    if (configOf(strapi).endlessReaders) return null;
    throw refuseBody(say('reader.notNamedEndless'), [{ path: ['until'], message: say('reader.endMissing') }]);
  }
  const end = new Date(until);
  if (Number.isNaN(end.getTime()) || end <= new Date()) {
    throw refuseBody(say('reader.notNamedEnd'), [{ path: ['until'], message: say('reader.endPast') }]);
  }
  return end.toISOString();
};

/** Whoever names themself, for the first time or for more, needs somebody else: where there is somebody. */
const needsSecond = async (strapi: Strapi, me: number): Promise<boolean> =>
  configOf(strapi).secondPersonForOneself && (await peopleWhoMayName(strapi)).some(({ id }) => id !== me);

export const addReaders = async (strapi: Strapi, ctx: Context, source: Source): Promise<void> => {
  const { people, until, fields } = validateBody<NameReadersBody>(nameBody, ctx.request.body);
  const names = source.fields.map(({ name }) => name);
  if (fields?.some((field) => !names.includes(field))) {
    throw refuseBody(say('reader.notNamedFields'), [{ path: ['fields'], message: `The fields are: ${names.join(', ')}.` }]);
  }
  const naming = { formOrType: source.id, people, until: endOf(strapi, until), fields };
  const [actor, me] = [actorOf(ctx), readerId(ctx)];
  const asking = people.includes(me) && (await needsSecond(strapi, me)) ? me : null;
  const others = await readersBesides(strapi, source.id, [me, ...people]);
  await nameReaders(strapi, naming, actor, asking);
  const named = people.filter((id) => id !== asking);
  if (named.length > 0) tellOthers(strapi, others, { source, by: actor, people: named });
  if (asking !== null) await tellWhoMayConfirm(strapi, { source, by: actor, people: [asking] });
};

export const endReader = (strapi: Strapi, ctx: Context, source: Source): Promise<void> =>
  removeReader(strapi, source.id, ctx.params.grantId ?? '', actorOf(ctx));
