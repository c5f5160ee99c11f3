/** Namings that have lost their sense: for ever, for everybody, for nobody; and two forms that are taken for each other. */
import { groupBy } from 'lodash';
import type { ExposureFinding, SourceSummary } from '../../contract';
import { say } from '../../sentences';
import type { Strapi } from '../../strapi';
import { weighed } from './found';
import { rows } from './rows';

/** Of each naming that lets somebody read now: who, and until when. The door knows; index.ts hands it in. */
export type NamingsOf = (formOrType: string) => Promise<readonly { adminUserId: number; until: string | null }[]>;

/** Whoever sets the year 9999 means no end. */
const ENDLESS_YEARS = 5;
/** Where three people work, all of them may well be the right ones. */
const SEVERAL = 5;

const hrefOf = (formOrType: string): string => `/plugins/form-guard/readers/${encodeURIComponent(formOrType)}`;
const inYears = (years: number, now = new Date()): string =>
  new Date(Date.UTC(now.getUTCFullYear() + years, now.getUTCMonth(), now.getUTCDate())).toISOString();

export const oddNamings = async (
  strapi: Strapi,
  sources: readonly SourceSummary[],
  namingsOf: NamingsOf,
): Promise<ExposureFinding[]> => {
  type Account = { id: number; isActive: boolean | null; blocked: boolean | null };
  const accounts = await rows<Account>(strapi, 'admin::user', { select: ['id', 'isActive', 'blocked'] });
  const people = accounts.filter(({ isActive, blocked }) => isActive && !blocked).map(({ id }) => id);
  const far = inYears(ENDLESS_YEARS);
  const found: ExposureFinding[] = [];
  for (const { id, label, submissions } of sources) {
    const namings = await namingsOf(id);
    const about = { formOrType: id, href: hrefOf(id) };
    const endless = namings.filter(({ until }) => until === null || until > far).length;
    const readers = new Set(namings.map(({ adminUserId }) => Number(adminUserId)));
    if (endless > 0) found.push(weighed(strapi, 'ENDLESS_READERS', { ...about, values: { label, count: endless } }));
    if (people.length >= SEVERAL && people.every((person) => readers.has(person)))
      found.push(weighed(strapi, 'EVERYBODY_READS', { ...about, values: { label, people: people.length } }));
    if (submissions > 0 && readers.size === 0)
      found.push({
        ...weighed(strapi, 'NOBODY_READS', { ...about, values: { label, count: submissions } }),
        severity: 'notice',
      });
  }
  return found;
};

export const sameTitles = (sources: readonly SourceSummary[]): ExposureFinding[] =>
  Object.values(groupBy(sources, ({ label }) => label.trim().toLowerCase())).flatMap((same) => {
    const [first] = same;
    if (!first || same.length < 2) return [];
    return [
      {
        code: 'SAME_TITLE',
        severity: 'notice',
        formOrType: first.id,
        message: say('finding.SAME_TITLE', { label: first.label, count: same.length }),
        step: say('finding.SAME_TITLE.step'),
        href: '/plugins/form-guard/forms',
      },
    ];
  });
