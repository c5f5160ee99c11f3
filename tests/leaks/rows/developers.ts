/** What the site's own code, and changes to the site's types, let out. */
import fs from 'node:fs';
import path from 'node:path';
import { jsonOf } from '../site/ask';
import { ARTICLE, LEAD, SUBMISSION } from '../site/fixture';
import { gives, tells, type Probe } from '../site/probe';
import type { Row } from '../site/row';
import { SECRET, type Target } from '../site/target';

const dev = (target: Target, way: string): Promise<Probe> => gives(target, 'stranger', `GET /api/dev/${way}`);

type Properties = Record<string, unknown>;
interface Shown {
  info: object;
  options?: object;
  attributes: ({ name: string } & Properties)[];
}

/** What the Content-Type Builder sends for a type in which one attribute was changed or added. */
const edit = async (target: Target, uid: string, changed: string, properties: Properties): Promise<object> => {
  const shown = jsonOf<{ data: { contentTypes: Record<string, Shown> } }>(
    await target.as('boss', 'GET /content-type-builder/schema'),
  );
  const { attributes, info, options, ...rest } = shown.data.contentTypes[uid] as Shown;
  const isEmpty = (value: unknown): boolean => value === null || ['[]', '{}'].includes(JSON.stringify(value));
  const kept = attributes.map(({ name, ...said }) => ({
    action: 'update',
    name,
    properties: {
      ...Object.fromEntries(Object.entries(said).filter(([, value]) => !isEmpty(value))),
      ...(name === changed ? properties : {}),
    },
  }));
  const added = attributes.some(({ name }) => name === changed) ? [] : [{ action: 'create', name: changed, properties }];
  return { action: 'update', ...rest, draftAndPublish: false, ...options, ...info, attributes: [...kept, ...added] };
};

/** Saves in the Content-Type Builder. @returns what it answered */
const save = async (target: Target, contentType: object): Promise<string> => {
  const body = { data: { contentTypes: [contentType], components: [] } };
  const { status, text } = await target.as('boss', 'POST /content-type-builder/update-schema', { body });
  return `${status} ${text.slice(0, 160)}`;
};

const restart = async (target: Target): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, 300));
  await target.stop();
  await target.start();
};

/** What was accepted is in force after a restart. */
const build = async (target: Target, contentType: object): Promise<string> => {
  const said = await save(target, contentType);
  if (said.startsWith('200')) await restart(target);
  return said;
};

const hasTable = (target: Target, table: string): Promise<boolean> => target.sql.schema.hasTable(table);

/** How many submissions to the leads there are for somebody who may read them: in the vault, and in Strapi's own table. */
const leadsKept = async (target: Target): Promise<number> => {
  let kept = 0;
  if (await hasTable(target, 'leads')) {
    kept += Number(
      ((await target.sql('leads').where('company', 'like', `${SECRET}%`).count({ n: '*' }).first()) as { n: number }).n,
    );
  }
  if (await hasTable(target, 'form_guard_vault')) {
    kept += Number(
      ((await target.sql('form_guard_vault').where({ form_or_type: LEAD }).count({ n: '*' }).first()) as { n: number }).n,
    );
  }
  return kept;
};

