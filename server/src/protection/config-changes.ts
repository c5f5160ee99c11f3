/**
 * The settings of one boot are compared with those of the last, which the audit vouches for. A change is on record with what was before
 * and after, once, whichever instance boots first; and an attribute that looks personal becomes plain only when the config says
 * that it is meant.
 */
import { difference, isEqual, omit, sortBy, uniq } from 'lodash';
import { listsAbout, recordChange, SYSTEM } from '../audit';
import type { FormGuardConfig } from '../config';
import { Fault } from '../fault';
import { configOf, type Strapi } from '../strapi';
import { peopleWhoList, unmeantAmong } from './plain-attributes';
import { protectedTypes } from './protected-types';

/** An option as it is written, and the texts it holds: `protect["api::contact.contact"].plain` → `['topic']`. */
export type Settings = Record<string, string[]>;
export interface SettingChange {
  option: string;
  before: string[] | null;
  after: string[] | null;
}

const LIST = 'config';
/** Secrets, and where things lie on this machine. */
const NOT_COMPARED = ['protect', 'keyProvider', 'attachments'] as const;

const plainOf = (uid: string): string => `protect["${uid}"].plain`;
const texts = (all: readonly unknown[]): string[] =>
  all.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).sort();

/** Pure. What is not said, is off and is empty are one and the same. */
export const settingsIn = ({ protect, ...config }: FormGuardConfig): Settings => {
  const types = Object.entries(protect).flatMap(
    ([uid, { plain = [], plainOnPurpose = [], search = [], renamed = {} }]): [string, string[]][] => [
      [plainOf(uid), texts(plain)],
      [`protect["${uid}"].plainOnPurpose`, texts(plainOnPurpose)],
      [`protect["${uid}"].search`, texts(search)],
      [`protect["${uid}"].renamed`, texts(Object.entries(renamed).map(([before, after]) => `${before}: ${after}`))],
    ],
  );
  const options = Object.entries(omit(config, NOT_COMPARED)).map(([name, value]): [string, string[]] => [
    name,
    value === false || value === undefined ? [] : texts([value].flat()),
  ]);
  const wrapped: [string, string[]] = ['protect', texts(Object.keys(protect))];
  return Object.fromEntries(
    sortBy([wrapped, ...types, ...options], 0).filter(([name, value]) => name === 'protect' || value.length > 0),
  );
};

/** Pure. */
export const changesBetween = (before: Settings, after: Settings): SettingChange[] =>
  uniq([...Object.keys(before), ...Object.keys(after)])
    .sort()
    .filter((option) => !isEqual(before[option], after[option]))
    .map((option) => ({ option, before: before[option] ?? null, after: after[option] ?? null }));

/** @throws Fault CONFIG_INVALID */
const refuseWidening = async (strapi: Strapi, before: Settings): Promise<void> => {
  const known = before.protect ?? [];
  for (const type of protectedTypes(strapi).values()) {
    if (!known.includes(type.uid)) continue;
    const added = difference(type.plain, before[plainOf(type.uid)] ?? []);
    const unmeant = unmeantAmong(strapi, type, added);
    if (unmeant.length === 0) continue;
    const names = unmeant.map((name) => `"${name}"`).join(', ');
    const people = await peopleWhoList(strapi, type.uid);
    throw new Fault(
      'CONFIG_INVALID',
      `config/plugins, form-guard, ${plainOf(type.uid)} is new with ${names}, which looks as if it said something about a person. It would lie readable in the database, in every backup and export, and be shown to ${people} ${people === 1 ? 'person' : 'people'} of the admin. Take it out of plain; or, if it is meant, list it in protect["${type.uid}"].plainOnPurpose too. Nothing was changed`,
    );
  }
};

/** Thrown and caught here alone: another instance has recorded the same while this one waited for its turn. */
const RECORDED_ALREADY = new Error('The change of the settings is on record already');
const isSettings = (list: unknown): list is Settings => list !== null && typeof list === 'object' && 'protect' in list;

/**
 * In `bootstrap`, when the audit vouches for its lists. Where it cannot, the door is shut anyway and nothing is compared.
 * @throws Fault CONFIG_INVALID
 */
export const compareConfig = async (strapi: Strapi): Promise<void> => {
  const after = settingsIn(configOf(strapi));
  const [list] = (await listsAbout(strapi, [LIST])) ?? [null];
  if (list === null || list === undefined) return;
  const before = isSettings(list) ? list : null;
  if (isEqual(before, after)) return;
  if (before) await refuseWidening(strapi, before);
  const details = { changes: before ? changesBetween(before, after) : null };
  try {
    await recordChange(
      strapi,
      { event: 'config.changed', actor: SYSTEM, details },
      {
        about: [LIST],
        change: ([now]) => {
          if (isEqual(now, after)) throw RECORDED_ALREADY;
          return [after];
        },
      },
    );
  } catch (error) {
    // With a row of somebody else's in the way it cannot be written; the door is shut, and the boot goes on to where that can be accepted.
    const isBroken = (error as { details?: { code?: string } }).details?.code === 'RECORD_BROKEN';
    if (error !== RECORDED_ALREADY && !isBroken) throw error;
  }
};
