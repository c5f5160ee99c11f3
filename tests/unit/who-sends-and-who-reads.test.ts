/** Who can send to a type that nobody listed and who can read it, told from rows, tokens, settings and routes, without a Strapi. */
import { waysOf, type Access, type AccessRoute } from '../../server/src/protection/unlisted/access';
import { newPublications, publicationsOf } from '../../server/src/protection/unlisted/publications';

const JOB = 'api::job.job';
const NOTE = 'plugin::notes.note';
const USER = 'plugin::users-permissions.user';

const model = (attributes: object) => ({ label: 'X', isSingle: false, isTranslated: false, hasDrafts: false, attributes });
const email = { email: { type: 'email' } };
const NOBODY: Access = {
  roles: [],
  signUpRoles: [],
  isSignUpOpen: false,
  defaultRole: null,
  isConfirmed: false,
  tokens: [],
  wide: [],
  routes: [],
  schemas: {
    types: {
      [JOB]: model(email),
      [NOTE]: model(email),
      [USER]: model(email),
      'api::home.home': { ...model(email), isSingle: true },
      'admin::user': model(email),
      'api::contact.contact': model(email),
    },
    components: {},
  } as never,
  except: new Set(['api::contact.contact']),
};
const role = (type: string, ...actions: string[]) => ({ id: type.length, name: type, type, actions });
const token = (id: number, type: string, ...actions: string[]) => ({ id, name: 'T', type, actions });
const route = (owner: string, method: string, action: string | null, isOpen = false): AccessRoute => ({
  owner,
  method,
  action: action && `${owner}.${action}`,
  isOpen,
});
const site = (changes: Partial<Access>): Access => ({ ...NOBODY, ...changes });
/** `sends: everybody`, `reads: token 1` */
const told = (access: Access, uid = JOB): string[] => {
  const { sends = [], reads = [] } = waysOf(access).get(uid) ?? {};
  return [...sends.map(({ by }) => `sends: ${by}`), ...reads.map(({ by }) => `reads: ${by}`)];
};
const open = (access: Access): string[] => [...new Set(publicationsOf(access).map(({ uid }) => uid))];

test('types that are wrapped, single, or of the administration are no question', () => {
  expect([...waysOf(NOBODY).keys()]).toEqual([JOB, NOTE, USER]);
});

describe('Roles', () => {
  test('the public, and whoever gets a role by signing up, are strangers; no other role is', () => {
    const roles = [role('public', `${JOB}.create`), role('authenticated', `${JOB}.find`), role('staff', `${JOB}.find`)];
    expect(told(site({ roles }))).toEqual(['sends: everybody']);
    const signUp = { isSignUpOpen: true, signUpRoles: ['authenticated'.length], defaultRole: 'authenticated' };
    expect(told(site({ roles, ...signUp }))).toEqual(['sends: everybody', 'reads: role 13']);
    expect(
      told(site({ roles: [{ ...role('club', `${JOB}.find`), id: null }], isSignUpOpen: true, defaultRole: 'club' })),
    ).toEqual(['reads: role null']);
  });

  test.each([
    ['find', ['reads: everybody']],
    ['findOne', ['reads: everybody']],
    ['update', ['reads: everybody']],
    ['create', ['sends: everybody']],
    ['delete', []],
  ])('“%s”', (action, expected) => expect(told(site({ roles: [role('public', `${JOB}.${action}`)] }))).toEqual(expected));

  test('signing up sends to the accounts, where it is open', () => {
    const roles = [role('public', 'plugin::users-permissions.auth.register', `${USER}.find`)];
    expect(told(site({ roles }), USER)).toEqual(['reads: everybody']);
    expect(told(site({ roles, isSignUpOpen: true }), USER)).toEqual(['sends: everybody', 'reads: everybody']);
    const members = [role('public', `${USER}.me`, `${USER}.count`, 'plugin::users-permissions.auth.forgotPassword')];
    expect(told(site({ roles: members, isSignUpOpen: true }), USER)).toEqual([]);
  });

  test('a type of another plugin', () => {
    const roles = [role('public', `${NOTE}.create`, `${NOTE}.find`)];
    expect(told(site({ roles }), NOTE)).toEqual(['sends: everybody', 'reads: everybody']);
  });
});

