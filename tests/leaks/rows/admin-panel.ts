/** What the staff gets out of the admin panel: editors, people with hardly any right, tokens, AI clients. A long table. */
import { jsonOf, type Sent } from '../site/ask';
import { ARTICLE, FIELDS, FORM_PAGE, LEAD, SUBMISSION, TOPIC } from '../site/fixture';
import { gives, ONLY_SECRET, tells, traceIn, type Probe } from '../site/probe';
import type { Row } from '../site/row';
import { sendSubmission } from '../site/submissions';
import { SECRET, type Person, type Target } from '../site/target';

const types = (uid: string): string => `GET /content-manager/collection-types/${uid}`;
const pickers = (path: string): string => `GET /content-manager/relations/${path}`;

const asks = async (target: Target, ...asked: [Person, string][]): Promise<Probe[]> => {
  const probes: Probe[] = [];
  for (const [person, request] of asked) probes.push(await gives(target, person, request));
  return probes;
};

export const READ = {
  action: 'plugin::content-manager.explorer.read',
  subject: SUBMISSION,
  properties: { fields: FIELDS },
  conditions: [],
};

const mcp = (name: string, given: object = {}): Sent & { called: string } => ({
  headers: { accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2025-06-18' },
  body: { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: given } },
  called: `POST /mcp ${name}`,
});

/** Asks with a token that the answer to another request holds. */
const withKey = async (target: Target, what: string, made: string, request: string): Promise<Probe> => {
  const key = /"accessKey":"([^"]+)"/.exec(made)?.[1];
  if (key === undefined) return { what, kind: 'DATA', leaked: false, evidence: made.slice(0, 300) };
  const answer = await target.ask(request, { as: key });
  const trace = traceIn(answer.text);
  return { what, kind: 'DATA', leaked: trace !== null, evidence: trace ?? `${answer.status} ${answer.text.slice(0, 200)}` };
};

