/** What a visitor, a registered member or a token gets out of the content API. Long, because it is a table. */
import { jsonOf } from '../site/ask';
import { found, gives, tells, traceIn, type Probe } from '../site/probe';
import type { Row } from '../site/row';
import { sendSubmission, sendWithFile, uploadFile, valuesOf } from '../site/submissions';
import { SECRET, type Person, type Target } from '../site/target';
import { openRegistration, PASSWORD } from '../site/wrong-settings';

const ALL = 'GET /api/contact-submissions?populate=*';

let newcomers = 0;
/** Signs up as anybody may, and asks. */
const asNewcomer = async (target: Target, request: string): Promise<Probe> => {
  newcomers += 1;
  const username = `newcomer${newcomers}`;
  const body = { username, email: `${username}@example.org`, password: PASSWORD };
  const { jwt } = jsonOf<{ jwt?: string }>(await target.ask('POST /api/auth/local/register', { body }));
  const answer = await target.ask(request, { as: jwt });
  const trace = traceIn(answer.text);
  return { what: `newcomer: ${request}`, kind: 'DATA', leaked: trace !== null, evidence: trace ?? answer.text.slice(0, 200) };
};

/** The token that Strapi makes at its first boot, as its screen shows it. */
const withDefaultToken = async (target: Target, name: string, request: string): Promise<Probe> => {
  const list = jsonOf<{ data: { id: number; name: string }[] }>(await target.as('boss', 'GET /admin/api-tokens'));
  const token = list.data.find((one) => one.name === name);
  const what = `the default token "${name}": ${request}`;
  if (!token) return { what, kind: 'DATA', leaked: false, evidence: 'there is no such token' };
  const shown = jsonOf<{ data: { accessKey?: string } }>(await target.as('boss', `GET /admin/api-tokens/${token.id}`));
  const answer = await target.ask(request, { as: shown.data.accessKey ?? '' });
  const trace = traceIn(answer.text);
  return { what, kind: 'DATA', leaked: trace !== null, evidence: trace ?? answer.text.slice(0, 200) };
};

const asks = async (target: Target, ...asked: [Person, string][]): Promise<Probe[]> => {
  const probes: Probe[] = [];
  for (const [person, request] of asked) probes.push(await gives(target, person, request));
  return probes;
};

const graphql = (query: string) => ({ body: { query } });