describe('Routes of the site’s own', () => {
  const ticked = (method: string, action: string) =>
    told(site({ routes: [route('api::job', method, action)], roles: [role('public', `api::job.${action}`)] }));
  const taken = (method: string, action: string | null) => told(site({ routes: [route('api::job', method, action, true)] }));

  test('that take something, by a tick or without asking', () => {
    expect([ticked('POST', 'job.apply'), taken('POST', 'job.apply')]).toEqual([['sends: everybody'], ['sends: everybody']]);
    expect([ticked('POST', 'apply.now'), taken('POST', 'apply.now'), taken('POST', null)]).toEqual([
      ['sends: everybody'],
      ['sends: everybody'],
      ['sends: everybody'],
    ]);
  });

  test('that give something out of the type', () => {
    expect([ticked('GET', 'job.search'), taken('GET', 'job.search'), taken('GET', 'job.find')]).toEqual([
      ['reads: everybody'],
      ['reads: everybody'],
      ['reads: everybody'],
    ]);
    expect([taken('GET', 'job.count'), taken('GET', 'health.check'), taken('GET', null), taken('DELETE', 'job.gone')]).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });

  test('that ask for a right are closed without it', () => {
    expect(told(site({ routes: [route('api::job', 'POST', 'job.apply'), route('api::job', 'GET', 'job.search')] }))).toEqual([]);
  });
});

describe('Tokens', () => {
  test('what a token sends and a token reads is the site’s own; with visitors on one side it is not', () => {
    const tokens = [token(1, 'custom', `${JOB}.create`, `${JOB}.find`)];
    expect(open(site({ tokens }))).toEqual([]);
    expect(open(site({ tokens, roles: [role('public', `${JOB}.find`)] }))).toEqual([JOB]);
    expect(open(site({ tokens, roles: [role('public', `${JOB}.create`)] }))).toEqual([JOB]);
  });

  test('one that reaches every type counts where it is asked about, never for accounts, and sends nothing', () => {
    const roles = [role('public', `${JOB}.create`, 'plugin::users-permissions.auth.register')];
    const tokens = [token(1, 'read-only'), token(2, 'full-access')];
    expect(open(site({ roles, tokens, isSignUpOpen: true }))).toEqual([]);
    expect(open(site({ roles, tokens, wide: tokens, isSignUpOpen: true }))).toEqual([JOB]);
    expect(open(site({ roles: [role('public', `${JOB}.find`)], tokens, wide: tokens }))).toEqual([]);
  });
});

describe('What is new', () => {
  const nothing = () => false;
  const causes = (before: Access, after: Access, isDecided: () => boolean = nothing): string[] => [
    ...new Set(newPublications(before, after, isDecided).map(({ cause }) => cause)),
  ];
  const sends = site({ roles: [role('public', `${JOB}.create`)] });
  const both = site({ roles: [role('public', `${JOB}.create`, `${JOB}.find`)] });

  test('is named by what came last', () => {
    expect(causes(sends, both)).toEqual([`${JOB}.find`]);
    expect(causes(site({ roles: [role('public', `${JOB}.find`)] }), both)).toEqual([`${JOB}.create`]);
    expect(causes(NOBODY, both)).toEqual([`${JOB}.find`, `${JOB}.create`]);
    const asked = {
      ...both,
      schemas: { ...both.schemas, types: { ...both.schemas.types, [JOB]: model({ ...email, iban: { type: 'string' } }) } },
    };
    expect(causes(both, asked as Access)).toEqual([`add ${JOB}.iban`]);
  });

  test('is nothing where nothing changed, something was taken away, or it was decided', () => {
    expect([causes(both, both), causes(both, sends), causes(sends, both, () => true)]).toEqual([[], [], []]);
  });
});