export const adminPanel: Row[] = [
  {
    id: 'P28',
    what: 'Editor and author may read every type from the first boot',
    reads: true,
    attack: (target) =>
      asks(
        target,
        ['editor', types(SUBMISSION)],
        ['editor', `${types(SUBMISSION)}/${target.ids.submission}`],
        ['author', types(SUBMISSION)],
        ['boss', types(SUBMISSION)],
        ['editor', types(LEAD)],
      ),
  },
  {
    id: 'P29',
    what: 'A role of the admin: read ticked',
    reads: true,
    async attack(target) {
      const role = (await target.sql('admin_roles').where({ code: 'leaks-ticked' }).first('id')) as { id: number };
      const ticked = await target.as('boss', `PUT /admin/roles/${role.id}/permissions`, { body: { permissions: [READ] } });
      const read = await gives(target, 'ticked', types(SUBMISSION));
      return [{ ...read, what: `ticked over HTTP (${ticked.status}), then ${read.what}` }];
    },
  },
  {
    id: 'P30',
    what: 'A role that reads topics only: the relation is populated',
    reads: true,
    async attack(target) {
      const probes = await asks(
        target,
        ['topics', `${types(TOPIC)}?populate[submissions]=true`],
        ['topics', `${types(TOPIC)}?populate[submissions][populate]=*`],
        ['topics', `${types(TOPIC)}/${target.ids.topic}?populate[submissions]=true`],
        ['topics', `${types(FORM_PAGE)}?populate[submissions]=true`],
      );
      const traces = [target.ids.submission];
      const sealed = await gives(target, 'topics', `${types(FORM_PAGE)}?populate[submissions]=true`, { traces });
      return [...probes, { ...sealed, kind: 'META' }];
    },
  },
  {
    id: 'P31',
    what: 'The same over two relations',
    reads: true,
    attack: (target) => asks(target, ['topics', `${types(ARTICLE)}?populate[topic][populate][submissions]=true`]),
  },
  {
    id: 'P32',
    what: 'A role that reads topics only: filters across the relation',
    reads: true,
    async attack(target) {
      const filters = [
        [TOPIC, 'filters[submissions][email][$startsWith]'],
        [TOPIC, 'filters[submissions][secret][$startsWith]'],
        [TOPIC, 'filters[submissions][attachment][name][$startsWith]'],
        [FORM_PAGE, 'filters[submissions][email][$startsWith]'],
        [TOPIC, 'filters[$and][0][submissions][contact][city][$startsWith]'],
        [ARTICLE, 'filters[topic][submissions][email][$startsWith]'],
        [ARTICLE, 'filters[quote][submission][email][$startsWith]'],
      ] as const;
      const probes: Probe[] = [];
      for (const [uid, filter] of filters) {
        probes.push(await tells(target, 'topics', `${types(uid)}?${filter}`, (guess) => [`${types(uid)}?${filter}=${guess}`]));
      }
      return probes;
    },
  },
  {
    id: 'P33',
    what: 'Relation picker: which submissions there are',
    reads: true,
    attack: async (target) => {
      const traces = [target.ids.submission];
      const meta = (probe: Probe): Probe => ({ ...probe, kind: 'META' });
      return [
        meta(await gives(target, 'topics', `${pickers(`${TOPIC}/submissions`)}?pageSize=100`, { traces })),
        meta(
          await gives(target, 'topics', `${pickers(`${FORM_PAGE}/${target.ids.formPage}/submissions`)}?pageSize=100`, { traces }),
        ),
        meta(await gives(target, 'topics', `${pickers(`${TOPIC}/${target.ids.topic}/submissions`)}?pageSize=100`, { traces })),
      ];
    },
  },
  {
    id: 'P34',
    what: 'Relation picker with fields, search and filters of the asker',
    reads: true,
    attack: async (target) => [
      ...(await asks(
        target,
        ['topics', `${pickers(`${TOPIC}/submissions`)}?fields[0]=email&fields[1]=secret`],
        ['topics', `${pickers(`${FORM_PAGE}/submissions`)}?fields[0]=email`],
      )),
      await tells(target, 'topics', `${pickers(`${TOPIC}/submissions`)}?filters`, (guess) => [
        `${pickers(`${TOPIC}/submissions`)}?filters[email][$startsWith]=${guess}`,
      ]),
      await tells(target, 'boss', `${pickers(`${TOPIC}/submissions`)}?_q`, (guess) => [
        `${pickers(`${TOPIC}/submissions`)}?_q=${guess}`,
      ]),
    ],
  },
  {
    id: 'P35',
    what: 'Relation picker of a component, for somebody without any right',
    reads: true,
    attack: async (target) => [
      await gives(target, 'nobody', `${pickers('shared.quote/submission')}?fields[0]=email&fields[1]=secret`),
      await tells(target, 'nobody', `${pickers('shared.quote/submission')}?filters`, (guess) => [
        `${pickers('shared.quote/submission')}?filters[email][$startsWith]=${guess}`,
      ]),
    ],
  },
  {
    id: 'P36',
    what: 'A role that sees one field of a submission searches all of them',
    reads: true,
    async attack(target) {
      const probes = [await tells(target, 'limited', `${types(SUBMISSION)}?_q`, (guess) => [`${types(SUBMISSION)}?_q=${guess}`])];
      for (const part of ['email', 'contact][city', 'attachment][name']) {
        const filter = `${types(SUBMISSION)}?filters[${part}][$startsWith]`;
        probes.push(await tells(target, 'editor', filter, (guess) => [`${filter}=${guess}`]));
      }
      const order = async (direction: string): Promise<string> => {
        const { text } = await target.as('editor', `${types(SUBMISSION)}?sort=email:${direction}&pageSize=100`);
        return (text.match(/"id":\d+,"documentId"/g) ?? []).join(' ');
      };
      const [up, down] = [await order('ASC'), await order('DESC')];
      const what = `editor: ${types(SUBMISSION)}?sort=email`;
      return [...probes, { what, kind: 'ORACLE', leaked: up !== down, evidence: `${up.slice(0, 150)} / ${down.slice(0, 150)}` }];
    },
  },
  {
    id: 'P37',
    what: 'The check whether a UID is free asks for no right',
    reads: true,
    async attack(target) {
      const used = `${SECRET}uid`;
      await sendSubmission(target, { ref: used });
      return [
        await tells(
          target,
          'nobody',
          'POST /content-manager/uid/check-availability',
          (value) => [
            'POST /content-manager/uid/check-availability',
            { body: { contentTypeUID: SUBMISSION, field: 'ref', value } },
          ],
          [used, `${used}not`, `${used}neither`],
        ),
      ];
    },
  },
  {
    id: 'P38',
    what: 'Home page: recently changed, by name',
    reads: true,
    attack: (target) => asks(target, ['editor', 'GET /content-manager/homepage/recent-documents?action=update']),
  },
  {
    id: 'P39',
    what: 'Every admin user is told the schema of every type',
    note: 'Names of attributes may come: the content manager cannot do without, and they are no submission.',
    reads: true,
    async attack(target) {
      const schema = await gives(target, 'nobody', 'GET /content-manager/init', { traces: ['"seenAt"'] });
      const data = await gives(target, 'nobody', 'GET /content-manager/init', { traces: ONLY_SECRET });
      return data.leaked ? [data] : [{ ...schema, kind: 'META', allowed: 'schema only' }];
    },
  },
  {
    id: 'P40',
    what: 'Admin tokens',
    reads: true,
    async attack(target) {
      const name = `token${Date.now()}`;
      const body = { name, description: '', lifespan: null, adminPermissions: [READ] };
      const made = await target.as('boss', 'POST /admin/admin-tokens', { body });
      return [
        await withKey(target, `made over HTTP (${made.status}), then ${types(SUBMISSION)}`, made.text, types(SUBMISSION)),
        ...(await asks(target, ['adminToken', types(SUBMISSION)], ['adminToken', `${types(TOPIC)}?populate[submissions]=true`])),
      ];
    },
  },
  {
    id: 'P41',
    what: 'MCP: AI clients list and get submissions',
    reads: true,
    attack: async (target) => [
      await gives(target, 'adminToken', 'POST /mcp', mcp('list_contact-submission')),
      await gives(target, 'adminToken', 'POST /mcp', mcp('get_contact-submission', { documentId: target.ids.submission })),
      await gives(target, 'adminToken', 'POST /mcp', mcp('list_lead')),
    ],
  },
  {
    id: 'P42',
    what: 'MCP: names and addresses of files',
    reads: true,
    attack: async (target) => [await gives(target, 'adminToken', 'POST /mcp', mcp('media_list_assets'))],
  },
  {
    id: 'P43',
    what: 'The secret of an API token can be shown again, and used',
    note: 'The token may come; it opens no submission.',
    reads: true,
    async attack(target) {
      const probes: Probe[] = [];
      const list = jsonOf<{ data: { id: number; name: string }[] }>(await target.as('boss', 'GET /admin/api-tokens'));
      for (const { id, name } of list.data.filter((one) => ['Read Only', 'Full Access'].includes(one.name))) {
        const shown = await target.as('boss', `GET /admin/api-tokens/${id}`);
        probes.push(await withKey(target, `${name}, shown, then used`, shown.text, 'GET /api/contact-submissions'));
      }
      return probes;
    },
  },
];