export const contentApi: Row[] = [
  {
    id: 'P01',
    what: 'Public role: find ticked',
    reads: true,
    attack: (target) =>
      asks(
        target,
        ['stranger', ALL],
        ['stranger', 'GET /API/CONTACT-SUBMISSIONS/?fields[0]=email'],
        ['stranger', 'GET /api/contact-submissions?sort=email&pagination[pageSize]=1'],
      ),
  },
  {
    id: 'P02',
    what: 'Public role: findOne ticked',
    reads: true,
    attack: (target) => asks(target, ['stranger', `GET /api/contact-submissions/${target.ids.submission}?populate=*`]),
  },
  {
    id: 'P03',
    what: 'Public role: update ticked, an empty update echoes',
    reads: true,
    attack: async (target) => [
      await gives(target, 'stranger', `PUT /api/contact-submissions/${target.ids.submission}`, { body: { data: {} } }),
    ],
  },
  {
    id: 'P04',
    what: 'Authenticated role ticked, registration open',
    reads: true,
    async attack(target) {
      await openRegistration(target.sql, 'authenticated');
      return [await asNewcomer(target, ALL), await gives(target, 'member', ALL)];
    },
  },
  {
    id: 'P05',
    what: 'Custom role ticked, and the default of who signs up',
    reads: true,
    async attack(target) {
      await openRegistration(target.sql, 'member');
      return [await asNewcomer(target, ALL), await gives(target, 'custom', ALL)];
    },
  },
  {
    id: 'P06',
    what: 'API token "Read Only", made by Strapi at its first boot',
    reads: true,
    attack: async (target) => [
      await withDefaultToken(target, 'Read Only', ALL),
      ...(await asks(
        target,
        ['readOnly', ALL],
        ['readOnly', `GET /api/contact-submissions/${target.ids.submission}`],
        ['readOnly', 'GET /api/leads?status=draft'],
      )),
    ],
  },
  {
    id: 'P07',
    what: 'API token "Full Access"',
    reads: true,
    attack: async (target) => [
      await withDefaultToken(target, 'Full Access', ALL),
      ...(await asks(target, ['fullAccess', ALL], ['fullAccess', 'GET /api/topics?populate[submissions][populate]=*'])),
      await gives(target, 'fullAccess', `PUT /api/contact-submissions/${target.ids.submission}`, { body: { data: {} } }),
    ],
  },
  {
    id: 'P08',
    what: 'Custom API token with find',
    reads: true,
    attack: (target) => asks(target, ['customToken', ALL], ['customToken', 'GET /api/leads']),
  },
  {
    id: 'P09',
    what: 'Populated through another type, component, dynamic zone',
    reads: true,
    async attack(target) {
      const probes = await asks(
        target,
        ['stranger', 'GET /api/topics?populate[submissions][populate]=*'],
        ['stranger', `GET /api/topics/${target.ids.topic}?populate=*`],
        ['stranger', 'GET /api/form-pages?populate=*'],
        ['stranger', 'GET /api/articles?populate[quote][populate]=submission'],
        ['stranger', 'GET /api/articles?populate[blocks][on][shared.quote][populate]=submission'],
        ['stranger', 'GET /api/articles?populate[topic][populate][submissions]=true'],
      );
      const sealed = await gives(target, 'stranger', 'GET /api/form-pages?populate=submissions', {
        traces: [target.ids.submission],
      });
      return [...probes, { ...sealed, kind: 'META' }];
    },
  },
  {
    id: 'P10',
    what: 'Populated from the files of the media library',
    reads: true,
    attack: async (target) => [
      ...(await asks(
        target,
        ['stranger', 'GET /api/upload/files?populate=related'],
        ['readOnly', 'GET /api/upload/files?populate=*'],
      )),
      await gives(target, 'stranger', 'POST /graphql', {
        called: '{ uploadFiles { related } }',
        ...graphql('{ uploadFiles { name related { ... on ContactSubmission { email } } } }'),
      }),
    ],
  },
  {
    id: 'P11',
    what: 'Search reads private columns',
    reads: true,
    attack: async (target) => [
      await tells(target, 'stranger', 'GET /api/leads?_q=', (guess) => [`GET /api/leads?_q=${guess}`]),
      await tells(target, 'stranger', 'GET /api/contact-submissions?_q=', (guess) => [
        `GET /api/contact-submissions?_q=${guess}&fields[0]=createdAt`,
      ]),
    ],
  },
  {
    id: 'P12',
    what: 'Filters and sorting across relations',
    reads: true,
    async attack(target) {
      const across = [
        ['topics', 'filters[submissions][email][$startsWith]'],
        ['topics', 'filters[submissions][contact][city][$startsWith]'],
        ['topics', 'populate[submissions][fields][0]=id&populate[submissions][filters][email][$startsWith]'],
        ['form-pages', 'filters[submissions][email][$startsWith]'],
        ['articles', 'filters[quote][submission][email][$startsWith]'],
        ['articles', 'filters[topic][submissions][email][$startsWith]'],
        ['topics', 'filters[submissions][attachment][name][$startsWith]'],
        ['contact-submissions', 'fields[0]=id&filters[email][$startsWith]'],
      ] as const;
      const probes: Probe[] = [];
      for (const [type, filter] of across) {
        probes.push(
          await tells(target, 'stranger', `GET /api/${type}?${filter}`, (guess) => [`GET /api/${type}?${filter}=${guess}`]),
        );
      }
      probes.push(
        await tells(
          target,
          'stranger',
          'GET /api/form-pages?filters[submissions][documentId]',
          (guess) => [`GET /api/form-pages?filters[submissions][documentId]=${guess}`],
          [target.ids.submission, 'nosuchdocument', 'neitherthisone'],
        ),
      );
      const order = async (direction: string): Promise<string> => {
        const { text } = await target.as('stranger', `GET /api/topics?fields[0]=title&sort=submissions.email:${direction}`);
        return (text.match(/"title":"\w+"/g) ?? []).join(' ');
      };
      const [up, down] = [await order('asc'), await order('desc')];
      const what = 'stranger: GET /api/topics?sort=submissions.email';
      return [...probes, { what, kind: 'ORACLE', leaked: up !== down, evidence: `asc: ${up} desc: ${down}` }];
    },
  },
  {
    id: 'P13',
    what: 'Raw database options in the list of files',
    note: 'About passwords of the staff, not about submissions; shut all the same.',
    reads: true,
    async attack(target) {
      const probes: Probe[] = [];
      for (const path of ['files', 'files/page']) {
        probes.push(
          await tells(
            target,
            path === 'files' ? 'readOnly' : 'stranger',
            `GET /api/upload/${path}?where[createdBy][password]`,
            (guess) => [`GET /api/upload/${path}?where[createdBy][password][$startsWith]=${guess}`],
            ['$2a$04', '$2a$05', '$2x$04'],
          ),
        );
      }
      return probes;
    },
  },
  {
    id: 'P14',
    what: "A form with a file field: somebody else's file is attached and read back",
    async attack(target) {
      if (!target.isGuarded) await uploadFile(target);
      const file = (await target.sql('files').where('name', 'like', `${SECRET}%`).first('id')) as { id: number } | undefined;
      const theirs = file?.id ?? 1;
      return [
        await gives(target, 'stranger', 'POST /api/contact-submissions?populate[attachment]=true', {
          body: { data: { name: 'Mallory', email: 'mallory@example.org', attachment: theirs } },
        }),
      ];
    },
  },
  {
    id: 'P15',
    what: 'A unique field answers whether somebody has written',
    async attack(target) {
      const probes: Probe[] = [];
      const email = 'mallory@example.org';
      for (const field of ['ref', 'code']) {
        const used = `${SECRET}${field}used`;
        await sendSubmission(target, { [field]: used });
        probes.push(
          await tells(
            target,
            'stranger',
            `POST /api/contact-submissions {${field}}`,
            (guess) => ['POST /api/contact-submissions', { body: { data: { name: 'Mallory', email, [field]: guess } } }],
            [used, `${used}not`, `${used}neither`],
          ),
        );
      }
      return probes;
    },
  },
  {
    id: 'P16',
    what: 'The answer to a post is the stored submission',
    async attack(target) {
      const withFile = await sendWithFile(target);
      return [
        await gives(target, 'stranger', 'POST /api/contact-submissions?populate=*', { body: { data: valuesOf() } }),
        found('stranger: POST /api/contact-submissions, with a file', withFile.text),
        await gives(target, 'stranger', 'POST /graphql', {
          called: 'createContactSubmission',
          ...graphql(
            `mutation { createContactSubmission(data: { name: "${SECRET}name", email: "${SECRET}@example.org" }) { name email } }`,
          ),
        }),
        {
          ...(await gives(target, 'stranger', 'POST /graphql', {
            called: 'createContactSubmission, ids only',
            ...graphql(
              `mutation { createContactSubmission(data: { name: "${SECRET}name", email: "${SECRET}@example.org" }) { documentId } }`,
            ),
          })),
          guardedOnly: true,
        },
      ];
    },
  },
  {
    id: 'P17',
    what: 'GraphQL: list, one, nested, filters, mutations',
    reads: true,
    async attack(target) {
      const { submission } = target.ids;
      const queries = [
        '{ contactSubmissions { name email contact { city } } }',
        '{ contactSubmissions_connection { nodes { email } } }',
        `{ contactSubmission(documentId: "${submission}") { email message } }`,
        '{ topics { submissions { email } } }',
        '{ articles { quote { submission { email } } blocks { ... on ComponentSharedQuote { submission { email } } } } }',
        '{ leads { company } }',
        `mutation { updateContactSubmission(documentId: "${submission}", data: {}) { email } }`,
      ];
      const probes: Probe[] = [];
      for (const query of queries)
        probes.push(await gives(target, 'stranger', 'POST /graphql', { ...graphql(query), called: query }));
      const asked = [
        (guess: string) => `{ contactSubmissions(filters: { email: { startsWith: "${guess}" } }) { documentId } }`,
        (guess: string) => `{ topics(filters: { submissions: { email: { startsWith: "${guess}" } } }) { documentId } }`,
        (guess: string) => `{ topics { submissions(filters: { email: { startsWith: "${guess}" } }) { documentId } } }`,
      ];
      for (const query of asked) {
        const ask = (guess: string): [string, object] => ['POST /graphql', graphql(query(guess))];
        probes.push(await tells(target, 'stranger', query('…'), ask));
      }
      return probes;
    },
  },
  {
    id: 'P18',
    what: 'Drafts are listed like everything else',
    reads: true,
    attack: (target) => asks(target, ['stranger', 'GET /api/leads?status=draft'], ['member', 'GET /api/leads?status=draft']),
  },
  {
    id: 'P19',
    what: 'populateCreatorFields: who of the staff entered it',
    reads: true,
    attack: async (target) => [await gives(target, 'stranger', 'GET /api/leads?populate=createdBy', { traces: ['Staffeditor'] })],
  },
  {
    id: 'P20',
    what: 'Public descriptions of the API',
    note: 'The create of a wrapped type stays described where the site has it; no way to read does.',
    reads: true,
    async attack(target) {
      const meta = (probe: Probe): Probe => ({ ...probe, kind: 'META' });
      const ways = ['/contact-submissions/{id}', '/contact-submissions/{documentId}'];
      return [
        meta(await gives(target, 'stranger', 'GET /documentation/v1.0.0', { traces: ways })),
        meta(await gives(target, 'stranger', 'GET /api/openapi.json', { traces: ways })),
        meta(
          await gives(target, 'stranger', 'POST /graphql', {
            ...graphql('{ __schema { queryType { fields { name } } } }'),
            traces: ['contactSubmission'],
            called: 'introspection: queries',
          }),
        ),
        meta(
          await gives(target, 'stranger', 'POST /graphql', {
            ...graphql('{ __type(name: "Topic") { fields { name } } }'),
            traces: ['"submissions"'],
            called: 'introspection: relations',
          }),
        ),
      ];
    },
  },
  {
    id: 'P21',
    what: 'Default headers: any other website may read, caches and search engines may keep',
    reads: true,
    async attack(target) {
      const headers = { origin: 'https://evil.example' };
      const list = await target.as('stranger', ALL, { headers });
      const isReadable =
        list.headers.get('access-control-allow-origin') === headers.origin &&
        list.headers.get('access-control-allow-credentials') === 'true';
      const data = found('', list.text);
      const posted = await target.as('stranger', 'POST /api/contact-submissions', {
        headers,
        body: { data: { name: 'Ada', email: 'ada@example.org' } },
      });
      const isKept =
        !/no-store/.test(posted.headers.get('cache-control') ?? '') || !/noindex/.test(posted.headers.get('x-robots-tag') ?? '');
      return [
        { ...data, what: `evil.example: ${ALL}`, leaked: isReadable && data.leaked },
        {
          what: 'the answer to a post may be kept',
          kind: 'META',
          leaked: isKept,
          evidence: `cache-control: ${posted.headers.get('cache-control')}, x-robots-tag: ${posted.headers.get('x-robots-tag')}`,
        },
      ];
    },
  },
];
