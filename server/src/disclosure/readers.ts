/** The readers page of a form or type: who may read it, naming and removing. */
import * as yup from 'yup';
import { validateBody } from '../body';
import type { NameReadersBody, ReadersPage } from '../contract';
import { refuseBody } from '../errors';
import { mayDo } from '../permissions';
import { actorOf, type AdminUser } from '../protection';
import { say, saying } from '../sentences';
import { configOf, type Context, type Strapi } from '../strapi';
import { listGrants, nameReaders, removeReader } from './grants';
import type { Source, Sources } from './sources';

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
  source: await sources.summarise(strapi, source, (ctx.state.user as AdminUser).id),
  data: await listGrants(strapi, source.id),
  fields: source.fields.map(({ name, label }) => ({ name, label })),
  mayName: mayDo(ctx, 'readers.manage'),
  you: (ctx.state.user as AdminUser).id,
  mayBeEndless: configOf(strapi).endlessReaders,
});

/** @returns the moment in UTC as text, so that it compares as text. */
const endOf = (until: string | null): string | null => {
  if (until === null) return null;
  const end = new Date(until);
  if (Number.isNaN(end.getTime()) || end <= new Date()) {
    throw refuseBody(say('reader.notNamedEnd'), [{ path: ['until'], message: say('reader.endPast') }]);
  }
  return end.toISOString();
};

export const addReaders = async (strapi: Strapi, ctx: Context, source: Source): Promise<void> => {
  const { people, until, fields } = validateBody<NameReadersBody>(nameBody, ctx.request.body);
  const names = source.fields.map(({ name }) => name);
  if (fields?.some((field) => !names.includes(field))) {
    throw refuseBody(say('reader.notNamedFields'), [{ path: ['fields'], message: `The fields are: ${names.join(', ')}.` }]);
  }
  await nameReaders(strapi, { formOrType: source.id, people, until: endOf(until), fields }, actorOf(ctx));
};

export const endReader = (strapi: Strapi, ctx: Context, source: Source): Promise<void> =>
  removeReader(strapi, source.id, ctx.params.grantId ?? '', actorOf(ctx));