export const developers: Row[] = [
  {
    id: 'P54',
    what: 'A custom route without auth: every way to read that Strapi offers',
    reads: true,
    async attack(target) {
      const ways = [
        'query',
        'documents',
        'entity-service',
        'query-builder',
        'stream',
        'load',
        'through-topic',
        'component',
        'files',
        'service',
        'select',
        'max',
      ];
      const probes: Probe[] = [];
      for (const way of ways) probes.push(await dev(target, way));
      const exists = await tells(target, 'stranger', 'GET /api/dev/exists', (guess) => [`GET /api/dev/exists?email=${guess}`]);
      return [...probes, exists];
    },
  },
  {
    id: 'P55',
    what: 'A custom route with raw knex',
    reads: true,
    attack: async (target) => [{ ...(await dev(target, 'knex')), atRest: true }],
  },
  {
    id: 'P56',
    what: 'auth: false on the core route, and a custom route to the core handler',
    reads: true,
    attack: async (target) => [await gives(target, 'stranger', 'GET /api/leads'), await dev(target, 'corefind')],
  },
  {
    id: 'P57',
    what: 'sanitize.output without auth',
    reads: true,
    attack: async (target) => [await dev(target, 'sanitized')],
  },
  {
    id: 'P58',
    what: 'An error with a submission in its message and details',
    reads: true,
    attack: async (target) => [await dev(target, 'throw')],
  },
  {
    id: 'P59',
    what: 'A route whose answer may be cached by everybody',
    reads: true,
    attack: async (target) => [await dev(target, 'cached')],
  },
  {
    id: 'P60',
    what: 'A CSV route; an export saved under ./public',
    reads: true,
    async attack(target) {
      const csv = await gives(target, 'stranger', 'GET /api/export-submissions.csv');
      const file = path.join(target.site.app, 'public/backup');
      fs.rmSync(`${file}.tar`, { force: true });
      const made = await target.site.command(['export', '--no-encrypt', '--no-compress', '--file', file], target.environment());
      const backup = await gives(target, 'stranger', 'GET /backup.tar');
      fs.rmSync(`${file}.tar`, { force: true });
      return [csv, { ...backup, evidence: `export ended with ${made.code}; ${backup.evidence}` }];
    },
  },
  {
    id: 'P61',
    what: 'A script that opens every type at each boot',
    reads: true,
    attack: async (target) => [
      await gives(target, 'seeded', 'GET /api/contact-submissions?populate=contact'),
      await gives(target, 'seeded', `GET /api/leads/${target.ids.lead}`),
    ],
  },
  {
    id: 'P62',
    what: 'Content-Type Builder: private turned off',
    last: true,
    async attack(target) {
      const said = await build(target, await edit(target, SUBMISSION, 'secret', { private: false }));
      const probe = await gives(target, 'stranger', 'GET /api/contact-submissions', { traces: [`${SECRET}private`] });
      return [{ ...probe, what: `${probe.what}, the edit answered ${said}` }];
    },
  },
  {
    id: 'P63',
    what: 'Content-Type Builder: a new relation to submissions',
    last: true,
    async attack(target) {
      const properties = { type: 'relation', relation: 'oneToMany', target: SUBMISSION, targetAttribute: null };
      const said = await build(target, await edit(target, ARTICLE, 'voices', properties));
      const picker = `GET /content-manager/relations/${ARTICLE}/voices?fields[0]=email`;
      const probe = await gives(target, 'boss', picker);
      return [{ ...probe, what: `${probe.what}, the edit answered ${said}` }];
    },
  },
  {
    id: 'P64',
    what: 'Deleting the type destroys its submissions at the next boot',
    last: true,
    async attack(target) {
      const before = await leadsKept(target);
      const loss = async (what: string, guardedOnly: boolean): Promise<Probe> => {
        const after = await leadsKept(target);
        const evidence = `${before} before, ${after} after`;
        return { what, kind: 'LOSS', leaked: before > 0 && after < before, evidence, guardedOnly };
      };
      const folder = path.join(target.site.app, 'src/api/lead');
      const saved = await save(target, { action: 'delete', uid: LEAD });
      // The builder leaves a file behind with which Strapi does not boot.
      if (!target.isGuarded) fs.rmSync(folder, { recursive: true });
      if (saved.startsWith('200')) await restart(target);
      const probes = [await loss(`deleted in the Content-Type Builder: ${saved}`, false)];
      if (!target.isGuarded) return probes;

      await target.stop();
      fs.renameSync(folder, `${folder}-away`);
      const without = await target.site.start(target.environment());
      await without.stop();
      probes.push(await loss(`its files deleted by hand, booted: ${without.port === null ? 'stopped' : 'started'}`, true));
      fs.renameSync(`${folder}-away`, folder);
      const plain = await target.site.start(target.environment({ TEST_WITHOUT_FORM_GUARD: 'true' }));
      await plain.stop();
      probes.push(await loss('the plugin taken out', true));
      await target.start();
      return probes;
    },
  },
];
