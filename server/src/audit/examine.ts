/** The whole chain, read from the beginning for somebody who asks; it changes nothing. */
import { table, type Strapi } from '../strapi';
import { inNumbers, knownBreaks } from './breaks';
import { merged, without } from './chain';
import { countBeside, readAll } from './entries';
import { headOf } from './head';
import { newestOf } from './door';
import { AUDIT } from './model';

export interface RecordExamined {
  entries: number;
  /** The numbers of those that are missing or not as they were written, and that nobody accepted; empty: none. */
  broken: string;
  accepted: string;
  beside: number;
  /** Whether the newest end is as it was written, and vouches for what the namings are. */
  isVouchedFor: boolean;
}

/** A site of version 0.1 that was not started since vouches for nothing; one that ever did has entries which say so. */
const isFromBefore = async (strapi: Strapi): Promise<boolean> =>
  ((await headOf(strapi))?.seal ?? null) === null &&
  (await table(strapi, AUDIT).count({ where: { lists: { $notNull: true } } })) === 0;

export const examineRecord = async (strapi: Strapi): Promise<RecordExamined> => {
  const entries = Number((await headOf(strapi))?.seq ?? 0);
  const { broken } = await readAll(strapi, entries);
  const known = await knownBreaks(strapi);
  const newest = await newestOf(strapi);
  return {
    entries,
    broken: inNumbers(without(merged(broken), known?.accepted ?? [])),
    accepted: inNumbers(known?.accepted ?? []),
    beside: (await countBeside(strapi)) - (known?.beside ?? 0),
    isVouchedFor: (await isFromBefore(strapi)) || (known !== null && newest !== null && newest.top <= Number(newest.head.seq)),
  };
};
