/**
 * What an attack is tried on: a running site with every setting wrong, the tokens of everybody on it, submissions with a
 * secret in every value, and the places where that secret must not be found.
 */
import { randomBytes } from 'node:crypto';
import { client } from '../../helpers/database';
import { askAt, jsonOf, type Answer, type Ask, type Sent } from './ask';
import { PROTECT } from './fixture';
import { openReceiver, type Receiver } from './receiver';
import { makeSite, type Env, type Process, type Site } from './site';
import { openSql, type Sql } from './sql';
import { ADMINS, keyOf, mailOf, MEMBERS, openEverything, PASSWORD, TOKENS } from './wrong-settings';

const letters = (count: number): string => [...randomBytes(count)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');

/** The same for every site of a run, so that what one exported is known when another imports it. */
const mark = `canary${letters(12)}`;
/** In every value, and in no request that asks. */
export const SECRET = `${mark}z`;
/** The beginning of a value, as somebody guesses it who knows a little. */
export const RIGHT = mark;
/** As long, and wrong. */
export const WRONG = [`canary${letters(12)}`, `canary${letters(12)}`] as const;
/** When the person was seen, the way each database and JSON writes it; and what the person chose from a list. */
export const TRACES = [SECRET, '1987-03-14', '542690261000', 'mood":"moodviolet', 'mood\\":\\"moodviolet'];

export type Person = (typeof ADMINS)[number] | (typeof MEMBERS)[number] | (typeof TOKENS)[number] | 'stranger';

export interface Ids {
  /** Document ids. */
  submission: string;
  doomed: string;
  topic: string;
  formPage: string;
  article: string;
  lead: string;
}

export interface Target {
  isGuarded: boolean;
  /** Whether the plugin wraps types here, or is only there. */
  isWrapped: boolean;
  site: Site;
  sql: Sql;
  ids: Ids;
  url(): string;
  ask: Ask;
  /** As one of the people of the site. */
  as(person: Person, request: string, sent?: Sent): Promise<Answer>;
  tokens: Partial<Record<Person, string>>;
  said(): string;
  seen(): string;
  hooked(): string;
  /** With the environment that it has, and more if given. */
  environment(more?: Env): Env;
  stop(): Promise<void>;
  start(env?: Env): Promise<void>;
  /** Another process on the same database and files. */
  second(): Promise<Target>;
  remove(): Promise<void>;
}

const environmentOf = (isGuarded: boolean): Env => ({
  TEST_WITHOUT_FORM_GUARD: String(!isGuarded),
  TEST_FORM_GUARD: JSON.stringify(PROTECT),
});

const signIn = async (ask: Ask, tokens: Target['tokens']): Promise<void> => {
  for (const name of ADMINS) {
    const answer = await ask('POST /admin/login', { body: { email: mailOf(name), password: PASSWORD } });
    const { data } = jsonOf<{ data?: { token: string } }>(answer);
    if (!data) throw new Error(`${name} cannot sign in: ${answer.text}`);
    tokens[name] = data.token;
  }
  for (const name of MEMBERS) {
    const answer = await ask('POST /api/auth/local', { body: { identifier: mailOf(name), password: PASSWORD } });
    const { jwt } = jsonOf<{ jwt?: string }>(answer);
    if (!jwt) throw new Error(`${name} cannot sign in: ${answer.text}`);
    tokens[name] = jwt;
  }
  for (const name of TOKENS) tokens[name] = keyOf(name);
};

const targetOn = (site: Site, sql: Sql, receiver: Receiver, isFirst: boolean): Target => {
  const processes: Process[] = [];
  const running = (): Process => {
    const last = processes.at(-1);
    if (!last || last.port === null) throw new Error(`The site does not run: ${last?.said().slice(-2000)}`);
    return last;
  };
  const target: Target = {
    isGuarded: false,
    isWrapped: true,
    site,
    sql,
    ids: { submission: '', doomed: '', topic: '', formPage: '', article: '', lead: '' },
    tokens: {},
    url: () => `http://127.0.0.1:${running().port}`,
    ask: (request, sent) => askAt(target.url())(request, sent),
    as: (person, request, sent = {}) => target.ask(request, { ...sent, as: target.tokens[person] }),
    said: () => processes.map((one) => one.said()).join(''),
    seen: () => processes.map((one) => one.seen()).join(''),
    hooked: () => receiver.heard(),
    environment: (more = {}) => ({ ...environmentOf(target.isGuarded), ...more }),
    async stop() {
      await processes.at(-1)?.stop();
    },
    async start(env) {
      processes.push(await site.start(target.environment(env)));
      running();
      // Whatever the boot has tidied up is wrong again.
      await openEverything(sql, receiver.url);
      await signIn(target.ask, target.tokens);
    },
    async second() {
      const other = targetOn(site, sql, receiver, false);
      Object.assign(other, { isGuarded: target.isGuarded, ids: target.ids });
      await other.start();
      return other;
    },
    async remove() {
      await target.stop();
      if (!isFirst) return;
      receiver.close();
      await sql.destroy();
      await site.remove();
    },
  };
  return target;
};

/** A site that has run once with every setting wrong: webhooks and the site's own scripts are in force. */
export const makeTarget = async (isGuarded: boolean): Promise<Target> => {
  const [site, receiver] = [await makeSite(), await openReceiver()];
  const target = targetOn(site, openSql(site.database), receiver, true);
  target.isGuarded = isGuarded;
  await target.start();
  await target.stop();
  await target.start();
  return target;
};

export const isSqlite = client === 'sqlite';
