/**
 * Who can read this? Everybody and everything that could be asked about, with yes or no and the reason. People are put before the
 * same questions as at the door, roles and tokens before the same functions of Strapi as their requests.
 */
import { sortBy } from 'lodash';
import { isShut } from '../audit';
import type { Grant, PossibleReader, WhoCanRead } from '../contract';
import { nameOf, peopleWhoList, protectedType, wouldRead, wouldReadAsWideToken } from '../protection';
import type { Strapi } from '../strapi';
import { vaultOf } from '../vault';
import { listGrants } from './grants';
import { listPeople } from './people';
import type { Source } from './sources';
import { createMay } from './who-may-name';

type Answer = Pick<PossibleReader, 'reads' | 'because'> & Partial<PossibleReader>;

const NOTHING_MORE = { id: null, name: null, email: null, at: null, fields: null, givenBy: null, mayName: false };
const CLOSED = { reads: false, because: 'closed' } as const;
const OPEN = { reads: true, because: 'open' } as const;

const rows = <Row>(strapi: Strapi, uid: string, params: object): Promise<Row[]> =>
  strapi.db.query(uid as never).findMany(params as never) as unknown as Promise<Row[]>;

/** No address of the content API gives out submissions to a form; of a type, those are asked. */
const atAddresses = async (strapi: Strapi, { id }: Source, ask: () => Promise<boolean>): Promise<Answer> => {
  if (!protectedType(strapi, id)) return { reads: false, because: 'noAddress' };
  return (await ask()) ? OPEN : CLOSED;
};

const visitors = async (strapi: Strapi, source: Source): Promise<PossibleReader[]> => {
  const everybody = { ...NOTHING_MORE, kind: 'public' } as const;
  if (!strapi.plugin('users-permissions')) {
    return [{ ...everybody, ...(await atAddresses(strapi, source, () => wouldRead(strapi, source.id, []))) }];
  }
  type Role = { id: number; name: string; type: string; permissions: { action: string }[] };
  const roles = await rows<Role>(strapi, 'plugin::users-permissions.role', { populate: ['permissions'], orderBy: { id: 'asc' } });
  const asked: PossibleReader[] = [];
  for (const { id, name, type, permissions } of sortBy(roles, ({ type }) => type !== 'public')) {
    const actions = permissions.map(({ action }) => action);
    const answer = await atAddresses(strapi, source, () => wouldRead(strapi, source.id, actions));
    asked.push(type === 'public' ? { ...everybody, ...answer } : { ...NOTHING_MORE, kind: 'visitors', id, name, ...answer });
  }
  return asked;
};

const tokens = async (strapi: Strapi, source: Source): Promise<PossibleReader[]> => {
  type Token = { id: number; name: string; kind: string; type: string; permissions: { action: string }[] };
  const asked: PossibleReader[] = [];
  for (const { id, name, kind, type, permissions } of await rows<Token>(strapi, 'admin::api-token', {
    populate: ['permissions'],
    orderBy: { name: 'asc' },
  })) {
    const who = { ...NOTHING_MORE, id, name };
    if (kind === 'admin') {
      asked.push({ ...who, kind: 'adminToken', reads: false, because: 'notAPerson' });
      continue;
    }
    const ask = (): Promise<boolean> =>
      type === 'custom'
        ? wouldRead(
            strapi,
            source.id,
            permissions.map(({ action }) => action),
          )
        : wouldReadAsWideToken(strapi, source.id);
    asked.push({ ...who, kind: 'apiToken', ...(await atAddresses(strapi, source, ask)) });
  }
  const transfers = await rows<{ id: number; name: string }>(strapi, 'admin::transfer-token', { orderBy: { name: 'asc' } });
  return [
    ...asked,
    ...transfers.map(({ id, name }): PossibleReader => ({
      ...NOTHING_MORE,
      kind: 'transferToken',
      id,
      name,
      reads: false,
      because: 'sealed',
    })),
  ];
};

/** Why somebody with grants may read, or no longer, or not yet: what is nearest to reading says it. */
const fromGrants = (grants: Grant[], { fields: all }: Source): Answer => {
  const labelsOf = (names: string[]): string[] => names.map((name) => all.find((field) => field.name === name)?.label ?? name);
  const of = (status: Grant['status']): Grant[] => grants.filter((grant) => grant.status === status);
  const current = of('current');
  if (current.length > 0) {
    const isAll = current.some(({ fields }) => fields === null);
    const ends = current.map(({ until }) => until);
    return {
      reads: true,
      because: 'named',
      fields: isAll ? null : labelsOf([...new Set(current.flatMap(({ fields }) => fields ?? []))]),
      at: ends.includes(null) ? null : (ends.sort().at(-1) ?? null),
      givenBy: current[0]?.givenBy ?? null,
    };
  }
  if (of('suspended').length > 0) return { reads: false, because: 'suspended' };
  if (of('pending').length > 0) return { reads: false, because: 'pending' };
  const [upcoming] = of('upcoming');
  if (upcoming) return { reads: false, because: 'notBegun', at: upcoming.from };
  const [ended] = sortBy(of('ended'), 'until').reverse();
  if (ended) return { reads: false, because: 'ended', at: ended.until };
  if (of('invalid').length > 0) return { reads: false, because: 'forged' };
  return { reads: false, because: 'notNamed' };
};

/** @param shut whether nobody is let in who would be otherwise */
const people = async (strapi: Strapi, source: Source, shut: boolean): Promise<PossibleReader[]> => {
  const grants = await listGrants(strapi, source.id);
  const may = createMay(strapi);
  const asked: PossibleReader[] = [];
  for (const user of await listPeople(strapi)) {
    const { id, email } = user;
    const own = fromGrants(
      grants.filter(({ person }) => person?.id === id),
      source,
    );
    const isActive = user.isActive && !user.blocked;
    const mayName = isActive && (await may(user, 'readers.manage'));
    const who = { ...NOTHING_MORE, kind: 'person', id, name: nameOf(user), email, mayName, ...own } as const;
    if ((own.reads || own.because === 'suspended') && !isActive)
      asked.push({ ...who, reads: false, because: 'inactive', fields: null });
    else if (own.reads && !(await may(user, 'pages.read')))
      asked.push({ ...who, reads: false, because: 'noPages', fields: null });
    else if (own.reads && shut) asked.push({ ...who, reads: false, because: 'shut', fields: null });
    else asked.push(who);
  }
  return asked;
};

export const whoCanRead = async (strapi: Strapi, source: Source): Promise<WhoCanRead> => {
  const shut = await isShut(strapi);
  const readers = [
    ...(await visitors(strapi, source)),
    ...(await tokens(strapi, source)),
    ...(await people(strapi, source, shut)),
  ];
  return {
    formOrType: source.id,
    label: source.label,
    submissions: await vaultOf(strapi).count({ formOrType: source.id }),
    askedAt: new Date().toISOString(),
    isShut: shut,
    readers: sortBy(readers, ({ reads }) => !reads),
    plain:
      source.plain.length === 0
        ? null
        : { fields: source.plain.map(({ label }) => label), people: await peopleWhoList(strapi, source.id) },
  };
};
